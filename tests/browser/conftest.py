"""A real browser, the whole product behind it, and a real Celery worker."""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from celery.contrib.testing.worker import start_worker
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from gpf.celery import app
from tests.cast import PASSWORD, Cast, make_cast

# Playwright keeps an event loop in the test's thread, and Django asks whether that is meant.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

ROOT = Path(__file__).resolve().parent.parent.parent
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
# What is awaited is right or wrong, not fast or slow: two tests at once on a busy machine may need their time.
expect.set_options(timeout=15_000)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    found = os.environ.get("CHROMIUM") or next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    return {"executable_path": found, "args": quiet} if found else {"args": quiet}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    return {"locale": "nb-NO", "viewport": {"width": 1280, "height": 900}, "timezone_id": "Europe/Oslo"}


@pytest.fixture
def everybody(transactional_db: None) -> Cast:
    """The cast, where the server's own threads see it too."""
    cache.clear()
    return make_cast()


@pytest.fixture
def worker(transactional_db: None) -> Iterator[None]:
    """A Celery worker on the real Redis, in the test's own process so that it has the test's database."""
    with start_worker(app, perform_ping_check=False, pool="solo", loglevel="warning"):
        yield


@pytest.fixture(autouse=True)
def settled(page: Page, transactional_db: None) -> Iterator[None]:
    """Leave every page and let the server finish what that asks of it, before the tables are emptied."""
    yield
    assert page.context.browser is not None
    for context in page.context.browser.contexts:
        for open_page in context.pages:
            open_page.goto("about:blank")
    quiet = 0
    while quiet < 3:
        time.sleep(0.05)
        quiet = 0 if _is_busy() else quiet + 1


def _is_busy() -> bool:
    """Whether another connection of this test's database is at work."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'"
        )
        return bool(cursor.fetchone()[0])


@pytest.fixture
def let_in(context: BrowserContext, live_server: LiveServer, client: Client) -> Callable[[User], None]:
    """Have a person signed in without her going through the door."""

    def with_cookie(user: User) -> None:
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
        name = settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])

    return with_cookie


@pytest.fixture
def enter(page: Page, live_server: LiveServer) -> Callable[[User], Page]:
    """Sign a person in as she does it herself: with address and password."""

    def sign_in(user: User) -> Page:
        page.context.clear_cookies()
        page.goto(f"{live_server.url}/konto/login/")
        page.locator("input[name=login]").fill(user.email)
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("form:has(input[name=password]) button[type=submit]").first.click()
        page.wait_for_url(lambda url: "/konto/login/" not in url)
        return page

    return sign_in


@pytest.fixture
def complaints(context: BrowserContext) -> list[str]:
    return listen(context)


def listen(context: BrowserContext) -> list[str]:
    """What the browser complains of: errors in scripts, and whatever the Content-Security-Policy stops."""
    said: list[str] = []
    context.on("weberror", lambda error: said.append(f"{error.page and error.page.url}: {error.error.stack}"))
    context.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    return said


def axe_findings(page: Page) -> list[str]:
    """What axe finds wrong on the page, one line each; an empty list is the only good answer."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE.read_text())  # run by the browser's own tools, so the page's policy stays as it is
    found = page.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES)
    return [
        f"{violation['id']}: {node['html'][:160]} — {node['failureSummary'][:300]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
