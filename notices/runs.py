"""The daily run, and the one for what is told at once.

The promise: every notice that is due is sent, also after days in which nothing ran; running twice sends nothing
twice. Only where a sender was killed, or the mail server fell silent, between beginning a mail and noting the answer,
may it go out a second time, and then as the same mail under the same Message-ID.
"""

import logging
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from gpf import tenancy
from networks.models import Network
from notices import hours, kinds
from notices.batches import Occasion
from notices.digests import Pace, send_digests
from notices.models import Choice, Notice
from notices.post import Answer, Post
from notices.recipients import AT_WORK
from notices.services import hand_over

logger = logging.getLogger(__name__)

SHARE = 200
"""People a worker sends to in one task: few enough that several workers share the morning evenly."""

Group = tuple[list[int], list[int]]
"""Networks, and the people who have something waiting in exactly these; by primary keys."""


def run_daily(*, at: datetime | None = None) -> Counter[Answer]:
    """Find what is due in every network at work, and send each person her digest; as of `at`, else of now.

    1. Network by network, ask every kind what is due. One that breaks does not stop the others.
    2. Network by network, see who has something waiting.
    3. By those who have it in the same networks, with just these opened, send.
    Returns how many mails got which answer. May run at any time, any number of times, and twice at once; at night and
    on holidays it finds, and sends nothing.
    """
    find_due(timezone.localdate(at))
    return _run(Occasion(timezone.now(), at))


def run_at_once(*, at: datetime | None = None) -> Counter[Answer]:
    """Send what people want to be told at once, each in a mail of its own; else as `run_daily`."""
    return _run(Occasion(timezone.now(), at, at_once=True))


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


def _run(occasion: Occasion) -> Counter[Answer]:
    answers: Counter[Answer] = Counter()
    with Post() as post:
        for share in shares(occasion):
            answers.update(send_share(share, occasion, post))
    return answers


def send_share(share: Sequence[Group], occasion: Occasion, post: Post) -> Counter[Answer]:
    """Send a share of the mail."""
    answers: Counter[Answer] = Counter()
    pace = Pace()
    for networks, people in share:
        answers.update(send_digests(people=people, networks=networks, occasion=occasion, post=post, pace=pace))
    return answers


# Who


def shares(occasion: Occasion) -> Iterator[list[Group]]:
    """All the mail there may be to send, in shares for several workers. None when mail may not go out now."""
    share: list[Group] = []
    for networks, people in _groups(recipients(occasion)) if hours.may_send(occasion.now) else ():
        for start in range(0, len(people), SHARE):
            share.append((networks, people[start : start + SHARE]))
            if sum(len(group[1]) for group in share) >= SHARE:
                yield share
                share = []
    if share:
        yield share


def recipients(occasion: Occasion) -> dict[int, list[int]]:
    """Who has something waiting or left half-sent, and in which networks. Each network is looked at by itself."""
    found: dict[int, list[int]] = defaultdict(list)
    for network in Network.objects.order_by("pk").values_list("pk", flat=True):
        with tenancy.scope([network]):
            notices = _open(network, occasion)
            for recipient in notices.values_list("recipient", flat=True).distinct().order_by("recipient"):
                found[recipient].append(network)
    return dict(found)


def _open(network: int, occasion: Occasion) -> QuerySet[Notice]:
    """What is due and not told. Of what is told at once that is what somebody wants so, by choice or by its kind."""
    due = Notice.objects.filter(network=network, due_at__lte=occasion.now)
    if not occasion.at_once:
        return due.filter(state__in=[Notice.State.WAITING, Notice.State.CLAIMED])
    chosen = Choice.objects.filter(user=OuterRef("recipient"), kind=OuterRef("kind"))
    by_kind = [kind.name for kind in kinds.registered() if kind.way == Choice.Way.AT_ONCE]
    wanted = Exists(chosen.filter(way=Choice.Way.AT_ONCE)) | (Q(kind__in=by_kind) & ~Exists(chosen))
    return due.filter(wanted, state=Notice.State.WAITING)


def _groups(found: Mapping[int, Sequence[int]]) -> list[Group]:
    """The people by their networks, those of one language together: they are written to in one batch."""
    languages = dict(User.objects.filter(pk__in=found).values_list("pk", "language"))
    people: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for person in sorted(found, key=lambda person: (languages.get(person, ""), person)):
        people[tuple(found[person])].append(person)
    return [(list(networks), own) for networks, own in people.items()]
