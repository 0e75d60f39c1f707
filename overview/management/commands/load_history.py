"""Load the facts of the networks of 2014–2023."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from networks.history import FILE, parse_history
from networks.lined import BadFileError
from overview.history import load_history


class Command(BaseCommand):
    help = "Load the networks of 2014–2023 from the fact file. Safe to repeat; a broken file changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=FILE, help="another fact file than the product's own")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            history = parse_history(path.read_text(encoding="utf-8"))
        except BadFileError as error:
            raise CommandError(f"{path.name}, {error}. Nothing is loaded.") from None
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{path} can not be read: {error}") from None
        written = load_history(history=history)
        rows = ", ".join(f"{number} {model}" for model, number in sorted(written.items()))
        self.stdout.write(f"{len(history.networks)} networks. Rows written: {rows or 'none, all was there'}.")
