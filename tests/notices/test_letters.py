"""Letters: written once, sent once, and none held up by another."""

from datetime import timedelta

from django.utils import timezone

from documents.services import keep_made_pdf
from gpf import tenancy
from notices.mailing import STALE, Addressee, queue_letter, send_waiting_letters, withdraw_letters
from notices.models import Message
from notices.tasks import send_letters
from tests.cast import Cast, Place
from tests.notices.conftest import messages
from tests.notices.smtp_server import HANG_UP, MailServer

CALENDAR = "BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\nEND:VCALENDAR\r\n"


def queue(place: Place, key: str = "test:1", address: str = "leder@test.example", **extra: str) -> Message:
    with tenancy.scope([place.network.pk]):
        return queue_letter(
            network=place.network,
            key=key,
            to=Addressee("Kommunalsjef Vinje", address, "nn"),
            subject="Bli med i\nnettverket",
            text="Hei <du>\n\nhttps://eksempel.example/pamelding/x/",
            **extra,  # type: ignore[arg-type]  # only texts are given
        )


def state(place: Place) -> list[tuple[str, str]]:
    return [(message.state, message.failure) for message in messages(place)]


def test_a_letter_is_a_mail_with_its_link_file_and_calendar(west: Place, server: MailServer) -> None:
    with tenancy.scope([west.network.pk]):
        paper = keep_made_pdf(network=west.network, by=None, pdf=b"%PDF-1.7 made", name="invitasjon.pdf")
        queue(west, document=paper, calendar=CALENDAR)  # type: ignore[arg-type]  # see queue
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
    server.answers.clear()
    assert send_waiting_letters(west.network) == 1
    assert state(west) == [("sent", ""), ("failed", "refused"), ("sent", "")]


def test_a_letter_whose_answer_was_lost_goes_again_as_the_same_mail(west: Place, server: MailServer) -> None:
    server.answers = {"leder@test.example": HANG_UP}
    queue(west)
    assert send_waiting_letters(west.network) == 0
    server.answers.clear()
    assert send_waiting_letters(west.network) == 0  # the claim may still be somebody's
    with tenancy.scope([west.network.pk]):
        Message.objects.update(claimed_at=timezone.now() - STALE - timedelta(minutes=1))
    assert send_waiting_letters(west.network) == 1
    assert len(set(server.message_ids())) == 1
    assert len(server.taken) == 2


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
