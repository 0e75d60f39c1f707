"""Posters shown to a room by keys, with a clock; and found again in the archive."""

import re
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from gpf import tenancy
from networks.models import Network
from posters.services import request_delivery
from tests.browser.conftest import axe_findings
from tests.cast import Cast, Place
from tests.posters.pictures import give_picture, take_pictures
from tests.posters.stage import hand_in, make, write

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("own_files")]


@pytest.fixture
def hung(everybody: Cast) -> Place:
    """Tokke's and Vinje's posters on the wall; pages in the language the sources are written in."""
    User.objects.update(language="en")
    place = everybody.west
    with tenancy.scope([place.network.pk]):
        give_picture(hand_in(place))
        poster = write(Place(**{**vars(place), "team": place.other_team}), title="Mat", learned="Spør om frokosten.")
        edition = make(poster)
        request_delivery(poster=poster, by=place.team_leader)
        take_pictures(edition)
        Network.objects.filter(pk=place.network.pk).update(posters_shown=Network.PosterSight.WHEN_DELIVERED)
    return place


def test_a_room_is_led_through_the_posters_by_keys(
    hung: Place,
    let_in: Callable[[User], None],
    page: Page,
    live_server: LiveServer,
    complaints: list[str],
) -> None:
    let_in(hung.coordinator)
    page.goto(live_server.url + reverse("posters:present", args=["vest", 2]))
    page.get_by_label("How long for each poster?").select_option("1")
    page.get_by_role("button", name="Show the first poster").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mat")
    expect(page.locator("[data-time]")).to_have_text(re.compile(r"^(1:00|0:5\d)$"))
    assert axe_findings(page) == []

    page.evaluate("window.same = true")  # the same page all the way: a browser on the whole screen stays there
    page.keyboard.press("PageDown")
    expect(page.get_by_role("heading", level=1)).to_have_text("Trygt hjem")
    expect(page.locator("#announce")).to_have_text("2 of 2: Trygt hjem, Vinje")
    expect(page.locator(".present-sheet")).to_be_visible()
    page.keyboard.press("p")
    expect(page.get_by_role("button", name="Start the clock")).to_be_visible()
    page.keyboard.press("ArrowRight")  # there is none after it
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mat")
    expect(page.get_by_role("button", name="Stop the clock")).to_be_visible()
    page.keyboard.press(" ")
    expect(page.get_by_role("heading", level=1)).to_have_text("Trygt hjem")
    page.get_by_role("link", name="As text").click()
    expect(page.get_by_role("region", name="The poster as text")).to_be_visible()
    assert page.evaluate("window.same") is True
    page.keyboard.press("Escape")
    page.wait_for_url(live_server.url + reverse("posters:wall", args=["vest"]))

    page.goto(live_server.url + reverse("posters:archive", args=["vest"]))
    page.get_by_role("searchbox").fill("frokost")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="1 poster with “frokost”")).to_be_visible()
    expect(page.locator("mark")).to_have_text(["frokosten"])
    assert axe_findings(page) == []
    assert complaints == []
