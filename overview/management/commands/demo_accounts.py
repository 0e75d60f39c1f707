"""Print who can sign in to the demo."""

import os
from typing import Any

from django.core.management.base import BaseCommand

from overview.demo import ACCOUNTS, DOMAIN


class Command(BaseCommand):
    help = "Print one line per demo account: address, password, what it sees."

    def handle(self, *args: Any, **options: Any) -> None:
        password = os.environ.get("GPF_DEMO_PASSWORD", "")
        for local, (_, sees) in ACCOUNTS.items():
            address = f"{local}@{DOMAIN}"
            self.stdout.write(f"{address:<26} {password}  {sees}")
