"""From the team's work to a plan that is delivered, with a real worker making its PDF."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from gpf import tenancy
from improvement.models import Goal
from sessions.models import Delivery
from tests.browser.conftest import axe_findings
from tests.cast import Cast
from tests.improvement.plans.stage import GOAL, ask_for_plan, write_work

pytestmark = pytest.mark.browser


def fits(page: Page, width: int) -> bool:
    page.set_viewport_size({"width": width, "height": 900})
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_a_team_reads_its_plan_delivers_it_and_sees_what_has_changed(
    everybody: Cast, enter: Callable[[User], Page], live_server: LiveServer, worker: None, complaints: list[str]
) -> None:
    place = everybody.west
    User.objects.update(language="en")
    with tenancy.scope([place.network.pk]):
        write_work(place)
        asked = ask_for_plan(place)
    address = live_server.url + reverse("improvement:plan", args=[place.network.slug, place.team.slug])
    page = enter(place.team_leader)
    page.goto(address)
    expect(page.get_by_role("heading", name=GOAL)).to_be_visible()
    assert axe_findings(page) == []
    assert fits(page, 320)
    assert axe_findings(page) == []
    assert fits(page, 1280)

    page.get_by_role("link", name="Deliver the plan").click()
    expect(page.get_by_text("Veileder Vest will see that it waits for an answer.")).to_be_visible()
    assert axe_findings(page) == []
    assert fits(page, 320)
    page.get_by_role("button", name="Deliver the plan").click()
    expect(page.get_by_text("The plan is delivered. Veileder Vest will be told.")).to_be_visible()
    with tenancy.scope([place.network.pk]):
        assert Delivery.objects.get(assignment=asked).state == Delivery.State.DELIVERED
        Goal.objects.update(how_much="til 95 %")
    # The file comes by itself.
    file = page.locator("#handed-in-file a.file-name")
    expect(file).to_be_visible(timeout=30_000)
    with page.expect_download() as download:
        file.click()
    assert download.value.path().read_bytes().startswith(b"%PDF-1.7")
    assert axe_findings(page) == []

    page.get_by_role("link", name="Read the plan as it was delivered").click()
    expect(page.get_by_text("fra 60 til 90 %")).to_be_visible()
    assert axe_findings(page) == []
    page.get_by_role("link", name="What has changed since this edition").click()
    expect(page.get_by_text("Hvor mye: til 95 % (var fra 60 til 90 %).")).to_be_visible()
    assert axe_findings(page) == []
    page.goto(address)
    expect(page.locator(".plan-changed")).to_contain_text("Hvor mye: til 95 %")
    with page.expect_download() as download:
        page.get_by_role("link", name="Fetch it as a Word file").click()
    assert download.value.suggested_filename.endswith(".docx")
    page.get_by_role("link", name="Compare with the plan as it is now").click()
    assert axe_findings(page) == []
    assert fits(page, 320)
    assert complaints == []
