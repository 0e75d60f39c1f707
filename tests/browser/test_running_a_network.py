"""A coordinator runs a network, in a browser: planned, invited, registered on a phone, accepted, moved, and read of."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Browser, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from gpf import tenancy
from networks.cycle_templates import load_cycle_templates
from networks.models import CycleTemplate, Network
from networks.planning import add_months
from networks.services import replace_register
from sessions.models import Assignment, Gathering
from tests.browser.conftest import axe_findings
from tests.cast import Cast
from tests.networks.registers import made_up_register

pytestmark = pytest.mark.browser

LEADERS = {"Elvdal": "leder.elvdal", "Nyby": "leder.nyby", "Uendra": "leder.uendra"}
PHONE = ViewportSize(width=390, height=844)


def _letter_to(address: str, page: Page, *, about: str = "") -> str:
    """The text of the newest mail to the address that says so, once it has come."""
    for _ in range(100):
        letters = [str(letter.body) for letter in mail.outbox if letter.to == [f"{address}@test.example"]]
        found = [text for text in letters if about in text]
        if found:
            return found[-1]
        page.wait_for_timeout(100)
    raise AssertionError(f"no mail to {address}")


def _link(text: str) -> str:
    """The address of ours in a letter."""
    found = re.search(r"http://\S+/(?:pamelding|konto)/\S+", text)
    assert found, text
    return found[0]


def _plan(page: Page, live_server: LiveServer, first: date) -> Network:
    """A network from the programme's template, with one date changed by hand."""
    page.goto(f"{live_server.url}/nettverk/")
    page.locator("main a[href='/nettverk/ny/']").click()
    template = CycleTemplate.objects.get(slug="gode-pasientforlop")
    page.locator(f"input[name=template][value='{template.pk}']").check()
    page.locator("input[name=name]").fill("Læringsnettverk Fjell")
    page.locator("input[name=first]").fill(first.isoformat())
    page.locator("button[name=do][value=lay_out]").click()
    expect(page.locator("button[name=do][value=create]")).to_be_visible()
    assert not Network.objects.filter(name="Læringsnettverk Fjell").exists()
    assert axe_findings(page) == []
    page.locator("button[name=do][value=create]").click()
    page.wait_for_url(re.compile("/plan/$"))
    return Network.objects.get(name="Læringsnettverk Fjell")


def _invite(page: Page, live_server: LiveServer, network: Network) -> None:
    page.goto(f"{live_server.url}/nettverk/{network.slug}/invitasjoner/ny/")
    page.locator("input[name=name]").fill("Første runde")
    page.locator("input[name=answer_by]").fill((timezone.localdate() + timedelta(days=30)).isoformat())
    page.locator("[name=signed_by]").fill("Koordinator Vest, KS")
    page.locator("main form button.ds-button").last.click()
    page.wait_for_url(re.compile("/velg/$"))
    assert axe_findings(page) == []
    for name in LEADERS:
        page.get_by_label(re.compile(f"^{name}")).check()
    page.locator("button[name=add]").click()
    page.locator("main a[href$='/mottakere/']").first.click()
    for name, address in LEADERS.items():
        row = page.locator("tr", has_text=name)
        row.locator("input[name$=leader_name]").fill(f"Kommunalsjef {name}")
        row.locator("input[name$=leader_email]").fill(f"{address}@test.example")
    page.locator("main form button.ds-button").last.click()
    page.wait_for_url(re.compile(r"/invitasjoner/\d+/$"))
    page.locator("main a[href$='/send/']").first.click()
    page.locator("main form button.ds-button").click()
    for address in LEADERS.values():
        _letter_to(address, page)


def _register(page: Page, link: str) -> None:
    """On a phone, without an account."""
    page.goto(link)
    assert axe_findings(page) == []
    page.locator("main a.ds-button").first.click()
    page.locator("[name=team_name]").fill("Elvdal heim")
    page.locator("[name=units]").fill("Heimetenesta nord")
    page.locator("[name=leader_title]").fill("Kommunalsjef for helse")
    page.locator("[name=committed_on]").fill(timezone.localdate().isoformat())
    page.locator("[name=person_0_name]").fill("Teamleder Elvdal")
    page.locator("[name=person_0_email]").fill("teamleder.elvdal@test.example")
    page.locator("[name=reorganisation][value=no]").check()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.locator("button[name=then][value=send]").click()
    page.wait_for_load_state()
    expect(page.locator("button[name=then]")).to_have_count(0)


def test_a_network_from_its_plan_to_a_moved_gathering(
    everybody: Cast,
    enter: Callable[[User], Page],
    browser: Browser,
    worker: None,
    live_server: LiveServer,
    settings: object,
    complaints: list[str],
) -> None:
    settings.GPF_BASE_URL = live_server.url  # type: ignore[attr-defined]  # pytest-django's own wrapper
    load_cycle_templates()
    replace_register(register=made_up_register())

    page = enter(everybody.west.coordinator)
    network = _plan(page, live_server, add_months(timezone.localdate(), 4))
    _invite(page, live_server, network)

    phone = browser.new_context(viewport=PHONE, locale="nb-NO", timezone_id="Europe/Oslo", is_mobile=True).new_page()
    _register(phone, _link(_letter_to("leder.elvdal", phone)))

    page.goto(f"{live_server.url}/nettverk/{network.slug}/pameldinger/")
    page.locator("main a", has_text="Elvdal").first.click()
    page.locator("[name=decision][value=accepted]").check()
    page.locator("#svar button.ds-button").click()
    page.wait_for_load_state()

    # The team's leader comes in through her invitation, and sees when gathering 2 is.
    phone.goto(_link(_letter_to("teamleder.elvdal", phone, about="/konto/invitasjon/")))
    phone.locator("main form button.ds-button").click()
    expect(phone.locator("h1")).to_contain_text("Elvdal")
    with tenancy.scope([network.pk]):
        second = Gathering.objects.get(number=2)
        due = Assignment.objects.get(gathering=second, slug="plan").due
    assert second.starts_on is not None

    later = second.starts_on + timedelta(days=14)
    page.goto(f"{live_server.url}/nettverk/{network.slug}/samlinger/{second.pk}/flytt/")
    page.locator("[name=starts_on]").first.fill(later.isoformat())
    page.locator("[name=ends_on]").first.fill((later + timedelta(days=1)).isoformat())
    page.locator("form.move-days button.ds-button").click()
    expect(page.locator("#flytt")).to_be_visible()
    assert axe_findings(page) == []
    with tenancy.scope([network.pk]):
        assert Gathering.objects.get(pk=second.pk).starts_on == second.starts_on
    page.locator("#flytt [name=reason]").fill("Storsalen er opptatt.")
    page.locator("#flytt button.ds-button").click()
    page.wait_for_url(lambda url: "/flytt/" not in url)

    with tenancy.scope([network.pk]):
        moved = Gathering.objects.get(pk=second.pk)
        assert moved.starts_on == later
        assert Assignment.objects.get(gathering=moved, slug="plan").due == due + timedelta(days=14)
    phone.goto(f"{live_server.url}/nettverk/{network.slug}/samlinger/{second.pk}/")
    expect(phone.locator("main")).to_contain_text(str(later.day))
    expect(phone.locator("main")).to_contain_text("Storsalen er opptatt.")
    assert _letter_to("teamleder.elvdal", phone, about="Storsalen er opptatt.")
    assert complaints == []
