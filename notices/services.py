"""Handing notices over, withdrawing them, and the daily run.

The promise: every notice that is due is sent, also after days in which nothing ran; running twice sends nothing
twice. Only where a sender was killed, or the mail server fell silent, between taking the mail and saying so, may a
mail go out a second time, and then as the same mail under the same Message-ID.
"""

import logging
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from gpf import tenancy
from networks.models import Network
from notices import kinds
from notices.digests import AT_WORK, send_digest
from notices.kinds import Handed
from notices.models import Notice
from notices.post import Answer, Post

logger = logging.getLogger(__name__)

CHUNK = 1000  # rows a statement


# Handing over and withdrawing, for the rooms that know what there is to tell. They have the network opened.


@transaction.atomic
def hand_over(*, network_id: int, notices: Iterable[Handed]) -> None:
    """Make sure that these are told when their time comes. Handing over again changes nothing.

    1. Write those that are new, in the order of their keys, so that of two at once one waits for the other.
    2. Those that have been superseded since they were handed over are missed.
    3. Those that were withdrawn, and are true again, wait again: they have not been told.
    """
    rows = sorted(notices, key=lambda row: row.key)
    for start in range(0, len(rows), CHUNK):
        _hand_over(network_id, rows[start : start + CHUNK])


def withdraw(*, network_id: int, prefixes: Sequence[str]) -> int:
    """Take back what waits and whose key begins with one of these: it is no longer true. Returns how many."""
    if not prefixes:
        return 0
    beginning = Q()
    for prefix in prefixes:
        beginning |= Q(key__startswith=prefix)
    return Notice.objects.filter(beginning, network_id=network_id, state=Notice.State.WAITING).update(
        state=Notice.State.WITHDRAWN, closed_at=timezone.now()
    )


def withdraw_about(*, network_id: int, about: Mapping[str, int], recipients: Collection[int] | None = None) -> int:
    """Take back what waits and is about this: {"team": 7}. Of everybody, or of these people. Returns how many."""
    found = _waiting_about(network_id, about)
    if recipients is not None:
        found = found.filter(recipient__in=recipients)
    return found.update(state=Notice.State.WITHDRAWN, closed_at=timezone.now())


@transaction.atomic
def pass_on(*, network_id: int, about: Mapping[str, int], giver: int, taker: int) -> None:
    """Let what one person was to be told about this be told to another in her place, and once.

    1. Hand the same over to the one who takes over, under her own key: keys end with their recipient's.
    2. Take it back from the one who gives it up.
    """
    theirs = _waiting_about(network_id, about).filter(recipient=giver, key__endswith=f":{giver}")
    hand_over(
        network_id=network_id,
        notices=[
            Handed(f"{row.key.removesuffix(str(giver))}{taker}", taker, row.kind, row.about, row.due_at)
            for row in theirs
        ],
    )
    withdraw_about(network_id=network_id, about=about, recipients=[giver])


def _waiting_about(network_id: int, about: Mapping[str, int]) -> QuerySet[Notice]:
    return Notice.objects.filter(network_id=network_id, about__contains=about, state=Notice.State.WAITING)


def _hand_over(network_id: int, rows: Sequence[Handed]) -> None:
    now = timezone.now()
    own = Notice.objects.filter(network_id=network_id)
    Notice.objects.bulk_create((_notice(network_id, row, now) for row in rows), ignore_conflicts=True)
    superseded = [row.key for row in rows if row.superseded]
    if superseded:
        own.filter(key__in=superseded, state=Notice.State.WAITING).update(state=Notice.State.MISSED, closed_at=now)
    current = [row.key for row in rows if not row.superseded]
    own.filter(key__in=current, state=Notice.State.WITHDRAWN).update(state=Notice.State.WAITING, closed_at=None)


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


# The daily run


def run_daily(*, at: datetime | None = None) -> Counter[Answer]:
    """Find what is due in every network at work, and send each person her digest; as of `at`, else of now.

    1. Network by network, ask every kind what is due. One that breaks does not stop the others.
    2. Network by network, see who has something waiting.
    3. Person by person, with just her networks opened, send.
    Returns how many mails got which answer. May run at any time, any number of times, and twice at once.
    """
    find_due(timezone.localdate(at))
    answers: Counter[Answer] = Counter()
    with Post() as post:
        for recipient, networks in recipients(at or timezone.now()).items():
            answers.update(_send(recipient, networks, at or timezone.now(), post))
    return answers


def find_due(today: date) -> None:
    """Hand over what is due on the day in every network at work."""
    for network in Network.objects.filter(phase__in=AT_WORK).order_by("pk"):
        try:
            with tenancy.scope([network.pk]):
                for kind in kinds.registered():
                    if kind.find is not None:
                        hand_over(network_id=network.pk, notices=kind.find(network, today))
        except Exception:
            logger.exception("Finding what is due failed in the network %s", network.slug)


def recipients(at: datetime) -> dict[int, list[int]]:
    """Who has something waiting or left half-sent, and in which networks. Each network is looked at by itself."""
    found: dict[int, list[int]] = defaultdict(list)
    for network in Network.objects.order_by("pk").values_list("pk", flat=True):
        with tenancy.scope([network]):
            open_notices = Notice.objects.filter(
                network=network, state__in=[Notice.State.WAITING, Notice.State.CLAIMED], due_at__lte=at
            )
            for recipient in open_notices.values_list("recipient", flat=True).distinct().order_by("recipient"):
                found[recipient].append(network)
    return dict(found)


def _send(recipient: int, networks: Sequence[int], at: datetime, post: Post) -> list[Answer]:
    """One person's digest. Whatever goes wrong with it stops nobody else's."""
    try:
        return send_digest(recipient=recipient, networks=networks, at=at, post=post)
    except Exception:
        logger.exception("The digest of person %s failed", recipient)
        return []
