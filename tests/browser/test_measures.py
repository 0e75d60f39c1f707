"""A team chooses a measure, types in its numbers on a phone, and pastes the rest, in a real browser."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from tests.browser.conftest import axe_findings
from tests.cast import Cast
from tests.improvement.measures.stage import monday

pytestmark = pytest.mark.browser


def test_a_team_chooses_a_measure_types_in_pastes_corrects_and_puts_away(
    everybody: Cast,
    let_in: Callable[[User], None],
    page: Page,
    live_server: LiveServer,
    complaints: list[str],
) -> None:
    place = everybody.west
    let_in(place.member)

    def looks_right() -> None:
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        assert axe_findings(page) == []  # as on a phone: that is where most of this is done

    # From the empty page: one that is ready, and the form is filled.
    page.goto(live_server.url + reverse("improvement:measures", args=[place.network.slug, place.team.slug]))
    looks_right()
    page.locator(".empty .ds-button").click()
    looks_right()
    page.locator(".ready a").first.click()
    expect(page.locator("input[name=numerator]")).not_to_be_empty()
    looks_right()
    page.locator("main .form-actions button").click()

    # Two numbers: the share is said back at once, and a part that is more than the whole too.
    parts = page.locator(".numbers input[inputmode=decimal]")
    parts.nth(0).fill("9")
    parts.nth(1).fill("7")
    expect(page.locator(".numbers .numbers-said")).to_have_attribute("data-over", "")
    page.locator(".numbers + .form-actions button").click()
    expect(page.locator("[data-error-summary]")).to_be_focused()
    expect(parts.nth(0)).to_have_value("9")
    looks_right()
    parts.nth(0).fill("7")
    parts.nth(1).fill("9")
    expect(page.locator(".numbers .numbers-said")).to_have_text("= 77,8 %")
    page.locator(".ds-details summary").click()
    looks_right()
    page.locator(".numbers + .form-actions button").click()
    expect(page.locator(".chart-phone .chart")).to_be_visible()

    # The weeks before from Excel: one row is wrong, the columns are told, the others are kept.
    page.locator("a[href$='/lim-inn/']").first.click()
    looks_right()
    rows = []
    for ago in range(2, 15):
        year, week, _day = monday(ago).isocalendar()
        rows.append(f"{year}-W{week}\t{5 + ago % 3}\t{9 if ago > 2 else 'mange'}")
    page.locator("textarea[name=text]").fill("Uke\tFikk\tAv\n" + "\n".join(rows))
    page.locator("main .form-actions button").click()
    expect(page.locator("#wrong")).to_be_visible()
    looks_right()
    page.locator("button[name=keep]").click()

    # A number is corrected, and what it was stands below it.
    page.locator("details:has(td)").evaluate_all("all => all.forEach(each => { each.open = true })")
    page.locator("th a[href*='/tall/']").first.click()
    looks_right()
    page.locator("input[name=numerator]").fill("8")
    page.locator("main .form-actions button").click()
    page.locator("details:has(td)").evaluate_all("all => all.forEach(each => { each.open = true })")
    page.locator("a[href$='/historikk/']").click()
    expect(page.locator(".rows > li")).to_have_count(1)
    looks_right()
    page.go_back()

    # Put away and undone from the message.
    page.locator("button[name=act][value=away]").click()
    expect(page.locator(".measure-line")).to_have_count(0)
    page.locator("#messages button").click()
    expect(page.locator("h1")).to_be_visible()
    page.locator(".back a, a.back").first.click()
    expect(page.locator(".measure-line")).to_have_count(1)
    looks_right()
    assert complaints == []
