"""A network in which exactly one piece of work is due, and a clock one can turn forward."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone
from pytest_django import Settings

from gpf import tenancy
from notices.models import Message, Notice
from sessions import reminders as reminding
from sessions.models import Assignment
from tests.cast import Cast, Place
from tests.notices.smtp_server import MailServer, serving


def morning(days: int = 0) -> datetime:
    """Seven in the morning so many days from today. (Memberships begin today: tests go forward.)"""
    return timezone.make_aware(datetime.combine(timezone.localdate() + timedelta(days=days), time(7)))


def only_due(place: Place, days: int) -> Assignment:
    """Let the plan be due in so many days, and everything else far away."""
    today = timezone.localdate()
    with tenancy.scope([place.network.pk]):
        Assignment.objects.update(due=today + timedelta(days=300))
        place.document.due = today + timedelta(days=days)
        place.document.save(update_fields=["due"])
    return place.document


def states(place: Place) -> dict[tuple[str, str], str]:
    """What became of each reminder of work in the network: by its stage and its recipient's part."""
    parts = {user.pk: part for part, user in place.people().items()}
    with tenancy.scope([place.network.pk]):
        reminders = Notice.objects.filter(kind=reminding.KIND).order_by("pk")
        return {(n.about["stage"], parts[n.recipient_id]): n.state for n in reminders}


def messages(place: Place) -> list[Message]:
    """What the network's outbox holds, oldest first."""
    with tenancy.scope([place.network.pk]):
        return list(Message.objects.order_by("pk"))


def html_of(letter: EmailMultiAlternatives) -> str:
    """The part of a mail that is shown where HTML is."""
    ((content, kind),) = letter.alternatives
    assert kind == "text/html"
    return str(content)


@dataclass
class Box:
    """What has gone out."""

    def __len__(self) -> int:
        return len(mail.outbox)

    def __iter__(self) -> Iterator[EmailMultiAlternatives]:
        return (letter for letter in mail.outbox if isinstance(letter, EmailMultiAlternatives))

    def to(self, address: str) -> list[EmailMultiAlternatives]:
        return [letter for letter in self if letter.to == [address]]

    def only(self) -> EmailMultiAlternatives:
        (letter,) = self
        return letter


@pytest.fixture
def box() -> Box:
    return Box()


@pytest.fixture
def west(cast: Cast) -> Place:
    """Vest, with the plan due in 14 days; nothing is due in Øst."""
    only_due(cast.west, 14)
    only_due(cast.east, 300)
    return cast.west


@pytest.fixture
def server(settings: Settings) -> Iterator[MailServer]:
    """A real mail server, which the product sends through."""
    with serving() as state:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", state.port
        settings.EMAIL_TIMEOUT = 3
        yield state
