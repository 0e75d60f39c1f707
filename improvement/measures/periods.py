"""The periods a measure is counted in. A number stands on the first day of its period. Pure: days in, days out."""

from collections.abc import Collection
from datetime import date, timedelta

from improvement.measures.models import Measure
from networks.planning import add_months

Rhythm = Measure.Rhythm

WEEKS = {Rhythm.WEEK: 1, Rhythm.FORTNIGHT: 2}
MONTHS = {Rhythm.MONTH: 1, Rhythm.QUARTER: 3}
LOOK_BACK = 60
"""So many periods back from today a missing number is looked for."""


def period_of(day: date, rhythm: str, anchor: date | None = None) -> date:
    """The first day of the period a day lies in: its Monday, the first of its month or quarter, or the day itself.

    Every other week is counted from the measure's first number (`anchor`).
    """
    if rhythm == Rhythm.MONTH:
        return day.replace(day=1)
    if rhythm == Rhythm.QUARTER:
        return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    monday = day - timedelta(days=day.weekday())
    if rhythm == Rhythm.WEEK:
        return monday
    if rhythm == Rhythm.FORTNIGHT:
        start = anchor - timedelta(days=anchor.weekday()) if anchor else monday
        return monday - timedelta(weeks=((monday - start).days // 7) % 2)
    return day


def following(start: date, rhythm: str) -> date:
    """The first day of the next period. An event has none: the day after."""
    if rhythm in MONTHS:
        return add_months(start, MONTHS[Rhythm(rhythm)])
    return start + timedelta(weeks=WEEKS[Rhythm(rhythm)]) if rhythm in WEEKS else start + timedelta(days=1)


def preceding(start: date, rhythm: str) -> date:
    """The first day of the period before."""
    if rhythm in MONTHS:
        return add_months(start, -MONTHS[Rhythm(rhythm)])
    return start - timedelta(weeks=WEEKS[Rhythm(rhythm)]) if rhythm in WEEKS else start - timedelta(days=1)


def is_over(start: date, rhythm: str, today: date) -> bool:
    """Whether the period has ended, so that all of it can be counted."""
    return following(start, rhythm) <= today


def missing(rhythm: str, taken: Collection[date], today: date) -> list[date]:
    """The periods that have ended without a number, oldest first: from the first number on, or the newest ended one."""
    if rhythm == Rhythm.EVENT:
        return []
    anchor = min(taken, default=None)
    start = preceding(period_of(today, rhythm, anchor), rhythm)
    oldest = anchor or start
    found: list[date] = []
    for _step in range(LOOK_BACK):
        if start < oldest:
            break
        if start not in taken:
            found.insert(0, start)
        start = preceding(start, rhythm)
    return found
