"""The product's main job, in a browser: invited, reminded, handed in, sent back, handed in anew, approved."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from accounts.services import invite_person, mail_invitation
from gpf import tenancy
from networks.models import Membership, Role
from notices.runs import run_daily
from sessions.models import Assignment, Delivery
from tests.cast import Cast
from tests.documents import files

pytestmark = pytest.mark.browser

PLAN = re.compile("forbedringsplan", re.IGNORECASE)


def _state(cast: Cast) -> str:
    with tenancy.scope([cast.west.network.pk]):
        return Delivery.objects.get(team=cast.west.team, assignment=cast.west.document).state


def test_a_plan_is_handed_in_sent_back_handed_in_anew_and_approved(
    everybody: Cast, enter: Callable[[User], Page], live_server: LiveServer, tmp_path: Path, complaints: list[str]
) -> None:
    plan = tmp_path / "Forbedringsplan.pdf"
    plan.write_bytes(files.pdf("Behov og mål"))

    page = enter(everybody.west.team_leader)
    page.locator("main").get_by_role("link", name=PLAN).first.click()
    page.set_input_files("input[type=file]", plan)
    page.get_by_label("Kommentar").fill("Vi er usikre på målet.")
    page.get_by_role("button", name="Lever dokumentet").click()
    expect(page.get_by_role("link", name="Forbedringsplan.pdf")).to_be_visible()
    assert _state(everybody) == "delivered"

    page = enter(everybody.west.supervisor)
    page.locator("main").get_by_role("link", name=PLAN).first.click()
    page.get_by_role("button", name="Be om mer").click()
    expect(page.locator("main [aria-invalid=true]")).to_be_visible()
    page.get_by_label("Til teamet").fill("Skriv for hvem målet gjelder.")
    page.get_by_role("button", name="Be om mer").click()
    page.wait_for_load_state()
    assert _state(everybody) == "returned"

    page = enter(everybody.west.team_leader)
    expect(page.locator("main")).to_contain_text("sendt tilbake")
    page.locator("main").get_by_role("link", name=PLAN).first.click()
    expect(page.locator("main")).to_contain_text("Skriv for hvem målet gjelder.")
    page.get_by_label("Kommentar").fill("Målet gjelder alle over 75 år.")
    page.get_by_role("button", name="Lever dokumentet").click()
    page.wait_for_load_state()
    assert _state(everybody) == "delivered"

    page = enter(everybody.west.coordinator)
    page.goto(f"{live_server.url}/nettverk/vest/fremdrift/")
    page.locator("table a[data-state=delivered]").first.click()
    expect(page.locator("main")).to_contain_text("Målet gjelder alle over 75 år.")
    page.locator("#svar a").click()
    page.get_by_role("button", name="Godkjenn").click()
    page.wait_for_load_state()
    assert _state(everybody) == "approved"
    assert complaints == []


def test_the_reminder_leads_straight_to_the_field_through_a_code_by_mail(
    everybody: Cast, page: Page, live_server: LiveServer, settings: object
) -> None:
    settings.GPF_BASE_URL = live_server.url  # type: ignore[attr-defined]  # pytest-django's own wrapper
    with tenancy.scope([everybody.west.network.pk]):
        Assignment.objects.filter(pk=everybody.west.document.pk).update(due=timezone.localdate())
    run_daily()
    (reminder,) = [message for message in mail.outbox if message.to == [everybody.west.team_leader.email]]
    link = re.search(rf"{live_server.url}/nettverk/\S+", str(reminder.body))
    assert link

    page.goto(link[0])
    page.locator("#code-email").fill(everybody.west.team_leader.email)
    page.get_by_role("button", name="Send meg en kode").click()
    page.locator("input[name=code]").fill(_code(str(mail.outbox[-1].body)))
    page.locator("form:has(input[name=code]) button[type=submit]").first.click()
    page.wait_for_url(re.compile("/leveringer/"))
    expect(page.locator("input[type=file]")).to_be_visible()


def test_an_invitation_lands_a_new_person_at_the_thing_to_do_and_works_once(
    everybody: Cast, page: Page, live_server: LiveServer, settings: object
) -> None:
    settings.GPF_BASE_URL = live_server.url  # type: ignore[attr-defined]  # pytest-django's own wrapper
    invited = invite_person(
        email="ny@test.example", name="Ny observatør", language="nn", landing="/nettverk/vest/samlinger/", by=None
    )
    with tenancy.scope([everybody.west.network.pk]):
        Membership.objects.create(network=everybody.west.network, user=invited.invitation.user, role=Role.OBSERVER)
    mail_invitation(invited=invited, network_name=everybody.west.network.name)
    link = re.search(rf"{live_server.url}/konto/\S+", str(mail.outbox[-1].body))
    assert link

    page.goto(link[0])
    expect(page.locator("h1")).to_contain_text("Ny observatør")
    page.locator("main button[type=submit]").click()
    page.wait_for_url(re.compile("/nettverk/vest/samlinger/"))
    expect(page.locator("html")).to_have_attribute("lang", "nn")

    page.context.clear_cookies()
    assert page.goto(link[0]).status == 410  # type: ignore[union-attr]  # a page that is not there is a failure too


def _code(text: str) -> str:
    """The code in the mail: what stands alone on a line."""
    (code,) = [line.strip() for line in text.splitlines() if re.fullmatch(r"[A-Z0-9-]{4,12}", line.strip())]
    return code
