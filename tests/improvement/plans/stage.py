"""A team with work to make a plan of, and a piece of work that asks for it."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from improvement.models import (
    Change,
    ChangeGoal,
    Goal,
    GoalNeed,
    InterviewRound,
    Measure,
    Need,
    Observation,
    PdsaRound,
    Theme,
)
from networks.models import AssignmentKind
from sessions.models import Assignment
from tests.cast import Place

NEED = "Trygg hjemkomst de første dagene"
GOAL = "Alle får besøk innen tre dager"
CHANGE = "Fast sykepleier ringer dagen etter"
MEASURE = "Andel besøk innen tre dager"


def ask_for_plan(place: Place) -> Assignment:
    """The plan before gathering 2. Needs the network's scope."""
    gathering = place.gatherings[1]
    assert gathering.starts_on is not None
    return Assignment.objects.create(
        network=place.network,
        gathering=gathering,
        slug="forbedringsplan",
        kind=AssignmentKind.PLAN,
        title_nb="Lever forbedringsplan",
        title_nn="Lever forbetringsplan",
        days_before=14,
        due=gathering.starts_on - timedelta(days=14),
    )


def write_work(place: Place, *, mark: str = "", months: int = 6) -> Goal:
    """A need, a goal, a change that has been tried, and a measure with numbers. Needs the network's scope.

    `mark` is added to every text, to tell one team's words from another's. The last month had three behind it.
    """
    own = {"network": place.network, "team": place.team}
    InterviewRound.objects.create(**own, count=12)
    InterviewRound.objects.create(**own, count=3, asked=InterviewRound.Asked.RELATIVES)
    need = Need.objects.create(**own, text=NEED + mark, about=f"Mange spør hvem de kan ringe.{mark}")
    Theme.objects.create(**own, text=f"Å vite hvem som kommer{mark}", mentioned_by=8, need=need)
    goal = Goal.objects.create(
        **own,
        text=GOAL + mark,
        how_much="fra 60 til 90 %",
        for_whom="nye brukere etter sykehus",
        by_when=date(2027, 6, 1),
        effect_goals=[2, 3],
        hph_steps=["hph2"],
        state=Goal.State.CHOSEN,
    )
    GoalNeed.objects.create(network=place.network, goal=goal, need=need)
    change = Change.objects.create(
        **own, text=CHANGE + mark, responsible="Teamleder Vest", state=Change.State.TRYING, starts_on=date(2026, 9, 1)
    )
    ChangeGoal.objects.create(network=place.network, change=change, goal=goal)
    PdsaRound.objects.create(
        network=place.network,
        change=change,
        number=1,
        starts_on=date(2026, 9, 1),
        ends_on=date(2026, 9, 14),
        learned=f"Folk tar telefonen før klokka ti.{mark}",
        decision=PdsaRound.Decision.ADAPT,
    )
    measure = Measure.objects.create(
        **own, goal=goal, title=MEASURE + mark, target=Decimal(90), baseline="Om lag 60 % i fjor"
    )
    first = timezone.localdate().replace(day=1)
    for back in range(months, 0, -1):
        on = (first - timedelta(days=back * 30)).replace(day=1)
        Observation.objects.get_or_create(
            measure=measure,
            on=on,
            defaults={"network": place.network, "numerator": 12 + back % 3, "denominator": 20},
        )
    Observation.objects.create(network=place.network, measure=measure, on=first, numerator=2, denominator=3)
    return goal
