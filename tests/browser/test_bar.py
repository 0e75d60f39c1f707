"""The bar of the person with the most words in it, on the narrowest screen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from tests.cast import Cast

pytestmark = pytest.mark.browser

CUT = """links => links.filter(link => {
    const place = link.getBoundingClientRect();
    return link.scrollWidth > link.clientWidth || place.left < 0 || place.right > innerWidth;
}).map(link => link.textContent)"""


@pytest.mark.parametrize("address", ["/veiledning/", "/nettverk/vest/"])
def test_every_word_of_the_supervisors_bar_fits_at_320(
    everybody: Cast, let_in: Callable[[User], None], page: Page, live_server: LiveServer, address: str
) -> None:
    let_in(everybody.west.supervisor)
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto(live_server.url + address)
    bar = page.locator(".frame-nav > ul > li > :is(a, details)")
    assert bar.all_inner_texts()[:2] == ["Oversikt", "Venter på veiledning"]
    assert bar.evaluate_all(CUT) == []
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
