"""What stands in an improvement plan, as plain data: kept at each delivery, compared, shown as page, PDF and Word.

States, functions and effect goals are kept as keys and numbers, days as days; they become words when the plan is shown,
in the plan's language. What a team wrote is kept as it was written, and what its measures said in the sentence of that
day with the chart as it was drawn. A row of the database is known by its key, so that a goal that was reworded is not
taken for a new one.
"""

import dataclasses
import types
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

Data = TypeVar("Data")


@dataclass(frozen=True)
class Person:
    """Someone in the team. `key` is of her place in it; `function` as `teams.models.TeamMember.Function`."""

    key: int
    name: str
    function: str = "member"
    title: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Meeting:
    """A gathering: its name as a sentence has it ("samling 3"), and its days as far as they are known."""

    name: str
    starts_on: date | None = None
    ends_on: date | None = None
    month: date | None = None


@dataclass(frozen=True)
class Theme:
    """What came up in several interviews, and how many said it, in the words for readers outside the team."""

    key: int
    text: str
    said: str = ""


@dataclass(frozen=True)
class Need:
    key: int
    text: str
    about: str = ""


@dataclass(frozen=True)
class Goal:
    """`state` as `improvement.goals.models.Goal.State`; `needs` are keys of needs."""

    key: int
    text: str
    how_much: str = ""
    for_whom: str = ""
    by_when: date | None = None
    state: str = "draft"
    outcome: str = ""
    effect_goals: tuple[int, ...] = ()
    hph_steps: tuple[str, ...] = ()
    needs: tuple[int, ...] = ()


@dataclass(frozen=True)
class Round:
    """One PDSA round. `decision` as `PdsaRound.Decision`."""

    number: int
    starts_on: date | None = None
    ends_on: date | None = None
    learned: str = ""
    decision: str = ""


@dataclass(frozen=True)
class Change:
    """`state` as `improvement.goals.models.Change.State`; `goals` are keys of goals."""

    key: int
    text: str
    about: str = ""
    need: int | None = None
    goals: tuple[int, ...] = ()
    responsible: str = ""
    state: str = "idea"
    starts_on: date | None = None
    ends_on: date | None = None
    rounds: tuple[Round, ...] = ()


@dataclass(frozen=True)
class Measure:
    """`sentence` is what the numbers said on the day, `newest` the last of them in words, `chart` the drawing (SVG).

    `newest_key` is the last number as a machine has it: the same number is no news, however it is worded.
    `small_chart` is the same for a phone, `alternative` the chart in words, `marks` what the numbered flags stand for.
    """

    key: int
    title: str
    goal: int | None = None
    target: str = ""
    baseline: str = ""
    collected_by: str = ""
    rhythm: str = ""
    newest: str = ""
    newest_key: str = ""
    sentence: str = ""
    chart: str = ""
    small_chart: str = ""
    alternative: str = ""
    marks: tuple[str, ...] = ()
    ended_on: date | None = None


@dataclass(frozen=True)
class Rating:
    """How the team sees itself on one of the five effect goals, at the newest gathering it has rated itself at."""

    effect_goal: int
    score: int
    sentence: str = ""
    gathering: str = ""


@dataclass(frozen=True)
class Plan:
    """A whole plan on one day. Needs, goals, changes and measures in the order a reader meets them.

    `interviews` says how many were asked in the words for readers outside the team, `interviewed` how many of them
    may be told.
    """

    team: str
    made_on: date
    organisation: str = ""
    network: str = ""
    patient_group: str = ""
    people: tuple[Person, ...] = ()
    supervisors: tuple[str, ...] = ()
    anchored_by: str = ""
    anchored_on: date | None = None
    next_gathering: Meeting | None = None
    interviews: str = ""
    interviewed: int = 0
    themes: tuple[Theme, ...] = ()
    needs: tuple[Need, ...] = ()
    goals: tuple[Goal, ...] = ()
    changes: tuple[Change, ...] = ()
    measures: tuple[Measure, ...] = ()
    ratings: tuple[Rating, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether the team has written nothing that a plan is made of."""
        return not (self.needs or self.goals or self.changes or self.measures or self.themes)


def without_charts(plan: Plan) -> Plan:
    """The plan as another is compared with it: the drawings take no part in that."""
    return dataclasses.replace(
        plan,
        measures=tuple(
            dataclasses.replace(each, chart="", small_chart="", alternative="", marks=()) for each in plan.measures
        ),
    )


def as_json(plan: Plan) -> dict[str, Any]:
    """The plan as JSON has it: days as "2026-11-22", groups as lists."""
    found: dict[str, Any] = _plain(plan)
    return found


def from_json(data: Mapping[str, Any]) -> Plan:
    """The plan that `as_json` made. What an older one lacks is empty; what this version does not know is left out."""
    found: Plan = _read(Plan, data)
    return found


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def _read(kind: Any, value: Any) -> Any:
    """The value as its annotation says: a dataclass, a tuple, a day, or what JSON itself has."""
    if get_origin(kind) in (Union, types.UnionType):
        inner = next(each for each in get_args(kind) if each is not type(None))
        return None if value is None else _read(inner, value)
    if get_origin(kind) is tuple:
        return tuple(_read(get_args(kind)[0], each) for each in value)
    if kind is date:
        return date.fromisoformat(value)
    if dataclasses.is_dataclass(kind):
        hints = get_type_hints(kind)
        known = {field.name for field in dataclasses.fields(kind)} & set(value)
        return kind(**{name: _read(hints[name], value[name]) for name in known})  # type: ignore[operator]
    return value
