"""Make the first person who may do everything; from then on people invite each other."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from accounts.services import invite_person
from networks.models import NationalCoordinator


class Command(BaseCommand):
    help = "Make a person a national coordinator, and print the link that signs her in the first time."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("name")
        parser.add_argument("--language", choices=["nb", "nn", "en"], default="nb")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            validate_email(options["email"])
        except ValidationError:
            raise CommandError(f"“{options['email']}” is not an email address.") from None
        invited = invite_person(
            email=options["email"], name=options["name"], language=options["language"], landing="/", by=None
        )
        NationalCoordinator.objects.get_or_create(user=invited.invitation.user)
        self.stdout.write(f"Open once, and soon: {invited.url}")
