"""Every page a person can look at, at three widths, held against axe, the policy, and the edge of the screen."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from tests.access.door import Door, Needs
from tests.access.doors import DOORS
from tests.access.test_every_door import PEOPLE, by_needs
from tests.browser.conftest import axe_findings, listen
from tests.browser.story import tell
from tests.cast import Cast

pytestmark = pytest.mark.browser

WIDTHS = (1280, 390, 320)


PAGES = by_needs(door for door in DOORS if door.method == "GET" and "+" in door.letters and door.is_page)
"""The pages that need the same rows stand together: these are written once, and looking changes nothing."""


@pytest.fixture(scope="module")
def context(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[BrowserContext]:
    """One browser for all the pages: it fetches styles, scripts and letters once."""
    context = browser.new_context(**browser_context_args)
    yield context
    context.close()


@pytest.fixture(scope="module")
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture(scope="module")
def complaints(context: BrowserContext) -> list[str]:
    return listen(context)


@pytest.mark.parametrize("needs", PAGES, ids=lambda needs: f"{needs.__module__}.{needs.__qualname__}")
def test_nothing_is_wrong_on(
    needs: Needs, everybody: Cast, page: Page, live_server: LiveServer, client: Client, complaints: list[str]
) -> None:
    tell(everybody)
    found = needs(everybody)
    wrong: dict[str, list[str]] = {}
    ordered = sorted(PAGES[needs], key=_somebody)
    for name, doors in groupby(ordered, key=_somebody):
        _let_in(page.context, live_server, client, PEOPLE[name](everybody))
        for door in doors:
            wrong |= _look(page, live_server.url + reverse(door.name, kwargs=found), str(door), complaints)
    assert wrong == {}


def _somebody(door: Door) -> str:
    """The person with the most to see among those who may enter: roles with more to do come first."""
    order = ["coordinator", "team leader", "supervisor", "leader", "observer", "national", "anonymous"]
    enters = {name for name, letter in zip(PEOPLE, door.letters, strict=True) if letter == "+"}
    return next(name for name in order if name in enters)


def _let_in(context: BrowserContext, live_server: LiveServer, client: Client, person: User | None) -> None:
    context.clear_cookies()
    if person:
        client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
        name = settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])


def _look(page: Page, address: str, name: str, complaints: list[str]) -> dict[str, list[str]]:
    """What is wrong, by page and width."""
    wrong = {}
    complaints.clear()
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    page.goto(address)
    for width in WIDTHS:  # the same page, made narrower: nothing in it asks how wide it was when it came
        page.set_viewport_size({"width": width, "height": 900})
        found = axe_findings(page)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append("the page is wider than the screen")
        if found or complaints:
            wrong[f"{name} {width}"] = [*found, *complaints]
        complaints.clear()
    return wrong
