"""Which days are named along the foot of a chart: as many as there is room for, and where the calendar has its steps.

A chart of weeks names weeks, back from the newest, where it is short; else the months or the years. The days come from
the reach of the chart and not from its numbers, so that charts side by side are named alike.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from improvement.charts.numbers import period
from improvement.charts.scales import Calendar, width

WEEKS = {"week": (1, 2, 3, 4, 6, 8), "fortnight": (2, 4, 6, 8)}
MONTHS = (1, 2, 3, 6, 12, 24, 60, 120)
DAYS = (1, 2, 3, 7, 14)
LONG = 75
"""Days from which a chart of events is named by its months."""


@dataclass(frozen=True)
class Named:
    """A day's name at its place, and the year where another one begins (else empty)."""

    at: float
    name: str
    year: str


def named(calendar: Calendar, rhythm: str, size: float) -> list[Named]:
    """The names that can stand side by side in letters of that size, from left to right. At least one."""
    for by, days, apart in _candidates(calendar, rhythm):
        room = apart * calendar.a_day
        if len(days) < 2 or room < size * 2:
            continue
        found = _named(calendar, by, days)
        if room >= max(width(each.name, size) for each in found) + size * 0.7:
            return found
    found = _named(calendar, rhythm, sorted({calendar.first, calendar.last}))
    fits = len(found) > 1 and found[1].at - found[0].at >= width(found[0].name, size) * 1.4
    return found if fits else found[-1:]


def _candidates(calendar: Calendar, rhythm: str) -> Iterator[tuple[str, Sequence[date], int]]:
    """What the days are named by, the days, and how many lie between them at least; the closest first."""
    for weeks in WEEKS.get(rhythm, ()):
        yield "week", _back(calendar, weeks * 7), weeks * 7
    if rhythm == "event" and (calendar.last - calendar.first).days < LONG:
        for days in DAYS:
            yield "event", _back(calendar, days), days
    for months in MONTHS:
        if months >= 12:
            yield "year", _months(calendar, months), months * 30
        elif rhythm != "quarter":
            yield "month", _months(calendar, months), months * 30
        elif months % 3 == 0:
            yield "quarter", _months(calendar, months), months * 30


def _back(calendar: Calendar, step: int) -> list[date]:
    count = (calendar.last - calendar.first).days // step
    return [calendar.last - timedelta(days=step * at) for at in range(count, -1, -1)]


def _months(calendar: Calendar, step: int) -> list[date]:
    """The first days of every so many months, counted from January."""
    first, last = calendar.first, calendar.last
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    days = [date(number // 12, number % 12 + 1, 1) for number in numbers if number % step == 0]
    return [day for day in days if first <= day <= last]


def _named(calendar: Calendar, by: str, days: Sequence[date]) -> list[Named]:
    found, before = [], 0
    for day in days:
        year = day.isocalendar().year if by in WEEKS else day.year
        name = str(year) if by == "year" else period(day, by, year=False)
        found.append(Named(calendar(day), name, str(year) if year != before and by != "year" else ""))
        before = year
    return found
