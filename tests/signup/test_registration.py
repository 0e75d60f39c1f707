"""A registration from the personal link to the answer: the whole way."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from accounts.models import User
from gpf import tenancy
from networks.models import Membership, Organisation, ParticipatingUnit, Participation, ParticipationLeader, Role
from notices.models import Message, Notice
from notices.runs import run_daily
from signup.copies import make_copy
from signup.links import link_token
from signup.models import Invitee, RegisteredPerson, Registration
from teams.models import Team, TeamMember
from tests.cast import Cast, Place
from tests.documents.library import put
from tests.signup.registering import answers, invite, register

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
SignIn = Callable[[User], Client]
State = Registration.State


@pytest.fixture(autouse=True)
def queued(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """What the workers are told to do."""
    told: list[tuple[Any, ...]] = []
    monkeypatch.setattr("celery.app.task.Task.delay", lambda task, *args: told.append((task.name, *args)))
    return told


@pytest.fixture
def west(cast: Cast) -> Iterator[Place]:
    with tenancy.scope([cast.west.network.pk]):
        yield cast.west


def _at(invitee: Invitee, name: str = "form", *args: Any) -> str:
    return reverse(f"registration:{name}", args=[link_token(invitee), *args])


def _decision(place: Place, registration: Registration) -> str:
    where = {"network_slug": place.network.slug, "registration_pk": registration.pk}
    return reverse("signup:registration", kwargs=where)


def _fetched(client: Client, address: str) -> bytes:
    answer: Any = client.get(address)
    return b"".join(answer.streaming_content)


def _seen(client: Client, address: str) -> str:
    page = client.get(address).context["page"]
    return str(page.seen)


def _post(client: Client, address: str, texts: dict[str, str], **kwargs: Any) -> Any:
    return client.post(address, {"seen": _seen(client, address), **texts, **kwargs})


def test_one_begins_another_finishes_the_coordinator_asks_back_and_then_accepts(
    west: Place, client: Client, sign_in: SignIn, django_capture_on_commit_callbacks: Any, queued: list[Any]
) -> None:
    invitee = invite(west)
    guide, hidden = put(west, "Intervjuguide", in_package=True), put(west, "Årsrapport")
    page = client.get(_at(invitee)).content.decode()
    assert "Seljord" in page
    assert _at(invitee, "team", 1) in page
    invitee.refresh_from_db()
    assert invitee.opened_at is not None

    # One begins: what is half typed is kept as it is.
    form = _at(invitee, "team", 1)
    begun = {"team_name": "Hjemme i Seljord", "person_0_email": "leder@"}
    saved = client.post(_at(invitee, "save", 1), {"seen": _seen(client, form), **begun})
    assert "Lagret" in saved.content.decode() or "Saved" in saved.content.decode()
    registration = Registration.objects.get()
    assert (registration.state, registration.team_name, registration.leader_title) == (
        State.DRAFT,
        "Hjemme i Seljord",
        "kommunalsjef",
    )

    # Another goes on where she stopped, and sends it; what lacks is said first.
    page = Client().get(form).content.decode()
    assert 'value="Hjemme i Seljord"' in page
    assert 'value="leder@"' in page
    answer = _post(client, form, begun, then="send")
    assert {"person_0_name", "person_0_email", "committed_on"} <= answer.context["form"].errors.keys()
    assert registration.state == State.DRAFT
    with django_capture_on_commit_callbacks(execute=True):
        answer = _post(client, form, answers("Hjemme i Seljord"), then="send")
    assert answer["Location"] == form
    registration.refresh_from_db()
    assert registration.state == State.SUBMITTED
    assert queued == [("signup.tasks.make_copy", west.network.pk, registration.pk)]
    assert make_copy(registration_pk=registration.pk)
    assert not make_copy(registration_pk=registration.pk)
    receipts = Message.objects.filter(key__startswith=f"receipt:{registration.pk}:")
    assert {receipt.address: receipt.document for receipt in receipts} == dict.fromkeys(
        ["leder.hjemme.i.seljord@test.example", "sjef.3820@test.example"], Registration.objects.get().copy
    )
    assert _fetched(client, _at(invitee, "copy", 1)).startswith(b"%PDF")
    assert client.get(_at(invitee, "document", guide.pk)).status_code == 404

    # The coordinator is told, and asks back.
    tenancy.identify(None)
    (notice,) = Notice.objects.filter(kind="registration_waiting")
    assert notice.recipient == west.coordinator
    coordinator = sign_in(west.coordinator)
    decide = _decision(west, registration)
    read = coordinator.get(decide)
    assert "Hjemme i Seljord" in read.content.decode()
    asked = {"seen": read.context["form"].initial["seen"], "decision": "asked", "text": ""}
    assert "text" in coordinator.post(decide, asked).context["form"].errors
    assert coordinator.post(decide, asked | {"text": "Hvem måler?"}).status_code == 302
    notice.refresh_from_db()
    assert notice.state == Notice.State.WITHDRAWN
    letters = Message.objects.filter(key__startswith=f"answer:{registration.pk}:")
    assert {letter.address for letter in letters} == {
        "leder.hjemme.i.seljord@test.example",
        "sjef.3820@test.example",
    }
    assert all("Hvem måler?" in letter.text and link_token(invitee) in letter.text for letter in letters)
    assert [letter.calendar for letter in letters] == ["", ""], "they are not in yet"
    assert all(f"{form}#question" in letter.text for letter in letters), "it leads to the form, not to the invitation"
    assert 'id="question"' in Client().get(form).content.decode()
    letters.delete()

    # They answer and send it again; the coordinator accepts.
    outside = Client()
    assert "Hvem måler?" in outside.get(form).content.decode()
    _post(outside, form, answers("Hjemme i Seljord", written_by="Rådgiver"), then="send")
    read = coordinator.get(decide)
    accepted = {"seen": read.context["form"].initial["seen"], "decision": "accepted", "text": "Velkommen!"}
    queued.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert coordinator.post(decide, accepted).status_code == 302
    registration.refresh_from_db()
    team = Team.objects.get(name="Hjemme i Seljord")
    assert (registration.state, registration.team) == (State.ACCEPTED, team)
    assert team.joined_on == timezone.localdate()  # the first gathering has been
    taking_part = Participation.objects.get(organisation=invitee.organisation)
    assert (taking_part.anchored_by, taking_part.anchored_title) == ("Kommunalsjef Seljord", "kommunalsjef")
    units = ParticipatingUnit.objects.filter(participation=taking_part).order_by("organisation__name")
    assert [str(unit) for unit in units] == ["Hjemmetjenesten nord", "Legevakten"]
    assert {(str(m), m.function, m.title) for m in TeamMember.objects.filter(team=team)} == {
        ("Teamleder Seljord", "leader", "fagsykepleier"),
        ("Måleansvarlig Seljord", "measurement_lead", ""),
        ("Medlem Seljord", "member", "fysioterapeut"),
    }
    assert str(ParticipationLeader.objects.get(participation=taking_part)) == "Kommunalsjef Seljord"
    sent = [args for name, *args in queued if name == "accounts.tasks.send_invitation"]
    assert len(sent) == 4
    assert {args[1] for args in sent} == {f"/nettverk/{west.network.slug}/team/{team.slug}/"}
    (to_leader,) = letters.filter(address="leder.hjemme.i.seljord@test.example")
    assert _at(invitee, "document", guide.pk) in to_leader.text
    assert "Velkommen!" in to_leader.text
    coming: list[Any] = Calendar.from_ical(to_leader.calendar).walk("VEVENT")
    assert [event["DTSTART"].dt for event in coming] == [west.gatherings[1].starts_on], "what has been is left out"
    assert _fetched(outside, _at(invitee, "document", guide.pk)).startswith(b"%PDF")
    assert outside.get(_at(invitee, "document", hidden.pk)).status_code == 404
    words = [event.words for event in coordinator.get(decide).context["history"]]
    assert len(words) == 4
    again = coordinator.post(decide, accepted)  # a second try, with what the page held before
    assert again.context["form"].non_field_errors()
    assert Team.objects.filter(name="Hjemme i Seljord").count() == 1


def test_a_double_click_accepts_once_and_a_second_coordinator_reads_who_was_first(
    west: Place, cast: Cast, sign_in: SignIn
) -> None:
    registration = register(invite(west))
    decide = _decision(west, registration)
    coordinator = sign_in(west.coordinator)
    seen = coordinator.get(decide).context["form"].initial["seen"]
    words = {"seen": seen, "decision": "accepted", "text": "", "once": "a-token"}
    first, second = coordinator.post(decide, words), coordinator.post(decide, words)
    assert first["Location"] == second["Location"] == decide
    counted = (Team.objects.count(), Membership.objects.count(), Message.objects.count())
    other = sign_in(cast.national)
    page = other.post(decide, {"seen": seen, "decision": "declined", "text": "Det er fullt"})
    assert str(west.coordinator) in page.content.decode()
    registration.refresh_from_db()
    assert registration.state == State.ACCEPTED
    assert (Team.objects.count(), Membership.objects.count(), Message.objects.count()) == counted


def test_an_organisation_that_had_withdrawn_begins_anew_and_its_old_team_stays_ended(
    west: Place, sign_in: SignIn
) -> None:
    Participation.objects.filter(pk=west.other_team.participation_id).update(
        withdrawn=True, withdrawn_on=timezone.localdate() - timedelta(days=9), withdrawn_reason="Omorganisering"
    )
    invitee = invite(west, "Tokke", "3826")
    assert invitee.organisation == west.other_team.participation.organisation
    registration = register(invitee, answers("Tokke 2"))
    coordinator = sign_in(west.coordinator)
    _accept(coordinator, west, registration)
    participation = Participation.objects.get(pk=west.other_team.participation_id)
    assert (participation.withdrawn, participation.joined_on) == (False, timezone.localdate())
    assert [str(team) for team in Team.objects.going_on().filter(participation=participation)] == ["Tokke 2"]


def test_several_teams_of_one_organisation_share_its_participation_and_its_units(
    west: Place, client: Client, sign_in: SignIn
) -> None:
    invitee = invite(west)
    first = register(invitee)
    assert "Hjemmetjenesten Seljord" in client.get(_at(invitee)).content.decode()
    same_name = _post(client, _at(invitee, "team", 2), answers(), then="send")
    assert "team_name" in same_name.context["form"].errors
    _post(client, _at(invitee, "team", 2), answers("Legevakten Seljord"), then="send")
    assert client.get(_at(invitee, "team", 4)).status_code == 404
    coordinator = sign_in(west.coordinator)
    for registration in (first, Registration.objects.get(number=2)):
        _accept(coordinator, west, registration)
    participation = Participation.objects.get(organisation=invitee.organisation)
    assert participation.teams.count() == 2
    assert Organisation.objects.filter(parent=invitee.organisation).count() == 2
    leaders = Membership.objects.filter(role=Role.LEADER, user__email="sjef.3820@test.example")
    assert leaders.count() == 1


def test_the_waiting_list_and_a_no_can_become_a_yes(west: Place, sign_in: SignIn) -> None:
    registration = register(invite(west))
    coordinator = sign_in(west.coordinator)
    decide = _decision(west, registration)
    stale = coordinator.get(decide).context["form"].initial["seen"]
    for decision in ("waiting", "declined", "accepted"):
        seen = coordinator.get(decide).context["form"].initial["seen"]
        assert coordinator.post(decide, {"seen": seen, "decision": decision, "text": "Slik er det"}).status_code == 302
        late = coordinator.post(decide, {"seen": stale, "decision": "asked", "text": "Hvem leder?"})
        assert "Hvem leder?" in late.content.decode() or decision == "accepted"
        registration.refresh_from_db()
        assert registration.state == decision
    assert Message.objects.filter(key__startswith=f"answer:{registration.pk}:").count() == 6


def test_what_is_half_written_after_a_question_can_not_be_accepted(west: Place, sign_in: SignIn) -> None:
    registration = register(invite(west))
    coordinator = sign_in(west.coordinator)
    decide = _decision(west, registration)
    seen = coordinator.get(decide).context["form"].initial["seen"]
    coordinator.post(decide, {"seen": seen, "decision": "asked", "text": "Hvem leder?"})
    RegisteredPerson.objects.filter(position=0).update(email="ny@")
    seen = coordinator.get(decide).context["form"].initial["seen"]
    page = coordinator.post(decide, {"seen": seen, "decision": "accepted", "text": "Velkommen"})
    assert "decision" in page.context["form"].errors
    assert "Velkommen" in page.content.decode()
    assert not Team.objects.filter(name=registration.team_name).exists()


def test_who_has_no_address_gets_no_place_and_one_person_gets_one_place(west: Place, sign_in: SignIn) -> None:
    texts = answers()
    texts |= {"person_1_name": texts["person_0_name"], "person_1_email": texts["person_0_email"].upper()}
    registration = register(invite(west), texts)
    coordinator = sign_in(west.coordinator)
    page = coordinator.get(_decision(west, registration))
    assert page.context["without_address"] == ["Brukerrepresentant Seljord"]
    assert page.context["in_two_places"] == ["Teamleder Seljord"]
    _accept(coordinator, west, registration)
    places = TeamMember.objects.filter(team__name=registration.team_name)
    assert {(str(place), place.function) for place in places} == {
        ("Teamleder Seljord", "leader"),
        ("Medlem Seljord", "member"),
    }


def test_a_coordinator_of_a_network_that_is_only_planned_is_told_too(cast: Cast) -> None:
    network = cast.west.network
    network.phase = network.Phase.PLANNED
    network.save()
    with tenancy.scope([network.pk]):
        register(invite(cast.west))
    run_daily()
    (told,) = [sent for sent in mail.outbox if sent.to == [cast.west.coordinator.email]]
    assert "Seljord" in told.subject


def test_an_invitation_that_was_taken_back_is_not_asked_through_its_link_but_may_be_accepted(
    west: Place, client: Client, sign_in: SignIn
) -> None:
    invitee = invite(west)
    registration = register(invitee)
    Invitee.objects.filter(pk=invitee.pk).update(withdrawn_at=timezone.now())
    assert client.get(_at(invitee)).status_code == 410
    coordinator = sign_in(west.coordinator)
    decide = _decision(west, registration)
    seen = coordinator.get(decide).context["form"].initial["seen"]
    asked = coordinator.post(decide, {"seen": seen, "decision": "asked", "text": "Hvem måler?"})
    assert "decision" in asked.context["form"].errors
    _accept(coordinator, west, registration)
    assert Client().get(_at(invitee)).status_code == 410  # it may be in the wrong hands: a new link goes out
    with tenancy.scope([west.network.pk]):
        invitee.refresh_from_db()
    assert Client().get(_at(invitee)).status_code == 200
    assert "Brukerrepresentant Seljord" in coordinator.get(decide).content.decode()


def _accept(client: Client, place: Place, registration: Registration) -> None:
    decide = _decision(place, registration)
    seen = client.get(decide).context["form"].initial["seen"]
    answer = client.post(decide, {"seen": seen, "decision": "accepted", "text": ""})
    assert answer.status_code == 302, answer.context["form"].errors
