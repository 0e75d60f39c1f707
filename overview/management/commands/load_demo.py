"""Set up the live demo network, or renew its passwords."""

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from overview.demo import demo_loaded, load_demo, send_past_mail


class Command(BaseCommand):
    help = "Load the live demo network with its people. The password comes from GPF_DEMO_PASSWORD."

    def handle(self, *args: Any, **options: Any) -> None:
        password = os.environ.get("GPF_DEMO_PASSWORD", "")
        if not password:
            raise CommandError("Set GPF_DEMO_PASSWORD to the password the demo accounts shall have.")
        if demo_loaded():
            load_demo(password=password)
            self.stdout.write("The demo network is kept as it was.")
            return
        load_demo(password=password)
        send_past_mail()
        self.stdout.write("The demo network is loaded.")
