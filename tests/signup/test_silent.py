"""Who has not answered an invitation is reminded by itself, and coordinators hear when a sign-up opens and closes."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from gpf import tenancy
from networks.models import Membership, Network, Role
from networks.planning import is_working_day
from notices import kinds
from notices.models import Message, Notice, Trouble
from signup import tasks
from signup.models import InvitationRound, Invitee, Registration
from signup.registration_services import decline_invitation
from signup.rounds_notices import CLOSING, OPENED, announce_closed
from signup.rounds_sending import ask_for_letters
from signup.silent import remind_silent, reminder_days
from tests.cast import Cast
from tests.signup.inviting import english as english
from tests.signup.inviting import invite, load_register, make_round

pytestmark = pytest.mark.usefixtures("english")


def work_day(near: date) -> date:
    while not is_working_day(near):
        near += timedelta(days=1)
    return near


@pytest.fixture
def letters(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Iterator[InvitationRound]:
    """A round that is to be answered in 20 days, sent to three eight days before a day at work; one in Øst too."""
    monkeypatch.setattr("signup.tasks.send_letters.delay", lambda network: None)
    load_register()
    found = make_round(cast.west, answer_by=today() + timedelta(days=20))
    invite(found, "9108", "9203", "9201")
    with tenancy.scope([cast.west.network.pk]):
        for invitee in Invitee.objects.all():
            sent_to(invitee, days_ago=8)
        yield found


def today() -> date:
    return work_day(timezone.localdate())


def sent_to(invitee: Invitee, days_ago: int) -> None:
    at = timezone.make_aware(datetime.combine(today() - timedelta(days=days_ago), time(9)))
    invitee.message = Message.objects.create(
        network_id=invitee.network_id,
        key=f"invite:{invitee.pk}:1:letter",
        address=invitee.leader_email,
        day=at.date(),
        message_id=f"<{invitee.pk}@test.example>",
        language="nb",
        subject="Invitasjon",
        text="Bli med.",
        state=Message.State.SENT,
    )
    invitee.sent_at = at
    invitee.save()


def remind(letters: InvitationRound, days: int = 0) -> int:
    return remind_silent(network=letters.network, today=work_day(today() + timedelta(days=days)))


def reminders() -> list[str]:
    return sorted(Message.objects.filter(key__contains="reminder").values_list("address", flat=True))


def test_only_who_is_silent_and_gets_our_mail_is_reminded_and_once(letters: InvitationRound) -> None:
    declined, marked, silent = Invitee.objects.order_by("pk")
    decline_invitation(invitee=declined, reason="")
    Trouble.objects.create(address=marked.leader_email.lower(), kind=Trouble.Kind.BOUNCED)
    assert (remind(letters), remind(letters)) == (1, 0)
    assert reminders() == [silent.leader_email]
    Trouble.objects.all().delete()
    Message.objects.filter(key__contains=f"invite:{marked.pk}:").update(state=Message.State.BOUNCED)
    assert remind(letters) == 0
    Registration.objects.create(network=letters.network, invitee=silent, state=Registration.State.SUBMITTED)
    assert remind(letters, days=7) == 0


def test_a_reminder_that_waits_is_taken_back_when_they_answer(letters: InvitationRound) -> None:
    remind(letters)
    one = Invitee.objects.order_by("pk")[0]
    decline_invitation(invitee=one, reason="")
    states = Message.objects.filter(key__contains="reminder").values_list("state", flat=True)
    assert sorted(states) == ["queued", "queued", "withdrawn"]


def test_the_round_decides_the_days_and_two_never_come_close(letters: InvitationRound) -> None:
    sent, by = today(), today() + timedelta(days=20)
    days = [(day - sent).days for day in reminder_days(letters, sent)]
    assert (letters.answer_by, days) == (by, [7, 14, 17])
    Invitee.objects.update(reminded_at=timezone.now() - timedelta(days=3), reminders=1)
    assert remind(letters) == 0, "a coordinator reminded four days after the letter: the seventh is too close"
    InvitationRound.objects.update(remind_after=None, remind_again=None, remind_before=None)
    assert remind(letters, days=8) == 0
    InvitationRound.objects.update(remind_before=3)
    assert remind(letters, days=17) == 3, "three days before the day to answer by, or the working day after it"


def test_one_job_for_every_network_of_which_a_broken_one_stops_no_other(
    cast: Cast, letters: InvitationRound, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*, network: Network, today: date) -> None:
        if network == cast.east.network:
            raise RuntimeError

    monkeypatch.setattr("signup.tasks.announce_closed", breaks)
    monkeypatch.setattr("signup.silent.is_working_day", lambda day: True)
    Invitee.objects.update(sent_at=timezone.now() - timedelta(days=9))
    assert (tasks.remind(), tasks.remind()) == (3, 0)


# What coordinators hear


def said(kind: str, day: date) -> dict[str, str]:
    """The subjects of what waits, by who is told."""
    waiting = list(Notice.objects.filter(kind=kind, state=Notice.State.WAITING).select_related("recipient"))
    lines = kinds.tell(waiting, day)
    return {notice.recipient.name: lines[notice.pk].fields["count"] for notice in waiting if notice.pk in lines}


def test_the_others_hear_that_it_opens_and_everybody_how_it_closes(cast: Cast, letters: InvitationRound) -> None:
    place = Membership.objects.create(network=cast.west.network, user=cast.stranger, role=Role.COORDINATOR)
    Invitee.objects.update(sent_at=None, message=None)
    for _ in range(2):
        ask_for_letters(letters=letters, by=cast.west.coordinator)
    assert said(OPENED.name, today()) == {"Fremmed": "3"}
    after = letters.answer_by + timedelta(days=1)
    assert said(OPENED.name, after) == {}
    Invitee.objects.update(opened_at=timezone.now())
    for _ in range(2):
        announce_closed(network=letters.network, today=after)
    assert said(CLOSING.name, after) == {"Koordinator Vest": "3", "Fremmed": "3"}
    place.delete()
    decline_invitation(invitee=Invitee.objects.order_by("pk")[0], reason="")
    assert said(CLOSING.name, after) == {"Koordinator Vest": "2"}
    letters.answer_by += timedelta(days=9)
    letters.save()
    assert said(CLOSING.name, after) == {}, "it has not closed after all"
