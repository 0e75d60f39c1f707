"""A poster that was made elsewhere, handed in from a telephone; and its sheet as others will see it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from gpf import tenancy
from posters.models import Rendering
from posters.services import begin_file, finish_file, make
from posters.sheets import pictures_of
from tests.browser.conftest import axe_findings
from tests.cast import Cast, Place
from tests.documents import files

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("own_files")]


def draw(place: Place) -> None:
    """What a worker does when it is told of the file."""
    with tenancy.scope([place.network.pk]):
        for rendering in Rendering.objects.filter(state=Rendering.State.QUEUED):
            job = begin_file(rendering_pk=rendering.pk)
            assert job is not None
            rendered, _pictures = make(job)
            finish_file(rendering_pk=rendering.pk, rendered=rendered, pictures=pictures_of(rendered.pdf))


def test_it_is_chosen_told_in_words_and_seen(
    everybody: Cast,
    let_in: Callable[[User], None],
    page: Page,
    live_server: LiveServer,
    tmp_path: Path,
    complaints: list[str],
) -> None:
    User.objects.update(language="en")
    place = everybody.west
    let_in(place.member)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(live_server.url + reverse("posters:own_file", args=["vest", place.team.slug, 2]))
    assert axe_findings(page) == []
    poster = tmp_path / "Trygt hjem fra korttidsopphold.pdf"
    poster.write_bytes(files.pdf("Trygt hjem"))
    page.locator("input[type=file]").set_input_files(str(poster))
    page.get_by_label("Headline").fill("Trygt hjem")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Still wanting")).to_be_visible()
    assert axe_findings(page) == []

    draw(place)
    page.get_by_label("The poster in words").fill("Vi ringer dagen etter at noen er kommet hjem.")
    page.get_by_label("Words to find it by").fill("Hjemkomst, telefon")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Still wanting")).to_have_count(0)
    expect(page.get_by_role("link", name="Deliver the poster")).to_be_visible()
    draw(place)
    page.reload()
    expect(page.get_by_text("The sheet as it is now")).to_be_visible()
    assert axe_findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    page.get_by_role("button", name="Take the file away").click()
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("Trygt hjem fra korttidsopphold.pdf")).to_be_visible()
    assert complaints == []
