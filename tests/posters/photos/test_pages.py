"""Pictures on a poster: added, told about, printed, put away."""

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from accounts.models import User
from gpf import tenancy
from posters.composing import compose
from posters.models import Photo, Poster
from posters.photos.services import MOST
from tests.cast import Cast, Place
from tests.identity_numbers import NATIONAL
from tests.posters.stage import hand_in

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
ASKED_BY_SCRIPT = {"HX-Request": "true"}


@pytest.fixture
def west(cast: Cast) -> Iterator[Place]:
    User.objects.update(language="en")
    with tenancy.scope([cast.west.network.pk]):
        yield cast.west


def upload(name: str = "tavla.png", colour: str = "red") -> SimpleUploadedFile:
    written = BytesIO()
    Image.new("RGB", (30, 20), colour).save(written, "PNG")
    return SimpleUploadedFile(name, written.getvalue(), "image/png")


def at(place: Place, name: str, **more: Any) -> str:
    where = {"network_slug": place.network.slug, "team_slug": place.team.slug, "gathering_number": 2}
    return reverse(f"posters:{name}", kwargs=where | more)


def add(client: Client, place: Place, *files: SimpleUploadedFile, **headers: Any) -> Any:
    """One after another; the last answer."""
    address = at(place, "photo_add", section="pictures")
    return [client.post(address, {"photo": file}, **headers) for file in files or [upload()]][-1]


def test_a_picture_is_printed_when_it_is_told_what_it_shows_and_who_is_in_it(west: Place, sign_in: SignIn) -> None:
    client = sign_in(west.member)
    answer = add(client, west)
    assert answer["Location"] == at(west, "edit") + "#section-pictures"
    photo = Photo.objects.get()
    html = client.get(at(west, "edit")).content.decode()
    assert "It is printed when you have said what it shows, and whether anybody can be recognised." in html
    assert compose(Poster.objects.get()).photos == ()
    client.post(at(west, "photo", photo_pk=photo.pk), {"alt": "Tavla på vaktrommet", "people": "nobody"})
    (printed,) = compose(Poster.objects.get()).photos
    assert (printed.alt, printed.width, printed.height) == ("Tavla på vaktrommet", 30, 20)
    assert printed.sha256 == photo.document.sha256


def test_what_can_not_be_read_is_told_beside_it(west: Place, sign_in: SignIn) -> None:
    torn = SimpleUploadedFile("revet.jpg", b"\xff\xd8\xff\xe0 torn", "image/jpeg")
    answer = add(sign_in(west.member), west, torn, headers=ASKED_BY_SCRIPT)
    assert "revet.jpg: The picture can not be read" in answer.content.decode()
    assert Photo.objects.count() == 0


def test_the_same_picture_twice_is_one_and_there_is_room_for_few(west: Place, sign_in: SignIn) -> None:
    client = sign_in(west.member)
    add(client, west)
    add(client, west)
    assert Photo.objects.count() == 1
    answer = add(client, west, *(upload(colour=f"#{40 * n:02x}0000") for n in range(MOST)), headers=ASKED_BY_SCRIPT)
    assert Photo.objects.count() == MOST
    assert f"There are {MOST} pictures on the poster already." in answer.content.decode()


def test_it_is_put_away_and_taken_back_and_they_change_places(west: Place, sign_in: SignIn) -> None:
    client = sign_in(west.member)
    add(client, west, upload(), upload("to.png", "blue"))
    first, second = Photo.objects.all()
    client.post(at(west, "photo", photo_pk=second.pk), {"do": "up"})
    assert list(Photo.objects.all()) == [second, first]
    client.post(at(west, "photo", photo_pk=first.pk), {"do": "away"})
    assert list(Photo.objects.all()) == [second]
    assert "Put away:" in client.get(at(west, "edit")).content.decode()
    client.post(at(west, "photo", photo_pk=first.pk), {"do": "back"})
    assert list(Photo.objects.all()) == [second, first]


def test_an_identity_number_is_refused_and_what_others_wrote_is_not_overwritten(west: Place, sign_in: SignIn) -> None:
    client = sign_in(west.member)
    add(client, west)
    photo = Photo.objects.get()
    change = at(west, "photo", photo_pk=photo.pk)
    answer = client.post(change, {"alt": f"Pasient {NATIONAL}", "people": ""}, headers=ASKED_BY_SCRIPT)
    assert "national identity number" in answer.content.decode()
    Photo.objects.update(alt="Lederens ord")
    answer = client.post(change, {"alt": "Mine ord", "seen": "something", "people": ""}, headers=ASKED_BY_SCRIPT)
    assert "Lederens ord" in answer.content.decode()
    assert Photo.objects.get().alt == "Lederens ord"


def test_only_who_may_read_the_poster_sees_the_picture(cast: Cast, west: Place, sign_in: SignIn) -> None:
    add(sign_in(west.member), west)
    photo = Photo.objects.get()
    picture = at(west, "photo_picture", sha256=photo.document.sha256)
    assert sign_in(west.supervisor).get(picture).status_code == 200
    assert sign_in(west.observer).get(picture).status_code == 404
    hand_in(west, learned="Natta")  # the picture is not printed on it: it has no words
    assert sign_in(west.leader).get(picture).status_code == 404
    assert sign_in(cast.east.member).get(picture).status_code == 404
