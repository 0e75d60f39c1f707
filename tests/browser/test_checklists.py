"""Adapting a checklist in a real browser: with the script, without it, on a phone, and what differs afterwards."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from tests.browser.conftest import axe_findings
from tests.cast import Cast

pytestmark = pytest.mark.browser


def looks_right(page: Page) -> None:
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert axe_findings(page) == []
        assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    page.set_viewport_size({"width": 1280, "height": 900})


def test_a_team_makes_a_list_its_own(
    everybody: Cast,
    let_in: Callable[[User], None],
    page: Page,
    live_server: LiveServer,
    complaints: list[str],
) -> None:
    place = everybody.west
    where = {"network_slug": place.network.slug, "team_slug": place.team.slug}
    let_in(place.member)
    page.goto(live_server.url + reverse("improvement:checklists", kwargs=where))
    looks_right(page)
    page.locator(".next-thing a").click()
    looks_right(page)
    page.locator("a[href*='tilpass']").click()
    looks_right(page)

    # Move the second point up, write a new one below it, take the next out: nothing is sent before it is saved.
    rows = page.locator("[data-rows] > li")
    second = rows.nth(2).locator("textarea").input_value()
    rows.nth(2).locator("[data-do=up]").click()
    expect(rows.nth(1).locator("textarea")).to_have_value(second)
    rows.nth(1).locator("[data-do=add]").click()
    expect(rows.nth(2).locator("textarea")).to_be_focused()
    page.keyboard.type("Har du noen å ringe til?")
    gone = rows.nth(4).locator("textarea").input_value()
    rows.nth(4).locator("[data-do=remove]").click()
    page.locator("button[value=save]").click()
    expect(page.locator("[data-error-summary]")).to_be_focused()
    looks_right(page)
    page.locator("[name=note]").fill("Flere visste ikke hvem de skulle ringe")
    page.locator("button[value=save]").click()
    expect(page.locator(".checklist")).to_contain_text("Har du noen å ringe til?")
    looks_right(page)
    page.locator(".checklist-versions a").first.click()
    expect(page.locator("[data-state=added]")).to_contain_text("Har du noen å ringe til?")
    expect(page.locator("[data-state=removed]")).to_contain_text(gone)
    looks_right(page)
    assert complaints == []


def test_the_networks_list_is_adapted_without_a_script(
    everybody: Cast, let_in: Callable[[User], None], page: Page, live_server: LiveServer
) -> None:
    network = everybody.west.network
    page.route("**/*.js", lambda route: route.abort())
    let_in(everybody.west.coordinator)
    page.goto(live_server.url + reverse("improvement:network_checklist_edit", args=[network.slug, "daily"]))
    rows = page.locator("[data-rows] > li")
    before = rows.count()
    rows.nth(1).locator("textarea").fill("Nytt fra sykehuset")
    rows.nth(1).locator("[data-do=add]").click()
    expect(rows).to_have_count(before + 1)
    expect(rows.nth(1).locator("textarea")).to_have_value("Nytt fra sykehuset")
    page.locator("[name=note]").fill("Kortere")
    page.locator("button[value=save]").click()
    expect(page.locator(".checklist")).to_contain_text("Nytt fra sykehuset")
    page.goto(live_server.url + reverse("improvement:network_checklists", args=[network.slug]))
    looks_right(page)
