"""Print the figures of a report as JSON."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from overview.figures import figures


class Command(BaseCommand):
    help = "Print what a report on a year needs, over all networks, as JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--year", type=int, default=timezone.localdate().year, help="default: this year")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(json.dumps(figures(year=options["year"]), ensure_ascii=False, indent=2))
