"""How far a network has come, told by the days of its gatherings.

planned     until preparation begins, the network's months before the first gathering; where it has none, that day
running     through the last day of the last numbered gathering
follow-up   through the experience gathering after it; where none is planned, until somebody closes the network
completed   for good: only a person opens it again, and from then on only a person closes it

A gathering that is moved, so that the last of them is not past any more, takes a network in follow-up back to running.
Nothing else goes backwards by itself. Pure: days in, a phase out; every day is one of Europe/Oslo, and the whole day
counts.
"""

from dataclasses import dataclass
from datetime import date

from networks.models import Network

Phase = Network.Phase


@dataclass(frozen=True)
class Milestones:
    """The days the phases hang on; None where a day is not known, or there is no such gathering."""

    begins_on: date | None = None
    gathered_on: date | None = None
    experience_on: date | None = None


def phase_on(today: date, phase: str, days: Milestones, *, reopened: bool = False) -> Phase:
    """The phase of a network that was in this one when it was last looked at. The same answer however often asked."""
    found = Phase(phase)
    if found == Phase.PLANNED and _has_come(days.begins_on, today):
        found = Phase.RUNNING
    if found == Phase.FOLLOW_UP and _lies_ahead(days.gathered_on, today):
        found = Phase.RUNNING
    if found == Phase.RUNNING and _is_past(days.gathered_on, today):
        found = Phase.FOLLOW_UP
    if found == Phase.FOLLOW_UP and _is_past(days.experience_on, today) and not reopened:
        found = Phase.COMPLETED
    return found


def phase_when_reopened(today: date, days: Milestones) -> Phase:
    """Where a completed network goes on: as its days say, and in follow-up where they say nothing."""
    if days.begins_on is not None and days.begins_on > today:
        return Phase.PLANNED
    return Phase.RUNNING if _lies_ahead(days.gathered_on, today) else Phase.FOLLOW_UP


def _has_come(day: date | None, today: date) -> bool:
    return day is not None and day <= today


def _lies_ahead(day: date | None, today: date) -> bool:
    return day is not None and day >= today


def _is_past(day: date | None, today: date) -> bool:
    return day is not None and day < today
