"""When the mail server says no, says nothing, or is not there; and when the sender is killed."""

from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.conf import settings
from django.core.mail import EmailMessage as DjangoMessage
from django.utils import timezone
from pytest_django import Settings

from gpf import tenancy
from notices.batches import Occasion
from notices.digests import send_digests
from notices.models import Digest, Message, Notice
from notices.post import Answer, Post
from notices.runs import find_due, recipients, run_daily
from sessions.models import Assignment, Delivery
from teams.models import TeamMember
from tests.cast import Cast, Place
from tests.notices.conftest import messages, morning, only_due, states
from tests.notices.smtp_server import HANG_UP, MailServer, free_port

SENT, WAITING, CLAIMED = Notice.State.SENT, Notice.State.WAITING, Notice.State.CLAIMED
REMINDER = ("14", "team_leader")


@pytest.fixture
def two_members(west: Place) -> Place:
    """Vest where two people are reminded: nobody leads the team."""
    with tenancy.scope([west.network.pk]):
        TeamMember.objects.update(function=TeamMember.Function.MEMBER)
    return west


def text_of(letter: EmailMessage) -> str:
    part = letter.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def test_a_whole_run_goes_over_one_connection(two_members: Place, server: MailServer) -> None:
    run_daily(at=morning())
    assert (server.connections, len(server.taken)) == (1, 2)
    letter = server.taken[0]
    assert [part.get_content_type() for part in letter.iter_parts()] == ["text/plain", "text/html"]
    assert "om 14 dager" in text_of(letter)


@pytest.mark.parametrize(
    ("answer", "failure", "code"),
    [("451 try again later", "busy", 451), ("421 closing", "busy", 421), ("550 no such person", "refused", 550)],
)
def test_one_person_refused_stops_nobody_else(
    two_members: Place, server: MailServer, answer: str, failure: str, code: int
) -> None:
    server.answers[two_members.team_leader.email] = answer
    run_daily(at=morning())
    assert server.addresses() == [two_members.member.email]
    refused = next(message for message in messages(two_members) if message.recipient == two_members.team_leader)
    assert (refused.state, refused.failure, refused.failure_code, refused.sent_at) == ("failed", failure, code, None)
    assert states(two_members) == {REMINDER: WAITING, ("14", "member"): SENT}


def test_a_mail_put_off_goes_at_the_next_run_under_the_same_message_id(west: Place, server: MailServer) -> None:
    server.answers[west.team_leader.email] = "451 try again later"
    assert run_daily(at=morning()) == {Answer.BUSY: 1}
    (first,) = messages(west)
    server.answers.clear()
    assert run_daily(at=morning() + timedelta(hours=1)) == {Answer.SENT: 1}
    (kept,) = messages(west)
    assert (kept.state, kept.failure, kept.failure_code) == ("sent", "", None)
    assert kept.sent_at == morning() + timedelta(hours=1)
    assert server.message_ids() == [first.message_id] == [kept.message_id]
    assert states(west) == {REMINDER: SENT}


def test_what_was_not_sent_yesterday_goes_today_with_what_is_new(west: Place, server: MailServer) -> None:
    server.after_data = "452 the disk is full"
    run_daily(at=morning())
    with tenancy.scope([west.network.pk]):
        Assignment.objects.filter(pk=west.poster.pk).update(due=timezone.localdate() + timedelta(days=4))
    server.after_data = ""
    run_daily(at=morning(1))
    (letter,) = server.taken
    assert text_of(letter).count("/nettverk/") == 2
    assert [message.state for message in messages(west)] == ["failed", "sent"]


def test_an_address_that_is_refused_is_tried_again_tomorrow_and_not_before(west: Place, server: MailServer) -> None:
    server.answers[west.team_leader.email] = "550 no such person"
    run_daily(at=morning())
    assert run_daily(at=morning() + timedelta(hours=1)) == {}
    assert run_daily(at=morning(1)) == {Answer.REFUSED: 1}


def test_a_server_that_is_not_there_is_asked_once_and_everything_waits(
    two_members: Place, server: MailServer, settings: Settings
) -> None:
    settings.EMAIL_PORT = free_port()
    assert run_daily(at=morning()) == {Answer.UNREACHABLE: 2}
    assert {message.failure for message in messages(two_members)} == {"unreachable"}
    assert set(states(two_members).values()) == {WAITING}
    settings.EMAIL_PORT = server.port
    run_daily(at=morning() + timedelta(hours=1))
    assert (len(server.taken), set(states(two_members).values())) == (2, {SENT})


def test_a_server_that_falls_silent_again_and_again_is_left_alone(server: MailServer) -> None:
    """It takes every mail and never says so. Each silence costs a wait, so the run does not go through them all."""
    server.answers.update({f"{number}@test.example": HANG_UP for number in range(5)})
    with Post() as post:
        answers = [post.send(DjangoMessage(to=[f"{number}@test.example"])).answer for number in range(5)]
    assert answers == [Answer.LOST] * 3 + [Answer.UNREACHABLE] * 2


def test_a_mail_that_can_not_be_written_is_refused_and_the_next_goes(server: MailServer) -> None:
    with Post() as post:
        answers = [
            post.send(DjangoMessage(subject=subject, to=["a@test.example"])).answer for subject in ("a\nb", "a b")
        ]
    assert answers == [Answer.REFUSED, Answer.SENT]


def test_a_server_that_falls_silent_may_have_taken_the_mail_so_it_is_the_same_mail_that_goes_again(
    two_members: Place, server: MailServer
) -> None:
    """The mail was taken, and the line cut before the answer. What comes due meanwhile is not mixed into it."""
    west = two_members
    server.answers[west.team_leader.email] = HANG_UP
    assert run_daily(at=morning()) == {Answer.LOST: 1, Answer.SENT: 1}
    unsure = next(message for message in messages(west) if message.recipient == west.team_leader)
    assert (unsure.state, unsure.failure) == ("sending", "lost")
    assert states(west)[REMINDER] == CLAIMED
    server.answers.clear()
    with tenancy.scope([west.network.pk]):
        Assignment.objects.filter(pk=west.poster.pk).update(due=timezone.localdate() + timedelta(days=4))
    run_daily(at=morning(1))
    own = [letter for letter in server.taken if letter["To"] == west.team_leader.email]
    assert [letter["Message-ID"] for letter in own[:2]] == [unsure.message_id] * 2
    assert text_of(own[0]).replace("14 dager", "13 dager") == text_of(own[1])
    assert own[2]["Message-ID"] != unsure.message_id
    assert "Lag plakat" in own[2]["Subject"]
    assert len(own) == 3


@pytest.mark.parametrize("answer", ["550 no such person", "451 later"])
def test_a_mail_that_may_have_arrived_keeps_its_message_id_whatever_the_server_says_later(
    west: Place, server: MailServer, answer: str
) -> None:
    server.answers[west.team_leader.email] = HANG_UP
    run_daily(at=morning())
    server.answers[west.team_leader.email] = answer
    run_daily(at=morning(1))
    server.answers.clear()
    run_daily(at=morning(2))
    assert server.message_ids() == [server.message_ids()[0]] * 2
    assert states(west) == {REMINDER: SENT}


def test_a_mail_that_may_have_arrived_and_is_no_longer_true_is_let_be(west: Place, server: MailServer) -> None:
    server.answers[west.team_leader.email] = HANG_UP
    run_daily(at=morning())
    only_due(west, 40)
    assert run_daily(at=morning(1)) == {}
    assert [(message.state, message.failure) for message in messages(west)] == [("failed", "lost")]
    assert Digest.objects.get().state == Digest.State.CLOSED
    assert states(west) == {REMINDER: Notice.State.WITHDRAWN}


def test_the_part_of_a_network_that_fell_away_is_not_left_half_sent(cast: Cast, server: MailServer) -> None:
    """Vest's plan is handed in between the mail that may have arrived and the one that goes again for Øst."""
    west, east = cast.west, cast.east
    only_due(west, 14)
    only_due(east, 14)
    with tenancy.scope([east.network.pk]):
        place = TeamMember.objects.get(function=TeamMember.Function.LEADER)
        type(place.membership).objects.filter(pk=place.membership_id).update(user=west.team_leader)
    server.answers[west.team_leader.email] = HANG_UP
    run_daily(at=morning())
    server.answers.clear()
    with tenancy.scope([west.network.pk]):
        Delivery.objects.create(network=west.network, team=west.team, assignment=west.document, exempt=True)
    run_daily(at=morning() + timedelta(hours=1))
    assert [message.state for message in messages(west)] == ["failed"]
    assert [message.state for message in messages(east)] == ["sent"]
    assert len(set(server.message_ids())) == 1


# A killed sender


class KilledError(BaseException):
    """Ends the sender where it stands, as a kill does."""


class Dying(Post):
    """A post that dies before or after it hands the mail to the server."""

    def __init__(self, *, after: bool) -> None:
        super().__init__()
        self.after = after

    def send(self, mail: DjangoMessage) -> "object":  # type: ignore[override]  # it never returns
        if self.after:
            super().send(mail)
        raise KilledError


@pytest.mark.parametrize("after", [False, True], ids=["before sending", "after sending"])
def test_a_killed_senders_mail_goes_again_once_its_claim_is_old(west: Place, server: MailServer, after: bool) -> None:
    find_due(timezone.localdate())
    occasion = Occasion(timezone.now(), morning())
    ((person, networks),) = recipients(occasion).items()
    with pytest.raises(KilledError), Dying(after=after) as post:
        send_digests(people=[person], networks=networks, occasion=occasion, post=post)
    assert states(west) == {REMINDER: CLAIMED}
    assert run_daily(at=morning()) == {}
    Digest.objects.update(claimed_at=timezone.now() - timedelta(seconds=settings.GPF_CLAIM_STALE_SECONDS + 1))
    assert run_daily(at=morning()) == {Answer.SENT: 1}
    assert run_daily(at=morning()) == {}
    assert len(server.taken) == (2 if after else 1)
    assert set(server.message_ids()) == {messages(west)[0].message_id}
    assert states(west) == {REMINDER: SENT}


def test_a_sender_that_was_only_slow_does_not_undo_what_its_successor_noted(west: Place, server: MailServer) -> None:
    class Slow(Post):
        """By the time it has failed, another has taken the claim over and sent the mail."""

        def send(self, mail: DjangoMessage) -> "object":  # type: ignore[override]  # the outcome's type is not public
            Digest.objects.update(claimed_at=timezone.now() - timedelta(seconds=settings.GPF_CLAIM_STALE_SECONDS + 1))
            assert run_daily(at=morning()) == {Answer.SENT: 1}
            server.answers[west.team_leader.email] = "550 too late"
            return super().send(mail)

    find_due(timezone.localdate())
    occasion = Occasion(timezone.now(), morning())
    ((person, networks),) = recipients(occasion).items()
    with Slow() as post:
        send_digests(people=[person], networks=networks, occasion=occasion, post=post)
    assert [message.state for message in messages(west)] == [Message.State.SENT]
    assert states(west) == {REMINDER: SENT}
