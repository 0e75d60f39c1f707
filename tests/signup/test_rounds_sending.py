"""Letters that are sent, refused, corrected, repeated and taken back: through the worker and a real mail server."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from gpf import tenancy
from notices.models import Message
from notices.tasks import send_letters
from signup import rounds_sending as sending
from signup.links import LinkError, LinkKind, link_token, open_link
from signup.models import Answer, InvitationRound, Invitee
from signup.rounds_queries import Row, invitees_of, read_rows
from signup.rounds_states import sentence
from signup.tasks import write_letter
from tests.cast import Cast
from tests.notices.conftest import server as server
from tests.notices.smtp_server import MailServer
from tests.signup.inviting import again, invite, load_register, make_round
from tests.signup.inviting import english as english

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def letters(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Iterator[InvitationRound]:
    """A round with three in it. What a worker would be given is done at once."""
    monkeypatch.setattr("signup.tasks.send_letters.delay", send_letters)
    load_register()
    found = make_round(cast.west)
    invite(found, "9108", "9203", language="nb")
    invite(found, "9201", language="nn")
    with tenancy.scope([cast.west.network.pk]):
        yield found


def send(letters: InvitationRound) -> list[int]:
    """Ask for the letters, and do the worker's part."""
    taken = sending.ask_for_letters(letters=letters)
    for invitee in Invitee.objects.filter(pk__in=taken):
        work(invitee)
    return taken


def work(invitee: Invitee) -> bool:
    made: bool = write_letter.apply((invitee.network_id, invitee.pk, invitee.link_number)).get()
    return made


def rows(letters: InvitationRound) -> dict[str, Row]:
    return {row.invitee.organisation.number: row for row in read_rows(invitees_of(letters), timezone.localdate())}


def answers(letters: InvitationRound) -> dict[str, str]:
    return {number: row.answer.value for number, row in rows(letters).items()}


def test_a_letter_goes_as_mail_with_its_pdf_in_the_readers_language(
    letters: InvitationRound, server: MailServer
) -> None:
    assert len(send(letters)) == 3
    mails = {str(mail["To"]): mail for mail in server.taken}
    assert set(mails) == {f"leder{number}@test.example" for number in ("9108", "9201", "9203")}
    mail = mails["leder9201@test.example"]
    assert mail["Content-Language"] == "nn"
    parts = {part.get_content_type(): part for part in mail.walk() if not part.is_multipart()}
    invitee = rows(letters)["9201"].invitee
    assert link_token(invitee) in parts["text/plain"].get_content()
    assert "Venleg helsing\nKoordinator Vest" in parts["text/plain"].get_content().replace("\r\n", "\n")
    assert parts["application/pdf"].get_content().startswith(b"%PDF-1.7")
    assert parts["application/pdf"].get_filename() == "invitasjon-fjellfjord-9201.pdf"
    assert answers(letters) == dict.fromkeys(("9108", "9201", "9203"), "sent")
    assert invitee.expires_on == letters.answer_by + sending.LINK_LIVES_ON


def test_asking_twice_and_working_twice_sends_once(letters: InvitationRound, server: MailServer) -> None:
    taken = send(letters)
    assert sending.ask_for_letters(letters=letters) == []
    for invitee in Invitee.objects.filter(pk__in=taken):
        assert not work(invitee)
    assert len(server.taken) == 3


def test_only_those_with_an_address_get_it(letters: InvitationRound, server: MailServer) -> None:
    Invitee.objects.filter(organisation__number="9203").update(leader_email="")
    assert len(send(letters)) == 2
    assert answers(letters)["9203"] == "not_sent"


def test_a_letter_that_can_not_be_made_may_be_asked_for_again(
    letters: InvitationRound, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> bytes:
        raise RuntimeError("no paper")

    with monkeypatch.context() as patch:
        patch.setattr("signup.rounds_sending.invitation_pdf", broken)
        send(letters)
    assert set(answers(letters).values()) == {"not_sent"}
    assert len(send(letters)) == 3
    assert len(server.taken) == 3


def test_an_address_that_is_refused_shows_and_is_corrected_with_a_new_link(
    letters: InvitationRound, server: MailServer
) -> None:
    server.answers = {"leder9203@test.example": "550 no such person"}
    send(letters)
    row = rows(letters)["9203"]
    assert (row.answer, row.failure) == (Answer.FAILED, "The mail server refused the mail or the address. (550)")
    old = link_token(row.invitee)
    invitee = again(row.invitee)
    invitee.leader_email = "ny9203@test.example"
    sending.send_again(invitee=invitee)
    assert answers(letters)["9203"] == "queued"
    assert work(invitee)
    assert answers(letters)["9203"] == "sent"
    assert str(server.taken[-1]["To"]) == "ny9203@test.example"
    with pytest.raises(LinkError) as refused:
        open_link(old)
    assert refused.value.kind == LinkKind.REPLACED
    assert open_link(link_token(invitee)) == invitee


def test_a_letter_of_an_old_link_is_not_made_any_more(letters: InvitationRound, server: MailServer) -> None:
    sending.ask_for_letters(letters=letters)
    invitee = again(rows(letters)["9108"].invitee)
    sending.send_again(invitee=invitee)
    assert not write_letter.apply((invitee.network_id, invitee.pk, invitee.link_number - 1)).get()
    assert server.taken == []


def test_only_those_who_have_not_answered_are_reminded_and_once_a_day(
    letters: InvitationRound, server: MailServer
) -> None:
    server.answers = {"leder9201@test.example": "550 no"}
    send(letters)
    server.taken.clear()
    Invitee.objects.filter(organisation__number="9203").update(declined_at=timezone.now())
    silent = [row.invitee for row in rows(letters).values() if row.may_be_reminded]
    assert [each.organisation.number for each in silent] == ["9108"]
    assert (sending.remind(invitees=silent), sending.remind(invitees=silent)) == (1, 0)
    send_letters(letters.network_id)
    (mail,) = server.taken
    assert str(mail["To"]) == "leder9108@test.example"
    assert str(mail["Subject"]).strip().startswith("Påminnelse: Bli med i læringsnettverk")
    row = rows(letters)["9108"]
    assert (row.invitee.reminders, row.reminded_today, row.answer) == (1, True, Answer.SENT)
    Invitee.objects.update(reminded_at=timezone.now() - timedelta(days=2))
    assert sending.remind(invitees=silent) == 1
    assert rows(letters)["9108"].invitee.reminders == 2


def test_what_is_withdrawn_is_not_sent_and_its_link_is_dead(letters: InvitationRound, server: MailServer) -> None:
    taken = sending.ask_for_letters(letters=letters)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("signup.tasks.send_letters.delay", lambda _pk: None)
        for invitee in Invitee.objects.filter(pk__in=taken):
            work(invitee)
    invitee = again(rows(letters)["9108"].invitee)
    sending.withdraw(invitee=invitee)
    send_letters(letters.network_id)
    assert sorted(str(mail["To"]) for mail in server.taken) == ["leder9201@test.example", "leder9203@test.example"]
    assert answers(letters)["9108"] == "withdrawn"
    with pytest.raises(LinkError) as refused:
        open_link(link_token(invitee))
    assert refused.value.kind == LinkKind.WITHDRAWN


def test_a_link_whose_last_day_has_passed_can_be_extended(letters: InvitationRound, server: MailServer) -> None:
    send(letters)
    yesterday = timezone.localdate() - timedelta(days=1)
    Invitee.objects.update(expires_on=yesterday)
    row = rows(letters)["9108"]
    assert (row.has_expired, row.may_be_reminded) == (True, False)
    sending.extend_link(invitee=again(row.invitee), last_day=timezone.localdate())
    row = rows(letters)["9108"]
    assert (row.has_expired, row.may_be_reminded) == (False, True)


def test_a_letter_nobody_is_making_any_longer_may_be_asked_for_again(letters: InvitationRound) -> None:
    sending.ask_for_letters(letters=letters)
    Invitee.objects.update(sent_at=timezone.now() - sending.ABANDONED - timedelta(minutes=1))
    assert len(sending.ask_for_letters(letters=letters)) == 3


def test_the_outbox_holds_each_letter_once(letters: InvitationRound, server: MailServer) -> None:
    send(letters)
    sending.remind(invitees=list(invitees_of(letters)))
    keys = Message.objects.order_by("pk").values_list("key", flat=True)
    assert [key.split(":")[-1] for key in keys] == ["letter"] * 3 + ["1"] * 3


def test_the_sentence_tells_what_there_is_and_nothing_of_none() -> None:
    a = Answer
    assert sentence([]) == ""
    assert sentence([a.NOT_SENT] * 3) == "3 chosen, none invited yet."
    assert sentence([a.SENT] * 2) == "2 invited, none has opened it yet."
    assert sentence([a.SENT, a.OPENED, a.BEGUN, a.REGISTERED, a.DECLINED, a.FAILED, a.NOT_SENT]) == (
        "7 chosen, 6 invited: 4 opened, 1 registered, 1 said no, 1 could not be delivered."
    )
    assert sentence([a.SENT, a.OPENED, a.WITHDRAWN]) == "2 invited: 1 opened. 1 invitation has been taken back."
    assert sentence([a.NOT_SENT, a.SENT, a.WITHDRAWN]) == (
        "2 chosen, 1 invited, none has opened it yet. 1 invitation has been taken back."
    )
    assert sentence([a.WITHDRAWN] * 2) == "2 invitations have been taken back."
