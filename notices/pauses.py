"""Keeping notices back for a while: of a whole network, of what is about something, or one by one."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from notices.models import Notice, Pause


def not_paused(notices: QuerySet[Notice], day: date) -> QuerySet[Notice]:
    """Those that nobody keeps back on the day. Needs the scope of their networks."""
    lasting = Pause.objects.filter(Q(until=None) | Q(until__gte=day), network=OuterRef("network"))
    return notices.filter(~Exists(lasting.filter(about__contained_by=OuterRef("about"))), held_at=None)


def covers(pause: Pause, about: Mapping[str, int]) -> bool:
    """Does the pause keep back what is about this? As `not_paused` says it in SQL, for what has no row yet."""
    own: Mapping[str, int] = pause.about
    return own.items() <= about.items()


def lasting(network: int, day: date) -> QuerySet[Pause]:
    """The pauses in force on the day, that of the whole network first. Needs the network's scope."""
    found = Pause.objects.filter(Q(until=None) | Q(until__gte=day), network=network)
    return found.select_related("paused_by").order_by("about", "pk")


@transaction.atomic
def pause(*, network: int, about: Mapping[str, int], until: date | None, reason: str, by: User) -> Pause:
    """Keep back what is told of the network ({}) or of a thing in it ({"team": 7}). Needs the network's scope.

    A new word replaces an earlier one about the same.
    """
    now = timezone.now()
    said = {"until": until, "reason": reason, "paused_by": by, "paused_at": now}
    found, _made = Pause.objects.update_or_create(network_id=network, about=dict(about), defaults=said)
    return found


def resume(*, network: int, pause_pk: int) -> bool:
    """Let it be told again; what has come due meanwhile, and is still true, goes with the next mail."""
    return bool(Pause.objects.filter(network=network, pk=pause_pk).delete()[0])


def hold(*, network: int, notice_pk: int) -> bool:
    """Keep one notice back until it is released. Returns False where it is told already."""
    waiting = Notice.objects.filter(network=network, pk=notice_pk, state=Notice.State.WAITING)
    return bool(waiting.update(held_at=timezone.now()))


def release(*, network: int, notice_pk: int) -> bool:
    """Let a notice that was kept back be told."""
    return bool(Notice.objects.filter(network=network, pk=notice_pk).update(held_at=None))
