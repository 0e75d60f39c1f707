"""Load a municipality register from a file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from networks.lined import BadFileError
from networks.register import parse_register
from networks.services import replace_register


class Command(BaseCommand):
    help = "Load a municipality register (docs/register-format.md). It replaces the one that is there."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            register = parse_register(path.read_text(encoding="utf-8"))
        except BadFileError as error:
            raise CommandError(f"{path.name}, {error}. The register is as it was.") from None
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{path} can not be read: {error}") from None
        replace_register(register=register)
        self.stdout.write(f"{len(register)} municipality numbers are loaded.")
