"""Handing notices over and withdrawing them, for the rooms that know what there is to tell.

They have the network opened. What is handed over is sent by `notices.runs`.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from notices import ledger
from notices.kinds import Handed
from notices.models import Notice

CHUNK = 1000  # rows a statement
OPEN = (Notice.State.WAITING, Notice.State.CLAIMED)


@transaction.atomic
def hand_over(*, network_id: int, notices: Iterable[Handed]) -> None:
    """Make sure that these are told when their time comes. Handing over again changes nothing.

    1. Write those that are new, in the order of their keys, so that of two at once one waits for the other.
    2. Those that have been superseded since they were handed over are missed; what of them was told counts as read.
    3. Those that were withdrawn, and are true again, wait again: they have not been told.
    """
    rows = sorted(notices, key=lambda row: row.key)
    for start in range(0, len(rows), CHUNK):
        _hand_over(network_id, rows[start : start + CHUNK])


@transaction.atomic
def withdraw(*, network_id: int, prefixes: Sequence[str]) -> int:
    """Take back what is not told yet and whose key begins with one of these: it is no longer true. Returns how many.

    What is written into a mail is taken back too, up to the moment the mail is begun. What was told counts as read.
    """
    if not prefixes:
        return 0
    beginning = Q()
    for prefix in prefixes:
        beginning |= Q(key__startswith=prefix)
    return ledger.take_back(Notice.objects.filter(beginning, network_id=network_id))


@transaction.atomic
def withdraw_about(*, network_id: int, about: Mapping[str, int], recipients: Collection[int] | None = None) -> int:
    """The same with what is about this: {"team": 7}. Of everybody, or of these people. Returns how many."""
    found = _about(network_id, about)
    return ledger.take_back(found if recipients is None else found.filter(recipient__in=recipients))


@transaction.atomic
def pass_on(*, network_id: int, about: Mapping[str, int], giver: int, taker: int) -> None:
    """Let what one person was to be told about this be told to another in her place, and once.

    1. Take it back from the one who gives it up.
    2. Hand what could be taken back over to the one who takes over, under her own key: keys end with their recipient's.
    """
    theirs = _about(network_id, about).filter(recipient=giver, key__endswith=f":{giver}")
    open_now = list(theirs.filter(state__in=OPEN).values_list("pk", flat=True))
    withdraw_about(network_id=network_id, about=about, recipients=[giver])
    hand_over(
        network_id=network_id,
        notices=[
            Handed(f"{row.key.removesuffix(str(giver))}{taker}", taker, row.kind, row.about, row.due_at)
            for row in theirs.filter(pk__in=open_now, state=Notice.State.WITHDRAWN)
        ],
    )


def _about(network_id: int, about: Mapping[str, int]) -> QuerySet[Notice]:
    return Notice.objects.filter(network_id=network_id, about__contains=about)


def _hand_over(network_id: int, rows: Sequence[Handed]) -> None:
    now = timezone.now()
    own = Notice.objects.filter(network_id=network_id)
    Notice.objects.bulk_create((_notice(network_id, row, now) for row in rows), ignore_conflicts=True)
    superseded = [row.key for row in rows if row.superseded]
    if superseded:
        own.filter(key__in=superseded, state=Notice.State.WAITING).update(state=Notice.State.MISSED, closed_at=now)
        own.filter(key__in=superseded, state__in=ledger.TOLD, read_at=None).update(read_at=now)
    current = [row.key for row in rows if not row.superseded]
    own.filter(key__in=current, state=Notice.State.WITHDRAWN).update(
        state=Notice.State.WAITING, closed_at=None, read_at=None
    )


def _notice(network_id: int, row: Handed, now: datetime) -> Notice:
    return Notice(
        network_id=network_id,
        key=row.key,
        recipient_id=row.recipient_id,
        kind=row.kind,
        about=row.about,
        due_at=row.due_at,
        state=Notice.State.MISSED if row.superseded else Notice.State.WAITING,
        closed_at=now if row.superseded else None,
    )
