"""What an attack on the personal links, the outbox and the pages of others found, each held by a test."""

import json
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import User
from gpf import tenancy
from gpf.models import Submission
from networks.models import Change, Membership, Role
from notices.mailing import Addressee, queue_letter, send_waiting_letters
from notices.models import Message
from sessions.models import Gathering
from signup.models import Invitee, Registration
from signup.registration_fields import values_of
from signup.registration_letters import recipients
from signup.registration_rules import problems
from signup.registration_services import answer_registration, save_registration, standing
from tests.cast import Cast, Place, make_cast
from tests.identity_numbers import NATIONAL
from tests.notices.smtp_server import serving
from tests.signup.registering import invite as invite_inside
from tests.signup.registering import register as register_inside
from tests.signup.test_registration import _accept, _at

SignIn = Callable[[User], Client]
BROKEN = ['"', ". <\x7fx", "utf-8?q?.\x7f<>"]


@pytest.fixture
def west(cast: Cast) -> Place:
    return cast.west


def invite(place: Place) -> Invitee:
    with tenancy.scope([place.network.pk]):
        return invite_inside(place)


def register(invitee: Invitee) -> Registration:
    with tenancy.scope([invitee.network_id]):
        return register_inside(invitee)


def accept(browser: Client, place: Place, registration: Registration) -> None:
    with tenancy.scope([place.network.pk]):
        _accept(browser, place, registration)


def fetched(browser: Client, path: str) -> str:
    """A page, or a file that is handed out bit by bit."""
    answer: Any = browser.get(path)
    whole = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return str(whole.decode())


@pytest.mark.parametrize("address", BROKEN)
def test_a_broken_address_holds_up_no_other_letter(west: Place, address: str, settings: Any) -> None:
    with serving() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        with tenancy.scope([west.network.pk]):
            for number, to in enumerate([address, "good@test.example"]):
                queue_letter(network=west.network, key=f"t:{number}", to=Addressee("", to, "nb"), subject="x", text="x")
        assert send_waiting_letters(west.network) == 1
        assert server.addresses() == ["good@test.example"]
    with tenancy.scope([west.network.pk]):
        assert list(Message.objects.order_by("key").values_list("state", flat=True)) == ["failed", "sent"]


def test_nobody_is_written_to_at_a_half_typed_address(west: Place) -> None:
    registration = register(invite(west))
    with tenancy.scope([west.network.pk]):
        Registration.objects.filter(pk=registration.pk).update(leader_email="leder@")
        registration.refresh_from_db()
        registration.people.filter(position=0).update(email='"')
        assert recipients(registration) == []


def test_a_title_stays_a_title_in_the_help_of_a_form(west: Place, sign_in: SignIn) -> None:
    planted = "<b id=planted>Verksted</b>"
    with tenancy.scope([west.network.pk]):
        Gathering.objects.filter(pk__in=[each.pk for each in west.gatherings]).update(title=planted)
    browser = sign_in(west.coordinator)
    second = west.gatherings[1].pk
    for path in ("oppgaver/ny/", "flytt/?starts_on=2031-05-06&ends_on=2031-05-07", "endre/"):
        page = browser.get(f"/nettverk/vest/samlinger/{second}/{path}").content.decode()
        assert "Verksted" in page
        assert "<b id=planted>" not in page


def test_what_is_being_written_reaches_no_coordinator(west: Place, sign_in: SignIn) -> None:
    invitee = invite(west)
    with tenancy.scope([west.network.pk]):
        save_registration(invitee=invitee, number=1, texts={"team_name": "Hemmelig team"}, seen={})
    browser = sign_in(west.coordinator)
    for path in ("nettverk.json", "endringer/", "pameldinger/"):
        assert "Hemmelig team" not in fetched(browser, f"/nettverk/vest/{path}")
    with tenancy.scope([west.network.pk]):
        assert not [row for row in Change.objects.all() if "Hemmelig team" in f"{row.before}{row.after}"]


def test_a_withdrawn_organisation_reads_no_package(west: Place, sign_in: SignIn) -> None:
    invitee = invite(west)
    registration = register(invitee)
    accept(sign_in(west.coordinator), west, registration)
    with tenancy.scope([west.network.pk]):
        registration.refresh_from_db()
        assert registration.team is not None
        participation = registration.team.participation
    assert Client().get(_at(invitee)).context["first_gathering"] is not None
    with tenancy.scope([west.network.pk]):
        participation.withdrawn, participation.withdrawn_on = True, timezone.localdate()
        participation.save()
    assert Client().get(_at(invitee)).context["first_gathering"] is None


def test_an_identity_number_in_the_filter_goes_into_no_address(west: Place, sign_in: SignIn) -> None:
    invitee = invite(west)
    path = f"/nettverk/vest/invitasjoner/{invitee.round_id}/velg/"
    key = f"o{west.other_team.participation.organisation_id}"
    answer = sign_in(west.coordinator).post(path, {"q": NATIONAL, "org": key, "add": "1", "once": "abc"})
    assert answer.status_code in (200, 302)
    assert NATIONAL not in answer.headers.get("Location", "")


def test_no_personal_link_is_kept(west: Place) -> None:
    invitee = invite(west)
    Client().post(_at(invitee, "decline"), {"reason": "", "once": "abc"})
    assert Submission.objects.get().location == ""


def test_a_place_in_another_network_is_not_seen_from_this_one(cast: Cast, west: Place, sign_in: SignIn) -> None:
    with tenancy.scope([cast.east.network.pk]):
        Membership.objects.create(network=cast.east.network, user=west.coordinator, role=Role.SUPERVISOR)
    browser = sign_in(west.coordinator)
    with tenancy.scope([west.network.pk]):
        tenancy.identify(west.coordinator.pk)
        assert set(Membership.objects.values_list("network", flat=True)) == {west.network.pk}
    exported = json.loads(fetched(browser, "/nettverk/vest/nettverk.json"))
    mine = [each for each in exported["people"] if each["email"] == west.coordinator.email]
    assert [each["role"] for each in mine] == ["coordinator"]


@pytest.mark.django_db(transaction=True)
def test_a_save_behind_the_link_never_undoes_a_decision(transactional_db: None) -> None:
    """The save waits for the decision, and then finds the form shut."""
    west = make_cast().west
    invitee = invite(west)
    registration = register(invitee)
    with tenancy.scope([west.network.pk]):
        asked = answer_registration(
            registration=registration,
            by=west.coordinator,
            decision=Registration.State.ASKED,
            text="Hvem?",
            seen=standing(registration),
        )
    refused: list[str] = []

    def save() -> None:
        try:
            with tenancy.scope([west.network.pk]):
                save_registration(invitee=invitee, number=1, texts={"team_name": "Nytt navn"}, seen={})
        except Exception as error:
            refused.append(type(error).__name__)
        finally:
            connection.close()

    other = threading.Thread(target=save)
    with tenancy.scope([west.network.pk]):
        answer_registration(
            registration=asked,
            by=west.coordinator,
            decision=Registration.State.DECLINED,
            text="Fullt.",
            seen=standing(asked),
        )
        other.start()
        other.join(timeout=1)
        assert other.is_alive()
    other.join(timeout=20)
    with tenancy.scope([west.network.pk]):
        assert Registration.objects.get(pk=registration.pk).state == Registration.State.DECLINED
    assert refused == ["NotOpenError"]


def test_an_identity_number_in_two_halves_is_found_before_it_is_sent(west: Place) -> None:
    registration = register(invite(west))
    with tenancy.scope([west.network.pk]):
        registration.people.filter(position=0).update(title=NATIONAL[:6], unit=NATIONAL[6:])
        values = values_of(registration, registration.people.all())
        assert [field for field, _what in problems(registration, values, timezone.localdate())] == ["person_0_title"]
