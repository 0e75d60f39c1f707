"""What a person has been told, across her networks, worded as it stands today."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from gpf import tenancy
from networks.access import visible_networks
from networks.models import Network
from notices import kinds, wording
from notices.kinds import Line
from notices.models import Notice
from notices.recipients import AT_WORK, PLANNED, read_recipients

KEPT = timedelta(days=60)
MOST = 200
SHOWN = (Notice.State.WAITING, Notice.State.CLAIMED, Notice.State.SENT, Notice.State.SHOWN)
"""What a person sees in the product: what is due, told or not; never what was withdrawn or missed."""


@dataclass(frozen=True)
class Row:
    """One notice that is still true, in the active language."""

    notice: Notice
    network: Network
    line: Line

    @property
    def is_unread(self) -> bool:
        return self.notice.read_at is None


def read_rows(user: User) -> list[Row]:
    """The person's notices of the last weeks that are still true, the newest first.

    As many queries however many there are (each kind asks a fixed number). The transaction must know the person.
    """
    networks = _networks(user)
    with tenancy.scope(networks):
        found = list(own_notices(user, networks).order_by("-due_at", "-pk")[:MOST])
        rows = list(_told(user, found, networks))
        _let_go(found, rows)
        return rows


def unread(user: User) -> int:
    """How many of them she has not opened: one look into an index that holds nothing else.

    What nobody took back though it is no longer true, because its day has passed, is counted until it is let go: by
    the list, and now and then by `settle`. The transaction must know the person.
    """
    networks = _networks(user)
    with tenancy.scope(networks):
        return own_notices(user, networks).filter(read_at=None).count()


def settle(user: User) -> None:
    """Let go of what she has not opened and is no longer true. The transaction must know the person."""
    networks = _networks(user)
    with tenancy.scope(networks):
        found = list(own_notices(user, networks).filter(read_at=None).order_by("-due_at", "-pk")[:MOST])
        _let_go(found, list(_told(user, found, networks)))


def open_row(user: User, notice_pk: int) -> Row | None:
    """The notice, marked as read; None where it is not hers or no longer true."""
    networks = _networks(user)
    with tenancy.scope(networks):
        found = list(own_notices(user, networks).filter(pk=notice_pk))
        row = next(_told(user, found, networks), None)
        Notice.objects.filter(pk__in=[notice.pk for notice in found], read_at=None).update(read_at=timezone.now())
        return row


def read_all(user: User) -> None:
    """Mark everything that is due as read."""
    networks = _networks(user)
    with tenancy.scope(networks):
        own_notices(user, networks).filter(read_at=None).update(read_at=timezone.now())


def own_notices(user: User, networks: Sequence[int]) -> QuerySet[Notice]:
    """What is due to the person. Needs the scope of the networks (primary keys)."""
    now = timezone.now()
    due = Notice.objects.filter(recipient=user, network__in=networks, state__in=SHOWN)
    return due.filter(due_at__lte=now, due_at__gte=now - KEPT)


def _let_go(found: Sequence[Notice], rows: Sequence[Row]) -> None:
    """What is no longer true is not counted as unread any more: also what waits while no mail goes out to her."""
    true = {row.notice.pk for row in rows}
    untrue = [notice.pk for notice in found if notice.read_at is None and notice.pk not in true]
    if untrue:
        Notice.objects.filter(pk__in=untrue).update(read_at=timezone.now())


def _networks(user: User) -> list[int]:
    at_work = visible_networks(user).filter(phase__in=[*AT_WORK, PLANNED])
    return list(at_work.values_list("pk", flat=True))


def _told(user: User, found: Sequence[Notice], networks: Sequence[int]) -> Iterator[Row]:
    """Those that are still true, in the network's own words where it has any."""
    if not found:
        return
    today = timezone.localdate()
    recipient = read_recipients([user.pk], networks, today)[user.pk]
    told = [notice for notice in found if recipient.is_told(notice)]
    lines = kinds.tell(told, today)
    own = wording.own_words(networks)
    for notice in told:
        if notice.pk in lines:
            network = recipient.networks[notice.network_id]
            line = wording.worded(lines[notice.pk], network.pk, own, wording.common(user, network))
            yield Row(notice, network, line)
