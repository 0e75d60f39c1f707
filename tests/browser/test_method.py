"""How a team goes about it, in a real browser: interviews, themes, the wheel, and the five ratings."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from tests.browser.conftest import axe_findings
from tests.cast import Cast

pytestmark = pytest.mark.browser


def test_a_team_asks_finds_themes_marks_steps_and_rates_itself(
    everybody: Cast,
    let_in: Callable[[User], None],
    page: Page,
    live_server: LiveServer,
    complaints: list[str],
) -> None:
    place = everybody.west
    let_in(place.member)

    def at(name: str, *more: int) -> str:
        return live_server.url + reverse(f"improvement:{name}", args=[place.network.slug, place.team.slug, *more])

    def looks_right() -> None:
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            assert axe_findings(page) == []
            assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")

    # From the empty page to the first theme; a theme more people said than were asked is told at the field.
    page.goto(at("interviews"))
    page.locator(".empty .ds-button").click()
    page.locator("input[name=count]").fill("9")
    page.locator("main .form-actions button").click()
    page.locator("#nytt-tema input[name=text]").fill("Vil vite kven som kjem, og når")
    page.locator("#nytt-tema input[name=mentioned_by]").fill("11")
    page.locator("#nytt-tema button").click()
    expect(page.locator("[data-error-summary]")).to_be_focused()
    looks_right()
    page.locator("input[name=mentioned_by]").fill("7")
    page.locator("main .form-actions button").click()
    expect(page.locator(".theme-said")).to_contain_text("7")
    page.locator(".themes .row-form button").click()
    expect(page.locator(".themes")).to_have_count(0)
    page.locator("#messages button").click()
    expect(page.locator(".themes > li")).to_have_count(1)
    looks_right()

    # A step is marked without the page moving or the focus being lost, and the wheel shows it.
    page.goto(at("phases"))
    mark = page.locator("#merke-enough")
    mark.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    mark.focus()
    page.keyboard.press("Enter")
    expect(mark).to_have_attribute("aria-pressed", "true")
    expect(mark).to_be_focused()
    assert page.evaluate("scrollY") == before
    expect(page.locator(".wheel-step[data-done]")).to_have_count(1)
    page.locator("#her-2").click()
    expect(page.locator("#fase-2[data-current]")).to_be_visible()
    looks_right()

    # All five are rated together.
    page.goto(at("rate", place.gatherings[1].pk))
    for number in range(1, 6):
        page.locator(f"input[name=mal{number}-score]").nth(number - 1).check()
    looks_right()
    page.locator("main .form-actions button").click()
    expect(page.locator(".effect-dot")).to_have_count(5)
    looks_right()
    page.goto(at("guide"))
    expect(page.locator("[data-prints]")).to_be_visible()
    assert complaints == []
