"""The plan is handed in as it stands, kept as it stood, and its file comes after."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from gpf import tenancy
from improvement.goals.queries import read_chain
from improvement.models import Goal, Observation, PlanEdition
from improvement.papers import services as papers
from improvement.plans.composing import compose
from improvement.plans.content import Plan, as_json, from_json
from improvement.plans.queries import read_earlier
from improvement.plans.services import EmptyPlanError, deliver_plan
from improvement.plans.tasks import make_file
from notices.models import Notice
from sessions.models import Assignment, Delivery, DeliveryVersion, Gathering, Review
from sessions.services import review
from tests.cast import Cast, Place
from tests.improvement.plans.stage import CHANGE, GOAL, MEASURE, NEED, ask_for_plan, write_work


@pytest.fixture
def place(cast: Cast) -> Iterator[Place]:
    """Vinje, with its network open, and another network with the same words but for a mark."""
    with tenancy.scope([cast.east.network.pk]):
        write_work(cast.east, mark=" ØST")
    with tenancy.scope([cast.west.network.pk]):
        yield cast.west


@pytest.fixture
def asked(place: Place) -> Assignment:
    write_work(place)
    return ask_for_plan(place)


def composed(place: Place) -> Plan:
    return compose(read_chain(place.team), today=timezone.localdate())


def hand_in(place: Place, asked: Assignment, *, comment: str = "", days_ago: int = 0) -> PlanEdition:
    edition = deliver_plan(team=place.team, assignment=asked, by=place.member, comment=comment)
    if days_ago:
        PlanEdition.objects.filter(pk=edition.pk).update(made_at=timezone.now() - timedelta(days=days_ago))
    return edition


def test_a_plan_is_written_from_the_teams_own_work(place: Place, asked: Assignment) -> None:
    found = composed(place)
    assert [person.name for person in found.people] == ["Teamleder Vest", "Medlem Vest"]
    assert (found.supervisors, found.next_gathering and found.next_gathering.name) == (("Veileder Vest",), "samling 2")
    assert [need.text for need in found.needs] == [NEED]
    goal, change, measure = found.goals[0], found.changes[0], found.measures[0]
    assert (goal.text, goal.state, goal.effect_goals, goal.hph_steps, goal.needs) == (
        GOAL,
        "chosen",
        (2, 3),
        ("hph2",),
        (found.needs[0].key,),
    )
    assert (change.text, change.goals, change.rounds[0].learned) == (
        CHANGE,
        (goal.key,),
        "Folk tar telefonen før klokka ti.",
    )
    assert (measure.title, measure.goal, measure.target) == (MEASURE, goal.key, "90 %")
    assert measure.chart.startswith("<svg")
    assert "ØST" not in str(as_json(found))
    assert from_json(as_json(found)) == found


def test_a_number_with_few_behind_it_is_in_no_plan(place: Place, asked: Assignment) -> None:
    """The newest month is 2 of 3: a plan is read outside the team."""
    measure = composed(place).measures[0]
    assert measure.newest.startswith(("60 %", "65 %", "70 %"))
    assert "67 %" not in str(measure)
    assert "2 av 3" not in str(measure)
    Observation.objects.update(numerator=20, denominator=30)
    assert composed(place).measures[0].newest.startswith("67 %")


def test_what_is_worked_on_comes_first(place: Place, asked: Assignment) -> None:
    for state in ("dropped", "draft", "reached"):
        Goal.objects.create(network=place.network, team=place.team, text=state, state=state)
    assert [goal.state for goal in composed(place).goals] == ["chosen", "draft", "reached", "dropped"]


def test_it_costs_the_same_however_much_is_written(
    place: Place, asked: Assignment, django_assert_num_queries: Any
) -> None:
    chain = read_chain(place.team)
    with django_assert_num_queries(11):
        compose(chain, today=timezone.localdate())
    write_work(place, mark=" to")
    write_work(place, mark=" tre")
    chain = read_chain(place.team)
    with django_assert_num_queries(11):
        compose(chain, today=timezone.localdate())


def test_handing_in_completes_the_work_tells_the_supervisor_and_keeps_the_plan(place: Place, asked: Assignment) -> None:
    edition = hand_in(place, asked, comment="Hva mener du om målet?")
    delivery = Delivery.objects.get(assignment=asked)
    assert delivery.state == Delivery.State.DELIVERED
    version = delivery.versions.get()
    assert (version.comment, version.document, version.delivered_at is not None) == (
        "Hva mener du om målet?",
        None,
        True,
    )
    assert (edition.number, edition.version, edition.language) == (1, version, "nb")
    assert list(Notice.objects.filter(kind="review_waiting").values_list("recipient", flat=True)) == [
        place.supervisor.pk
    ]
    Goal.objects.update(text="Noe helt annet")
    assert from_json(PlanEdition.objects.get().content).goals[0].text == GOAL


def test_the_same_plan_twice_is_handed_in_once_and_a_changed_one_is_the_next_edition(
    place: Place, asked: Assignment
) -> None:
    first = hand_in(place, asked)
    assert hand_in(place, asked) == first
    Goal.objects.update(text="Alle får besøk innen to dager")
    second = hand_in(place, asked)
    assert (first.number, second.number) == (1, 2)
    version = DeliveryVersion.objects.get(plan_edition=second)
    review(version=version, by=place.supervisor, verdict=Review.Verdict.RETURNED, text="Si hvor mange.")
    third = hand_in(place, asked)
    assert (third.number, Delivery.objects.get(assignment=asked).state) == (3, Delivery.State.DELIVERED)
    assert [each.number for each in Delivery.objects.get(assignment=asked).versions.all()] == [3, 2, 1]


def test_a_plan_with_nothing_in_it_is_not_handed_in(place: Place) -> None:
    with pytest.raises(EmptyPlanError):
        hand_in(place, ask_for_plan(place))
    assert not Delivery.objects.exists()


@pytest.mark.usefixtures("own_files")
def test_the_file_comes_after_and_an_earlier_one_never_goes_along(
    place: Place, asked: Assignment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(papers, "render", lambda *args, **kwargs: b"%PDF-1.7 of a test")
    first = hand_in(place, asked)
    assert make_file(place.network.pk, first.pk) == "ready"
    made = DeliveryVersion.objects.get(plan_edition=first).document
    assert made is not None
    assert make_file(place.network.pk, first.pk) == "ready"
    assert DeliveryVersion.objects.get(plan_edition=first).document == made
    Goal.objects.update(text="Alle får besøk innen to dager")
    second = hand_in(place, asked)
    assert DeliveryVersion.objects.get(plan_edition=second).document is None

    def boom(*args: Any, **kwargs: Any) -> bytes:
        raise ValueError

    monkeypatch.setattr(papers, "render", boom)
    assert make_file(place.network.pk, second.pk) == "failed"
    monkeypatch.setattr(papers, "render", lambda *args, **kwargs: b"%PDF-1.7 of another")
    assert make_file(place.network.pk, second.pk) == "ready"
    assert DeliveryVersion.objects.get(plan_edition=second).document not in (None, made)


def test_what_has_changed_is_counted_from_the_last_gathering(place: Place, asked: Assignment) -> None:
    assert read_earlier(place.team) is None
    first = hand_in(place, asked, days_ago=90)
    Goal.objects.update(how_much="til 95 %")
    second = hand_in(place, asked, days_ago=30)
    Goal.objects.update(how_much="til 99 %")
    hand_in(place, asked)
    # Gathering 1 was held sixty days ago: between the first edition and the second.
    earlier = read_earlier(place.team)
    assert earlier is not None
    assert (earlier.edition, earlier.gathering) == (first, "samling 1")
    assert replace(earlier.plan, made_on=timezone.localdate()).goals[0].how_much == "fra 60 til 90 %"
    of_second = read_earlier(place.team, before=PlanEdition.objects.get(pk=second.pk))
    assert of_second is not None
    assert of_second.edition == first
    Gathering.objects.filter(number=1).update(state=Gathering.State.CANCELLED)
    newest = read_earlier(place.team)
    assert newest is not None
    assert (newest.edition.number, newest.gathering) == (3, "")
