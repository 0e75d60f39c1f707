"""The days of a network's gatherings: in which order they must lie, and what to think of about them.

Pure: nothing is read or written here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple

from networks import planning
from sessions.models import Gathering

LONGEST = 14  # days a gathering can last: more is a slip of the pen


class Days(NamedTuple):
    """The first and the last day of a gathering."""

    starts_on: date
    ends_on: date

    def each(self) -> list[date]:
        return [self.starts_on + timedelta(days=number) for number in range((self.ends_on - self.starts_on).days + 1)]

    def overlap(self, other: "Days") -> bool:
        return self.starts_on <= other.ends_on and other.starts_on <= self.ends_on


@dataclass(frozen=True)
class Misplaced:
    """Two numbered gatherings that would come in the wrong order, or on the same days."""

    gathering: Gathering
    days: Days
    other: Gathering
    other_days: Days

    @property
    def is_too_late(self) -> bool:
        """Whether the gathering would come after one that has a higher number; else it comes before a lower one."""
        return (self.gathering.number or 0) < (self.other.number or 0)


@dataclass(frozen=True)
class Concern:
    """Something to think of about a day of a gathering. `other` is the gathering of the network that it falls on."""

    kind: Literal["past", "meets"]
    gathering: Gathering
    day: date
    other: Gathering | None = None


def days_of(gathering: Gathering) -> Days | None:
    """The days, where they are known."""
    if gathering.starts_on is None or gathering.ends_on is None:
        return None
    return Days(gathering.starts_on, gathering.ends_on)


def nearest_run(wanted: date, length: int) -> Days:
    """The run of so many working days nearest to the wanted day, outside the quiet weeks; else on the day itself."""
    try:
        first = planning.nearest_run(wanted, length)
    except planning.NoDayError:
        first = wanted
    return Days(first, first + timedelta(days=length - 1))


def out_of_order(gathering: Gathering, days: Days, others: dict[Gathering, Days]) -> Iterator[Misplaced]:
    """The numbered gatherings that a numbered one would change places with, or fall on."""
    if not is_numbered(gathering):
        return
    for other, its_days in others.items():
        if other.pk == gathering.pk or not is_numbered(other):
            continue
        is_before = (other.number or 0) < (gathering.number or 0)
        if (its_days.ends_on >= days.starts_on) if is_before else (its_days.starts_on <= days.ends_on):
            yield Misplaced(gathering, days, other, its_days)


def concerns(gathering: Gathering, days: Days, others: dict[Gathering, Days], today: date) -> Iterator[Concern]:
    """What to think of about these days in this network. What the calendar says against them: `sessions.clashes`."""
    if days.ends_on < today:
        yield Concern("past", gathering, days.ends_on)
    for other, its_days in others.items():
        both_numbered = is_numbered(gathering) and is_numbered(other)
        if other.pk != gathering.pk and not both_numbered and its_days.overlap(days):
            yield Concern("meets", gathering, max(days.starts_on, its_days.starts_on), other)


def is_numbered(gathering: Gathering) -> bool:
    """Whether it has a place in the order of the cycle."""
    return gathering.kind == Gathering.Kind.NETWORK and gathering.number is not None
