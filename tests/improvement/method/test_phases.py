"""The five phases: marks that are set and taken away, where the team is, and another model."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from gpf import tenancy
from improvement.method.queries import read_wheel
from improvement.models import PhaseStep, TeamMethod
from tests.cast import Cast

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def at(cast: Cast, name: str, *more: str) -> str:
    return reverse(f"improvement:{name}", args=[cast.west.network.slug, cast.west.team.slug, *more])


def marked(cast: Cast) -> list[str]:
    with tenancy.scope([cast.west.network.pk]):
        return sorted(PhaseStep.objects.filter(team=cast.west.team).values_list("step", flat=True))


def test_a_step_is_marked_and_the_mark_taken_away_however_often_it_is_pressed(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.west.member)
    for _again in range(2):
        response = client.post(at(cast, "mark_step", "goals"), {"done": "1"}, secure=True)
        assert response["Location"].endswith("/faser/#steg-goals")
    assert marked(cast) == ["goals"]
    client.post(at(cast, "mark_step", "goals"), {"done": "0"}, secure=True)
    assert marked(cast) == []
    assert client.post(at(cast, "mark_step", "dinner"), {"done": "1"}, secure=True).status_code == 404


def test_htmx_gets_the_wheel_alone_and_hears_what_happened(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.west.member)
    response = client.post(at(cast, "mark_step", "need"), {"done": "1"}, secure=True, headers={"HX-Request": "true"})
    text = response.content.decode()
    assert text.lstrip().startswith('<div id="faser"')
    assert text.count('aria-pressed="true"') == 1
    assert "announce" in response["HX-Trigger"]


def test_going_back_to_an_earlier_phase_is_as_easy_as_going_on(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.west.member)
    for phase in ("3", "2"):
        client.post(at(cast, "stand_in_phase"), {"phase": phase}, secure=True)
    with tenancy.scope([cast.west.network.pk]):
        wheel = read_wheel(cast.west.team)
    assert wheel.current is not None
    assert wheel.current.phase.number == 2
    assert client.post(at(cast, "stand_in_phase"), {"phase": "6"}, secure=True).status_code == 404


def test_another_model_sets_the_wheel_aside_and_keeps_what_was_marked(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.west.member)
    client.post(at(cast, "mark_step", "goals"), {"done": "1"}, secure=True)
    page = client.get(at(cast, "other_model"), secure=True)
    with tenancy.scope([cast.west.network.pk]):
        assert not TeamMethod.objects.exists(), "looking at the form writes nothing"
    seen = page.context["form"]["seen"].value()
    client.post(at(cast, "other_model"), {"other_model": "Sirkelen", "seen": seen}, secure=True)
    page = client.get(at(cast, "phases"), secure=True)
    assert "Sirkelen" in page.content.decode()
    assert '<svg class="wheel"' not in page.content.decode()
    client.post(at(cast, "back_to_wheel"), secure=True)
    page = client.get(at(cast, "phases"), secure=True)
    assert '<svg class="wheel"' in page.content.decode()
    assert marked(cast) == ["goals"]


def test_those_who_only_read_get_no_buttons_and_nothing_of_another_network(cast: Cast, sign_in: SignIn) -> None:
    east = cast.east
    with tenancy.scope([east.network.pk]):
        TeamMethod.objects.create(network=east.network, team=east.team, other_model="Hemmelig modell")
        PhaseStep.objects.create(network=east.network, team=east.team, step="share")
    page = sign_in(cast.west.supervisor).get(at(cast, "phases"), secure=True).content.decode()
    assert "step-form" not in page
    assert "phase-here" not in page
    assert "Hemmelig" not in page
    assert "data-done" not in page


def test_two_queries_read_the_wheel_however_much_is_marked(cast: Cast) -> None:
    place = cast.west
    with tenancy.scope([place.network.pk]):
        for step in ("need", "anchor", "map"):
            PhaseStep.objects.create(network=place.network, team=place.team, step=step)
        PhaseStep.objects.create(network=place.network, team=place.other_team, step="share")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert read_wheel(place.team).done == 3
    assert len(queries) == 2
