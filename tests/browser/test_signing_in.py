"""A link leads into the middle of a page, also for who has to sign in on the way."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.cast import PASSWORD, Cast

pytestmark = pytest.mark.browser


@pytest.fixture
def link(everybody: Cast, live_server: LiveServer) -> str:
    west = everybody.west
    place = reverse("gatherings:delivery", args=[west.network.slug, west.team.slug, west.document.pk])
    return f"{live_server.url}{place}#levering"


def _by_password(page: Page, address: str) -> None:
    page.locator("input[name=login]").fill(address)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form:has(input[name=password]) button[type=submit]").click()


def _by_code(page: Page, address: str) -> None:
    page.locator("#code-email").fill(address)
    page.locator("form:has(#code-email) button").click()
    page.locator("main input[name=code]").fill(mail.outbox[-1].subject.split()[0])
    page.locator("main form:has(input[name=code]) button").first.click()


@pytest.mark.parametrize(("way", "scripts"), [(_by_password, False), (_by_code, True)])
def test_sign_in_leads_to_the_field_the_link_leads_to(
    link: str,
    way: Callable[[Page, str], None],
    scripts: bool,
    everybody: Cast,
    browser: Browser,
    browser_context_args: dict[str, Any],
) -> None:
    page = browser.new_context(**browser_context_args, java_script_enabled=scripts).new_page()
    page.goto(link)
    assert "/konto/login/" in page.url
    way(page, everybody.west.team_leader.email)
    page.wait_for_url(link)
    page.context.close()
