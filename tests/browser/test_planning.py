"""Planning a network in a real browser: the page of the whole cycle, which only a form leads to."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from networks.cycle_templates import load_cycle_templates
from networks.models import Network
from tests.browser.conftest import axe_findings
from tests.cast import Cast

pytestmark = pytest.mark.browser


def test_a_cycle_is_laid_out_changed_and_created(
    everybody: Cast,
    let_in: Callable[[User], None],
    page: Page,
    live_server: LiveServer,
    complaints: list[str],
) -> None:
    load_cycle_templates()
    let_in(everybody.west.coordinator)
    first = timezone.localdate() + timedelta(days=200)
    page.goto(live_server.url + reverse("planning:new"))
    page.locator("input[name=template]").first.check()
    page.locator("input[name=name]").fill("Læringsnettverk Sør")
    page.locator("input[name=first]").fill(first.isoformat())
    page.locator("button[value=lay_out]").click()
    for width in (1280, 390, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert axe_findings(page) == []
        assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")

    # A changed date says its weekday at once; the deadlines follow, and are shown before anything is written.
    second = page.locator("input[name=samling2_fra]")
    sunday = first + timedelta(days=115 - (first + timedelta(days=115)).isoweekday() % 7)
    second.fill(sunday.isoformat())
    expect(page.locator("[data-day-of=plan-samling2_fra]")).to_contain_text("søndag")
    expect(page.locator("[data-plan-stale]")).to_be_visible()
    page.locator("button[value=create]").click()
    expect(page.locator("#om-samling2 .plan-marks").first).to_contain_text("Søndag")
    assert not Network.objects.filter(slug="laeringsnettverk-sor").exists()
    assert axe_findings(page) == []
    page.locator("button[value=create]").click()
    page.wait_for_url(f"{live_server.url}/nettverk/laeringsnettverk-sor/**")
    assert complaints == []
