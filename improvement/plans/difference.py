"""What has changed from one plan to a later one: new, gone, reworded, moved on. Pure; `wording` has the words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from improvement.plans.content import Change, Plan, Round


class What(StrEnum):
    """The parts of a plan that can change, in the order they are told."""

    PLAN = "plan"
    PERSON = "person"
    THEME = "theme"
    NEED = "need"
    GOAL = "goal"
    CHANGE = "change"
    MEASURE = "measure"
    RATING = "rating"


class How(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"
    MOVED = "moved"  # to another state, function or score
    SET = "set"  # another day, amount, person, link or number
    TRIED = "tried"  # a round of trying it is new, or has taught something


@dataclass(frozen=True)
class Difference:
    """One change. `title` is what the thing is called now (or was, where it is gone), `field` what of it has changed.

    `before` and `after` are as the plan keeps them, links by the titles of what they lead to.
    """

    what: What
    how: How
    key: int
    title: str
    field: str = ""
    before: Any = None
    after: Any = None


@dataclass(frozen=True)
class _Part:
    """A group of the plan: its attribute, what a thing in it is called by, and which fields of it are told of."""

    what: What
    group: str
    title: str
    moved: tuple[str, ...] = ()
    reworded: tuple[str, ...] = ()
    set: tuple[str, ...] = ()


_PARTS = (
    _Part(What.PERSON, "people", "name", moved=("function",)),
    _Part(What.THEME, "themes", "text"),
    _Part(What.NEED, "needs", "text", reworded=("about",)),
    _Part(
        What.GOAL,
        "goals",
        "text",
        moved=("state",),
        reworded=("outcome",),
        set=("how_much", "for_whom", "by_when", "effect_goals", "hph_steps", "needs"),
    ),
    _Part(
        What.CHANGE,
        "changes",
        "text",
        moved=("state",),
        reworded=("about",),
        set=("responsible", "starts_on", "ends_on", "goals"),
    ),
    _Part(What.MEASURE, "measures", "title", set=("goal", "target", "newest", "ended_on")),
)


_KEYS = {"newest": "newest_key"}
"""What says that a field has changed, where its words do not."""


def compare(before: Plan, after: Plan) -> tuple[Difference, ...]:
    """What is new, gone or different in `after`. Empty where nothing but the day and the charts differ."""
    return (
        *_whole(before, after),
        *(difference for part in _PARTS for difference in _part(part, before, after)),
        *_ratings(before, after),
    )


def _whole(before: Plan, after: Plan) -> Iterator[Difference]:
    """What stands once in a plan."""
    pairs = {
        "patient_group": (before.patient_group, after.patient_group),
        "anchored": ((before.anchored_by, before.anchored_on), (after.anchored_by, after.anchored_on)),
    }
    for field, (was, now) in pairs.items():
        if was != now:
            yield Difference(What.PLAN, How.SET, 0, "", field, was, now)
    if before.interviewed != after.interviewed:
        yield Difference(What.PLAN, How.SET, 0, "", "interviews", before.interviews, after.interviews)


def _part(part: _Part, before: Plan, after: Plan) -> Iterator[Difference]:
    was = {each.key: each for each in getattr(before, part.group)}
    now = {each.key: each for each in getattr(after, part.group)}
    for key, each in now.items():
        if key not in was:
            yield Difference(part.what, How.ADDED, key, getattr(each, part.title))
        else:
            yield from _thing(part, was[key], each, (before, after))
    for key, each in was.items():
        if key not in now:
            yield Difference(part.what, How.REMOVED, key, getattr(each, part.title))


def _thing(part: _Part, was: Any, now: Any, plans: tuple[Plan, Plan]) -> Iterator[Difference]:
    """What has changed in a thing that is in both plans."""
    title = getattr(now, part.title)
    fields = (
        *((How.REWORDED, name) for name in (part.title, *part.reworded)),
        *((How.MOVED, name) for name in part.moved),
        *((How.SET, name) for name in part.set),
    )
    for how, name in fields:
        old, new = getattr(was, name), getattr(now, name)
        key = _KEYS.get(name, name)
        if getattr(was, key) != getattr(now, key):
            named = (_titles(plan, name, value) for plan, value in zip(plans, (old, new), strict=True))
            yield Difference(part.what, how, now.key, title, name, *named)
    if isinstance(now, Change):
        yield from _rounds(was, now)


def _rounds(was: Change, now: Change) -> Iterator[Difference]:
    known = {each.number: each for each in was.rounds}
    for each in now.rounds:
        if _lesson(each) != _lesson(known.get(each.number)):
            yield Difference(What.CHANGE, How.TRIED, now.key, now.text, "rounds", known.get(each.number), each)


def _lesson(tried: Round | None) -> tuple[str, str] | None:
    return (tried.learned, tried.decision) if tried else None


def _ratings(before: Plan, after: Plan) -> Iterator[Difference]:
    was = {each.effect_goal: each for each in before.ratings}
    for each in after.ratings:
        old = was.get(each.effect_goal)
        if old is None:
            yield Difference(What.RATING, How.ADDED, each.effect_goal, "", "score", None, each.score)
        elif old.score != each.score:
            yield Difference(What.RATING, How.MOVED, each.effect_goal, "", "score", old.score, each.score)


def _titles(plan: Plan, field: str, value: Any) -> Any:
    """Keys as the titles they stand for in that plan; everything else as it is."""
    if field not in ("needs", "goals", "goal"):
        return value
    found: Mapping[int, str] = {each.key: each.text for each in (plan.needs if field == "needs" else plan.goals)}
    keys = value if isinstance(value, tuple) else (value,)
    return tuple(found[key] for key in keys if key in found)
