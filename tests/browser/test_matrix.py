"""The progress matrix in a browser: the keyboard on a wide screen, cards on a narrow one, and the way back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from gpf import tenancy
from tests.browser.conftest import axe_findings
from tests.cast import Cast
from tests.overview.stage import add_team, deliver

pytestmark = pytest.mark.browser


@pytest.fixture
def matrix(everybody: Cast, let_in: Callable[[User], None], page: Page, live_server: LiveServer) -> Page:
    """The coordinator's matrix, with fourteen teams in it."""
    west = everybody.west
    with tenancy.scope([west.network.pk]):
        for number in range(12):
            add_team(west, f"Kommune {number:02}")
        deliver(west.team, west.assignments[0], state="approved", days_ago=70)
        deliver(west.team, west.document)
    let_in(west.coordinator)
    page.goto(f"{live_server.url}/nettverk/vest/fremdrift/")
    return page


def focused(page: Page) -> tuple[int, int]:
    """Row and column of the cell that has the focus; the names are column 0."""
    row, column = page.evaluate(
        "() => { const cell = document.activeElement.closest('tbody :is(td, th)');"
        " return cell ? [cell.parentElement.sectionRowIndex, cell.cellIndex] : [-1, -1]; }"
    )
    return row, column


def test_the_arrow_keys_move_from_cell_to_cell(matrix: Page) -> None:
    matrix.locator("tbody a").first.focus()
    walked = []
    for key in ("ArrowRight", "ArrowDown", "ArrowDown", "ArrowLeft", "ArrowUp", "End", "Home", "ArrowLeft"):
        matrix.keyboard.press(key)
        walked.append(focused(matrix))
    assert walked == [(0, 1), (1, 1), (2, 1), (2, 0), (1, 0), (1, 4), (1, 0), (1, 0)]
    matrix.keyboard.press("Control+End")
    assert focused(matrix) == (13, 4)
    matrix.keyboard.press("ArrowDown")
    assert focused(matrix) == (13, 4)


def test_the_table_is_one_stop_for_the_tab_key(matrix: Page) -> None:
    assert matrix.locator("table[data-matrix] a[tabindex='0']").count() == 1
    matrix.locator("tbody a").first.focus()
    matrix.keyboard.press("ArrowDown")
    matrix.keyboard.press("Tab")
    assert focused(matrix) == (-1, -1)
    matrix.keyboard.press("Shift+Tab")
    assert focused(matrix) == (1, 0)


def test_the_headings_stay_when_the_table_is_scrolled(matrix: Page) -> None:
    matrix.set_viewport_size({"width": 800, "height": 500})
    wrap = matrix.locator(".matrix-wrap")
    wrap.evaluate("wrap => wrap.scrollTo(80, 200)")
    box = wrap.bounding_box()
    head = matrix.locator("thead th").first.bounding_box()
    name = matrix.locator("tbody th").nth(8).bounding_box()
    assert box
    assert head
    assert name
    assert abs(head["y"] - box["y"]) < 3
    assert abs(name["x"] - box["x"]) < 3


def test_whoever_comes_back_from_a_delivery_is_where_she_was(matrix: Page) -> None:
    matrix.locator("tbody a").first.focus()
    for _step in range(9):
        matrix.keyboard.press("ArrowDown")
    matrix.keyboard.press("ArrowRight")
    matrix.keyboard.press("Enter")
    matrix.wait_for_url("**/leveringer/**")
    matrix.go_back()
    matrix.wait_for_url("**/fremdrift/")
    matrix.wait_for_function("document.activeElement.closest('tbody td')")
    assert focused(matrix) == (9, 1)


def test_a_filter_is_sent_as_soon_as_it_is_chosen_and_stays_in_the_address(matrix: Page) -> None:
    matrix.locator("select[name=tilstand]").select_option("delivered")
    matrix.wait_for_url("**tilstand=delivered**")
    expect(matrix.locator("tbody tr")).to_have_count(1)
    assert matrix.locator("select[name=tilstand]").input_value() == "delivered"


def test_on_a_phone_each_team_is_a_card_with_its_open_things_first(matrix: Page) -> None:
    matrix.set_viewport_size({"width": 390, "height": 844})
    card = matrix.locator("tbody tr", has_text="Vinje")
    shown = card.locator("td a").evaluate_all(
        "links => links.filter((link) => link.getClientRects().length)"
        ".sort((a, b) => a.getBoundingClientRect().y - b.getBoundingClientRect().y)"
        ".map((link) => [link.dataset.state, getComputedStyle(link, '::after').content])"
    )
    assert [state for state, _label in shown] == ["not_started", "not_started", "delivered"]
    assert shown[2][1].startswith('"Lever forbedringsplan (')
    assert matrix.locator("table[data-matrix] a[tabindex='-1']").count() == 0
    assert matrix.evaluate("document.documentElement.scrollWidth") == 390
    assert axe_findings(matrix) == []


def test_axe_finds_nothing_in_the_grid(matrix: Page, complaints: list[str]) -> None:
    matrix.locator("tbody a").first.focus()
    assert axe_findings(matrix) == []
    matrix.reload()
    assert complaints == []


def test_chosen_teams_are_chosen_on_the_page_where_they_get_more_time(matrix: Page) -> None:
    matrix.locator("tbody a").first.focus()
    matrix.keyboard.press("Space")
    matrix.keyboard.press("ArrowDown")
    matrix.keyboard.press("ArrowRight")
    matrix.keyboard.press("Space")
    assert focused(matrix) == (1, 1)
    button = matrix.locator("[data-matrix-choose]")
    expect(button).to_contain_text("2")
    assert axe_findings(matrix) == []
    button.click()
    expect(matrix.locator("input[name=teams]:checked")).to_have_count(2)
    matrix.go_back()
    matrix.set_viewport_size({"width": 390, "height": 800})
    matrix.locator(".matrix-box").nth(2).check()
    expect(button).not_to_have_attribute("href", "/nettverk/vest/utsettelser/")
