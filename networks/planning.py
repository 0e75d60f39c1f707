"""Planning a cycle: on which days the gatherings lie, and when the work before them is due.

Pure: dates in, dates out. The pattern is what a `CycleTemplate` holds; the intervals are the programme's own (3, 6 and
9 months). Norwegian public holidays come from the `holidays` package; the weeks nobody can be gathered in are ours.
"""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

import holidays

DAY = timedelta(days=1)
EARLIEST, LATEST = date(2000, 1, 1), date(2090, 12, 31)  # the days a cycle may be planned from
FURTHEST = 60  # days either way from the wanted day; no quiet period is longer than half of it
SUMMER_WEEKS = range(27, 32)  # ISO weeks
EVES = {(12, 24): "Christmas Eve", (12, 31): "New Year's Eve"}  # no holidays by law, and nobody is at work


class NoDayError(ValueError):
    """No run of working days lies near enough to the wanted day."""


@dataclass(frozen=True)
class AssignmentPattern:
    """Homework of the pattern: `days_before` counts calendar days before the gathering begins."""

    slug: str
    days_before: int


@dataclass(frozen=True)
class GatheringPattern:
    """A gathering of the pattern: `months` after the one before, lasting `days` days in a row."""

    number: int
    months: int
    days: int = 2
    assignments: tuple[AssignmentPattern, ...] = ()


@dataclass(frozen=True)
class CyclePattern:
    """The whole pattern, with one gathering at least. The first one's `months` is not used: its day is given.

    `experience_months` counts from the last gathering; 0 means that no experience gathering is planned.
    """

    gatherings: tuple[GatheringPattern, ...]
    preparation_months: int = 3
    experience_months: int = 12


@dataclass(frozen=True)
class PlannedGathering:
    """A gathering with its days, and the last day of each piece of work before it, by slug.

    The experience gathering has the number 0.
    """

    number: int
    starts_on: date
    ends_on: date
    due: dict[str, date] = field(default_factory=dict)


@dataclass(frozen=True)
class PlannedCycle:
    """A cycle laid out: preparation begins, the gatherings, and the experience gathering where there is to be one."""

    preparation_starts_on: date
    gatherings: tuple[PlannedGathering, ...]
    experience: PlannedGathering | None

    @property
    def all_gatherings(self) -> tuple[PlannedGathering, ...]:
        """The experience gathering too, last."""
        return (*self.gatherings, self.experience) if self.experience else self.gatherings


class Quiet(StrEnum):
    """The weeks when people are away."""

    EASTER = "easter"
    SUMMER = "summer"
    CHRISTMAS = "christmas"


def plan_cycle(pattern: CyclePattern, first: date) -> PlannedCycle:
    """Lay out a cycle from the wanted first day of gathering 1.

    Every gathering gets the run of working days nearest to its wanted day, within one week of the calendar and
    outside the quiet weeks; each interval is counted from the wanted day of the first, so that a day moved for a
    holiday does not push the rest. Raises NoDayError when the neighbourhood has no such run.
    """
    gatherings = []
    months = 0
    for number, gathering in enumerate(pattern.gatherings):
        months += gathering.months if number else 0
        gatherings.append(_planned(gathering, add_months(first, months)))
    return PlannedCycle(
        preparation_starts_on=add_months(gatherings[0].starts_on, -pattern.preparation_months),
        gatherings=tuple(gatherings),
        experience=_experience(gatherings[-1].starts_on, pattern.experience_months),
    )


def due_day(gathering_starts_on: date, days_before: int) -> date:
    """The deadline: so many days before the gathering, moved to the nearest earlier working day."""
    return last_working_day(gathering_starts_on - timedelta(days=days_before))


def last_working_day(day: date) -> date:
    """The day itself if it is a working day, else the nearest one before it."""
    while not is_working_day(day):
        day -= DAY
    return day


def is_working_day(day: date) -> bool:
    """Monday to Friday, not a Norwegian public holiday, and not Christmas or New Year's Eve."""
    return day.weekday() < 5 and not holiday(day)


def holiday(day: date) -> str:
    """The English name of the day everybody has off, as the `holidays` package says it; empty on other days."""
    return EVES.get((day.month, day.day)) or _holidays(day.year).get(day, "")


def is_quiet(day: date) -> bool:
    """Whether the day lies in the weeks when people are away: Easter, the middle of summer, Christmas."""
    return quiet_weeks(day) is not None


def quiet_weeks(day: date) -> Quiet | None:
    """Which of the quiet weeks the day lies in."""
    easter = _easter_monday(day.year)
    if easter - timedelta(days=7) <= day <= easter + DAY:
        return Quiet.EASTER
    if day.isocalendar().week in SUMMER_WEEKS:
        return Quiet.SUMMER
    if (day.month, day.day) >= (12, 19) or (day.month, day.day) <= (1, 4):
        return Quiet.CHRISTMAS
    return None


def nearest_run(wanted: date, days: int) -> date:
    """The first day of the run of so many working days nearest to the wanted day, outside the quiet weeks.

    Raises NoDayError where there is none in the neighbourhood.
    """
    for day in _outwards(wanted):
        run = [day + n * DAY for n in range(days)]
        if all(is_working_day(d) and not is_quiet(d) for d in run):
            return day
    raise NoDayError(f"no {days} working days in a row near {wanted.isoformat()}")


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months later, or the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _planned(pattern: GatheringPattern, wanted: date) -> PlannedGathering:
    start = nearest_run(wanted, pattern.days)
    return PlannedGathering(
        number=pattern.number,
        starts_on=start,
        ends_on=start + (pattern.days - 1) * DAY,
        due={assignment.slug: due_day(start, assignment.days_before) for assignment in pattern.assignments},
    )


def _experience(last: date, months: int) -> PlannedGathering | None:
    if not months:
        return None
    return _planned(GatheringPattern(number=0, months=0, days=1), add_months(last, months))


def _outwards(day: date) -> Iterator[date]:
    """The day, the day before, the day after, two before, …"""
    yield day
    for distance in range(1, FURTHEST + 1):
        yield day - distance * DAY
        yield day + distance * DAY


@lru_cache
def _holidays(year: int) -> dict[date, str]:
    return dict(holidays.country_holidays("NO", years=year, language="en_US"))


@lru_cache
def _easter_monday(year: int) -> date:
    return next(day for day, name in _holidays(year).items() if name == "Easter Monday")
