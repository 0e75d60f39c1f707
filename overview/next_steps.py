"""What a team does next, and why: its assignments, and what its own work lacks.

An assignment that is late, sent back or due soon comes first; then numbers that are missing; then the links that are
missing in the chain from needs to measures; then the assignments that are further off.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from improvement.goals.chain import Chain
from improvement.measures.due import Due
from networks.models import AssignmentKind, Network
from overview.work import Thing, Work
from sessions.progress import State
from teams.models import Team

SOON = timedelta(days=14)
FRESH = timedelta(days=70)
SHOWN = 3


@dataclass(frozen=True)
class NextStep:
    """One thing to do: what, why it matters, and the place where it is done."""

    title: str
    why: str
    address: str
    label: str
    due: date | None = None
    state: str = ""


def next_steps(
    *, team: Team, network: Network, work: Work, chain: Chain, missing: Sequence[Due], today: date
) -> list[NextStep]:
    """The first few things to do, the most pressing first. Pure: everything it reads is handed in."""
    pressing = [thing for thing in work.open if _presses(thing, today)]
    later = [thing for thing in work.open if thing not in pressing]
    found = [
        *(_assignment(thing, network) for thing in pressing),
        *(_number(due, team, network) for due in missing if _is_fresh(due, today)),
        *(_gaps(chain, network, team)),
        *(_assignment(thing, network) for thing in later),
    ]
    return found[:SHOWN]


def _presses(thing: Thing, today: date) -> bool:
    return thing.progress.state in (State.LATE, State.RETURNED) or thing.progress.due <= today + SOON


def _assignment(thing: Thing, network: Network) -> NextStep:
    return NextStep(
        title=thing.title,
        why=_reason(thing),
        address=thing.field_address(network),
        label=thing.verb,
        due=thing.progress.due,
        state=thing.progress.state,
    )


def _reason(thing: Thing) -> str:
    """What the coordinator wrote about it: the first sentence; else what such work is for."""
    first, _dot, _rest = thing.assignment.guidance.strip().partition(". ")
    if first:
        return first if first.endswith((".", "!", "?", ":")) else f"{first}."
    if thing.assignment.kind == AssignmentKind.POSTER:
        return _("The others read it when the gathering begins.")
    return _("Your supervisor reads it, and answers before the gathering.")


def _is_fresh(due: Due, today: date) -> bool:
    """Whether the number can still be found: a gap of last spring is told beside the measure, and nags nobody."""
    return not due.ever or (bool(due.periods) and due.periods[-1] > today - FRESH)


def _number(due: Due, team: Team, network: Network) -> NextStep:
    return NextStep(
        title=_("Type in the numbers: %(measure)s") % {"measure": due.title},
        why=due.sentence,
        address=reverse("improvement:enter", args=[network.slug, team.slug, due.measure_pk]),
        label=_("Type in"),
    )


def _gaps(chain: Chain, network: Network, team: Team) -> list[NextStep]:
    """The first link that is missing: one at a time, so that nobody meets a list of what she has not done."""
    return [
        NextStep(title=gap.sentence, why="", address=gap.address(network.slug, team.slug), label=gap.action)
        for gap in chain.gaps[:1]
    ]
