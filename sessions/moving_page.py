"""What the page of a move shows beside the preview: the line before and after, what speaks against the days, and whom
it is told to."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date

from accounts.models import User
from gpf.editing import who_changed
from gpf.timeline import Timeline
from networks.models import Network
from sessions.clashes import Span, calendar_marks, neighbour_mark, read_neighbours
from sessions.concerned import Group, grouped, read_concerned
from sessions.cycle import draw_cycle
from sessions.gathering_days import Days
from sessions.models import Gathering
from sessions.moving import Moved, Placed, Preview, Redated
from sessions.moving_services import Changed
from sessions.wording import said_concern, said_misplaced, said_state

DAYS = ("starts_on", "ends_on", "state", "due")
"""The columns in which gatherings and work hold what a move is about."""


@dataclass(frozen=True)
class ShownDeadline:
    """A deadline before and after, with what the calendar says against the new day."""

    row: Redated
    marks: list[str]


@dataclass(frozen=True)
class Shown:
    """A gathering that moves, with what speaks against its new days and its new deadlines."""

    moved: Moved
    marks: list[str]
    deadlines: list[ShownDeadline]


@dataclass(frozen=True)
class MovePage:
    """Everything under the new days. With `refusals` nothing can be saved."""

    preview: Preview
    shown: list[Shown]
    before: Timeline | None
    after: Timeline | None
    refusals: list[str]
    concerns: list[str]
    groups: list[Group]

    @property
    def people(self) -> int:
        return sum(len(group.people) for group in self.groups)


@dataclass(frozen=True)
class Other:
    """What somebody else has changed, in words."""

    name: str
    before: str
    now: str
    who: str


def read_move_page(network: Network, user: User, plan: Sequence[Placed], preview: Preview) -> MovePage:
    """What is read is as much for forty teams as for four."""
    today = preview.today
    return MovePage(
        preview=preview,
        shown=_shown(preview, network, user),
        before=_line(network, plan, {}, today),
        after=_line(network, plan, preview.days, today),
        refusals=[said_misplaced(found) for found in preview.misplaced],
        concerns=[said_concern(found) for found in preview.concerns],
        groups=[] if preview.is_over else grouped(read_concerned(today)),
    )


def in_words(changed: Sequence[Changed]) -> list[Other]:
    """What somebody else has changed since the person looked."""
    return [
        Other(str(each.thing), said_state(each.before), said_state(each.now), who_changed(each.thing, DAYS))
        for each in changed
    ]


def _shown(preview: Preview, network: Network, user: User) -> list[Shown]:
    spans = [Span(str(moved.gathering.pk), *moved.after) for moved in preview.moves]
    neighbours = read_neighbours(user, spans, but=network)
    return [
        Shown(
            moved,
            calendar_marks(*moved.after)
            + [neighbour_mark(other) for other in neighbours.get(str(moved.gathering.pk), [])],
            [ShownDeadline(row, _against(row)) for row in moved.shown],
        )
        for moved in preview.moves
    ]


def _against(row: Redated) -> list[str]:
    """Only of a day that is new and to come: what has been or stays is not warned of."""
    return [] if row.is_same or row.is_past else calendar_marks(row.after)


def _line(network: Network, plan: Sequence[Placed], days: dict[int, Days], today: date) -> Timeline | None:
    """The line of the cycle, with these new days by the gathering's primary key."""
    gatherings = [_with_days(each.gathering, days.get(each.gathering.pk)) for each in plan]
    ordered = sorted(gatherings, key=lambda each: (each.when or date.max, each.number or 0, each.pk))
    return draw_cycle(network, ordered, today=today)


def _with_days(gathering: Gathering, days: Days | None) -> Gathering:
    """The gathering itself, or a copy of it with other days; never saved."""
    if days is None:
        return gathering
    other = copy(gathering)
    other.starts_on, other.ends_on = days
    return other
