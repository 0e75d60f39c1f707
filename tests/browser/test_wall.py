"""The poster walk: a poster is read, an idea is taken along, put away from the team's list, and taken back."""

from collections.abc import Callable
from dataclasses import replace

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
from tests.posters.pictures import give_picture
from tests.posters.stage import hand_in, make, write

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("own_files")]


@pytest.fixture
def hung(everybody: Cast) -> Place:
    """Tokke's and Vinje's posters on the wall; pages in the language the sources are written in."""
    User.objects.update(language="en")
    place = everybody.west
    with tenancy.scope([place.network.pk]):
        give_picture(hand_in(place))
        poster = write(replace(place, team=place.other_team), title="Mat", learned="Spør om frokosten.")
        give_picture(make(poster))
        request_delivery(poster=poster, by=place.team_leader)
        Network.objects.filter(pk=place.network.pk).update(posters_shown=Network.PosterSight.WHEN_DELIVERED)
    return place


def test_an_idea_is_taken_along_put_away_and_taken_back(
    hung: Place,
    let_in: Callable[[User], None],
    page: Page,
    live_server: LiveServer,
    complaints: list[str],
) -> None:
    let_in(hung.member)
    page.goto(live_server.url + reverse("posters:wall", args=["vest"]))
    page.get_by_role("link", name="Mat").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mat")
    page.get_by_role("button", name="Take it with us").click()
    expect(page.get_by_role("alert")).to_contain_text("Write what you take with you.")
    assert axe_findings(page) == []

    page.get_by_label("What do you take with you?").fill("Spør om frokosten hos oss også")
    page.get_by_role("button", name="Take it with us").click()
    expect(page.locator("#ideas .talk-text")).to_have_text("Spør om frokosten hos oss også")
    page.get_by_role("link", name="All that Vinje takes with it").click()
    idea = page.locator(".idea-list .talk-text")
    expect(idea).to_have_text("Spør om frokosten hos oss også")
    expect(page.get_by_role("link", name="Mat")).to_be_visible()
    assert axe_findings(page) == []

    page.get_by_role("button", name="Put away").click()
    expect(page.get_by_role("heading", name="Nothing here yet")).to_be_visible()
    page.get_by_text("One that is put away").click()
    page.get_by_role("button", name="Take it back").click()
    expect(idea).to_have_text("Spør om frokosten hos oss også")
    assert complaints == []
