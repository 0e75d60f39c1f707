"""What pages read of a team's phases and of how it rates itself. A fixed number of queries, however much there is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from improvement.method.effect_goals import EFFECT_GOALS, EffectGoal
from improvement.method.models import EffectRating, PhaseStep, TeamMethod
from improvement.method.phases import PHASES, Phase, Step
from improvement.method.wheel import Piece, draw
from sessions.models import Gathering
from teams.models import Team

JUST_HELD = timedelta(days=30)


@dataclass(frozen=True)
class StepShown:
    """A step, and the day the team marked it as done."""

    step: Step
    done_on: date | None
    arc: str


@dataclass(frozen=True)
class PhaseShown:
    """A phase with its steps, as a piece of the wheel."""

    phase: Phase
    steps: Sequence[StepShown]
    is_current: bool
    piece: Piece

    @property
    def done(self) -> int:
        return sum(step.done_on is not None for step in self.steps)

    @property
    def next_step(self) -> Step | None:
        """The first step not done."""
        return next((shown.step for shown in self.steps if shown.done_on is None), None)


@dataclass(frozen=True)
class Wheel:
    """The five phases as the team has marked them. With `other_model` the team works its own way."""

    team: Team
    phases: Sequence[PhaseShown]
    other_model: str

    @property
    def current(self) -> PhaseShown | None:
        """The phase the team says it is in."""
        return next((shown for shown in self.phases if shown.is_current), None)

    @property
    def after(self) -> PhaseShown | None:
        """The phase after the one the team is in: with none said, after the first."""
        here = self.current or self.phases[0]
        return next((shown for shown in self.phases if shown.phase.number == here.phase.number + 1), None)

    @property
    def is_begun(self) -> bool:
        return self.current is not None or any(shown.done for shown in self.phases)

    @property
    def done(self) -> int:
        return sum(shown.done for shown in self.phases)

    @property
    def steps(self) -> int:
        return sum(len(shown.steps) for shown in self.phases)


def read_wheel(team: Team) -> Wheel:
    """The team's wheel. Two queries, in the scope of the team's network."""
    method = TeamMethod.objects.filter(team=team).first() or TeamMethod(team=team)
    done = dict(PhaseStep.objects.filter(team=team).values_list("step", "done_on"))
    pieces = draw([len(phase.steps) for phase in PHASES])
    phases = [
        PhaseShown(
            phase=phase,
            steps=[
                StepShown(step, done.get(step.slug), arc) for step, arc in zip(phase.steps, piece.arcs, strict=True)
            ],
            is_current=phase.number == method.phase,
            piece=piece,
        )
        for phase, piece in zip(PHASES, pieces, strict=True)
    ]
    return Wheel(team=team, phases=phases, other_model=method.other_model)


@dataclass(frozen=True)
class Rated:
    """How a team saw itself on one effect goal at one gathering."""

    gathering: Gathering
    score: int
    sentence: str


@dataclass(frozen=True)
class GoalRatings:
    """One of the five effect goals, with the ratings the team has made, the oldest gathering first."""

    goal: EffectGoal
    ratings: Sequence[Rated]

    @property
    def newest(self) -> Rated | None:
        return self.ratings[-1] if self.ratings else None

    @property
    def change(self) -> int | None:
        """From the first rating to the newest; None as long as there are not two."""
        return self.ratings[-1].score - self.ratings[0].score if len(self.ratings) > 1 else None


def read_ratings(team: Team) -> list[GoalRatings]:
    """The team's ratings of the five effect goals, always five of them in their order. One query."""
    rows = EffectRating.objects.filter(team=team).select_related("gathering")
    ordered = sorted(rows, key=lambda row: _in_time(row.gathering))
    return [
        GoalRatings(
            goal, [Rated(row.gathering, row.score, row.sentence) for row in ordered if row.effect_goal == goal.number]
        )
        for goal in EFFECT_GOALS
    ]


def rated_gatherings() -> list[Gathering]:
    """The network's gatherings a team can rate itself at, in the order of time. One query."""
    found = Gathering.objects.filter(kind=Gathering.Kind.NETWORK).exclude(state=Gathering.State.CANCELLED)
    return sorted(found, key=_in_time)


def gathering_to_rate(gatherings: Sequence[Gathering], today: date) -> Gathering | None:
    """The one going on or held within a month; else the next; else the last there was."""
    begun = [each for each in gatherings if each.when and each.when <= today]
    if begun and today - (begun[-1].ends_on or begun[-1].when or today) <= JUST_HELD:
        return begun[-1]
    coming = [each for each in gatherings if each not in begun and each.state != Gathering.State.HELD]
    return coming[0] if coming else gatherings[-1] if gatherings else None


def _in_time(gathering: Gathering) -> tuple[date, int, int]:
    return (gathering.when or date.max, gathering.number or 0, gathering.pk)
