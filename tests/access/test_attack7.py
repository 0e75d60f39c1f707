"""What somebody tries who wants in, or wants it to fall over: at the desk, in supervision, in the feed, in the mail."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as product
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from desk.circulars.audience import Audience, read_audience
from gpf import mail_services, tenancy
from networks.models import Membership, Role
from notices import kinds, unsubscribing
from notices.mailing import Addressee, queue_letter, send_waiting_letters
from notices.models import Message, Notice
from sessions.feed import own_feed, secret_of
from supervision.meetings import letters
from supervision.meetings.people import offered_people
from supervision.models import LeaderReport, Meeting, MeetingPerson
from supervision.questions.services import ask, say
from teams.models import TeamMember
from tests.cast import Cast, Place
from tests.identity_numbers import NATIONAL

SignIn = Callable[[User], Client]
NETWORK = "/nettverk/vest/"
FAR = ("9999-12-31", "0001-01-01", "2026-02-31")

pytestmark = pytest.mark.django_db


def in_days(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def colleague(place: Place) -> Membership:
    with tenancy.scope([place.network.pk]):
        user = User.objects.create_user("kollega@test.example", name="Veileder Kollega")
        return Membership.objects.create(network=place.network, user=user, role=Role.SUPERVISOR)


def end(place: Place, user: User) -> None:
    """She is no longer in the team as of today, by the calendar; she still watches the network."""
    with tenancy.scope([place.network.pk]):
        Membership.objects.filter(user=user, role=Role.TEAM_MEMBER).update(ends_on=timezone.localdate())
        Membership.objects.create(network=place.network, user=user, role=Role.OBSERVER)


# Nothing falls over


@pytest.mark.parametrize("address", ["veiledningslogg/skriv/?team=a%00b", "veiledningslogg/avtal/?team=%00"])
def test_a_sign_no_text_can_hold_names_no_team(cast: Cast, sign_in: SignIn, address: str) -> None:
    assert sign_in(cast.west.supervisor).get(NETWORK + address).status_code == 200


def test_a_sign_no_text_can_hold_names_no_notice(cast: Cast, sign_in: SignIn) -> None:
    answer = sign_in(cast.west.coordinator).post(f"{NETWORK}utsending/hold/", {"key": "a\0b"})
    assert answer.status_code == 302


@pytest.mark.parametrize("day", FAR)
def test_a_day_nobody_means_is_refused(cast: Cast, sign_in: SignIn, day: str) -> None:
    place, other = cast.west, colleague(cast.west)
    browser = sign_in(place.supervisor)
    with tenancy.scope([place.network.pk]):
        own = Membership.objects.get(user=place.supervisor)
    meet: dict[str, Any] = {"teams": [place.team.pk], "people": [place.supervisor.pk], "form": "digital"}
    held = meet | {"day": in_days(0), "themes": "mål", "rader": "2"}
    tries: list[tuple[str, dict[str, Any]]] = [
        (
            f"veiledere/{own.pk}/vikar/",
            {"teams": [place.team.pk], "to": other.pk, "since": in_days(0), "last_day": day},
        ),
        ("veiledningslogg/avtal/", meet | {"day": day}),
        ("veiledningslogg/skriv/", held | {"neste-day": day}),
        ("veiledningslogg/skriv/", held | {"ny-0-text": "Ringe", "ny-0-due": day}),
        ("veiledningslogg/skriv/", held | {"day": day}),
    ]
    for address, sent in tries:
        answer = browser.post(NETWORK + address, sent)
        assert (address, answer.status_code) == (address, 200)
    with tenancy.scope([place.network.pk]):
        assert not Meeting.objects.exists()


@pytest.mark.parametrize(
    ("address", "field"),
    [("veiledningslogg/skriv/", "summary"), ("veiledningslogg/skriv/", "notat-note"), ("skala", "reason")],
)
def test_what_is_far_too_long_is_refused(cast: Cast, sign_in: SignIn, address: str, field: str) -> None:
    place = cast.west
    if address == "skala":
        address = f"team/{place.team.slug}/skala/{place.gatherings[1].pk}/"
    sent = {"teams": [place.team.pk], "day": in_days(0), "form": "digital", "themes": "mål", "value": "2.5"}
    answer = sign_in(place.supervisor).post(NETWORK + address, sent | {field: "a" * 100_000})
    assert answer.status_code == 200


def test_an_identity_number_in_an_address_is_kept_nowhere(cast: Cast, sign_in: SignIn) -> None:
    place = cast.west
    with tenancy.scope([place.network.pk]):
        asked = ask(team=place.team, by=place.member, text="Hvordan?")
    address = f"{NETWORK}team/{place.team.slug}/sporsmal/{asked.pk}/?hvem={NATIONAL}"
    answer = sign_in(place.supervisor).post(address, {"text": "Slik.", "once": "a"})
    assert answer.status_code == 302


@pytest.mark.parametrize("service", sorted(mail_services.SIGNING))
@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"[]", "application/json"),
        (b'{"signature": null}', "application/json"),
        (b'{"signature": {"token": "a", "timestamp": "\xc3\xa6", "signature": "a"}}', "application/json"),
        (b'{"a":' * 2000, "application/json"),
        (b"--x", "multipart/form-data; boundary=x"),
        (b"\xff\xfe", "text/plain"),
    ],
)
def test_a_stranger_can_not_make_the_post_box_fall_over(
    cast: Cast, settings: Settings, service: str, body: bytes, kind: str
) -> None:
    settings.GPF_MAIL_SERVICE = service
    settings.ANYMAIL = mail_services.anymail(service, "bare-en-provenokkel-for-testene")
    answer: HttpResponse = Client().post("/post/hendelser/", body, content_type=kind, headers={"Signature": "æ"})  # type: ignore[assignment]
    assert (answer.status_code, answer.content) == (400, b"")


# Who has lost access


def test_who_has_left_the_team_reads_no_answer_to_it(cast: Cast, sign_in: SignIn) -> None:
    place = cast.west
    with tenancy.scope([place.network.pk]):
        asked = ask(team=place.team, by=place.member, text="Hvordan?")
        say(question=asked, by=place.supervisor, text="Kvistegravlund", from_team=False)
        notice = Notice.objects.get(recipient=place.member)
        assert notice.pk in kinds.tell([notice], timezone.localdate())
    assert "Kvistegravlund" in sign_in(place.member).get("/varsler/").content.decode()
    end(place, place.member)
    assert "Kvistegravlund" not in sign_in(place.member).get("/varsler/").content.decode()


def test_who_has_left_the_team_is_asked_to_no_meeting_and_told_of_no_change(cast: Cast, sign_in: SignIn) -> None:
    place = cast.west
    browser = sign_in(place.supervisor)
    people = [place.supervisor.pk, place.member.pk]
    meet: dict[str, Any] = {"teams": [place.team.pk], "people": people, "form": "digital", "day": in_days(3)}
    browser.post(f"{NETWORK}veiledningslogg/avtal/", meet)
    end(place, place.member)
    with tenancy.scope([place.network.pk]):
        meeting = Meeting.objects.get()
        own = offered_people([place.team], by=place.supervisor, today=timezone.localdate())
        assert str(place.member.pk) not in [key for _heading, found in own for key, _name in found]
    page = browser.get(f"{NETWORK}veiledningslogg/{meeting.pk}/flytt/")
    seen = page.context["form"].initial["seen"]
    moved = meet | {"day": in_days(4), "online_link": "https://mote.test.example/nytt", "seen": seen}
    assert browser.post(f"{NETWORK}veiledningslogg/{meeting.pk}/flytt/", moved).status_code == 302
    with tenancy.scope([place.network.pk]):
        told = Message.objects.filter(key__startswith=f"guidance:{meeting.pk}:", state=Message.State.QUEUED)
        assert {row.recipient_id for row in told} == {place.supervisor.pk}
        assert MeetingPerson.objects.filter(meeting=meeting, user=place.member).exists()
    browser.post(f"{NETWORK}veiledningslogg/{meeting.pk}/avlys/", {"reason": ""})
    with tenancy.scope([place.network.pk]):
        off = told.filter(key__endswith=letters.CANCELLED)
        assert {row.recipient_id for row in off} == set(people), "it stands in her calendar, and goes out of it"


def test_a_circular_to_leaders_goes_to_all_where_the_leader_has_left(cast: Cast) -> None:
    place = cast.west
    today = timezone.localdate()
    audience = Audience(whom="teams", teams=(place.team.pk,), only_leaders=True)
    with tenancy.scope([place.network.pk]):
        assert TeamMember.objects.filter(team=place.team, function=TeamMember.Function.LEADER).exists()
        assert [each.user for each in read_audience(audience, today)] == [place.team_leader]
    end(place, place.team_leader)
    with tenancy.scope([place.network.pk]):
        assert [each.user for each in read_audience(audience, today)] == [place.member]


@pytest.mark.parametrize(
    ("key", "goes"),
    [
        ("circular:1:2", False),
        ("guidance:1:2:0:asked", False),
        ("guidance:1:2:1:moved", False),
        ("leader-report:1:2", False),
        ("guidance:1:2:1:cancelled", True),
        ("circular-test:1:2:nb:a", True),
    ],
)
def test_a_letter_that_waited_is_not_sent_to_who_has_lost_access_since(
    cast: Cast, settings: Settings, mailoutbox: list[Any], key: str, goes: bool
) -> None:
    settings.GPF_MAIL_AT_ANY_HOUR = True
    place, person = cast.west, cast.west.member
    with tenancy.scope([place.network.pk]):
        others = key.replace(":1:", ":3:")
        for to, own in ((person, key), (place.coordinator, others)):
            queue_letter(
                network=place.network,
                key=own,
                to=Addressee(to.name, to.email, "nb", to),
                subject="Hei",
                text="Til dere i nettverket.",
            )
        Membership.objects.filter(user=person).update(ends_on=timezone.localdate())
    send_waiting_letters(place.network)
    assert (person.email in [mail.to[0] for mail in mailoutbox], len(mailoutbox)) == (goes, 1 + goes)
    with tenancy.scope([place.network.pk]):
        state = Message.objects.get(key=key).state
    assert state == (Message.State.SENT if goes else Message.State.WITHDRAWN)


def test_who_is_not_asked_any_more_learns_no_new_link(cast: Cast, sign_in: SignIn) -> None:
    place = cast.west
    browser = sign_in(place.supervisor)
    people = [place.supervisor.pk, place.member.pk]
    meet: dict[str, Any] = {"teams": [place.team.pk], "people": people, "form": "digital", "day": in_days(3)}
    browser.post(f"{NETWORK}veiledningslogg/avtal/", meet)
    with tenancy.scope([place.network.pk]):
        meeting = Meeting.objects.get()
    address = f"{NETWORK}veiledningslogg/{meeting.pk}/flytt/"
    seen = browser.get(address).context["form"].initial["seen"]
    moved = meet | {
        "people": people[:1],
        "online_link": "https://mote.test.example/nytt",
        "place": "Rom 7",
        "seen": seen,
    }
    assert browser.post(address, moved).status_code == 302
    with tenancy.scope([place.network.pk]):
        (letter,) = Message.objects.filter(recipient=place.member).exclude(key__endswith=letters.ASKED)
    assert "METHOD:CANCEL" in letter.calendar
    assert not [word for word in ("nytt", "Rom 7") if word in letter.text + letter.calendar]


def test_no_page_is_said_to_go_to_a_leader_who_has_lost_access(cast: Cast, sign_in: SignIn) -> None:
    place = cast.west
    browser = sign_in(place.coordinator)
    address = f"{NETWORK}ledere/"
    assert place.leader.name in browser.get(address).content.decode()
    with tenancy.scope([place.network.pk]):
        Membership.objects.filter(user=place.leader).update(ends_on=timezone.localdate())
    browser.post(address)
    with tenancy.scope([place.network.pk]):
        assert not LeaderReport.objects.exists()


def test_what_stands_behind_a_personal_link_is_kept_by_no_cache(cast: Cast, client: Client) -> None:
    person = cast.west.member
    links = [unsubscribing.address_of(person), f"/kalender/{secret_of(own_feed(person))}.ics"]
    heads = [client.get(link.removeprefix(product.GPF_BASE_URL.rstrip("/")))["Cache-Control"] for link in links]
    assert all("private" in head and "no-cache" in head for head in heads), heads
