"""Limits stay until a person says otherwise.

A stretch's baseline grows with its numbers until it has twelve; then it ends, on the day of the twelfth, and is not
moved by anything that is entered, corrected or left out later.
"""

from datetime import date

from django.db import transaction

from accounts.models import User
from improvement.charts.picture import SETTLED
from improvement.measures.models import LimitPeriod, Measure, Observation


def settle_baseline(*, measure: Measure) -> None:
    """End the baseline of each stretch that has got its twelfth number. To be called after numbers were saved.

    1. Find the stretches whose baseline is still open; make the first one where there is none.
    2. Where a stretch has twelve numbers that count, write the day of the twelfth.

    Needs the network's scope. Saying it twice changes nothing.
    """
    periods = list(LimitPeriod.objects.filter(measure=measure).order_by("starts_on"))
    first = next((period for period in periods if period.starts_on is None), None)
    if first is None:
        first, _made = LimitPeriod.objects.get_or_create(network_id=measure.network_id, measure=measure, starts_on=None)
        periods.append(first)
    if all(period.baseline_through for period in periods):
        return
    rows = Observation.objects.filter(measure=measure, excluded=False).order_by("on")
    days = [row.on for row in rows if counts(measure, row)]
    later = sorted(period.starts_on for period in periods if period.starts_on)
    for period in periods:
        if period.baseline_through is None:
            _settle(measure, period, days, next((day for day in later if day > (period.starts_on or date.min)), None))


def counts(measure: Measure, row: Observation) -> bool:
    """Whether the row is a number: an event always is, a share needs something to divide by."""
    if measure.kind == Measure.Kind.TIME_BETWEEN:
        return True
    if measure.kind in (Measure.Kind.SHARE, Measure.Kind.RATE):
        return row.numerator is not None and bool(row.denominator)
    return row.value is not None


def _settle(measure: Measure, period: LimitPeriod, days: list[date], until: date | None) -> None:
    # The first event has nothing before it to count from.
    needed = SETTLED + (measure.kind == Measure.Kind.TIME_BETWEEN and period.starts_on is None)
    own = [day for day in days if day >= (period.starts_on or date.min) and (until is None or day < until)]
    if len(own) >= needed:
        period.baseline_through = own[needed - 1]
        period.save(update_fields=["baseline_through"])


@transaction.atomic
def begin_limits(*, measure: Measure, starts_on: date, answers: dict[str, bool], answer: str, by: User) -> LimitPeriod:
    """Reckon the limits anew from a day, for the reasons the person has given. Needs the network's scope.

    1. Write the stretch, or a new answer for one that begins on the same day.
    2. End its baseline at once where it has its twelve numbers already.
    """
    period, _made = LimitPeriod.objects.update_or_create(
        network_id=measure.network_id,
        measure=measure,
        starts_on=starts_on,
        defaults={**answers, "answer": answer, "decided_by": by, "baseline_through": None},
    )
    settle_baseline(measure=measure)
    return period


@transaction.atomic
def take_back_limits(*, period: LimitPeriod) -> None:
    """Let the limits before the day hold on. The first stretch can not be taken away. Needs the network's scope."""
    if period.starts_on is not None:
        period.delete()
