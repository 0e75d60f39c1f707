"""The interviews: how many and what about, never who; small numbers stay in the team."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from gpf import tenancy
from improvement.method.interview_queries import read_interviews
from improvement.models import InterviewRound, Theme
from tests.cast import Cast, Place
from tests.identity_numbers import NATIONAL

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def at(cast: Cast, name: str, *more: int) -> str:
    return reverse(f"improvement:{name}", args=[cast.west.network.slug, cast.west.team.slug, *more])


def asked(place: Place, count: int, **more: Any) -> InterviewRound:
    with tenancy.scope([place.network.pk]):
        return InterviewRound.objects.create(network=place.network, team=place.team, count=count, **more)


def theme(place: Place, text: str, said: int | None, **more: Any) -> Theme:
    with tenancy.scope([place.network.pk]):
        return Theme.objects.create(network=place.network, team=place.team, text=text, mentioned_by=said, **more)


def test_a_round_and_a_theme_are_written_down_once(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.west.member)
    for _twice in range(2):
        for page in ("round_add", "theme_add"):
            assert 'name="once"' in client.get(at(cast, page), secure=True).content.decode()
        client.post(at(cast, "round_add"), {"asked": "users", "count": "12", "once": "a"}, secure=True)
        client.post(at(cast, "theme_add"), {"text": "Faste folk i døra", "mentioned_by": "7", "once": "b"}, secure=True)
    with tenancy.scope([cast.west.network.pk]):
        found = read_interviews(cast.west.team, own=True)
    assert (found.asked, len(found.rounds), len(found.themes)) == (12, 1, 1)
    assert found.themes[0].width == 58
    assert client.get(at(cast, "interviews"), secure=True).content.decode().count('name="once"') == 1


def test_more_cannot_have_said_it_than_were_asked(cast: Cast, sign_in: SignIn) -> None:
    row = asked(cast.west, 9)
    asked(cast.west, 3)
    said = theme(cast.west, "Vil vite kven som kjem", 11)
    client = sign_in(cast.west.member)
    page = client.post(at(cast, "theme_add"), {"text": "Noko", "mentioned_by": "13"}, secure=True)
    assert list(page.context["form"].errors) == ["mentioned_by"]
    assert "12" in page.context["form"].errors["mentioned_by"][0]
    assert 'value="Noko"' in page.content.decode()
    # Nor is a round made so small that a theme is left hanging.
    seen = client.get(at(cast, "round_edit", row.pk), secure=True).context["form"]["seen"].value()
    for count, errors in (("7", ["count"]), ("8", None)):
        page = client.post(
            at(cast, "round_edit", row.pk), {"asked": "users", "count": count, "seen": seen}, secure=True
        )
        assert (list(page.context["form"].errors) if page.context else None) == errors
    with tenancy.scope([cast.west.network.pk]):
        assert Theme.objects.get(pk=said.pk).mentioned_by == 11


def test_an_identity_number_is_refused_in_every_text(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.west.member)
    page = client.post(at(cast, "round_add"), {"asked": "users", "count": "3", "note": f"Hos {NATIONAL}"}, secure=True)
    assert list(page.context["form"].errors) == ["note"]
    page = client.post(at(cast, "theme_add"), {"text": "Noko", "about": f"Sa {NATIONAL}"}, secure=True)
    assert list(page.context["form"].errors) == ["about"]


def test_small_numbers_are_shown_to_the_own_team_only(cast: Cast, sign_in: SignIn) -> None:
    asked(cast.west, 14)
    asked(cast.west, 3, asked="relatives")
    theme(cast.west, "Vert utrygg om natta", 4)
    theme(cast.west, "Vil klare morgonen sjølv", 13)
    with tenancy.scope([cast.west.network.pk]):
        own, others = (read_interviews(cast.west.team, own=who) for who in (True, False))
    assert [each.count for each in own.rounds] == ["14", "3"]
    assert "17" in own.asked_words
    assert [each.width for each in own.themes] == [76, 24]
    # Neither the small round, nor the small theme, nor a sum that gives the small round away.
    page = sign_in(cast.west.supervisor).get(at(cast, "interviews"), secure=True).content.decode()
    assert others.rounds[1].count != "3"
    assert "17" not in others.asked_words
    assert "14" in others.asked_words
    assert all("17" not in each.said for each in others.themes)
    assert [each.width for each in others.themes] == [None] * 2
    assert others.themes[1].said in page
    assert "4 " not in others.themes[1].said
    assert "theme-bar" not in page
    assert "nytt-tema" not in page


def test_what_is_put_away_is_taken_back_by_the_messages_button(cast: Cast, sign_in: SignIn) -> None:
    asked(cast.west, 9)
    found = theme(cast.west, "Faste folk", 5)
    client = sign_in(cast.west.member)
    page = client.post(at(cast, "theme_put_away", found.pk), secure=True, follow=True)
    text = page.content.decode()
    assert f'form="tilbake-tema-{found.pk}"' in text
    assert f'id="tilbake-tema-{found.pk}"' in text
    assert not page.context["found"].themes
    page = client.post(at(cast, "theme_take_back", found.pk), secure=True, follow=True)
    assert [each.row.pk for each in page.context["found"].themes] == [found.pk]


def test_the_page_shows_nothing_of_others_and_asks_as_often_with_more_in_it(cast: Cast, sign_in: SignIn) -> None:
    asked(cast.east, 99)
    theme(cast.east, "Hemmeleg tema", 50)
    asked(cast.west, 9)
    theme(cast.west, "Fyrste", 5)
    client = sign_in(cast.west.member)
    client.get(at(cast, "interviews"), secure=True)
    counts = []
    for number in range(2):
        with CaptureQueriesContext(connection) as queries:
            page = client.get(at(cast, "interviews"), secure=True).content.decode()
        counts.append(len(queries))
        for more in range(3):
            asked(cast.west, 6)
            theme(cast.west, f"Tema {number} {more}", 5)
    assert counts[0] == counts[1]
    assert "Hemmeleg" not in page
    assert "99" not in page
