"""What holds up a mail and what does not: clocks that change, a change of a second ago, a mail server in a bad mood."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from gpf import tenancy
from networks.models import Membership, Role
from notices.digests import send_digests
from notices.hours import next_opening
from notices.models import Notice, Pause
from notices.post import Outcome, Post
from notices.runs import run_daily
from sessions.models import Assignment
from sessions.services import exempt
from teams.models import TeamMember
from tests.cast import Place
from tests.notices.conftest import Box, messages, morning, states
from tests.notices.smtp_server import MailServer, Moment, Talk

OSLO = ZoneInfo("Europe/Oslo")
SENT, WAITING, WITHDRAWN = Notice.State.SENT, Notice.State.WAITING, Notice.State.WITHDRAWN
REMINDER = ("14", "team_leader")
PLAN = "Lever forbedringsplan"


# The clock


def next_change(month: int) -> date:
    """The next last Sunday of the month, when the clocks change in the night."""
    today = timezone.localdate()
    for year in (today.year, today.year + 1):
        last = date(year, month, 31)
        sunday = last - timedelta(days=(last.weekday() + 1) % 7)
        if sunday > today + timedelta(days=1):
            return sunday
    raise AssertionError


def oslo(day: date, hour: int, minute: int = 0, *, again: bool = False) -> datetime:
    return datetime.combine(day, time(hour, minute, fold=int(again)), OSLO)


@pytest.mark.parametrize("month", [3, 10], ids=["forward", "back"])
def test_the_night_the_clocks_change_is_one_day_with_one_mail_a_person(west: Place, box: Box, month: int) -> None:
    """The night has an hour that is not there, or one that comes twice; somebody runs the job in it."""
    sunday = next_change(month)
    _due_in_14_days_from(west, sunday)
    sent = []
    for at in (
        oslo(sunday - timedelta(days=1), 23, 59),
        oslo(sunday, 2, 30),
        oslo(sunday, 2, 30, again=True),
        oslo(sunday, 6, 59),
        oslo(sunday, 7),
        oslo(sunday, 23, 30),
        oslo(sunday + timedelta(days=1), 7),
    ):
        run_daily(at=at)
        sent.append(_plans(box))
    assert sent == [0, 0, 0, 0, 1, 1, 1]
    assert [message.day for message in messages(west) if PLAN in message.subject] == [sunday]


@pytest.mark.parametrize("month", [3, 10], ids=["forward", "back"])
def test_the_first_working_day_after_it_begins_at_seven_by_the_new_clock(
    west: Place, box: Box, settings: Settings, month: int
) -> None:
    settings.GPF_MAIL_AT_ANY_HOUR = False
    sunday = next_change(month)
    _due_in_14_days_from(west, sunday)
    day = next_opening(oslo(sunday, 0)).date()  # Monday, but for Easter
    for at in (oslo(sunday, 7), oslo(sunday, 12), oslo(day, 6, 59)):
        run_daily(at=at)
        assert _plans(box) == 0
    run_daily(at=oslo(day, 7))
    assert _plans(box) == 1


def _plans(box: Box) -> int:
    """How many mails are about the plan (by October, there is other news)."""
    return sum(PLAN in letter.subject for letter in box)


def _due_in_14_days_from(place: Place, day: date) -> None:
    with tenancy.scope([place.network.pk]):
        Assignment.objects.exclude(pk=place.document.pk).delete()
        place.document.due = day + timedelta(days=14)
        place.document.save(update_fields=["due"])


# A second ago


@pytest.fixture
def two_members(west: Place) -> Place:
    """Vest where two people are reminded: nobody leads the team."""
    with tenancy.scope([west.network.pk]):
        TeamMember.objects.update(function=TeamMember.Function.MEMBER)
    return west


def pauses_the_network(west: Place) -> None:
    Pause.objects.create(network=west.network)


def pauses_the_team(west: Place) -> None:
    Pause.objects.create(network=west.network, about={"team": west.team.pk})


def holds_the_notice(west: Place) -> None:
    Notice.objects.update(held_at=timezone.now())


@pytest.mark.parametrize(
    "event", [pauses_the_network, pauses_the_team, holds_the_notice], ids=lambda event: event.__name__
)
def test_what_was_paused_a_second_before_sending_waits_and_comes_afterwards(
    west: Place, box: Box, monkeypatch: pytest.MonkeyPatch, event: Callable[[Place], None]
) -> None:
    def a_second_later(**arguments: object) -> object:
        with tenancy.scope([west.network.pk]):
            event(west)
        return send_digests(**arguments)  # type: ignore[arg-type]  # passed on as they came

    with monkeypatch.context() as patch:
        patch.setattr("notices.runs.send_digests", a_second_later)
        run_daily(at=morning())
    assert (len(box), states(west)) == (0, {REMINDER: WAITING})
    with tenancy.scope([west.network.pk]):
        Pause.objects.all().delete()
        Notice.objects.update(held_at=None)
    run_daily(at=morning())
    assert (len(box), states(west)) == (1, {REMINDER: SENT})


def test_work_handed_in_while_a_colleagues_mail_goes_out_stops_the_mail_that_is_written_already(
    two_members: Place, box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both mails are written at once; between the first and the second the team need not any more."""
    west, send = two_members, Post.send

    def then_it_need_not(post: Post, mail: EmailMessage) -> Outcome:
        outcome = send(post, mail)
        with tenancy.scope([west.network.pk]):
            exempt(team=west.team, assignment=west.document, reason="")
        return outcome

    monkeypatch.setattr(Post, "send", then_it_need_not)
    run_daily(at=morning())
    assert len(box) == 1
    assert sorted(states(west).values()) == [SENT, WITHDRAWN]
    assert [message.to_address for message in messages(west)] == [box.only().to[0]]


# A mail server in a bad mood


def outcomes(place: Place) -> set[str]:
    """What became of the reminders in the network, whoever's they are."""
    with tenancy.scope([place.network.pk]):
        return set(Notice.objects.values_list("state", flat=True))


@pytest.fixture
def ten(west: Place) -> Place:
    """Vest with ten people in the team that nobody leads, and its own leader: eleven are reminded."""
    with tenancy.scope([west.network.pk]):
        for number in range(10):
            user = User.objects.create_user(f"person{number}@test.example", name=f"Person {number}")
            place = Membership.objects.create(network=west.network, user=user, role=Role.TEAM_MEMBER)
            TeamMember.objects.create(network=west.network, team=west.other_team, membership=place)
    return west


def test_a_slow_a_greylisting_and_a_refusing_address_delay_only_their_own_mail(
    ten: Place, server: MailServer, settings: Settings
) -> None:
    settings.EMAIL_TIMEOUT = 0.3
    slow, grey, gone = (f"person{number}@test.example" for number in (2, 4, 6))
    server.slow = {slow: 1.0}
    server.greylists = lambda address: address == grey
    server.answers = {gone: "550 no such person"}
    run_daily(at=morning())
    assert len(server.taken) == 8
    assert not {slow, grey, gone} & set(server.addresses())
    run_daily(at=morning() + timedelta(hours=1))
    assert server.addresses()[8:] == [grey]
    server.slow.clear()
    server.answers.clear()
    run_daily(at=morning() + timedelta(hours=2))
    assert server.addresses()[9:] == [slow]  # one that was refused waits until tomorrow
    run_daily(at=morning(1))
    assert server.addresses()[10:] == [gone]
    assert len(set(server.message_ids())) == 11
    assert outcomes(ten) == {SENT}


def test_a_server_that_is_full_is_asked_again_and_loses_nothing(ten: Place, server: MailServer) -> None:
    server.after_data = "452 the disk is full"
    run_daily(at=morning())
    assert (server.taken, outcomes(ten)) == ([], {WAITING})
    server.after_data = ""
    run_daily(at=morning() + timedelta(hours=1))
    assert len(set(server.addresses())) == len(server.taken) == 11
    assert outcomes(ten) == {SENT}


def test_a_server_that_dies_in_the_middle_and_comes_back_gets_what_is_left(ten: Place, server: MailServer) -> None:
    """It hangs up in the middle of the third mail, which it has not got then, and on whoever comes for a while."""
    is_down = False

    def die(moment: Moment, talk: Talk) -> None:
        nonlocal is_down
        is_down = is_down or (len(server.taken) == 3 and moment == Moment.DURING)
        if is_down:
            talk.cut()

    server.watch = die
    run_daily(at=morning())
    assert len(server.taken) == 3
    server.watch = lambda moment, talk: None
    run_daily(at=morning() + timedelta(hours=1))
    assert len(set(server.addresses())) == len(server.taken) == 11
    assert outcomes(ten) == {SENT}
