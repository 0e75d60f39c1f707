"""The chain from needs to measures as plain data: each noun with the keys of what it hangs on, and what is missing.

Tuples of keys point within the chain: what a team has put away is in none of them. Lines stand in the team's order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse

from teams.models import Team


@dataclass(frozen=True)
class NeedLine:
    """A need, the themes of interviews it grew from, the goals that answer it, the changes that grew from it."""

    pk: int
    text: str
    about: str = ""
    themes: tuple[str, ...] = ()
    goals: tuple[int, ...] = ()
    changes: tuple[int, ...] = ()


@dataclass(frozen=True)
class GoalLine:
    """A goal. `state` as `Goal.State`; `effect_goals` are numbers 1–5, `hph_steps` keys of checklists.steps."""

    pk: int
    text: str
    how_much: str = ""
    for_whom: str = ""
    by_when: date | None = None
    effect_goals: tuple[int, ...] = ()
    hph_steps: tuple[str, ...] = ()
    state: str = "draft"
    outcome: str = ""
    points: int = 0
    needs: tuple[int, ...] = ()
    changes: tuple[int, ...] = ()
    measures: tuple[int, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether the team works for it: neither reached nor dropped."""
        return self.state in ("draft", "chosen")


@dataclass(frozen=True)
class RoundLine:
    """One PDSA round. `decision` as `PdsaRound.Decision`, empty as long as nothing is decided."""

    pk: int
    number: int
    starts_on: date | None = None
    ends_on: date | None = None
    plan: str = ""
    do: str = ""
    study: str = ""
    act: str = ""
    learned: str = ""
    decision: str = ""


@dataclass(frozen=True)
class ChangeLine:
    """A change with its rounds, the first one first. `state` as `Change.State`."""

    pk: int
    text: str
    about: str = ""
    need: int | None = None
    goals: tuple[int, ...] = ()
    responsible: str = ""
    state: str = "idea"
    starts_on: date | None = None
    ends_on: date | None = None
    rounds: tuple[RoundLine, ...] = ()

    @property
    def newest_round(self) -> RoundLine | None:
        return self.rounds[-1] if self.rounds else None


@dataclass(frozen=True)
class NewestNumber:
    """The last number of a measure, as it was entered. Of a time between, only the day."""

    on: date
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    value: Decimal | None = None


@dataclass(frozen=True)
class MeasureLine:
    """A measure; `kind`, `role`, `direction`, `rhythm` as `Measure` has them."""

    pk: int
    title: str
    kind: str
    goal: int | None = None
    role: str = "process"
    direction: str = "increase"
    unit: str = ""
    per: int = 1
    rhythm: str = "month"
    collected_by: str = ""
    target: Decimal | None = None
    baseline: str = ""
    library_key: str = ""
    ended_on: date | None = None
    newest: NewestNumber | None = None


@dataclass(frozen=True)
class Gap:
    """A link that is missing: what about it is said in a sentence, and the one click that mends it.

    `on` and `pk` name the line it belongs to: "need", "goal", "change" or "measure". `name`, `target` and `query` make
    the address: the name of a page of the room, the key of what it is about where it has one, what it begins with.
    """

    kind: str
    on: str
    pk: int
    sentence: str
    action: str
    name: str
    target: int | None = None
    query: str = ""

    def address(self, network_slug: str, team_slug: str) -> str:
        """Where it is mended, in the team's pages."""
        own = [] if self.target is None else [self.target]
        return reverse(f"improvement:{self.name}", args=[network_slug, team_slug, *own]) + self.query


@dataclass(frozen=True)
class Chain:
    """All of a team's needs, goals, changes and measures that are not put away, and the links that are missing.

    The gaps stand in the order a team would mend them: the first is the next thing to do.
    """

    team: Team
    needs: tuple[NeedLine, ...] = ()
    goals: tuple[GoalLine, ...] = ()
    changes: tuple[ChangeLine, ...] = ()
    measures: tuple[MeasureLine, ...] = ()
    gaps: tuple[Gap, ...] = ()

    @property
    def is_begun(self) -> bool:
        """Whether there is a need or a goal to hang the rest on."""
        return bool(self.needs or self.goals)

    @property
    def is_empty(self) -> bool:
        return not (self.needs or self.goals or self.changes or self.measures)

    def gaps_of(self, on: str, pk: int) -> Sequence[Gap]:
        """What is missing at one line."""
        return [gap for gap in self.gaps if gap.on == on and gap.pk == pk]
