"""The wall of a gathering, and a poster read on it."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from gpf import tenancy
from networks.models import Network, Organisation
from posters.models import Edition, Poster
from posters.services import request_delivery
from tests.cast import Cast, Place
from tests.posters.stage import hand_in, make, past, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("read_english")]
SignIn = Callable[[User], Client]


@pytest.fixture
def read_english(cast: Cast) -> None:
    User.objects.update(language="en")


def others(place: Place) -> Place:
    """The same network, seen from its other team."""
    return replace(place, team=place.other_team)


def hang_both(place: Place) -> None:
    """Tokke's and Vinje's posters for gathering 2, read by the network at once."""
    with tenancy.scope([place.network.pk]):
        Network.objects.filter(pk=place.network.pk).update(posters_shown=Network.PosterSight.WHEN_DELIVERED)
        hand_in(place)
        request_delivery(poster=_made(others(place)), by=place.team_leader)


def _made(place: Place) -> Poster:
    poster = write(place, title="Mat", learned="Spør om frokosten.")
    make(poster)
    return poster


def page(client: Client, name: str, *args: object) -> str:
    return client.get(reverse(f"posters:{name}", args=["vest", *args])).content.decode()


def test_it_hangs_by_organisation_with_pictures(cast: Cast, sign_in: SignIn) -> None:
    hang_both(cast.west)
    Organisation.objects.filter(name="Vinje").update(sort_name="a")  # as Ål and Ås come after Vinje
    html = page(sign_in(cast.west.observer), "wall")
    assert html.index("Trygt hjem") < html.index("Mat")
    with tenancy.scope([cast.west.network.pk]):
        sheets = [edition.renderings.get(paper="A3").pk for edition in Edition.objects.exclude(version=None)]
    assert all(reverse("posters:sheet_small", args=["vest", sheet]) in html for sheet in sheets)


def test_the_newest_is_first_and_the_others_a_click_away(cast: Cast, sign_in: SignIn) -> None:
    with tenancy.scope([cast.west.network.pk]):
        hand_in(cast.west, 1, title="Det første")
        past(cast.west.assignments[0])
        hand_in(cast.west, 2, title="Det andre")
        past(cast.west.poster)
    client = sign_in(cast.west.observer)
    newest = page(client, "wall")
    assert "Det andre" in newest
    assert "Det første" not in newest
    assert reverse("posters:wall_of", args=["vest", 1]) in newest
    assert "Det første" in page(client, "wall_of", 1)


def test_who_follows_the_teams_sees_who_has_none_yet(cast: Cast, sign_in: SignIn) -> None:
    with tenancy.scope([cast.west.network.pk]):
        hand_in(cast.west)
        past(cast.west.poster)
    tokke = f'href="{reverse("overview:team", args=["vest", cast.west.other_team.slug])}"'
    assert tokke in page(sign_in(cast.west.coordinator), "wall")
    for person in (cast.west.supervisor, cast.west.member, cast.west.observer, cast.west.leader):
        assert tokke not in page(sign_in(person), "wall"), person


def test_a_poster_leads_to_those_beside_it(cast: Cast, sign_in: SignIn) -> None:
    hang_both(cast.west)
    client = sign_in(cast.west.observer)
    first, last = page(client, "poster", cast.west.other_team.slug, 2), page(client, "poster", cast.west.team.slug, 2)
    assert ('rel="prev"' in first, 'rel="next"' in first) == (False, True)
    assert ('rel="prev"' in last, 'rel="next"' in last) == (True, False)
    assert reverse("posters:poster", args=["vest", cast.west.team.slug, 2]) in first


def test_charts_and_pictures_are_told_in_the_text(cast: Cast, sign_in: SignIn) -> None:
    with tenancy.scope([cast.west.network.pk]):
        edition = hand_in(cast.west)
        past(cast.west.poster)
        section = edition.content["sections"][0]
        chart = {"title": "Fall", "svg": "<svg></svg>", "width": 1, "height": 1, "sentence": "Færre faller."}
        table = {
            "alternative": "Fra 5 til 2.",
            "columns": ["Når", "Verdi"],
            "rows": [["Uke 1", "5"], ["Uke 2", "2"]],
        }
        section["charts"] = [chart | table]
        section["photos"] = [{"sha256": "a" * 64, "width": 3, "height": 2, "alt": "Tavla på vaktrommet"}]
        edition.save()
    html = page(sign_in(cast.west.observer), "poster", cast.west.team.slug, 2)
    assert "Fra 5 til 2." in html
    assert '<th scope="row">Uke 2</th><td>2</td>' in html
    assert 'alt="Tavla på vaktrommet"' in html
    assert reverse("posters:photo_picture", args=["vest", cast.west.team.slug, 2, "a" * 64]) in html
