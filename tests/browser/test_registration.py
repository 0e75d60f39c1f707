"""The registration form as somebody in a municipality meets it: on a phone, with nothing but the link."""

import time
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from gpf import tenancy
from signup.links import link_token
from signup.models import Registration
from tests.browser.conftest import axe_findings
from tests.cast import Cast
from tests.signup.registering import invite

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("own_files")]


@pytest.fixture
def phone(browser: Browser, complaints: list[str]) -> Iterator[Page]:
    context = browser.new_context(locale="nb-NO", viewport={"width": 390, "height": 844}, has_touch=True)
    context.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    yield context.new_page()
    context.close()


def test_a_form_is_begun_on_a_phone_finished_by_two_and_sent_once(
    everybody: Cast, worker: None, live_server: LiveServer, phone: Page, page: Page, complaints: list[str]
) -> None:
    network = everybody.west.network
    with tenancy.scope([network.pk]):
        token = link_token(invite(everybody.west))
    form = live_server.url + reverse("registration:team", args=[token, 1])
    for browser in (phone, page):
        browser.context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": "en", "url": live_server.url}])

    phone.goto(live_server.url + reverse("registration:form", args=[token]))
    assert axe_findings(phone) == []
    phone.locator("a.ds-button").first.click()
    phone.get_by_label("Name of the team").fill("Heimetenesta Seljord")
    expect(phone.locator("#saved")).to_have_attribute("data-state", "saved")

    # A colleague goes on at her desk at the same time; what she writes comes to the phone, and nothing is lost.
    page.goto(form)
    expect(page.get_by_label("Name of the team")).to_have_value("Heimetenesta Seljord")
    page.locator("#id_person_0_name").fill("Teamleder Seljord")
    page.locator("#id_person_0_email").fill("teamleder@test.example")
    page.locator("#id_patient_group").fill("Eldre")
    expect(page.locator("#saved")).to_have_attribute("data-state", "saved")
    _wait_for(network.pk, patient_group="Eldre")
    phone.locator("#id_written_by").fill("Rådgiver")
    expect(phone.locator("#id_person_0_name")).to_have_value("Teamleder Seljord")
    phone.locator("#id_patient_group").fill("Eldre med hjertesvikt")
    _wait_for(network.pk, patient_group="Eldre med hjertesvikt")

    # Two in one field: the second is shown what stands there.
    page.locator("#id_patient_group").fill("Barn")
    expect(page.locator("#note-patient_group q")).to_have_text("Eldre med hjertesvikt")
    expect(page.locator("#id_patient_group")).to_have_value("Barn")
    _wait_for(network.pk, patient_group="Eldre med hjertesvikt")

    # Room for more people, and Enter saves and stays.
    phone.locator("[data-add-people]").click()
    phone.locator("#id_person_5_name").fill("Medlem Seljord")
    phone.locator("#id_person_5_name").press("Enter")
    expect(phone.locator("#note-person_5_name")).to_be_attached()
    assert axe_findings(phone) == []

    # What lacks is said with links; then it is sent, and the copy comes by itself.
    phone.locator("button[value=send]").click()
    expect(phone.locator("[data-error-summary]")).to_be_focused()
    phone.locator("#id_committed_on").fill("2021-03-03")
    phone.locator("button[value=send]").click()
    expect(phone.locator("h1")).to_have_text("The registration is sent")
    expect(phone.locator("#copy .file-name")).to_be_visible(timeout=20_000)
    assert axe_findings(phone) == []
    with tenancy.scope([network.pk]):
        sent = Registration.objects.get()
        people = [person.name for person in sent.people.all()]
    assert (sent.state, people) == (Registration.State.SUBMITTED, ["Teamleder Seljord", "Medlem Seljord"])
    assert complaints == []


def _wait_for(network: int, **values: str) -> None:
    """Until the server has kept it."""
    for _attempt in range(60):
        with tenancy.scope([network]):
            if Registration.objects.filter(**values).exists():
                return
        time.sleep(0.1)
    raise AssertionError(values)
