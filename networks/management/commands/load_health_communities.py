"""Load health communities: the shipped ones, or those of a file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from networks.health_community_services import FILE, BadCommunityFileError, load_communities, read_facts
from networks.organisation_register import read_succession


class Command(BaseCommand):
    help = (
        "Load health communities. Without a file: those that are whole counties. A file is a JSON list of objects with "
        "slug, name, trust (an organisation's slug), counties and municipalities. What is written already stays."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", default=FILE)

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            facts = read_facts(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, BadCommunityFileError) as error:
            raise CommandError(f"{path.name} can not be used: {error}") from None
        succession = read_succession(timezone.localdate())
        changed = load_communities(facts=facts, succession=succession)
        self.stdout.write(f"{changed} of {len(facts)} health communities were made or filled.")
        if not succession:
            self.stdout.write(
                "No register is loaded, so their counties' municipalities are missing. Run it again then."
            )
