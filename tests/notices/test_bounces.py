"""What a mail service tells of mail that comes back, posted to the real address in the shapes anymail documents."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone, translation
from pytest_django import Settings

from accounts.models import User
from gpf import mail_services, tenancy
from networks.models import Network
from notices import troubles_told
from notices.models import Digest, Message, Notice, Trouble
from notices.troubles import put_right
from teams.people_services import correct_person
from tests.cast import Cast, Place
from tests.identity_numbers import SYNTHETIC

SignIn = Callable[[User], Client]
ADDRESS = "/post/hendelser/"
SECRET = "posten:bare-en-provenokkel-for-testene"
KEY = "bare-en-provenokkel-for-testene"

pytestmark = pytest.mark.django_db


@pytest.fixture
def postmark(settings: Settings) -> None:
    use(settings, "postmark", SECRET)


def use(settings: Settings, service: str, secret: str) -> None:
    settings.GPF_MAIL_SERVICE, settings.GPF_MAIL_WEBHOOK_SECRET = service, secret
    settings.ANYMAIL = mail_services.anymail(service, secret)


def post(told: Any, secret: str | None = SECRET, **headers: str) -> HttpResponse:
    browser = Client(enforce_csrf_checks=True)
    if secret:
        headers["HTTP_AUTHORIZATION"] = f"Basic {base64.b64encode(secret.encode()).decode()}"
    return browser.post(ADDRESS, json.dumps(told), content_type="application/json", **headers)  # type: ignore[return-value,arg-type]


def bounce(address: str, at: datetime, kind: str = "HardBounce", **more: Any) -> dict[str, Any]:
    """Postmark's own shape for mail that comes back."""
    return {
        "RecordType": "SpamComplaint" if kind == "SpamComplaint" else "Bounce",
        "ID": 42,
        "Type": kind,
        "TypeCode": 1,
        "MessageID": "00000000-0000-0000-0000-000000000000",
        "Metadata": {},
        "Description": "The server was unable to deliver your message",
        "Details": "smtp;550 5.1.1 The email account that you tried to reach does not exist.",
        "Email": address,
        "BouncedAt": at.isoformat(),
        **more,
    }


def mail(place: Place, user: User | None, number: int, **fields: Any) -> Message:
    """A mail the network sent, `number` hours ago."""
    sent_at = timezone.now() - timedelta(hours=number)
    with tenancy.scope([place.network.pk]):
        return Message.objects.create(
            network=place.network,
            recipient=user,
            day=timezone.localdate(),
            language="nb",
            subject="Plakat",
            text="Lag plakat.",
            **{
                "message_id": f"<digest.{number}@localhost>",
                "state": Message.State.SENT,
                "sent_at": sent_at,
                **fields,
            },
        )


def of(place: Place) -> tuple[list[tuple[str, str, int | None]], list[tuple[str, str]]]:
    """The network's mails, and what its people are told: everything an event could have changed there."""
    with tenancy.scope([place.network.pk]):
        mails = Message.objects.order_by("sent_at").values_list("message_id", "state", "failure_code")
        told = Notice.objects.order_by("pk").values_list("recipient__email", "state")
        return list(mails), list(told)


def lines(place: Place) -> list[str]:
    with tenancy.scope([place.network.pk]), translation.override("en"):
        told = troubles_told.tell(list(Notice.objects.order_by("pk")), timezone.localdate())
        return [line.subject.partition(",")[0] for line in told.values()]


def marks() -> list[tuple[str, str, str]]:
    return list(Trouble.objects.order_by("pk").values_list("address", "kind", "code"))


def test_a_mailbox_that_is_gone_is_marked_and_told_of_and_twice_is_once(cast: Cast, postmark: None) -> None:
    leader = cast.west.team_leader
    mail(cast.west, leader, 30)
    mail(cast.west, leader, 1)
    mail(cast.west, cast.west.member, 2)
    mail(cast.east, cast.east.team_leader, 1, message_id="<digest.9@localhost>")
    told = bounce(leader.email.upper(), timezone.now())
    answer = post(told)
    assert answer.status_code == 200
    assert not answer.cookies
    assert not Session.objects.exists()
    after = (of(cast.west), of(cast.east), marks())
    assert after == (
        (
            [
                ("<digest.30@localhost>", "sent", None),
                ("<digest.2@localhost>", "sent", None),
                ("<digest.1@localhost>", "bounced", 550),
            ],
            [(cast.west.coordinator.email, "waiting")],
        ),
        ([("<digest.9@localhost>", "sent", None)], []),
        [(leader.email, "bounced", "550")],
    )
    assert post(told).status_code == 200
    assert (of(cast.west), of(cast.east), marks()) == after
    assert lines(cast.west) == [f"Mail to {leader.name} comes back"]


def test_the_same_event_later_still_marks_the_same_mail(cast: Cast, postmark: None) -> None:
    mail(cast.west, cast.west.member, 5)
    told = bounce(cast.west.member.email, timezone.now() - timedelta(hours=4))
    post(told)
    mail(cast.west, cast.west.member, 1)
    post(told)
    assert of(cast.west)[0] == [("<digest.5@localhost>", "bounced", 550), ("<digest.1@localhost>", "sent", None)]


def test_every_networks_part_of_the_mail_is_marked(cast: Cast, postmark: None) -> None:
    both = cast.west.coordinator
    mail(cast.west, both, 3, message_id="<digest.20261123.7@localhost>")
    mail(cast.east, both, 3, message_id="<digest.20261123.7@localhost>")
    mail(cast.west, both, 1)
    told = bounce(both.email, timezone.now(), Metadata={"mail": "digest.20261123.7"})
    assert post(told).status_code == 200
    assert of(cast.west)[0][0] == ("<digest.20261123.7@localhost>", "bounced", 550)
    assert of(cast.west)[0][1][1] == "sent"
    assert of(cast.east) == ([("<digest.20261123.7@localhost>", "bounced", 550)], [])


def test_a_mail_that_comes_back_before_its_sender_has_said_that_it_went(cast: Cast, postmark: None) -> None:
    leader = cast.west.team_leader
    digest = Digest.objects.create(recipient=leader, day=timezone.localdate(), message_id="<digest.8@localhost>")
    mail(cast.west, leader, 1, message_id=digest.message_id, digest=digest, state="queued", sent_at=None)
    post(bounce(leader.email, timezone.now(), Metadata={"mail": "digest.8"}))
    assert of(cast.west)[0] == [("<digest.8@localhost>", "bounced", 550)]


def test_a_complaint_says_more_than_a_mail_that_came_back(cast: Cast, postmark: None) -> None:
    leader = cast.west.team_leader
    mail(cast.west, leader, 1)
    for kind in ("HardBounce", "SpamComplaint", "HardBounce"):
        post(bounce(leader.email, timezone.now(), kind))
    assert of(cast.west)[0] == [("<digest.1@localhost>", "complained", 550)]
    assert marks() == [(leader.email, "complained", "550")]
    assert lines(cast.west) == [f"{leader.name} reported our mail as unwanted"]


def test_what_passes_is_only_noted(cast: Cast, postmark: None) -> None:
    message = mail(cast.west, cast.west.team_leader, 1)
    for kind in ("SoftBounce", "Transient", "DnsError", "VirusNotification"):
        post(bounce(cast.west.team_leader.email, timezone.now(), kind, Details="452 4.2.2 Mailbox full"))
        assert of(cast.west) == ([("<digest.1@localhost>", "sent", 452)], [])
        assert marks() == []
    with tenancy.scope([cast.west.network.pk]):
        message.refresh_from_db()
    assert message.failure == Message.Failure.PUT_OFF


UNCONCERNED: list[dict[str, Any]] = [
    {"RecordType": "Delivery", "DeliveredAt": "2026-12-01T07:00:00Z"},
    {"RecordType": "Open"},
    {"RecordType": "SubscriptionChange", "SuppressSending": True, "SuppressionReason": "ManualSuppression"},
    {"RecordType": "Bounce", "Type": "AutoResponder"},
    {"RecordType": "Something new"},
    {"RecordType": "Bounce", "Type": "HardBounce", "Email": "ingen@test.example"},
    {"RecordType": "Bounce", "Type": "HardBounce", "Email": f"{SYNTHETIC}@test.example"},
    {"RecordType": "Bounce", "Type": "HardBounce", "Email": ""},
]


def test_what_does_not_concern_us_changes_nothing(cast: Cast, postmark: None) -> None:
    mail(cast.west, cast.west.team_leader, 1)
    mail(cast.west, None, 1, address="ingen@example.org", message_id="<letter.1@localhost>")
    before = of(cast.west)
    for told in UNCONCERNED:
        assert post({"Recipient": cast.west.team_leader.email, **told}).status_code == 200
        assert (of(cast.west), marks()) == (before, [])


def test_whoever_does_not_know_the_secret_is_refused_and_told_nothing(cast: Cast, postmark: None) -> None:
    mail(cast.west, cast.west.team_leader, 1)
    before = of(cast.west)
    for secret in (None, "posten:feil", f"{SECRET}x", "posten"):
        answer = post(bounce(cast.west.team_leader.email, timezone.now()), secret)
        assert (answer.status_code, answer.content) == (400, b"")
    assert (of(cast.west), marks()) == (before, [])


def test_without_a_service_there_is_no_such_address(cast: Cast) -> None:
    assert post(bounce(cast.west.team_leader.email, timezone.now())).status_code == 404
    assert marks() == []


MAILGUN = {
    "event": "failed",
    "severity": "permanent",
    "reason": "bounce",
    "timestamp": 1.0,
    "delivery-status": {"code": 550, "message": "550 5.1.1 No such user", "description": ""},
    "message": {"headers": {"message-id": "digest.1@localhost"}},
}


SERVICES: list[tuple[str, Any, Any]] = [
    (
        "sparkpost",
        [{"msys": {"message_event": {"type": "bounce", "bounce_class": "10", "raw_rcpt_to": "{to}"}}}],
        [{"msys": {"message_event": {"type": "bounce", "bounce_class": "22", "raw_rcpt_to": "{to}"}}}, {"msys": {}}],
    ),
    ("brevo", {"event": "hard_bounce", "email": "{to}"}, {"event": "soft_bounce", "email": "{to}"}),
    (
        "mailjet",
        [{"event": "bounce", "email": "{to}", "hard_bounce": True, "error": "user unknown"}],
        [{"event": "bounce", "email": "{to}", "hard_bounce": False, "error": "quota exceeded"}],
    ),
    ("mailgun", MAILGUN, {**MAILGUN, "severity": "temporary"}),
    (
        "mailersend",
        {
            "type": "activity.hard_bounced",
            "data": {"type": "hard_bounced", "morph": {"object": "recipient_bounce"}},
        },
        {
            "type": "activity.soft_bounced",
            "data": {"type": "soft_bounced", "morph": {"object": "recipient_bounce"}},
        },
    ),
]
"""Each service's own shapes: of a mailbox that is gone, and of what passes."""


def test_every_service_tells_what_is_for_good_from_what_passes(cast: Cast, settings: Settings) -> None:
    mail(cast.west, cast.west.team_leader, 1)
    for service, hard, soft in SERVICES:
        use(settings, service, KEY if service in mail_services.SIGNING else SECRET)
        for told, state in ((soft, "sent"), (hard, "bounced"), (hard, "bounced")):
            assert _post_as(service, told, cast.west.team_leader.email).status_code == 200
            assert (service, [row[1] for row in of(cast.west)[0]]) == (service, [state])
            assert (service, len(marks())) == (service, state == "bounced")
        assert _post_as(service, hard, cast.west.team_leader.email, "feil" * 9).status_code == 400
        put_right(cast.west.team_leader.email)
        with tenancy.scope([cast.west.network.pk]):
            Message.objects.update(state=Message.State.SENT)


def _post_as(service: str, told: Any, to: str, key: str = KEY) -> HttpResponse:
    """As the service itself would post it, with its own way of proving who it is."""
    if service == "mailgun":
        signature = hmac.new(key.encode(), b"1token", hashlib.sha256).hexdigest()
        proof = {"token": "token", "timestamp": "1", "signature": signature}
        return post({"signature": proof, "event-data": {**told, "recipient": to}}, None)
    if service == "mailersend":
        told = {**told, "data": {**told["data"], "email": {"message": {"id": "x"}, "recipient": {"email": to}}}}
        signature = hmac.new(key.encode(), json.dumps(told).encode(), hashlib.sha256).hexdigest()
        return post(told, None, HTTP_SIGNATURE=signature)
    return post(json.loads(json.dumps(told).replace("{to}", to)), SECRET if key == KEY else key)


def test_nobody_is_told_when_the_address_has_been_put_right(cast: Cast, postmark: None) -> None:
    member = cast.west.member
    post(bounce(member.email, timezone.now()))
    assert of(cast.west)[1] == [(cast.west.coordinator.email, "waiting")]
    correct_person(user=member, name=member.name, email="rett@test.example")
    assert of(cast.west)[1] == [(cast.west.coordinator.email, "withdrawn")]
    assert marks() == []


def test_who_left_the_network_or_changed_address_is_not_told_of(cast: Cast, postmark: None) -> None:
    member = cast.west.member
    post(bounce(member.email, timezone.now()))
    assert len(lines(cast.west)) == 1
    User.objects.filter(pk=member.pk).update(email="ny@test.example")
    assert lines(cast.west) == []


def test_mail_that_comes_back_anew_is_told_of_anew(cast: Cast, postmark: None) -> None:
    told = bounce(cast.west.member.email, timezone.now())
    post(told)
    put_right(cast.west.member.email)
    post(told)
    assert [state for _to, state in of(cast.west)[1]] == ["withdrawn", "waiting"]


def test_a_letter_to_somebody_without_an_account(cast: Cast, postmark: None) -> None:
    mail(cast.west, None, 1, address="Postmottak@test.example", name="Postmottaket", key="invitation:1")
    post(bounce("postmottak@test.example", timezone.now()))
    assert [row[1] for row in of(cast.west)[0]] == ["bounced"]
    assert of(cast.west)[1] == [(cast.west.coordinator.email, "waiting")]
    assert lines(cast.west) == ["Mail to postmottak@test.example comes back"]
    assert of(cast.east) == ([], [])


def test_a_completed_network_is_told_nothing(cast: Cast, postmark: None) -> None:
    Network.objects.filter(pk=cast.west.network.pk).update(phase=Network.Phase.COMPLETED)
    post(bounce(cast.west.member.email, timezone.now()))
    assert of(cast.west)[1] == []


def test_the_coordinator_sees_her_own_networks_addresses_and_puts_them_right(
    cast: Cast, postmark: None, sign_in: SignIn
) -> None:
    for place in (cast.west, cast.east):
        post(bounce(place.member.email, timezone.now()))
    browser = sign_in(cast.west.coordinator)
    page = browser.get("/nettverk/vest/utsending/adresser/").content.decode()
    assert cast.west.member.email in page
    assert cast.east.member.email not in page
    assert "/utsending/adresser/" in browser.get(f"/nettverk/vest/personer/{cast.west.member.pk}/").content.decode()
    assert "/utsending/adresser/" not in browser.get(f"/nettverk/vest/personer/{cast.west.leader.pk}/").content.decode()
    own, others = Trouble.objects.order_by("pk")
    assert browser.post(f"/nettverk/vest/utsending/adresser/{others.pk}/").status_code == 404
    assert browser.get(f"/nettverk/vest/utsending/adresser/{own.pk}/").status_code == 302
    assert Trouble.objects.count() == 2
    browser.post(f"/nettverk/vest/utsending/adresser/{own.pk}/")
    assert [address for address, _kind, _code in marks()] == [cast.east.member.email]
    assert of(cast.west)[1] == [(cast.west.coordinator.email, "withdrawn")]
    assert of(cast.east)[1] == [(cast.east.coordinator.email, "waiting")]


def test_a_mail_carries_what_its_service_gives_back() -> None:
    assert mail_services.headers("postmark", "<digest.20261208.17@test.example>") == {
        "X-PM-Metadata-mail": "digest.20261208.17",
        "X-PM-KeepID": "true",
    }
    assert mail_services.headers("", "<digest.20261208.17@test.example>") == {}
