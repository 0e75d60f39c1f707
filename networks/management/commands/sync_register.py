"""Fetch the municipality register from Statistics Norway."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from networks.register import dump_register
from networks.services import replace_register
from networks.ssb import ADDRESS, SOURCE, SsbError, fetch_register


class Command(BaseCommand):
    help = "Fetch the municipality register from Statistics Norway's open services. It replaces the one that is there."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--address", default=ADDRESS, help=f"where the services are (default: {ADDRESS})")
        parser.add_argument("--save", type=Path, metavar="FILE", help="write the answer as a register file too")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            register = fetch_register(options["address"])
        except SsbError as error:
            raise CommandError(
                f"{error}. The register is as it was. Without a network, load one from a file: "
                "manage.py load_register FILE (docs/register-format.md)."
            ) from None
        if options["save"]:
            options["save"].write_text(dump_register(register.values(), SOURCE), encoding="utf-8")
        replace_register(register=register)
        self.stdout.write(f"{len(register)} municipality numbers are fetched and loaded.")
