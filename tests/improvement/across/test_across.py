"""Side by side: only what is shared, on one scale, by name, and nothing that few people stand behind."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from improvement.models import Measure, Observation
from networks.models import Network
from teams.models import Team
from tests.cast import Cast, Place
from tests.overview.stage import add_team, page, questions, reads_english, within, words

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
KEY = "hph2-3-days"


@pytest.fixture
def west(cast: Cast) -> Place:
    reads_english(*cast.west.people().values())
    return cast.west


def measure(team: Team, *, shared: bool = True, weeks: int = 3, **changed: Any) -> Measure:
    """A measure with numbers up to last week. Needs the network opened."""
    usual: dict[str, Any] = {"library_key": KEY, "title": f"Besøk {team.name}", "numerator": "a", "denominator": "b"}
    made = Measure.objects.create(
        network_id=team.network_id, team=team, shared_at=timezone.now() if shared else None, **usual | changed
    )
    today = timezone.localdate()
    monday = today - timedelta(days=today.weekday())
    for week in range(1, weeks + 1):
        parts = {"value": week} if made.kind == "count" else {"numerator": 6, "denominator": 9}
        Observation.objects.create(network_id=team.network_id, measure=made, on=monday - timedelta(weeks=week), **parts)
    return made


def across(place: Place, name: str = "across_measure", *keys: Any) -> str:
    return reverse(
        f"improvement:{name}", args=[place.network.slug, *(keys or ([KEY] if name == "across_measure" else []))]
    )


def test_only_what_is_shared_stands_there_in_the_order_of_names(west: Place, cast: Cast, sign_in: SignIn) -> None:
    with within(west):
        for name in ("Åmli", "Bø"):
            measure(add_team(west, name))
        measure(west.team)
        measure(west.other_team, shared=False, title="Hemmelig hos Tokke")
    with within(cast.east):
        measure(cast.east.team, title="Hemmelig i øst")
    for person in (west.member, west.coordinator, west.observer):
        text = words(page(sign_in(person), across(west)))
        assert text.index("Bø") < text.index("Vinje") < text.index("Åmli")
        assert "1 team more measures this without sharing it." in text
        assert "Tokke" not in text
        assert "Hemmelig" not in text
    assert "Vinje yours" in words(page(sign_in(west.member), across(west)))


def test_a_network_that_shows_no_work_shows_it_to_those_who_may_read_it_anyway(west: Place, sign_in: SignIn) -> None:
    with within(west):
        measure(west.team)
        measure(west.other_team)
    Network.objects.filter(pk=west.network.pk).update(work_shown="never")
    text = words(page(sign_in(west.member), across(west)))
    assert "Vinje" in text
    assert "Tokke" not in text
    assert sign_in(west.observer).get(across(west)).status_code == 404


def test_few_people_behind_a_number_are_shown_to_nobody_here(west: Place, sign_in: SignIn) -> None:
    with within(west):
        made = measure(west.team)
        Observation.objects.filter(measure=made).update(numerator=2, denominator=3, note="To av tre")
    for name, keys in (("across_measure", (KEY,)), ("shared_measure", (made.pk,))):
        text = page(sign_in(west.member), across(west, name, *keys))
        assert "67" not in words(text)
        assert "To av tre" not in text
        assert "fewer than five" in text


def test_what_is_counted_in_another_way_stands_apart(west: Place, sign_in: SignIn) -> None:
    with within(west):
        measure(west.team)
        measure(add_team(west, "Bø"))
        measure(west.other_team, kind="count", unit="besøk")
    text = words(page(sign_in(west.member), across(west)))
    assert text.index("Vinje") < text.index("Counted in another way") < text.index("Tokke")


def test_who_guides_sees_who_has_not_measured_for_long(west: Place, sign_in: SignIn) -> None:
    with within(west):
        silent = measure(west.team)
        Observation.objects.filter(measure=silent).delete()
        Observation.objects.create(
            network=west.network,
            measure=silent,
            on=timezone.localdate() - timedelta(weeks=9),
            numerator=6,
            denominator=9,
        )
    text = words(page(sign_in(west.coordinator), across(west, "across")))
    assert "Tokke has no measures yet" in text
    assert "Vinje 9 weeks since the last number" in text
    guided = words(page(sign_in(west.supervisor), across(west, "across")))
    assert "Vinje 9 weeks since the last number" in guided
    assert "Tokke" not in guided
    assert "Who has not measured" not in words(page(sign_in(west.member), across(west, "across")))


def test_in_a_room_one_chart_at_a_time(west: Place, sign_in: SignIn) -> None:
    with within(west):
        measure(west.team)
        measure(add_team(west, "Bø"))
    client, there = sign_in(west.coordinator), across(west, "workshop")
    assert "2 teams" in words(page(client, there))
    first, last = (words(page(client, f"{there}?maling={KEY}&nr={number}")) for number in ("1", "99"))
    assert ("1 / 2" in first, "Previous" in first) == (True, False)
    assert ("2 / 2" in last, "Next" in last) == (True, False)
    assert client.get(f"{there}?maling=finnes-ikke").status_code == 404
    assert client.get(f"{there}?maling={KEY}&nr=²").status_code == 200


@pytest.mark.parametrize("teams", [1, 3])
def test_the_pages_ask_as_much_for_three_teams_as_for_one(west: Place, sign_in: SignIn, teams: int) -> None:
    with within(west):
        for number in range(teams):
            measure(add_team(west, f"Kommune {number}"))
    client = sign_in(west.coordinator)
    assert [questions(client, across(west, name)) for name in ("across", "across_measure")] == [7, 12]
