"""How far a team has come with an assignment: the one place that says so, for pages, exports and notices alike.

Pure: plain values in, a `Progress` out, so that a matrix of thousands of cells costs nothing to tell.
"""

from datetime import date
from enum import StrEnum
from typing import NamedTuple


class State(StrEnum):
    """What a cell of the progress matrix says. LATE replaces not started and begun once the day has passed."""

    NOT_STARTED = "not_started"
    BEGUN = "begun"
    DELIVERED = "delivered"
    RETURNED = "returned"
    APPROVED = "approved"
    LATE = "late"
    EXEMPT = "exempt"


OPEN = frozenset({State.NOT_STARTED, State.BEGUN, State.RETURNED, State.LATE})
"""The states in which the team has something to do."""

DONE = frozenset({State.DELIVERED, State.APPROVED})
"""The states in which the team has handed in."""


class Progress(NamedTuple):
    """The state, the day that counts for this team, and how many days past it today is (0 unless LATE)."""

    state: State
    due: date
    days_late: int = 0


class Facts(NamedTuple):
    """What the delivery row says; None in its place means that there is no row."""

    state: str
    begun: bool = False
    exempt: bool = False
    extended_to: date | None = None


def progress(facts: Facts | None, *, due: date, today: date, joined_on: date | None = None) -> Progress:
    """How far the team has come.

    `due` is the assignment's own deadline; an extension replaces it where it gives more time (a gathering that has
    moved may have overtaken it); the whole day counts. A team that joined after the deadline is exempt from it unless
    it has handed something in. What was sent back is never late: it was handed in, and the answer may have come after
    the day.
    """
    if facts is None:
        if joined_on and joined_on > due:
            return Progress(State.EXEMPT, due)
        return _open(State.NOT_STARTED, due, today)
    if facts.extended_to and facts.extended_to > due:
        due = facts.extended_to
    if facts.state == "approved":
        return Progress(State.APPROVED, due)
    if facts.state == "delivered":
        return Progress(State.DELIVERED, due)
    if facts.exempt or (joined_on and joined_on > due):
        return Progress(State.EXEMPT, due)
    if facts.state == "returned":
        return Progress(State.RETURNED, due)
    return _open(State.BEGUN if facts.begun else State.NOT_STARTED, due, today)


def _open(state: State, due: date, today: date) -> Progress:
    late = (today - due).days
    return Progress(State.LATE, due, late) if late > 0 else Progress(state, due)
