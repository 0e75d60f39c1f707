"""What moves a network from phase to phase: the days of its gatherings, or a coordinator's hand.

Every function needs the network's scope.
"""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from networks.models import Network
from networks.phases import Milestones, phase_on, phase_when_reopened
from networks.planning import add_months
from sessions.models import Gathering


@dataclass(frozen=True)
class Course:
    """The days a network's phases hang on, and the gatherings they come from."""

    days: Milestones
    last: Gathering | None = None
    experience: Gathering | None = None


def read_course(network: Network) -> Course:
    """The network's own days. Gatherings that are cancelled count for nothing; one query."""
    found = list(Gathering.objects.filter(network=network).exclude(state=Gathering.State.CANCELLED))
    numbered = [each for each in found if each.kind == Gathering.Kind.NETWORK]
    last = _last(numbered)
    gathered_on = _last_day(last)
    after = [
        each
        for each in found
        if each.kind == Gathering.Kind.EXPERIENCE
        and not (each.when and gathered_on and each.when <= gathered_on)  # one on the way is one of several
    ]
    experience = _last(after)
    # While the last gathering has no day, nothing is known to come after it.
    experience_on = _last_day(experience) if gathered_on else None
    days = Milestones(_begins_on(network, numbered), gathered_on, experience_on)
    return Course(days, last, experience)


@transaction.atomic
def advance(*, network: Network, today: date | None = None) -> Network.Phase | None:
    """Give the network the phase of the day; says which, or None where nothing changes. Safe to repeat.

    1. Lock the network, and leave it where it is completed.
    2. Read its days, and the phase they give.
    3. Write the phase where it is another.
    """
    row = Network.objects.select_for_update().get(pk=network.pk)
    if row.phase == Network.Phase.COMPLETED:
        return None
    days = read_course(row).days
    phase = phase_on(today or timezone.localdate(), row.phase, days, reopened=row.reopened_on is not None)
    if phase == row.phase:
        return None
    row.phase = phase
    row.save(update_fields=["phase"])
    return phase


@transaction.atomic
def close_network(*, network: Network) -> bool:
    """Complete the network by hand. Says whether it was open."""
    row = Network.objects.select_for_update().get(pk=network.pk)
    if row.phase == Network.Phase.COMPLETED:
        return False
    row.phase = Network.Phase.COMPLETED
    row.save(update_fields=["phase"])
    return True


@transaction.atomic
def reopen_network(*, network: Network, today: date | None = None) -> bool:
    """Let the network go on where its days say, and never be closed by them again. Says whether it was completed."""
    row = Network.objects.select_for_update().get(pk=network.pk)
    if row.phase != Network.Phase.COMPLETED:
        return False
    row.reopened_on = today or timezone.localdate()
    row.phase = phase_when_reopened(row.reopened_on, read_course(row).days)
    row.save(update_fields=["phase", "reopened_on"])
    return True


def _begins_on(network: Network, numbered: Iterable[Gathering]) -> date | None:
    """When preparation begins: as long before the first gathering as it was planned with."""
    first = min((each.when for each in numbered if each.when), default=None)
    if first is None or network.preparation_months is None:
        return first
    return add_months(first, -network.preparation_months)


def _last(gatherings: Iterable[Gathering]) -> Gathering | None:
    """The last in time. One without a day is still to come, and so the last."""
    return max(gatherings, key=lambda each: (each.when or date.max, each.number or 0, each.pk), default=None)


def _last_day(gathering: Gathering | None) -> date | None:
    """Its last day; of one known by its month, the month's."""
    if gathering is None:
        return None
    if gathering.ends_on or gathering.month is None:
        return gathering.ends_on
    month = gathering.month
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])
