"""Keeping back and letting go. Every function needs the network's scope."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from networks.models import Network
from notices import kinds, pauses
from notices.models import Notice
from notices.services import hand_over


@transaction.atomic
def hold_coming(*, network: Network, day: date, key: str) -> bool:
    """Keep back what will be told under this key. Returns False where it is told already, or nothing of the kind comes.

    1. Hand it over where that is not done yet: what has no row can not be kept back.
    2. Hold it.
    """
    found = Notice.objects.filter(network=network, key=key).first()
    if found is None:
        coming = [row for kind in kinds.registered() if kind.find for row in kind.find(network, day) if row.key == key]
        hand_over(network_id=network.pk, notices=coming)
        found = Notice.objects.filter(network=network, key=key).first()
    return found is not None and pauses.hold(network=network.pk, notice_pk=found.pk)


def waiting_now(network: Network) -> list[int]:
    """Who has something due that is not told and not kept back (primary keys)."""
    now = timezone.now()
    waiting = Notice.objects.filter(network=network, state=Notice.State.WAITING, due_at__lte=now)
    told = pauses.not_paused(waiting, timezone.localdate(now))
    return list(told.values_list("recipient", flat=True).distinct().order_by("recipient"))
