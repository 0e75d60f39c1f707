"""What would happen if a gathering got other days: told before anything is saved.

Pure: a network's gatherings with the work before them in, a `Preview` out. Nothing is read or written here, so that the
page can show it and the service can do exactly the same.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from networks.planning import due_day
from sessions.gathering_days import (
    Concern,
    Days,
    Misplaced,
    concerns,
    days_of,
    is_numbered,
    nearest_run,
    out_of_order,
)
from sessions.models import Assignment, Gathering


class Extension(NamedTuple):
    """A later day that a team was given for an assignment (by primary key), and has not handed in yet."""

    team: str
    assignment: int
    until: date


@dataclass(frozen=True)
class Placed:
    """A gathering as it stands: its work in order of deadline, and the extensions that teams still live by."""

    gathering: Gathering
    assignments: tuple[Assignment, ...] = ()
    extensions: tuple[Extension, ...] = ()

    @property
    def days(self) -> Days | None:
        return days_of(self.gathering)


@dataclass(frozen=True)
class Redated:
    """A deadline before and after."""

    assignment: Assignment
    before: date
    after: date
    is_past: bool

    @property
    def is_same(self) -> bool:
        return self.before == self.after


@dataclass(frozen=True)
class Kept:
    """An extension that stays. It gives no more time where the new deadline is as late."""

    extension: Extension
    assignment: Assignment
    is_overtaken: bool


@dataclass(frozen=True)
class Moved:
    """One gathering that gets other days, with all that follows from it."""

    gathering: Gathering
    before: Days | None
    after: Days
    deadlines: tuple[Redated, ...]
    extensions: tuple[Kept, ...]

    @property
    def shown(self) -> list[Redated]:
        """The deadlines of work that the network uses."""
        return [each for each in self.deadlines if not each.assignment.hidden]


@dataclass(frozen=True)
class Preview:
    """The gathering that is moved first, those that come along after it. `misplaced` forbids it."""

    moves: tuple[Moved, ...]
    misplaced: tuple[Misplaced, ...]
    concerns: tuple[Concern, ...]
    today: date

    @property
    def first(self) -> Moved:
        return self.moves[0]

    @property
    def days(self) -> dict[int, Days]:
        """The new days, by the gathering's primary key."""
        return {moved.gathering.pk: moved.after for moved in self.moves}

    @property
    def is_over(self) -> bool:
        """Whether all the new days are past: then there is nothing to tell people."""
        return all(moved.after.ends_on < self.today for moved in self.moves)


def foresee(plan: Sequence[Placed], moved: int, to: Days, *, along: bool, today: date) -> Preview:
    """What follows when the gathering (by primary key) gets these days.

    With `along`, those after it (see `followers`) move by as many days, each to the nearest run of working days outside
    the quiet weeks. Deadlines are counted anew from the new days; extensions stay.
    """
    placed = next(each for each in plan if each.gathering.pk == moved)
    new_days = {moved: to}
    if along and placed.days:
        by = to.starts_on - placed.days.starts_on
        new_days |= {each.gathering.pk: _shifted(each, by) for each in followers(plan, moved)}
    moves = tuple(
        _move(each, new_days[each.gathering.pk], today)
        for each in sorted(plan, key=lambda each: each.gathering.pk != moved)
        if each.gathering.pk in new_days
    )
    after = {each.gathering: new_days.get(each.gathering.pk) or each.days for each in plan if _stands(each.gathering)}
    known = {gathering: days for gathering, days in after.items() if days}
    return Preview(
        moves=moves,
        misplaced=tuple(_misplaced(moves, known)),
        concerns=tuple(found for move in moves for found in concerns(move.gathering, move.after, known, today)),
        today=today,
    )


def followers(plan: Sequence[Placed], moved: int) -> list[Placed]:
    """The gatherings of the cycle that come after it and are not held: higher numbers, and the experience gathering.

    What a network has added by the side (a workshop, a webinar) keeps its days.
    """
    (own,) = [each for each in plan if each.gathering.pk == moved]
    start = own.gathering.starts_on
    if start is None or not is_numbered(own.gathering):
        return []
    cycle = (Gathering.Kind.NETWORK, Gathering.Kind.EXPERIENCE)
    found = [
        each
        for each in plan
        if each.gathering.starts_on
        and each.gathering.starts_on > start
        and each.gathering.kind in cycle
        and each.gathering.state == Gathering.State.PLANNED
    ]
    return sorted(found, key=lambda each: each.gathering.starts_on or date.max)


def _shifted(placed: Placed, by: timedelta) -> Days:
    assert placed.days
    return nearest_run(placed.days.starts_on + by, len(placed.days.each()))


def _move(placed: Placed, to: Days, today: date) -> Moved:
    due = {each.pk: due_day(to.starts_on, each.days_before) for each in placed.assignments}
    shown = {each.pk: each for each in placed.assignments if not each.hidden}
    deadlines = [Redated(each, each.due, due[each.pk], due[each.pk] < today) for each in placed.assignments]
    extensions = [
        Kept(each, shown[each.assignment], due[each.assignment] >= each.until)
        for each in placed.extensions
        if each.assignment in shown
    ]
    return Moved(
        placed.gathering,
        placed.days,
        to,
        tuple(sorted(deadlines, key=lambda each: each.after)),
        tuple(sorted(extensions, key=lambda each: (each.assignment.pk, each.extension.team))),
    )


def _misplaced(moves: Iterable[Moved], known: dict[Gathering, Days]) -> Iterator[Misplaced]:
    """Each pair once, told from the gathering that moves."""
    told: set[frozenset[int]] = set()
    for move in moves:
        for found in out_of_order(move.gathering, move.after, known):
            pair = frozenset({found.gathering.pk, found.other.pk})
            if pair not in told:
                told.add(pair)
                yield found


def _stands(gathering: Gathering) -> bool:
    return gathering.state != Gathering.State.CANCELLED
