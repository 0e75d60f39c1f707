"""Putting a row of the queue aside: it was seen to by a call, or needs nothing."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction

from accounts.models import User
from supervision.models import Aside
from supervision.queue.rows import Kind, Row

AWAY = timedelta(weeks=2)
"""So long what still holds stays away. A reply that needs no answer stays away for good."""


@transaction.atomic
def put_aside(*, row: Row, user: User, today: date) -> None:
    """Put a row aside for the person; it comes back when something new comes of it, or after two weeks.

    1. Write what was the newest of it now, in place of what was written the last time.
    """
    until = None if row.kind == Kind.REPLY else today + AWAY
    Aside.objects.update_or_create(
        user=user,
        kind=row.kind.value,
        key=row.key,
        defaults={"network": row.network, "newest": row.newest or row.since, "until": until},
    )


def bring_back(*, kind: str, key: str, user: User) -> None:
    """Undo it."""
    Aside.objects.filter(user=user, kind=kind, key=key).delete()


def parted(rows: Sequence[Row], user: User, today: date) -> tuple[list[Row], list[Row]]:
    """The rows that wait, and those the person has put aside and nothing new has come of. One query."""
    asides = {(each.kind, each.key): each for each in Aside.objects.filter(user=user)}
    waiting: list[Row] = []
    away: list[Row] = []
    for row in rows:
        (away if _is_away(row, asides.get((row.kind.value, row.key)), today) else waiting).append(row)
    return waiting, away


def _is_away(row: Row, aside: Aside | None, today: date) -> bool:
    if aside is None or (aside.until is not None and aside.until <= today):
        return False
    return (row.newest or row.since) <= aside.newest
