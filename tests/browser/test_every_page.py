"""Every page a person can look at, at two widths, held against axe, the policy, and the edge of the screen."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from tests.access.door import Door
from tests.access.doors import DOORS
from tests.access.test_every_door import PEOPLE
from tests.browser.conftest import axe_findings
from tests.browser.story import tell
from tests.cast import Cast

pytestmark = pytest.mark.browser

WIDTHS = (1280, 390, 320)


PAGES = [door for door in DOORS if door.method == "GET" and "+" in door.letters and door.is_page]


def _somebody(door: Door, cast: Cast) -> User | None:
    """The person with the most to see among those who may enter: roles with more to do come first."""
    order = ["coordinator", "team leader", "supervisor", "leader", "observer", "national", "anonymous"]
    enters = {name for name, letter in zip(PEOPLE, door.letters, strict=True) if letter == "+"}
    return PEOPLE[next(name for name in order if name in enters)](cast)


@pytest.mark.parametrize("door", PAGES, ids=str)
def test_nothing_is_wrong_on(
    door: Door,
    everybody: Cast,
    let_in: Callable[[User], None],
    page: Page,
    live_server: LiveServer,
    complaints: list[str],
) -> None:
    tell(everybody)
    somebody = _somebody(door, everybody)
    if somebody:
        let_in(somebody)
    address = live_server.url + reverse(door.name, kwargs=door.needs(everybody))
    wrong: dict[int, list[str]] = {}
    page.goto(address)
    for width in WIDTHS:  # the same page, made narrower: nothing in it asks how wide it was when it came
        page.set_viewport_size({"width": width, "height": 900})
        found = axe_findings(page)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append("the page is wider than the screen")
        if found or complaints:
            wrong[width] = [*found, *complaints]
        complaints.clear()
    assert wrong == {}
