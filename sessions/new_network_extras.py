"""What a network has added by the side of its cycle (a workshop, a webinar), taken along to a new round.

Each keeps its distance to the numbered gathering it came after, on the nearest working days outside the quiet weeks.
Place, link and programme belong to the day it was held, and stay in the old network.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils.text import capfirst

from networks.models import Network
from networks.planning import PlannedCycle, due_day
from sessions.gathering_days import days_of, is_numbered, nearest_run
from sessions.models import Assignment, Gathering
from sessions.plans import FROM_TEMPLATE

CYCLE = (Gathering.Kind.NETWORK, Gathering.Kind.EXPERIENCE)
"""What the planner lays out by itself."""


@dataclass(frozen=True)
class Extra:
    """A gathering by the side: what it is, and how long after which numbered gathering it begins.

    `after` is 0 where it came before the first; then `later` is counted from the first, and negative.
    """

    gathering: Gathering
    after: int
    later: timedelta
    length: int
    work: tuple[Assignment, ...]

    @property
    def name(self) -> str:
        return str(capfirst(str(self.gathering)))


def read_extras() -> list[Extra]:
    """Those of the open network that have days and were not called off, in order of time. Two queries."""
    standing = [each for each in Gathering.objects.order_by("starts_on", "pk") if _stands(each)]
    numbered = [each for each in standing if is_numbered(each)]
    by_the_side = [each for each in standing if each.kind not in CYCLE]
    if not numbered or not by_the_side:
        return []
    work = list(Assignment.objects.filter(gathering__in=by_the_side).order_by("position", "pk"))
    return [_extra(each, numbered, [one for one in work if one.gathering_id == each.pk]) for each in by_the_side]


def write_extras(*, network: Network, extras: Sequence[Extra], chosen: PlannedCycle) -> None:
    """Put them into a new network, by its own days. Needs the network's scope.

    1. Each gathering, after the one of the same number, or after the last where the new cycle is shorter.
    2. The work before it, with its deadlines.
    """
    for extra in extras:
        made = _written(network, extra, chosen)
        assert made.starts_on is not None
        Assignment.objects.bulk_create(_work(made, each) for each in extra.work)


def _stands(gathering: Gathering) -> bool:
    return gathering.state != Gathering.State.CANCELLED and days_of(gathering) is not None


def _extra(gathering: Gathering, numbered: Sequence[Gathering], work: Sequence[Assignment]) -> Extra:
    days = days_of(gathering)
    assert days is not None  # those without are left out
    earlier = [each for each in numbered if each.starts_on and each.starts_on <= days.starts_on]
    beside = earlier[-1] if earlier else numbered[0]
    assert beside.starts_on is not None
    after = (beside.number or 0) if earlier else 0
    return Extra(gathering, after, days.starts_on - beside.starts_on, len(days.each()), tuple(work))


def _written(network: Network, extra: Extra, chosen: PlannedCycle) -> Gathering:
    plans = [plan for plan in chosen.gatherings if plan.number <= extra.after]
    beside = plans[-1] if plans else chosen.gatherings[0]
    days = nearest_run(beside.starts_on + extra.later, extra.length)
    old = extra.gathering
    return Gathering.objects.create(
        network=network, kind=old.kind, title=old.title, form=old.form, starts_on=days.starts_on, ends_on=days.ends_on
    )


def _work(gathering: Gathering, old: Assignment) -> Assignment:
    assert gathering.starts_on is not None
    return Assignment(
        network_id=gathering.network_id,
        gathering=gathering,
        slug=old.slug,
        position=old.position,
        due=due_day(gathering.starts_on, old.days_before),
        **{name: getattr(old, name) for name in FROM_TEMPLATE},
    )
