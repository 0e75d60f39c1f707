"""How a network's posters look, and the example that shows it."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from accounts.models import User
from documents.models import Document
from gpf import tenancy
from posters import services as services_of_posters
from posters.composing import compose
from posters.models import PosterExample, PosterLook
from posters.template import examples, services, tasks
from posters.template.examples import Drawn, request_example
from posters.template.resolving import look_of
from tests.cast import Cast, Place
from tests.posters.stage import write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("read_english", "own_files")]
SignIn = Callable[[User], Client]
WHOLE = {"design": "bold", "orientation": "landscape", "colour": "#7a1f5c", "logo_alt": ""}


@pytest.fixture
def read_english(cast: Cast) -> None:
    User.objects.update(language="en")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """What a worker was told of."""
    told: list[tuple[int, int]] = []
    monkeypatch.setattr(tasks.draw_example, "delay", lambda *what: told.append(what))
    return told


def address(name: str, place: Place, **more: Any) -> str:
    return reverse(f"posters:{name}", kwargs={"network_slug": place.network.slug, **more})


# The look


def test_it_holds_for_every_poster_of_the_network_that_has_chosen_nothing_else(
    cast: Cast, sign_in: SignIn, asked: list[Any]
) -> None:
    place, client = cast.west, sign_in(cast.west.coordinator)
    page = address("template_look", place)
    seen = client.get(page).context["form"].initial["seen"]
    assert client.post(page, WHOLE | {"seen": seen}).status_code == 302
    with tenancy.scope([place.network.pk]):
        content = compose(write(place))
        own = compose(write(place, number=1, title="T", learned="Vi", design="calm"))
    assert (content.design, content.orientation, content.colour) == ("bold", "landscape", "#7a1f5c")
    assert (own.design, own.orientation) == ("calm", "landscape")
    with tenancy.scope([cast.east.network.pk]):
        assert look_of(cast.east.network).colour == ""


def test_a_colour_white_can_not_be_read_on_is_refused_with_one_that_holds(
    cast: Cast, sign_in: SignIn, asked: list[Any]
) -> None:
    place, client = cast.west, sign_in(cast.west.coordinator)
    page = address("template_look", place)
    answer = client.post(page, WHOLE | {"colour": "#ff8800"})
    text = answer.content.decode()
    assert "White letters can not be read on #ff8800: the contrast is 2.3 to 1" in text
    assert 'value="#ff8800"' in text, "what was written stays"
    nearest = answer.context["form"].suggested
    again = client.post(page, WHOLE | {"colour": "#ff8800", "take": nearest})
    assert again.status_code == 302
    with tenancy.scope([place.network.pk]):
        assert PosterLook.objects.get().colour == nearest


def test_two_coordinators_at_once_lose_nothing(cast: Cast, sign_in: SignIn, asked: list[Any]) -> None:
    place, client = cast.west, sign_in(cast.west.coordinator)
    with tenancy.scope([place.network.pk]):
        row = PosterLook.objects.create(network=place.network)
    page = address("template_look", place)
    seen = client.get(page).context["form"].initial["seen"]
    with tenancy.scope([place.network.pk]):
        PosterLook.objects.filter(pk=row.pk).update(design="data")
    answer = client.post(page, WHOLE | {"seen": seen})
    assert "Design: was “Calm”, is now “Numbers first”." in answer.content.decode()
    with tenancy.scope([place.network.pk]):
        assert PosterLook.objects.get().colour == ""


# The logo


def png(width: int = 300, height: int = 100) -> bytes:
    written = BytesIO()
    Image.new("RGBA", (width, height), (11, 85, 99, 128)).save(written, "PNG")
    return written.getvalue()


def test_a_logo_is_kept_as_it_is_printed_and_taken_away_again(cast: Cast, sign_in: SignIn, asked: list[Any]) -> None:
    place, client = cast.west, sign_in(cast.west.coordinator)
    page = address("template_look", place)
    upload = SimpleUploadedFile("logo.png", png())
    assert client.post(page, WHOLE | {"logo_file": upload, "logo_alt": "Et hjerte"}).status_code == 302
    with tenancy.scope([place.network.pk]):
        content = compose(write(place))
        files = services_of_posters.read_pictures(content)
    assert content.logo is not None
    assert (content.logo.width, content.logo.height, content.logo.alt) == (300, 100, "Et hjerte")
    assert files[content.logo.sha256].startswith(b"\xff\xd8")
    assert client.get(address("template_logo", place)).status_code == 200
    seen = client.get(page).context["form"].initial["seen"]
    assert client.post(page, WHOLE | {"seen": seen, "logo_alt": "Et hjerte", "no_logo": "on"}).status_code == 302
    with tenancy.scope([place.network.pk]):
        assert look_of(place.network).logo is None


@pytest.mark.parametrize(
    ("file", "alt", "says"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "Et hjerte", "no picture"),
        (png()[:60], "Et hjerte", "can not be read"),
        (png(), "", "Say what the logo shows"),
    ],
)
def test_a_logo_that_can_not_be_printed_or_said_is_refused(
    cast: Cast, sign_in: SignIn, asked: list[Any], file: bytes, alt: str, says: str
) -> None:
    place, client = cast.west, sign_in(cast.west.coordinator)
    given = WHOLE | {"logo_file": SimpleUploadedFile("logo.svg", file), "logo_alt": alt}
    answer = client.post(address("template_look", place), given)
    assert answer.status_code == 200
    assert says in answer.content.decode()
    with tenancy.scope([place.network.pk]):
        assert not PosterLook.objects.exists()
        assert not Document.objects.exists()


# The example


def test_it_is_drawn_by_a_worker_and_shown_when_it_is_ready(
    cast: Cast, sign_in: SignIn, asked: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    place, client = cast.west, sign_in(cast.west.coordinator)
    with django_capture_on_commit_callbacks(execute=True):
        page = client.get(address("template_stage", place, stage=2))
    (told,) = asked
    example = page.context["shown"].example
    assert told == (place.network.pk, example.pk)
    watch = address("template_example", place, stage=2, example_pk=example.pk)
    assert f'hx-get="{watch}"' in page.content.decode()
    assert tasks.draw_example(*told) == "ready"
    ready = client.get(watch).content.decode()
    assert "hx-get" not in ready
    picture = address("template_picture", place, stage=2, example_pk=example.pk)
    assert picture in ready
    assert b"".join(client.get(picture).streaming_content)[8:12] == b"WEBP"  # type: ignore[attr-defined]  # a file's answer has it
    client.get(address("template_stage", place, stage=2))
    assert len(asked) == 1, "the same content is drawn once"
    elsewhere = sign_in(cast.east.coordinator)
    assert elsewhere.get(address("template_picture", cast.east, stage=2, example_pk=example.pk)).status_code == 404


def test_what_is_tried_is_shown_and_not_saved(cast: Cast, sign_in: SignIn, asked: list[Any]) -> None:
    place, client = cast.west, sign_in(cast.west.coordinator)
    tried = client.post(address("template_look_try", place), {"design": "bold", "colour": "#7a1f5c"})
    content = tried.context["shown"].example.content
    assert (content["design"], content["colour"]) == ("bold", "#7a1f5c")
    kept = client.post(address("template_look_try", place), {"design": "bold", "colour": "#ff8800"})
    assert kept.context["shown"].example.content["colour"] == "", "one that does not hold is not drawn"
    words = {"heading_nb": "Dit vil vi", "heading_nn": "Dit", "prompt_nb": "Hva?", "prompt_nn": "Kva?", "kind": "goals"}
    tried = client.post(
        address("template_section_try", place, stage=2, key="goals"), words | {"fewest": "5", "most": "20"}
    )
    headings = [section["heading"] for section in tried.context["shown"].example.content["sections"]]
    assert "Dit vil vi" in headings
    with tenancy.scope([place.network.pk]):
        assert not PosterLook.objects.exists()
        assert services.put_away_last(place.network, 2) is None


def test_no_page_waits_for_ever(cast: Cast, sign_in: SignIn, asked: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether drawing fails, the worker dies of it, nobody comes, or there is no room: the page says so."""
    place, client = cast.west, sign_in(cast.west.coordinator)
    with tenancy.scope([place.network.pk]):
        example, is_new = request_example(network=place.network, stage=2)
    assert is_new
    watch = address("template_example", place, stage=2, example_pk=example.pk)

    def fall(job: Any) -> Drawn:
        raise OSError("no space left")

    monkeypatch.setattr(tasks, "draw", fall)
    assert tasks.draw_example(place.network.pk, example.pk) == "failed"
    assert "Try again" in client.get(watch).content.decode()
    with tenancy.scope([place.network.pk]):
        again, is_new = request_example(network=place.network, stage=2)
        assert (again.pk, is_new) == (example.pk, True)
        PosterExample.objects.update(queued_at=timezone.now() - timedelta(minutes=5))
    stuck = client.get(watch).content.decode()
    assert "Try again" in stuck
    assert "hx-get" not in stuck
    with tenancy.scope([place.network.pk]):
        PosterExample.objects.update(attempts=examples.MOST_ATTEMPTS)
        assert examples.begin_example(example_pk=example.pk) is None
        assert PosterExample.objects.get().state == "failed"
        request_example(network=place.network, stage=2)
        assert examples.finish_example(example_pk=example.pk, drawn=Drawn(b"")) == "too_long"
    assert "Hide a section" in client.get(watch).content.decode()


def test_of_earlier_examples_only_the_newest_drawn_stays(cast: Cast) -> None:
    network = cast.west.network
    with tenancy.scope([network.pk]):
        for design in ("calm", "bold", "data", "calm", "bold"):
            look = look_of(network).__class__(design, "portrait")
            example, _new = request_example(network=network, stage=2, look=look)
            if example.picture_id is None:
                examples.finish_example(example_pk=example.pk, drawn=Drawn(b"RIFF"))
        assert PosterExample.objects.count() == 2


@pytest.mark.parametrize("programme", ["", "psykisk-helse-og-rus", "pasientsikkerhet"])
def test_the_longest_shipped_template_has_room_on_a_sheet(cast: Cast, programme: str) -> None:
    network = cast.west.network
    network.programme.slug = programme
    with tenancy.scope([network.pk]):
        content = examples.compose_example(network, 4)
    assert examples.draw(examples.Job(content, "nb", {})).picture
