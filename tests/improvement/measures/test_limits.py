"""From rows to pictures, and limits that stay until a person says otherwise."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from improvement.charts.picture import Picture
from improvement.measures.analysing import pictures_of
from improvement.measures.limits_services import begin_limits, settle_baseline
from improvement.models import Annotation, Change, ChangeGoal, Goal, LimitPeriod, Measure, Observation, PdsaRound
from tests.cast import Cast, Place
from tests.overview.stage import page, questions, reads_english, within, words

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
START = date(2026, 1, 5)
ANSWERS = {"behaves_differently": True, "cause_known": True, "is_desirable": True, "will_continue": True}


@pytest.fixture
def west(cast: Cast) -> Iterator[Place]:
    """Vest, opened for the test's own reading and writing."""
    reads_english(*cast.west.people().values())
    with within(cast.west):
        yield cast.west


def measure(place: Place, numbers: list[tuple[int, int]] | list[int], **changed: Any) -> Measure:
    """A weekly measure with its numbers from the beginning of the year."""
    is_share = bool(numbers) and isinstance(numbers[0], tuple)
    kind = Measure.Kind.SHARE if is_share else Measure.Kind.COUNT
    usual = {"team": place.team, "title": "Besøk", "kind": kind, "rhythm": "week", "unit": "besøk"}
    made = Measure.objects.create(network=place.network, **usual | changed)
    LimitPeriod.objects.create(network=place.network, measure=made)
    for week, number in enumerate(numbers):
        add(made, week, number)
    settle_baseline(measure=made)
    return made


def add(made: Measure, week: int, number: Any) -> Observation:
    parts = {"numerator": number[0], "denominator": number[1]} if isinstance(number, tuple) else {"value": number}
    return Observation.objects.create(
        network_id=made.network_id, measure=made, on=START + timedelta(weeks=week), **parts
    )


def drawn(made: Measure, *, own: bool = True) -> Picture:
    return pictures_of([made], own=own)[made.pk]


def test_the_line_follows_until_there_are_twelve_numbers_and_then_stays(west: Place) -> None:
    made = measure(west, [3, 5] * 5 + [3])
    assert (drawn(made).settled, drawn(made).analysis.cl[0]) == (False, 3)
    add(made, 11, 5)
    settle_baseline(measure=made)
    assert (drawn(made).settled, drawn(made).analysis.cl[0]) == (True, 4)
    for week in range(12, 30):
        add(made, week, 9)
    settle_baseline(measure=made)
    assert set(drawn(made).analysis.cl) == {4}
    add(made, -1, 40)  # an old number that comes in late moves no border
    settle_baseline(measure=made)
    period = LimitPeriod.objects.get(measure=made)
    assert period.baseline_through == START + timedelta(weeks=11)


def test_new_limits_begin_on_a_day_and_the_answer_stands_on_the_chart(west: Place) -> None:
    made = measure(west, [3, 5] * 6 + [9, 9, 10, 8])
    day = START + timedelta(weeks=12)
    begin_limits(measure=made, starts_on=day, answers=ANSWERS, answer="Ny rute", by=west.member)
    picture = drawn(made)
    assert picture.analysis.part == (1,) * 12 + (2,) * 4
    assert (picture.analysis.cl[0], picture.analysis.cl[-1], picture.settled) == (4, 9, False)
    assert [(mark.on, mark.text, mark.kind) for mark in picture.marks] == [(day, "Ny rute", "limits")]


def test_what_few_people_stand_behind_is_nowhere_for_others(west: Place) -> None:
    made = measure(west, [(6, 9), (4, 4), (7, 9), (5, 10)])
    Observation.objects.filter(denominator=4).update(note="Berre fire denne veka")
    own, others = drawn(made), drawn(made, own=False)
    assert [value and round(value) for value in own.values] == [67, 100, 78, 50]
    assert [value and round(value) for value in others.values] == [67, None, 78, 50]
    assert (others.numerators, others.denominators) == ([6, None, 7, 5], [9, None, 9, 10])
    assert (list(others.hidden), list(others.notes)) == ([False, True, False, False], ["", "", "", ""])
    assert others.analysis.cl[0] != own.analysis.cl[0]


def test_the_days_between_events_are_counted_and_the_first_has_none(west: Place) -> None:
    made = measure(west, [], kind=Measure.Kind.TIME_BETWEEN, rhythm="event")
    for day in (3, 10, 12):
        Observation.objects.create(network=west.network, measure=made, on=date(2026, 3, day))
    assert list(drawn(made).values) == [None, 7, 2]


def test_what_happened_stands_on_the_chart(west: Place, cast: Cast) -> None:
    goal = Goal.objects.create(network=west.network, team=west.team, text="Alle får besøk")
    made = measure(west, [3, 4, 5], goal=goal)
    change = Change.objects.create(network=west.network, team=west.team, text="Fast rute")
    ChangeGoal.objects.create(network=west.network, change=change, goal=goal)
    PdsaRound.objects.create(network=west.network, change=change, number=1, starts_on=START + timedelta(days=9))
    note = {"network": west.network, "on": START + timedelta(days=2)}
    Annotation.objects.create(team=west.team, measure=made, text="Her", **note)
    Annotation.objects.create(team=west.team, text="Overalt", **note)
    Annotation.objects.create(team=west.other_team, text="Et annet team", **note)
    assert sorted(mark.text for mark in drawn(made).marks) == ["Her", "Overalt", "PDSA 1: Fast rute"]


def test_forty_pictures_ask_as_much_as_one(west: Place, django_assert_num_queries: Any) -> None:
    many = [measure(west, [3, 4, 5], title=f"M{number}") for number in range(6)]
    for asked in (many[:1], many):
        with django_assert_num_queries(3):
            pictures_of(asked, own=True)


def address(place: Place, name: str, *keys: int) -> str:
    return reverse(f"improvement:{name}", args=[place.network.slug, place.team.slug, *keys])


@pytest.mark.parametrize("weeks", [1, 30])
def test_the_page_of_a_chart_asks_as_much_for_many_numbers(west: Place, sign_in: SignIn, weeks: int) -> None:
    made = measure(west, [3, 5, 4] * weeks)
    assert questions(sign_in(west.member), address(west, "measure", made.pk)) == 14


def test_a_person_leaves_a_number_out_and_counts_it_in_again(west: Place, sign_in: SignIn) -> None:
    made = measure(west, [3, 5, 4, 90])
    last = Observation.objects.get(measure=made, value=90)
    client = sign_in(west.member)
    there = address(west, "exclude", made.pk, last.pk)
    assert "Why?" in words(client.post(there, {"reason": ""}).content.decode())
    client.post(there, {"reason": "Journalen var nede"})
    assert "left out; Journalen var nede" in words(page(client, address(west, "measure", made.pk)))
    assert drawn(made).analysis.cl[0] == 4
    client.post(there, {"again": "1"})
    assert drawn(made).analysis.cl[0] == 4.5
    assert "left out: Journalen var nede" in words(page(client, address(west, "measure_history", made.pk)))


def test_doubtful_answers_are_told_of_and_the_person_decides(west: Place, sign_in: SignIn) -> None:
    made = measure(west, [3, 5] * 6 + [9, 9])
    client, there = sign_in(west.member), address(west, "limits", made.pk)
    sent = dict.fromkeys(ANSWERS, "no") | {"starts_on": str(START + timedelta(weeks=12)), "answer": "Ny rute"}
    assert "It may be too early" in words(client.post(there, sent).content.decode())
    assert LimitPeriod.objects.filter(measure=made).count() == 1
    client.post(there, sent | {"sure": "1"})
    new = LimitPeriod.objects.get(measure=made, starts_on__isnull=False)
    assert (new.cause_known, new.decided_by_id, new.answer) == (False, west.member.pk, "Ny rute")
    client.post(address(west, "limits_undo", made.pk, new.pk))
    assert LimitPeriod.objects.filter(measure=made).count() == 1


@pytest.mark.parametrize("day", [str(START), "2099-01-01", "2020-01-01"])
def test_limits_begin_where_there_are_numbers_before_and_after(west: Place, sign_in: SignIn, day: str) -> None:
    made = measure(west, [3, 5] * 6)
    sent = dict.fromkeys(ANSWERS, "yes") | {"starts_on": day, "answer": "Ny rute"}
    response = sign_in(west.member).post(address(west, "limits", made.pk), sent)
    assert response.status_code == 200
    assert LimitPeriod.objects.filter(measure=made).count() == 1


def test_the_numbers_as_files_hold_no_formula_and_nothing_that_is_hidden(west: Place, sign_in: SignIn) -> None:
    made = measure(west, [(6, 9), (4, 4)], title="=1+1")
    Observation.objects.filter(denominator=9).update(note="=HYPERLINK(1)")
    own = sign_in(west.member).get(address(west, "measure_csv", made.pk)).content.decode("utf-8-sig").splitlines()
    others = (
        sign_in(west.supervisor).get(address(west, "measure_csv", made.pk)).content.decode("utf-8-sig").splitlines()
    )
    assert own[1:] == ["2026-01-05;66,6667;6;9;;'=HYPERLINK(1)", "2026-01-12;100;4;4;;"]
    assert others[1:] == ["2026-01-05;66,6667;6;9;;'=HYPERLINK(1)", "2026-01-12;;;;;"]
    assert sign_in(west.supervisor).get(address(west, "measure_xlsx", made.pk)).status_code == 200
