"""From the first need to a driver diagram on paper, in a real browser; every page on the way accessible."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from tests.browser.conftest import axe_findings
from tests.cast import Cast

pytestmark = pytest.mark.browser


def test_a_team_builds_its_chain(
    everybody: Cast,
    let_in: Callable[[User], None],
    page: Page,
    live_server: LiveServer,
    complaints: list[str],
    worker: None,
    own_files: None,
) -> None:
    place = everybody.west
    User.objects.filter(pk=place.team_leader.pk).update(language="en")
    let_in(place.team_leader)

    looked_at: set[str] = set()

    def find(role: str, name: str) -> None:
        """Go by the link or button of the name; axe has nothing to say of any page on the way."""
        heading = page.get_by_role("heading", level=1).inner_text()
        if heading not in looked_at:
            assert axe_findings(page) == []
            looked_at.add(heading)
        page.get_by_role(role, name=name).first.click()  # type: ignore[arg-type]  # a role of ARIA

    page.goto(live_server.url + reverse("improvement:goals", args=[place.network.slug, place.team.slug]))
    find("link", "Write the first need")
    page.get_by_label("What do those you are there for need?").fill("Å vite hvem som kommer")
    find("button", "Write down the need")
    find("link", "Set a goal")
    expect(page.get_by_label("Å vite hvem som kommer")).to_be_checked()
    page.get_by_label("What do you want to reach?").fill("Alle får besøk innen tre dager")
    page.get_by_label("How much?").fill("fra 45 til 90 prosent")
    find("button", "Set the goal")
    expect(page.locator(".goal-card")).to_contain_text("The goal does not say for whom and by when yet.")
    find("link", "Add a change")
    page.get_by_label("What will you do differently?").fill("To faste formiddager")
    find("button", "Write down the change")
    find("link", "To faste formiddager")
    find("button", "Begin the first round")
    page.get_by_label("Plan it").fill("Én sone, to uker")
    find("button", "Save the round")
    expect(page.locator(".pdsa")).to_contain_text("Én sone, to uker")
    find("button", "Put the change away")
    find("button", "Undo")
    expect(page.locator(".goal-card")).to_contain_text("Being tried · Round 1: going on")

    page.get_by_role("link", name="Set a goal", exact=True).first.click()
    page.get_by_label("What do you want to reach?").fill("Alle vet hvem de skal ringe")
    page.get_by_role("button", name="Set the goal").click()
    find("link", "Prioritise together")
    page.get_by_label("Alle får besøk innen tre dager").fill("3")
    page.get_by_label("Alle vet hvem de skal ringe").fill("9")
    expect(page.locator("[data-given]")).to_have_text("12 of 10")
    page.get_by_label("Alle vet hvem de skal ringe").fill("7")
    find("button", "Give your points")
    find("link", "In a meeting? Fill in for everybody")
    assert axe_findings(page) == []
    page.go_back()
    find("link", "Goals and changes")
    find("link", "Change the order")
    find("link", "Goals and changes")
    assert axe_findings(page) == []

    find("link", "Driver diagram")
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    find("button", "Make a PDF")
    expect(page.locator(".file-name")).to_contain_text("Driverdiagram")
    assert complaints == []
