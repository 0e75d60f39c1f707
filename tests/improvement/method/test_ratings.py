"""The effect goals: rated gathering by gathering, five at a time, without two members overwriting each other."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from gpf import tenancy
from improvement.method.queries import gathering_to_rate, rated_gatherings, read_ratings
from improvement.method.rating_chart import draw_ratings
from improvement.models import EffectRating
from sessions.models import Gathering
from tests.cast import Cast

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def form_of(cast: Cast) -> str:
    return reverse("improvement:rate", args=[cast.west.network.slug, cast.west.team.slug, cast.west.gatherings[1].pk])


def filled(client: Client, address: str, *scores: str, **sentences: str) -> dict[str, Any]:
    """What the browser sends: the scores, the sentences, and what the form had seen when it was opened."""
    forms = client.get(address, secure=True).context["forms"]
    data = {f"{form.prefix}-seen": form["seen"].value() for form in forms}
    data |= {f"mal{number}-score": score for number, score in enumerate(scores, start=1)}
    return data | {f"{name}-sentence": text for name, text in sentences.items()}


def kept(cast: Cast) -> dict[int, tuple[int, str]]:
    with tenancy.scope([cast.west.network.pk]):
        rows = EffectRating.objects.filter(team=cast.west.team, gathering=cast.west.gatherings[1])
        return {row.effect_goal: (row.score, row.sentence) for row in rows}


def test_five_are_saved_at_once_and_can_be_changed_and_left_out(cast: Cast, sign_in: SignIn) -> None:
    client, address = sign_in(cast.west.member), form_of(cast)
    client.post(address, filled(client, address, "2", "3", "1", "", "5", mal1="Vi spør."), secure=True)
    assert kept(cast) == {1: (2, "Vi spør."), 2: (3, ""), 3: (1, ""), 5: (5, "")}
    client.post(address, filled(client, address, "3", "", "1", "4", "5"), secure=True)
    assert kept(cast) == {1: (3, ""), 3: (1, ""), 4: (4, ""), 5: (5, "")}


def test_the_second_to_save_is_shown_what_the_first_wrote(cast: Cast, sign_in: SignIn) -> None:
    address = form_of(cast)
    client = sign_in(cast.west.member)
    late = filled(client, address, "2", "2", "2", "2", "2", mal2="Mi setning.")
    client.post(address, filled(client, address, "4", "2", "2", "2", "2"), secure=True)
    page = client.post(address, late, secure=True)
    assert page.context["is_changed"]
    assert [kept(cast)[number] for number in (1, 2)] == [(4, ""), (2, "")], "all five or none"
    assert "Mi setning." in page.content.decode()
    # She has seen it now: the same form sent again is saved.
    again = late | {f"{form.prefix}-seen": form["seen"].value() for form in page.context["forms"]}
    client.post(address, again, secure=True)
    assert kept(cast)[1] == (2, "")
    assert kept(cast)[2] == (2, "Mi setning.")


def test_a_sentence_needs_a_number(cast: Cast, sign_in: SignIn) -> None:
    client, address = sign_in(cast.west.member), form_of(cast)
    page = client.post(address, filled(client, address, "", "2", mal1="Vi spør."), secure=True)
    assert [problem.target for problem in page.context["problems"]] == ["id_mal1-score_0"]
    assert kept(cast) == {}


def test_the_gathering_just_held_is_rated_before_the_one_that_comes(cast: Cast) -> None:
    today = timezone.localdate()
    with tenancy.scope([cast.west.network.pk]):
        first, second = cast.west.gatherings
        assert gathering_to_rate(rated_gatherings(), today) == second, "the first was held long ago"
        first.starts_on = first.ends_on = today - timedelta(days=20)
        first.save()
        assert gathering_to_rate(rated_gatherings(), today) == first
        first.state = Gathering.State.CANCELLED
        first.save()
        assert rated_gatherings() == [second]
    assert gathering_to_rate([], today) is None


def test_the_drawing_has_a_dot_for_each_rating_and_a_place_for_each_gathering(cast: Cast) -> None:
    place = cast.west
    with tenancy.scope([place.network.pk]):
        for gathering, score in zip(place.gatherings, (2, 4), strict=True):
            EffectRating.objects.create(
                network=place.network, team=place.team, gathering=gathering, effect_goal=3, score=score
            )
        with CaptureQueriesContext(connection) as queries:
            found = read_ratings(place.team)
        gatherings = rated_gatherings()
    assert len(queries) == 1
    assert [len(each.ratings) for each in found] == [0, 0, 2, 0, 0]
    assert found[2].change == 2
    assert found[0].newest is None
    drawing = draw_ratings(found[2], gatherings)
    assert [dot.score for dot in drawing.dots] == [2, 4]
    assert drawing.dots[0].y > drawing.dots[1].y
    assert drawing.dots[0].x < drawing.dots[1].x


def test_the_page_tells_the_numbers_in_words_and_nothing_of_the_other_network(cast: Cast, sign_in: SignIn) -> None:
    for place, sentence in ((cast.west, "Vi spør kvar gong."), (cast.east, "Hemmeleg setning.")):
        with tenancy.scope([place.network.pk]):
            EffectRating.objects.create(
                network=place.network,
                team=place.team,
                gathering=place.gatherings[0],
                effect_goal=1,
                score=4,
                sentence=sentence,
            )
    address = reverse("improvement:effect_goals", args=[cast.west.network.slug, cast.west.team.slug])
    page = sign_in(cast.west.leader).get(address, secure=True).content.decode()
    assert "Vi spør kvar gong." in page
    assert "Hemmeleg" not in page
    assert 'class="effect-score">4<' in page
    assert page.count('role="img"') == 5
