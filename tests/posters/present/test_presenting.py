"""Posters shown to a room: which, in what order, as a sheet or as text; and the codes that lead to them."""

from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from gpf import tenancy
from improvement.models import Paper
from networks.models import Network
from posters import services
from posters.models import Edition
from posters.present.printing import render
from posters.present.qr import code_for
from tests.cast import Cast, Place
from tests.posters import stage
from tests.posters.pictures import give_picture, take_pictures

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files", "read_english")]
SignIn = Callable[[User], Client]


@pytest.fixture
def read_english(cast: Cast) -> None:
    """Pages in the language the sources are written in, so that translating them breaks no test."""
    User.objects.update(language="en")


def address(name: str, place: Place, **more: object) -> str:
    where = {"network_slug": place.network.slug, "gathering_number": 2}
    return reverse(f"posters:{name}", kwargs=where | more)


def hang(place: Place) -> tuple[Edition, Edition]:
    """Tokke's and Vinje's posters are on the wall; Tokke's has no picture yet."""
    with tenancy.scope([place.network.pk]):
        own = stage.hand_in(place)
        give_picture(own)
        others = Place(**{**vars(place), "team": place.other_team})
        poster = stage.write(others, title="Fallet som ikke kom", learned="Vi spurte natta.")
        edition = stage.make(poster)
        services.request_delivery(poster=poster, by=place.team_leader)
        take_pictures(edition)
        Network.objects.filter(pk=place.network.pk).update(posters_shown=Network.PosterSight.WHEN_DELIVERED)
        return own, Edition.objects.get(poster=poster)


def test_they_come_in_the_order_of_the_wall_and_keep_the_clock(cast: Cast, sign_in: SignIn) -> None:
    place = cast.west
    hang(place)
    with tenancy.scope([cast.east.network.pk]):
        stage.hand_in(cast.east, title="Et annet sted")
    client = sign_in(place.observer)
    start = client.get(address("present", place)).content.decode()
    first = address("present_poster", place, team_slug="tokke")
    last = address("present_poster", place, team_slug="vinje")
    assert start.index(f'formaction="{first}"') < start.index(f'formaction="{last}"')
    assert "Et annet sted" not in start
    assert f'action="{first}"' in start
    page = client.get(first, {"minutes": "3", "moves_on": "on"}).content.decode()
    assert 'data-minutes="3" data-moves-on' in page
    assert f'href="{last}?minutes=3&amp;moves_on=on"' in page
    assert "Vi spurte natta." in page  # there is no picture of it: its text is shown
    assert 'data-key="before"' not in page


def test_the_sheet_has_its_text_one_click_away(cast: Cast, sign_in: SignIn) -> None:
    hang(cast.west)
    last = address("present_poster", cast.west, team_slug="vinje")
    client = sign_in(cast.west.member)
    page = client.get(last, {"minutes": "7"}).content.decode()  # no such length: no clock
    assert "data-minutes" not in page
    assert '<img class="present-sheet"' in page
    assert f'href="{last}?as=text"' in page
    text = client.get(last, {"as": "text"}).content.decode()
    assert '<img class="present-sheet"' not in text
    assert 'role="region"' in text
    told = client.get(last, headers={"HX-Request": "true"})["HX-Trigger"]
    assert told == '{"announce": "2 of 2: Trygt hjem, Vinje"}'


def test_what_is_not_delivered_is_not_shown_even_to_its_team(cast: Cast, sign_in: SignIn) -> None:
    with tenancy.scope([cast.west.network.pk]):
        stage.make(stage.write(cast.west))
    client = sign_in(cast.west.team_leader)
    assert "No posters to show yet" in client.get(address("present", cast.west)).content.decode()
    assert client.get(address("present_poster", cast.west, team_slug="vinje")).status_code == 404


def test_labels_are_the_coordinators_and_lead_to_the_posters(cast: Cast, sign_in: SignIn) -> None:
    place = cast.west
    with tenancy.scope([place.network.pk]):
        stage.write(place, title="Ikke levert")
    answer = sign_in(place.coordinator).post(address("labels", place))
    with tenancy.scope([place.network.pk]):
        paper = Paper.objects.get()
        assert paper.content["labels"] == [
            {
                "title": "Ikke levert",
                "names": ["Vinje", "Vinje municipality"],
                "address": code_for(place.network, "vinje", 2, "").address,
            }
        ]
    assert answer["Location"] == reverse("improvement:paper", args=["vest", paper.pk])
    assert sign_in(place.coordinator).get(answer["Location"]).status_code == 200
    # What stands on a label is not shown to the network yet: nor may the paper be.
    assert sign_in(place.observer).get(answer["Location"]).status_code == 404


def test_a_code_opens_the_poster_after_signing_in(cast: Cast, client: Client) -> None:
    hang(cast.west)
    code = code_for(cast.west.network, "vinje", 2, "QR code <b>")
    assert code.address.startswith("http")
    assert "<title>QR code &lt;b&gt;</title>" in code.svg
    path = "/" + code.address.split("/", 3)[3]
    to_sign_in = client.get(path, secure=True)
    assert to_sign_in["Location"].endswith(f"?next={path}")


def test_nine_labels_stand_on_two_sheets(cast: Cast) -> None:
    long = {"title": f"Et langt ord: {'y' * 80}", "names": ["Vinje", "Vinje kommune"], "address": "https://a.example/x"}
    pdf = render({"gathering": "Samling 2", "labels": [long] * 9}, language="en", title="Labels")
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert len(opened.pages) == 2
        with opened.open_metadata() as metadata:
            assert metadata.pdfa_status == "2A"
        told = [str(found.Alt) for found in opened.objects if _is_figure(found)]
        assert told == ["QR code: https://a.example/x"] * 9


def _is_figure(found: object) -> bool:
    return isinstance(found, pikepdf.Dictionary) and found.get("/S") == "/Figure"
