"""From an empty poster to a delivered one, with a real worker making its files."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from gpf import tenancy
from posters.models import Poster
from sessions.models import Delivery
from tests.browser.conftest import axe_findings
from tests.cast import PASSWORD, Cast, Place
from tests.posters.samples import TEXTS
from tests.posters.stage import write

pytestmark = pytest.mark.browser


@pytest.fixture
def english(everybody: Cast) -> Cast:
    """The pages in the language the sources are written in."""
    User.objects.update(language="en")
    return everybody


def address(live_server: LiveServer, name: str, place: Place) -> str:
    where = {"network_slug": place.network.slug, "team_slug": place.team.slug, "gathering_number": 2}
    return live_server.url + reverse(f"posters:{name}", kwargs=where)


def stored(place: Place) -> Poster:
    with tenancy.scope([place.network.pk]):
        return Poster.objects.get()


def test_a_poster_saves_itself_becomes_a_pdf_and_is_delivered(
    english: Cast,
    enter: Callable[[User], Page],
    live_server: LiveServer,
    worker: None,
    complaints: list[str],
) -> None:
    place = english.west
    page = enter(place.team_leader)
    page.goto(address(live_server, "edit", place))
    page.get_by_label("Headline").fill("Trygt hjem fra sykehuset")
    for key in ("team", "matters", "learned"):
        page.locator(f"#id_{key}").fill(TEXTS[key])
    expect(page.locator("#saved")).to_have_attribute("data-state", "saved")
    expect(page.locator("#note-learned")).to_contain_text(f"{len(TEXTS['learned'].split())} words: 1 more than")
    expect(page.locator("#mark-learned")).to_have_attribute("data-written", "")
    assert stored(place).content["learned"] == TEXTS["learned"]
    assert axe_findings(page) == []

    page.get_by_role("button", name="Save and make the PDF").click()
    expect(page.get_by_role("link", name="Deliver the poster")).to_be_visible(timeout=30_000)
    expect(page.locator("#announce")).to_have_text("The PDFs are ready.")
    assert axe_findings(page) == []
    with page.expect_download() as download:
        page.locator("#files a.file-name").first.click()
    assert download.value.suggested_filename.endswith("A3.pdf")
    assert download.value.path().read_bytes().startswith(b"%PDF-1.7")

    page.get_by_role("link", name="Deliver the poster").click()
    expect(page.get_by_text("Veileder Vest will see that it waits for an answer.")).to_be_visible()
    assert axe_findings(page) == []
    page.get_by_role("button", name="Deliver the poster").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Trygt hjem fra sykehuset")
    assert axe_findings(page) == []
    with tenancy.scope([place.network.pk]):
        assert Delivery.objects.get(assignment=place.poster).state == Delivery.State.DELIVERED
    assert complaints == []


def test_what_was_typed_last_is_kept_when_the_page_is_left(
    english: Cast, enter: Callable[[User], Page], live_server: LiveServer
) -> None:
    place = english.west
    page = enter(place.member)
    page.goto(address(live_server, "edit", place))
    page.locator("#id_learned").press_sequentially("Natta er verst.")
    page.goto(f"{live_server.url}/hjelp/")
    for _look in range(20):  # it is sent as the page goes, and nobody waits for it
        page.goto(address(live_server, "edit", place))
        if page.locator("#id_learned").input_value():
            break
        page.wait_for_timeout(250)
    expect(page.locator("#id_learned")).to_have_value("Natta er verst.")


def test_when_nobody_answers_it_says_that_nothing_was_saved(
    english: Cast, enter: Callable[[User], Page], live_server: LiveServer
) -> None:
    page = enter(english.west.member)
    page.goto(address(live_server, "edit", english.west))
    page.context.set_offline(True)
    page.locator("#id_learned").fill("Natta er verst.")
    expect(page.locator("#saved")).to_have_attribute("data-state", "failed")
    expect(page.locator("#saved")).to_contain_text("Not saved")
    page.context.set_offline(False)
    page.locator("#id_learned").press_sequentially(" Dagen er god.")
    expect(page.locator("#saved")).to_have_attribute("data-state", "saved")


def test_whose_words_stand_is_settled_by_the_first_save_after_both_are_seen(
    english: Cast, enter: Callable[[User], Page], live_server: LiveServer
) -> None:
    place = english.west
    page = enter(place.member)
    page.goto(address(live_server, "edit", place))
    with tenancy.scope([place.network.pk]):
        write(place, learned="Lederens ord")
    page.locator("#id_learned").fill("Mine ord")
    expect(page.locator("#note-learned")).to_contain_text("Lederens ord")
    expect(page.locator("#saved")).to_contain_text("Not saved: see")
    assert axe_findings(page) == []
    page.locator("#saved a").click()
    expect(page.locator("#id_learned")).to_be_focused()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#saved")).to_have_attribute("data-state", "saved")
    assert stored(place).content["learned"] == "Mine ord"


def test_the_real_sheet_stands_beside_what_one_writes_and_says_where_it_is_too_long(
    english: Cast, enter: Callable[[User], Page], live_server: LiveServer, worker: None, complaints: list[str]
) -> None:
    page = enter(english.west.member)
    page.goto(address(live_server, "edit", english.west))
    page.locator("#id_learned").fill("Natta er verst.")
    expect(page.locator("#preview img")).to_be_visible(timeout=30_000)
    expect(page.locator("#preview")).to_contain_text("The sheet as it is now")
    assert axe_findings(page) == []
    page.locator("#id_learned").fill("ord " * 1500)
    expect(page.locator("#room-learned")).to_contain_text("words too many for the space", timeout=30_000)
    expect(page.locator("#preview")).to_contain_text("The sheet before the text grew too long")
    page.locator("#id_learned").fill("Natta er verst.")
    expect(page.locator("#room-learned")).to_be_empty(timeout=30_000)
    assert complaints == []


def test_what_another_writes_meanwhile_comes_into_the_field_one_leaves_alone(
    english: Cast, enter: Callable[[User], Page], live_server: LiveServer
) -> None:
    place = english.west
    with tenancy.scope([place.network.pk]):
        write(place, learned="Natta er verst.")
    page = enter(place.member)
    page.goto(address(live_server, "edit", place))
    with tenancy.scope([place.network.pk]):
        write(place, learned="Morgenen er verst.")
    page.evaluate("document.querySelector('[data-autosave]').dispatchEvent(new Event('sync'))")  # as it does by itself
    expect(page.locator("#id_learned")).to_have_value("Morgenen er verst.")
    expect(page.locator("#note-learned")).to_contain_text("Teamleder Vest has just changed this.")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.locator("#id_learned").fill("Morgenen er verst, og dagen.")
    assert stored(place).content["learned"] == "Morgenen er verst, og dagen."


def test_the_words_are_counted_while_they_are_typed(
    english: Cast, enter: Callable[[User], Page], live_server: LiveServer
) -> None:
    page = enter(english.west.member)
    page.goto(address(live_server, "edit", english.west))
    page.context.set_offline(True)  # so that no answer of the server counts them
    counter = page.locator("#note-learned .poster-words")
    for text, said in (
        ("ord", "1 word. 7–15 are right."),
        ("ord " * 15, "15 words. 7–15 are right."),
        ("ord " * 1200, "1,200 words: 1,185 more than there is good room for"),
    ):
        page.locator("#id_learned").fill(text)
        expect(counter).to_have_text(said)
    expect(counter).to_have_attribute("data-over", "")
    assert axe_findings(page) == []


def test_signed_out_meanwhile_nothing_of_the_page_is_lost(
    english: Cast, enter: Callable[[User], Page], live_server: LiveServer
) -> None:
    page = enter(english.west.member)
    page.goto(address(live_server, "edit", english.west))
    page.context.clear_cookies()
    page.locator("#id_learned").fill("Natta er verst.")
    expect(page.locator("#saved")).to_have_attribute("data-state", "failed")
    expect(page.locator("#id_learned")).to_have_value("Natta er verst.")


def test_it_all_works_without_a_script(english: Cast, browser: Browser, live_server: LiveServer, worker: None) -> None:
    place = english.west
    with browser.new_context(java_script_enabled=False, locale="nb-NO") as context:
        page = context.new_page()
        page.goto(f"{live_server.url}/konto/login/")
        page.locator("input[name=login]").fill(place.team_leader.email)
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("form:has(input[name=password]) button[type=submit]").first.click()
        page.goto(address(live_server, "edit", place))
        page.locator("#id_learned").fill("Natta er verst.")
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.locator("#saved")).to_have_attribute("data-state", "saved")
        assert stored(place).content == {"learned": "Natta er verst."}
        page.get_by_role("button", name="Save and make the PDF").click()
        for _look in range(40):
            if page.get_by_role("link", name="Deliver the poster").count():
                break
            page.wait_for_timeout(500)
            page.get_by_role("link", name="See how far it has come").click()
        page.get_by_role("link", name="Deliver the poster").click()
        page.get_by_role("button", name="Deliver the poster").click()
        expect(page.get_by_text("The poster is delivered.")).to_be_visible()
