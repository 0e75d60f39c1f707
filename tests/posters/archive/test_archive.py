"""The archive: what is found, in which order, and never what the searcher may not read."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from gpf import tenancy
from networks.models import Network
from posters import services
from posters.models import Edition, Poster
from tests.cast import Cast, Place
from tests.identity_numbers import NATIONAL
from tests.posters import stage
from tests.posters.pictures import give_picture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files", "read_english")]
SignIn = Callable[[User], Client]


@pytest.fixture
def read_english(cast: Cast) -> None:
    """Pages in the language the sources are written in, so that translating them breaks no test."""
    User.objects.update(language="en")


def of_other_team(place: Place) -> Place:
    return Place(**{**vars(place), "team": place.other_team})


def hand_in(place: Place, number: int, **texts: str) -> Edition:
    poster = stage.write(place, number, **texts)
    edition = stage.make(poster)
    services.request_delivery(poster=poster, by=place.team_leader)
    edition.refresh_from_db()
    return edition


def fill(cast: Cast) -> None:
    """Two teams' posters in Vest, shown to everybody; one in Øst."""
    place = cast.west
    with tenancy.scope([place.network.pk]):
        Network.objects.filter(pk=place.network.pk).update(posters_shown=Network.PosterSight.WHEN_DELIVERED)
        give_picture(hand_in(place, 1, title="Trygt hjem", learned="Åse spør natta om fallrisiko. Ærlig talt."))
        hand_in(place, 2, title="Natta er verst", learned="Rettleiaren kom kvar veke på sjukeheimen.")
        hand_in(of_other_team(place), 2, title="Mat som smaker", learned="Alle <b>fallene</b> skjedde før frokost.")
        Poster.objects.filter(title="Mat som smaker").update(tags=["Ernæring", "fall"])
        Poster.objects.filter(title="Trygt hjem").update(tags=["ernæring"])
    with tenancy.scope([cast.east.network.pk]):
        Network.objects.filter(pk=cast.east.network.pk).update(posters_shown=Network.PosterSight.WHEN_DELIVERED)
        hand_in(cast.east, 2, title="Fall i øst", learned="Fallrisiko i øst.")
        Poster.objects.filter(title="Fall i øst").update(tags=["østtagg"])


def look(client: Client, **asked: str) -> str:
    return client.get(reverse("posters:archive", args=["vest"]), asked).content.decode()


def titles(page: str) -> list[str]:
    found = re.findall(r'<h3 lang="..">(?:<a [^>]*>)(.*?)</a></h3>', page)
    return [html.unescape(re.sub("</?mark>", "", title)) for title in found]


FOUND: list[tuple[dict[str, str], list[str]]] = [
    ({}, ["Mat som smaker", "Natta er verst", "Trygt hjem"]),
    ({"sort": "oldest"}, ["Trygt hjem", "Mat som smaker", "Natta er verst"]),
    ({"sort": "organisation"}, ["Mat som smaker", "Trygt hjem", "Natta er verst"]),
    ({"gathering": "1"}, ["Trygt hjem"]),
    ({"organisation": "kommune-3826"}, ["Mat som smaker"]),
    ({"tag": "ernæring"}, ["Mat som smaker", "Trygt hjem"]),  # however it is spelled
    ({"gathering": "9", "tag": "østtagg", "page": "x"}, ["Mat som smaker", "Natta er verst", "Trygt hjem"]),
    ({"q": "risiko"}, ["Trygt hjem"]),  # inside a word
    ({"q": "FALL"}, ["Mat som smaker", "Trygt hjem"]),
    ({"q": "fall -frokost"}, ["Trygt hjem"]),
    ({"q": "frokosten"}, ["Mat som smaker"]),  # with another ending
    ({"q": "veileder uke sykehjem"}, ["Natta er verst"]),  # in the other Norwegian
    ({"q": "åse"}, ["Trygt hjem"]),
    ({"q": "ÆRLIG"}, ["Trygt hjem"]),
    ({"q": "«natta om»"}, ["Trygt hjem"]),
    ({"q": "natta om verst"}, []),
    ({"q": "tokke"}, ["Mat som smaker"]),
    ({"q": "ernæring", "gathering": "1"}, ["Trygt hjem"]),
]
"""What is asked for, and the titles that are found."""


def test_what_is_found(cast: Cast, sign_in: SignIn) -> None:
    fill(cast)
    client = sign_in(cast.west.observer)
    for asked, found in FOUND:
        seen = titles(look(client, **asked))
        assert (sorted(seen) if "q" in asked else seen) == (sorted(found) if "q" in asked else found), asked


def test_the_place_of_a_hit_is_shown_with_its_section_and_nothing_of_it_is_html(cast: Cast, sign_in: SignIn) -> None:
    fill(cast)
    page = look(sign_in(cast.west.member), q="fallene")
    assert "Alle &lt;b&gt;<mark>fallene</mark>&lt;/b&gt; skjedde før frokost." in page
    assert "2 posters with “fallene”" in page


def test_neither_another_network_nor_what_is_not_delivered_shows(cast: Cast, sign_in: SignIn) -> None:
    """Not in hits, counts, excerpts or choices; a text that was changed after it was delivered neither."""
    fill(cast)
    with tenancy.scope([cast.west.network.pk]):
        stage.write(of_other_team(cast.west), 1, title="Hemmelig utkast", learned="Kladdeord om fallrisiko")
        changed = stage.write(cast.west, 2, title="Natta er verst", learned="Kladdeord etter levering")
        stage.make(changed)
    client = sign_in(cast.west.observer)
    for word in ("kladdeord", "hemmelig", "øst", "østtagg", "hamar"):
        page = look(client, q=word)
        assert "No poster with" in page, word
        assert titles(page) == []
    everything = look(client)
    assert titles(everything) == ["Mat som smaker", "Natta er verst", "Trygt hjem"]
    assert "Hamar" not in everything
    assert "østtagg" not in everything


def test_before_the_deadline_others_find_only_their_own(cast: Cast, sign_in: SignIn) -> None:
    fill(cast)
    with tenancy.scope([cast.west.network.pk]):
        Network.objects.filter(pk=cast.west.network.pk).update(posters_shown=Network.PosterSight.AFTER_DEADLINE)
    assert titles(look(sign_in(cast.west.observer), q="fall natta mat")) == []
    page = look(sign_in(cast.west.member))
    assert "Mat som smaker" not in page
    assert "Tokke" not in page  # nor is its organisation or its tag to be chosen
    assert ">fall<" not in page


ANSWERS = [
    ("x" * 500, "That is too much to search for."),
    ("!\"#¤%&/()='\\:*", "Write at least one word or number"),
    ("-fall", "Write at least one word or number"),
    (NATIONAL, "looks like a national identity number"),
    ("\x00\x07fall\u202e", "2 posters with"),
    (" ".join("fall" for _ in range(30)), "2 posters with"),
    ("☃ 🎉 fall", "2 posters with"),
]


def test_whatever_is_typed_gets_a_kind_answer(cast: Cast, sign_in: SignIn) -> None:
    fill(cast)
    client = sign_in(cast.west.observer)
    for typed, answer in ANSWERS:
        assert answer in look(client, q=typed), answer


def test_the_number_of_queries_does_not_grow(cast: Cast, sign_in: SignIn) -> None:
    fill(cast)
    client = sign_in(cast.west.observer)

    def queries(**asked: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            look(client, **asked)
        return len(seen)

    queries()
    before = queries(), queries(q="fall")
    with tenancy.scope([cast.west.network.pk]):
        give_picture(hand_in(of_other_team(cast.west), 1, title="Enda en", learned="fall"))
    assert (queries(), queries(q="fall")) == before


# A team's posters side by side


def test_a_teams_posters_stand_side_by_side(cast: Cast, sign_in: SignIn) -> None:
    fill(cast)
    address = reverse("posters:series", args=["vest", "vinje"])
    page = sign_in(cast.west.observer).get(address).content.decode()
    assert page.index("Trygt hjem") < page.index("Natta er verst")
    assert [page.count(f'data-state="{state}"') for state in ("first", "changed", "added", "gone")] == [1, 1, 0, 0]
    assert "/plakater/ark/" in page


def test_what_is_being_written_stands_there_for_the_team_alone(cast: Cast, sign_in: SignIn) -> None:
    with tenancy.scope([cast.west.network.pk]):
        stage.write(cast.west, 1, title="Under arbeid", learned="Kladd")
    address = reverse("posters:series", args=["vest", "vinje"])
    own: Any = sign_in(cast.west.member).get(address).content.decode()
    assert "Under arbeid" in own
    assert "Being written" in own
    others = sign_in(cast.west.observer).get(address).content.decode()
    assert "Under arbeid" not in others
    assert "No poster to see yet" in others
