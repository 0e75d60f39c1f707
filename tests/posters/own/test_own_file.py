"""A poster that was made elsewhere: checked, told in words, delivered."""

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from accounts.models import User
from gpf import tenancy
from posters.models import Edition, Poster, Rendering
from posters.services import deliver_poster
from tests.cast import Cast, Place
from tests.documents import files
from tests.identity_numbers import NATIONAL
from tests.posters.stage import write

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def west(cast: Cast) -> Iterator[Place]:
    User.objects.update(language="en")
    with tenancy.scope([cast.west.network.pk]):
        yield cast.west


def at(place: Place, name: str) -> str:
    where = {"network_slug": place.network.slug, "team_slug": place.team.slug, "gathering_number": 2}
    return reverse(f"posters:{name}", kwargs=where)


def send(client: Client, place: Place, data: bytes | None = None, name: str = "plakat.pdf", **words: str) -> Any:
    page = client.get(at(place, "own_file"))
    hidden = {field.html_name: field.value() for field in page.context["form"].hidden_fields()}
    sent: dict[str, Any] = {"title": "Trygt hjem", "language": "nb", "own_text": "", "tags": "", **hidden, **words}
    if data is not None:
        sent["file"] = SimpleUploadedFile(name, data)
    return client.post(at(place, "own_file"), sent)


def many_pages(number: int) -> bytes:
    written = BytesIO()
    with pikepdf.new() as pdf:
        for _page in range(number):
            pdf.add_blank_page()
        pdf.save(written)
    return written.getvalue()


def locked() -> bytes:
    written = BytesIO()
    with pikepdf.open(BytesIO(files.pdf("Vi ringer"))) as pdf:
        pdf.save(written, encryption=pikepdf.Encryption(user="hemmelig", owner="hemmelig"))
    return written.getvalue()


def test_what_is_wanting_is_told_and_it_is_delivered_when_it_is_there(west: Place, sign_in: SignIn) -> None:
    client = sign_in(west.member)
    assert send(client, west, files.pdf("Vi ringer")).status_code == 302
    html = client.get(at(west, "own_file")).content.decode()
    assert "the poster in words" in html
    assert "words to find it by" in html
    assert client.post(at(west, "deliver"))["Location"] == at(west, "own_file")
    send(client, west, own_text="Vi ringer dagen etter.", tags="Hjemkomst, telefon, hjemkomst")
    poster = Poster.objects.get()
    assert (poster.own_text, poster.tags) == ("Vi ringer dagen etter.", ["hjemkomst", "telefon"])
    version = deliver_poster(poster=poster, by=west.team_leader)
    edition = Edition.objects.get(version=version)
    made = edition.renderings.get()
    assert (made.paper, made.document, version.document) == (Rendering.Paper.A3, poster.own_file, poster.own_file)
    assert made.picture is not None
    assert "Vi ringer dagen etter." in edition.words
    assert "telefon" in edition.words
    html = client.get(at(west, "files")).content.decode()
    assert "Your own file, as you chose it" in html
    assert "Other sizes" not in html


def test_a_picture_becomes_a_page(west: Place, sign_in: SignIn) -> None:
    written = BytesIO()
    Image.new("RGB", (3000, 4000), "teal").save(written, "WEBP")
    send(sign_in(west.member), west, written.getvalue(), "plakat.webp")
    document = Poster.objects.get().own_file
    assert document is not None
    assert document.name == "plakat.pdf"
    with document.file.open("rb") as file, pikepdf.open(BytesIO(file.read())) as pdf:
        (page,) = pdf.pages
        assert [round(float(side)) for side in page.MediaBox] == [0, 0, 893, 1191]  # 315 × 420 mm
        (picture,) = page.Resources.XObject.values()
        with Image.open(BytesIO(picture.read_raw_bytes())) as shown:
            assert (shown.format, shown.size) == ("JPEG", (3000, 4000))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (many_pages(200), "The PDF has 200 pages."),
        (many_pages(1), "The page is empty."),
        (b"%PDF-1.7 torn", "The file can not be read."),
        (locked(), "The file is locked with a password."),
        (files.pdf_with(catalog="/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"), "The PDF runs a script"),
        (b"<svg><script/></svg>", "Choose a PDF, or a picture"),
    ],
    ids=["200 pages", "empty", "malformed", "locked", "script", "svg"],
)
def test_what_is_no_poster_is_refused_and_what_was_typed_is_kept(
    west: Place, sign_in: SignIn, data: bytes, said: str
) -> None:
    page = send(sign_in(west.member), west, data, own_text="Vi ringer.")
    html = page.content.decode()
    assert said in html
    assert "Vi ringer." in html
    assert Poster.objects.get().own_file is None


def test_taken_away_the_poster_that_is_written_here_is_there_again(west: Place, sign_in: SignIn) -> None:
    write(west, learned="Natta er verst.")
    client = sign_in(west.member)
    send(client, west, files.pdf("Vi ringer"), own_text="Vi ringer.")
    had = Poster.objects.get().own_file
    answer = client.post(at(west, "own_file_away"))
    poster = Poster.objects.get()
    assert (poster.own_file, poster.own_text) == (None, "Vi ringer.")
    assert poster.content["learned"] == "Natta er verst."
    ticket = client.get(answer["Location"]).context["ticket"]
    client.post(at(west, "own_file_away"), {"fil": ticket + "x"})
    assert Poster.objects.get().own_file is None
    client.post(at(west, "own_file_away"), {"fil": ticket})
    assert Poster.objects.get().own_file == had


def test_a_file_is_kept_though_what_was_typed_can_not_be(west: Place, sign_in: SignIn) -> None:
    client = sign_in(west.member)
    page = send(client, west, files.pdf("Vi ringer"), own_text=f"Pasient {NATIONAL}")
    assert "national identity number" in page.content.decode()
    poster = Poster.objects.get()
    assert (poster.own_file is not None, poster.own_text) == (True, "")
    answer = send(client, west, files.pdf("Vi ringer"), name=f"{NATIONAL}.pdf", own_text="Vi ringer.")
    assert "national identity number" in answer.content.decode()
    assert "Vi ringer." in answer.content.decode()


def test_it_begins_with_the_last_posters_headline_and_language(west: Place, sign_in: SignIn) -> None:
    write(west, 1, title="Trygt heim", learned="Natta")
    Poster.objects.update(language="nn")
    answer = send(sign_in(west.member), west, files.pdf("Vi ringer"), title="Vi ringer", language="nb")
    assert answer.status_code == 302
    now = Poster.objects.get(gathering=west.gatherings[1])
    assert (now.title, now.language) == ("Vi ringer", "nb")


def test_what_was_written_before_is_still_read_as_it_was(west: Place, sign_in: SignIn) -> None:
    write(west, learned="Natta er verst.")
    client = sign_in(west.member)
    send(client, west, files.pdf("Vi ringer"), own_text="Vi ringer.")
    where = {"network_slug": west.network.slug, "team_slug": west.team.slug, "gathering_number": 2, "number": 2}
    html = client.get(reverse("posters:version", kwargs=where)).content.decode()
    assert "Natta er verst." in html
    assert "Vi ringer." not in html
