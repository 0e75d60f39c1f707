"""The chain as it is read: every link, what is missing, in so many queries; nothing of another team."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries

from gpf import tenancy
from improvement.goals.chain import ChangeLine, GoalLine, MeasureLine, NeedLine, NewestNumber, RoundLine
from improvement.goals.queries import read_chain
from improvement.models import (
    Change,
    ChangeGoal,
    Goal,
    GoalNeed,
    GoalPoints,
    Measure,
    Need,
    Observation,
    PdsaRound,
    Theme,
)
from teams.models import Team
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english() -> None:
    translation.activate("en")


def write_chain(team: Team, times: int = 1) -> dict[str, int]:
    """A need, a goal that answers it, a change with a round, a measure with two numbers: all linked, so many times."""
    network = {"network_id": team.network_id}
    keys: dict[str, int] = {}
    for _time in range(times):
        need = Need.objects.create(**network, team=team, text="Vil vite hvem som kommer")
        Theme.objects.create(**network, team=team, text="Hvem kommer?", need=need)
        goal = Goal.objects.create(
            **network, team=team, text="Besøk i tide", how_much="90 %", for_whom="eldre", by_when=date(2030, 6, 1)
        )
        GoalNeed.objects.create(**network, goal=goal, need=need)
        change = Change.objects.create(**network, team=team, text="Faste dager", need=need, state="trying")
        ChangeGoal.objects.create(**network, change=change, goal=goal)
        one = PdsaRound.objects.create(**network, change=change, number=1, learned="Tirsdag virker")
        measure = Measure.objects.create(**network, team=team, title="Besøk", goal=goal, target=Decimal(90))
        for day, numerator in ((1, 3), (8, 4), (15, None)):
            Observation.objects.create(
                **network, measure=measure, on=date(2030, 1, day), numerator=numerator, denominator=numerator and 6
            )
        keys = {"need": need.pk, "goal": goal.pk, "change": change.pk, "round": one.pk, "measure": measure.pk}
    return keys


def test_the_whole_chain_and_nothing_of_others(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    place = cast.west
    with tenancy.scope([cast.east.network.pk]):
        write_chain(cast.east.team)
    with tenancy.scope([place.network.pk]):
        write_chain(place.other_team)
        keys = write_chain(place.team)
        member = place.team.members.get(function="leader")
        GoalPoints.objects.create(network=place.network, goal_id=keys["goal"], member=member, points=7)
        with django_assert_num_queries(9):
            chain = read_chain(place.team)
        assert chain.needs == (
            NeedLine(
                keys["need"], "Vil vite hvem som kommer", "", ("Hvem kommer?",), (keys["goal"],), (keys["change"],)
            ),
        )
        assert chain.goals == (
            GoalLine(
                pk=keys["goal"],
                text="Besøk i tide",
                how_much="90 %",
                for_whom="eldre",
                by_when=date(2030, 6, 1),
                points=7,
                needs=(keys["need"],),
                changes=(keys["change"],),
                measures=(keys["measure"],),
            ),
        )
        assert chain.changes == (
            ChangeLine(
                pk=keys["change"],
                text="Faste dager",
                need=keys["need"],
                goals=(keys["goal"],),
                state="trying",
                rounds=(RoundLine(pk=keys["round"], number=1, learned="Tirsdag virker"),),
            ),
        )
        (measure,) = chain.measures
        assert measure == MeasureLine(
            pk=keys["measure"],
            title="Besøk",
            kind="share",
            goal=keys["goal"],
            target=Decimal(90),
            newest=NewestNumber(date(2030, 1, 8), Decimal(4), Decimal(6)),
        )
        assert chain.gaps == ()
        write_chain(place.team, times=2)
        with django_assert_num_queries(9):
            read_chain(place.team)


def test_what_is_put_away_leaves_gaps(cast: Cast) -> None:
    place = cast.west
    with tenancy.scope([place.network.pk]):
        keys = write_chain(place.team)
        Goal.objects.filter(pk=keys["goal"]).update(put_away_at=timezone.now())
        chain = read_chain(place.team)
    assert (chain.goals, chain.needs[0].goals, chain.changes[0].goals, chain.measures[0].goal) == ((), (), (), None)
    assert [(gap.kind, gap.pk, gap.name) for gap in chain.gaps] == [
        ("need_without_goal", keys["need"], "goal_add"),
        ("change_without_goal", keys["change"], "goal_add"),
        ("measure_without_goal", keys["measure"], "goal_add"),
    ]


def test_a_bare_goal_says_what_it_lacks_and_where_to_mend_it(cast: Cast) -> None:
    place = cast.west
    with tenancy.scope([place.network.pk]):
        Need.objects.create(network=place.network, team=place.team, text="Trygghet")
        goal = Goal.objects.create(network=place.network, team=place.team, text="Trygge netter", for_whom="eldre")
        over = Goal.objects.create(network=place.network, team=place.team, text="Nådd", state="reached", outcome="Ja")
        chain = read_chain(place.team)
    own = chain.gaps_of("goal", goal.pk)
    assert [gap.kind for gap in own] == [
        "goal_unsaid",
        "goal_without_need",
        "goal_without_measure",
        "goal_without_change",
    ]
    assert own[0].sentence == "The goal does not say how much and by when yet."
    start = f"/nettverk/vest/team/{place.team.slug}"
    assert [gap.address("vest", place.team.slug) for gap in own] == [
        f"{start}/mal/{goal.pk}/skriv/",
        f"{start}/mal/{goal.pk}/skriv/",
        f"{start}/malinger/ny/?goal={goal.pk}",
        f"{start}/tiltak/nytt/?goal={goal.pk}",
    ]
    assert chain.gaps_of("goal", over.pk) == []
