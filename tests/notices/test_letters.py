"""Letters: written once, sent once, and none held up by another."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings as product
from django.utils import timezone
from pytest_django import Settings

from documents.services import keep_made_pdf
from gpf import tenancy
from notices.mailing import ATTEMPTS, Addressee, queue_letter, send_again, send_waiting_letters, withdraw_letters
from notices.models import Message
from notices.tasks import send_letters
from tests.cast import Cast, Place
from tests.notices.conftest import messages
from tests.notices.smtp_server import HANG_UP, MailServer

CALENDAR = "BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\nEND:VCALENDAR\r\n"


def queue(place: Place, key: str = "test:1", address: str = "leder@test.example", **extra: object) -> Message:
    with tenancy.scope([place.network.pk]):
        return queue_letter(
            network=place.network,
            key=key,
            to=Addressee("Kommunalsjef Vinje", address, "nn"),
            subject="Bli med i\nnettverket",
            text="Hei <du>\n\nhttps://eksempel.example/pamelding/x/",
            **extra,  # type: ignore[arg-type]  # fields of the letter
        )


def pass_by(place: Place, **time: float) -> None:
    """Let so much time pass, as far as the letters know."""
    passed = timedelta(**time)
    with tenancy.scope([place.network.pk]):
        for letter in Message.objects.all():
            letter.claimed_at = letter.claimed_at and letter.claimed_at - passed
            letter.send_after = letter.send_after and letter.send_after - passed
            letter.save(update_fields=["claimed_at", "send_after"])


def state(place: Place) -> list[tuple[str, str]]:
    return [(message.state, message.failure) for message in messages(place)]


def test_a_letter_is_a_mail_with_its_link_file_and_calendar(west: Place, server: MailServer) -> None:
    with tenancy.scope([west.network.pk]):
        paper = keep_made_pdf(network=west.network, by=None, pdf=b"%PDF-1.7 made", name="invitasjon.pdf")
        queue(west, document=paper, calendar=CALENDAR)
    assert send_letters(west.network.pk) == 1
    (mail,) = server.taken
    assert (mail["To"], mail["Subject"], mail["Content-Language"]) == (
        "leder@test.example",
        "Bli med i nettverket",
        "nn",
    )
    kinds = [part.get_content_type() for part in mail.walk() if not part.is_multipart()]
    assert kinds == ["text/plain", "text/html", "text/calendar", "application/pdf"]
    html = next(part for part in mail.walk() if part.get_content_type() == "text/html").get_content()
    assert "Hei &lt;du&gt;" in html
    assert '<a href="https://eksempel.example/pamelding/x/"' in html
    calendar = next(part for part in mail.walk() if part.get_content_type() == "text/calendar")
    assert calendar.get_param("method") == "CANCEL"
    assert calendar.get_filename() == "kalender.ics"
    assert calendar.get_content().splitlines()[1] == "METHOD:CANCEL"
    assert state(west) == [("sent", "")]


def test_the_same_key_is_the_same_letter_and_goes_once(west: Place, server: MailServer) -> None:
    assert queue(west) == queue(west)
    assert (send_waiting_letters(west.network), send_waiting_letters(west.network)) == (1, 0)
    assert len(server.taken) == 1


def test_one_that_is_put_off_or_refused_holds_up_no_other(west: Place, server: MailServer) -> None:
    server.answers = {"grey@test.example": "451 later", "gone@test.example": "550 no such person"}
    for key, address in {"a": "grey@test.example", "b": "gone@test.example", "c": "good@test.example"}.items():
        queue(west, key=key, address=address)
    assert send_waiting_letters(west.network) == 1
    assert state(west) == [("queued", "busy"), ("failed", "refused"), ("sent", "")]
    assert [message.failure_code for message in messages(west)] == [451, 550, None]
    server.answers.clear()
    assert send_waiting_letters(west.network) == 0  # too soon
    pass_by(west, minutes=6)
    assert send_waiting_letters(west.network) == 1
    assert state(west) == [("sent", ""), ("failed", "refused"), ("sent", "")]


def test_a_letter_that_is_put_off_waits_longer_each_time_and_fails_at_last(west: Place, server: MailServer) -> None:
    server.after_data = "452 the disk is full"
    queue(west)
    pauses = []
    for _attempt in range(ATTEMPTS):
        send_waiting_letters(west.network)
        (letter,) = messages(west)
        if letter.send_after is not None:
            pauses.append(round((letter.send_after - timezone.now()) / timedelta(minutes=1)))
        pass_by(west, minutes=241)
    assert pauses == [5, 10, 20, 40, 80, 160, *[240] * (ATTEMPTS - 7)]
    assert state(west) == [("failed", "busy")]
    assert [(message.attempts, message.failure_code) for message in messages(west)] == [(ATTEMPTS, 452)]


def test_one_slow_recipient_delays_only_her_own_letter(west: Place, server: MailServer, settings: Settings) -> None:
    """The server falls silent at three addresses, which ends the run; the next begins with what was not tried."""
    settings.EMAIL_TIMEOUT = 0.1
    slow = [f"slow{number}@test.example" for number in range(3)]
    server.answers = dict.fromkeys(slow, HANG_UP)
    for address in [*slow, "good@test.example"]:
        queue(west, key=address, address=address)
    assert send_waiting_letters(west.network) == 0
    pass_by(west, minutes=60)
    assert send_waiting_letters(west.network) == 1
    assert state(west) == [("sending", "lost")] * 3 + [("sent", "")]


@pytest.mark.parametrize(
    ("now", "goes"),
    [
        ("2026-11-23T06:59", ["receipt"]),
        ("2026-11-23T07:00", ["invitation", "receipt"]),
        ("2026-11-23T17:00", ["receipt"]),
        ("2026-11-21T12:00", ["receipt"]),
        ("2026-12-24T12:00", ["receipt"]),
        ("2026-03-29T02:30", ["receipt"]),
        ("2026-03-30T07:00", ["invitation", "receipt"]),
        ("2026-10-26T07:00", ["invitation", "receipt"]),
    ],
    ids=["early", "at seven", "at five", "Saturday", "Christmas Eve", "the hour that is not", "summer", "winter"],
)
def test_only_the_answer_to_what_she_did_goes_outside_working_hours(
    west: Place, server: MailServer, settings: Settings, monkeypatch: pytest.MonkeyPatch, now: str, goes: list[str]
) -> None:
    settings.GPF_MAIL_AT_ANY_HOUR = False
    queue(west, key="a", address="invitation@test.example")
    queue(west, key="b", address="receipt@test.example", at_any_hour=True)
    at = datetime.fromisoformat(now).replace(tzinfo=ZoneInfo("Europe/Oslo"))
    monkeypatch.setattr(timezone, "now", lambda: at)
    send_waiting_letters(west.network)
    assert [address.partition("@")[0] for address in server.addresses()] == goes


def test_a_letter_whose_answer_was_lost_goes_again_as_the_same_mail(west: Place, server: MailServer) -> None:
    server.answers = {"leder@test.example": HANG_UP}
    queue(west)
    assert send_waiting_letters(west.network) == 0
    server.answers.clear()
    assert send_waiting_letters(west.network) == 0  # the claim may still be somebody's
    pass_by(west, seconds=product.GPF_CLAIM_STALE_SECONDS + 1)
    assert send_waiting_letters(west.network) == 1
    assert len(set(server.message_ids())) == 1
    assert len(server.taken) == 2


@pytest.mark.parametrize("dies", [False, True], ids=["the server falls silent", "the sender dies"])
@pytest.mark.parametrize("answer", ["550 no such person", "451 later"])
def test_a_letter_that_may_have_arrived_stays_the_same_mail_whatever_is_said_later(
    west: Place, server: MailServer, answer: str, dies: bool
) -> None:
    queue(west)
    if dies:
        with tenancy.scope([west.network.pk]):
            Message.objects.update(state=Message.State.SENDING, claimed_at=timezone.now())
    else:
        server.answers = {"leder@test.example": HANG_UP}
        send_waiting_letters(west.network)
    first = messages(west)[0].message_id
    server.answers = {"leder@test.example": answer}
    pass_by(west, minutes=60)
    send_waiting_letters(west.network)
    assert [message.failure for message in messages(west)] == ["lost"]
    server.answers.clear()
    with tenancy.scope([west.network.pk]):
        send_again(messages(west)[0])
    pass_by(west, minutes=60)
    send_waiting_letters(west.network)
    assert state(west) == [("sent", "")]
    assert set(server.message_ids()) == {first}


def test_a_letter_that_failed_goes_again_as_a_new_mail_to_the_persons_address_of_today(
    west: Place, server: MailServer
) -> None:
    server.answers = {"leder@test.example": "550 no such person"}
    queue(west)
    send_waiting_letters(west.network)
    (failed,) = messages(west)
    with tenancy.scope([west.network.pk]):
        Message.objects.update(recipient=west.leader)
        failed = messages(west)[0]
        assert (send_again(failed), send_again(failed)) == (True, False)  # the second was too late
    assert state(west) == [("queued", "")]
    assert send_waiting_letters(west.network) == 1
    assert server.addresses() == [west.leader.email]
    assert server.message_ids() != [failed.message_id]
    with tenancy.scope([west.network.pk]):
        assert not send_again(messages(west)[0])
        Message.objects.update(state=Message.State.BOUNCED)
        assert send_again(messages(west)[0])
    assert send_waiting_letters(west.network) == 1
    assert len(set(server.message_ids())) == 2


def test_what_is_withdrawn_before_it_is_sent_is_not_sent(west: Place, server: MailServer) -> None:
    queue(west, key="move:7:1")
    queue(west, key="move:71:1")
    with tenancy.scope([west.network.pk]):
        assert withdraw_letters(network=west.network, key_prefix="move:7:") == 1
    assert send_waiting_letters(west.network) == 1
    assert state(west) == [("withdrawn", ""), ("sent", "")]


def test_the_other_networks_letters_are_its_own(cast: Cast, server: MailServer) -> None:
    west, east = cast.west, cast.east
    queue(west)
    queue(east)
    assert send_waiting_letters(west.network) == 1
    assert (state(west), state(east)) == ([("sent", "")], [("queued", "")])
