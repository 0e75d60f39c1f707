"""How and when each gets what there is to tell: at once, in the day's mail, in the product only; and not now."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from gpf import tenancy
from notices import digests, hours, kinds, letters
from notices.batches import prepare
from notices.kinds import Handed, Kind, Line
from notices.models import Choice, Digest, Message, Notice, Pause, Quiet, Trouble
from notices.post import Answer
from notices.runs import find_due, run_at_once, run_daily
from notices.services import hand_over, withdraw_about
from sessions.models import Assignment
from tests.cast import Cast, Place
from tests.notices.conftest import Box, messages, morning, states
from tests.notices.smtp_server import MailServer

OSLO = ZoneInfo("Europe/Oslo")
SENT, WAITING, SHOWN, WITHDRAWN = (
    Notice.State.SENT,
    Notice.State.WAITING,
    Notice.State.SHOWN,
    Notice.State.WITHDRAWN,
)
REMINDER = ("14", "team_leader")
NEWS = "test_news"


def wants(user: User, kind: str, way: Choice.Way) -> None:
    Choice.objects.update_or_create(user=user, kind=kind, defaults={"way": way})


@pytest.fixture
def news(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kind that may be declined, and is true for ever."""

    def tell(notices: list[Notice], today: date) -> dict[int, Line]:
        return {notice.pk: Line(notice.key, notice.key, "Les mer.", "/") for notice in notices}

    kind = Kind(NEWS, tell=tell, label="News")  # type: ignore[arg-type]  # a list is a sequence
    monkeypatch.setitem(kinds._registered, NEWS, kind)


def hear(place: Place, key: str, user: User) -> None:
    """There is news for a person."""
    with tenancy.scope([place.network.pk]):
        hand_over(
            network_id=place.network.pk,
            notices=[Handed(f"{key}:{user.pk}", user.pk, NEWS, {"team": place.team.pk}, morning(-1))],
        )


def became(place: Place) -> dict[str, str]:
    """What became of each piece of news, by its key."""
    with tenancy.scope([place.network.pk]):
        return {n.key.partition(":")[0]: n.state for n in Notice.objects.filter(kind=NEWS)}


# Ways


@pytest.mark.usefixtures("news")
def test_what_is_wanted_at_once_comes_in_a_mail_of_its_own_and_the_rest_waits(west: Place, box: Box) -> None:
    wants(west.team_leader, NEWS, Choice.Way.AT_ONCE)
    hear(west, "først", west.team_leader)
    hear(west, "for en annen", west.member)
    assert run_at_once(at=morning()) == {Answer.SENT: 1}
    hear(west, "siden", west.team_leader)
    assert run_at_once(at=morning()) == {Answer.SENT: 1}
    assert run_at_once(at=morning()) == {}
    assert became(west) == {"først": SENT, "siden": SENT, "for en annen": WAITING}
    run_daily(at=morning())
    subjects = [letter.subject.partition(":")[0] for letter in box]
    assert subjects == ["først", "siden", "Lever forbedringsplan", "for en annen"]
    assert ["én slik e-post om dagen" in letter.body for letter in box] == [False, False, True, True]
    assert len({letter.extra_headers["Message-ID"] for letter in box}) == 4
    assert sorted(Digest.objects.filter(recipient=west.team_leader).values_list("part", flat=True)) == [0, 1, 2]


@pytest.mark.usefixtures("news")
def test_an_address_that_was_refused_is_not_tried_every_five_minutes(west: Place, server: MailServer) -> None:
    wants(west.team_leader, NEWS, Choice.Way.AT_ONCE)
    hear(west, "nytt", west.team_leader)
    server.answers[west.team_leader.email] = "550 no such person"
    assert run_at_once(at=morning()) == {Answer.REFUSED: 1}
    assert run_at_once(at=morning()) == {}
    server.answers[west.team_leader.email] = "451 later"
    assert run_at_once(at=morning(1)) == run_at_once(at=morning(1)) == {Answer.BUSY: 1}
    assert Digest.objects.filter(day=timezone.localdate() + timedelta(days=1)).count() == 1


@pytest.mark.usefixtures("news")
def test_what_is_wanted_in_the_product_only_is_shown_there_but_for_what_may_not_be_declined(
    west: Place, box: Box
) -> None:
    wants(west.team_leader, NEWS, Choice.Way.PRODUCT)
    wants(west.team_leader, "assignment_due", Choice.Way.PRODUCT)
    hear(west, "nytt", west.team_leader)
    run_daily(at=morning())
    assert "Les mer" not in box.only().body
    assert (became(west), states(west)) == ({"nytt": SHOWN}, {REMINDER: SENT})


def test_on_quiet_days_nothing_comes_and_afterwards_what_is_still_true(west: Place, box: Box) -> None:
    today = timezone.localdate()
    Quiet.objects.create(user=west.team_leader, starts_on=today, ends_on=today + timedelta(days=1))
    run_daily(at=morning())
    run_daily(at=morning(1))
    assert (len(box), states(west)) == (0, {REMINDER: WAITING})
    run_daily(at=morning(2))
    assert (len(box), states(west)) == (1, {REMINDER: SENT})


def test_an_address_that_mail_comes_back_from_gets_none(west: Place, box: Box) -> None:
    Trouble.objects.create(address=west.team_leader.email, kind=Trouble.Kind.BOUNCED)
    run_daily(at=morning())
    assert (len(box), states(west), messages(west)) == (0, {REMINDER: SHOWN}, [])


# Pauses


@pytest.mark.parametrize("about", [{}, {"team": 0}], ids=["network", "team"])
def test_a_pause_keeps_notices_waiting_until_it_is_over(west: Place, box: Box, about: dict[str, int]) -> None:
    concerned = dict.fromkeys(about, west.team.pk)
    with tenancy.scope([west.network.pk]):
        Pause.objects.create(network=west.network, about={"team": west.other_team.pk})
        Pause.objects.create(network=west.network, about=concerned, until=timezone.localdate())
    run_daily(at=morning())
    assert (len(box), states(west)) == (0, {REMINDER: WAITING})
    run_daily(at=morning(1))
    assert (len(box), states(west)) == (1, {REMINDER: SENT})


def test_a_notice_that_is_held_waits_and_the_others_of_the_same_person_go(west: Place, box: Box) -> None:
    with tenancy.scope([west.network.pk]):
        Assignment.objects.filter(pk=west.poster.pk).update(due=timezone.localdate() + timedelta(days=14))
    find_due(timezone.localdate())
    with tenancy.scope([west.network.pk]):
        Notice.objects.filter(about__assignment=west.poster.pk).update(held_at=timezone.now())
    run_daily(at=morning())
    assert "Lag plakat" not in box.only().body
    with tenancy.scope([west.network.pk]):
        assert set(Notice.objects.values_list("about__assignment", "state")) == {
            (west.poster.pk, WAITING),
            (west.document.pk, SENT),
        }


# Hours


def oslo(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=OSLO)


@pytest.mark.parametrize(
    ("at", "opening"),
    [
        ("2026-11-23T07:00", "2026-11-23T07:00"),
        ("2026-11-23T16:59", "2026-11-23T16:59"),
        ("2026-11-23T06:59", "2026-11-23T07:00"),
        ("2026-11-23T17:00", "2026-11-24T07:00"),
        ("2026-11-27T17:00", "2026-11-30T07:00"),
        ("2026-03-28T12:00", "2026-03-30T07:00"),
        ("2026-10-25T02:30", "2026-10-26T07:00"),
        ("2026-12-23T18:00", "2026-12-28T07:00"),
        ("2026-04-01T17:30", "2026-04-07T07:00"),
        ("2026-05-16T09:00", "2026-05-18T07:00"),
    ],
    ids=[
        "opens", "last minute", "too early", "too late", "Friday evening", "the clock goes forward",
        "the clock goes back", "Christmas", "Easter", "the seventeenth of May",
    ],
)  # fmt: skip
def test_mail_keeps_working_hours_in_norway(at: str, opening: str, settings: Settings) -> None:
    settings.GPF_MAIL_AT_ANY_HOUR = False
    assert hours.next_opening(oslo(at)) == oslo(opening)
    assert hours.may_send(oslo(at)) == (at == opening)


def test_a_run_outside_working_hours_sends_nothing(west: Place, box: Box, settings: Settings) -> None:
    settings.GPF_MAIL_AT_ANY_HOUR = False
    night = timezone.localtime(morning()).replace(hour=6, minute=59)
    assert run_daily(at=night) == run_at_once(at=night) == {}
    assert states(west) == {REMINDER: WAITING}


@pytest.mark.usefixtures("news")
def test_a_run_that_is_not_done_when_the_hours_end_leaves_the_rest(
    west: Place, box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The hours end after the first mail of the batch."""
    for user in (west.member, west.supervisor, west.leader):
        hear(west, user.name, user)
    monkeypatch.setattr(hours, "may_send", lambda at: len(box) == 0)
    assert run_daily(at=morning()) == {Answer.SENT: 1}
    assert sorted([*became(west).values(), *states(west).values()]) == [SENT, WAITING, WAITING, WAITING]
    assert [message.state for message in messages(west)] == [Message.State.SENT]
    monkeypatch.setattr(hours, "may_send", lambda at: True)
    assert run_daily(at=morning()) == {Answer.SENT: 3}


# Between writing and beginning


@pytest.mark.usefixtures("news")
def test_what_is_withdrawn_after_it_is_written_is_not_sent_and_the_rest_of_the_mail_is(
    west: Place, box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The team hands in while the batch with its reminder is going out."""
    hear(west, "nytt", west.team_leader)

    def then_withdraw(*arguments: object) -> object:
        ready = prepare(*arguments)  # type: ignore[arg-type]  # passed on as they came
        with tenancy.scope([west.network.pk]):
            about = {"team": west.team.pk, "assignment": west.document.pk}
            assert withdraw_about(network_id=west.network.pk, about=about) in (0, 1)
        return ready

    monkeypatch.setattr("notices.batches.prepare", then_withdraw)
    assert run_daily(at=morning()) == {Answer.SENT: 1}
    assert "nytt" in box.only().subject
    assert "Lever forbedringsplan" not in box.only().body
    assert (states(west), became(west)) == ({REMINDER: WITHDRAWN}, {"nytt": SENT})
    assert [message.text for message in messages(west)] == [box.only().body]


def test_what_is_withdrawn_after_it_was_told_counts_as_read(west: Place) -> None:
    run_daily(at=morning())
    with tenancy.scope([west.network.pk]):
        assert withdraw_about(network_id=west.network.pk, about={"team": west.team.pk}) == 0
        told = Notice.objects.get(state=SENT)
        assert told.read_at is not None


@pytest.mark.usefixtures("news")
def test_what_could_not_be_begun_while_it_was_fresh_is_written_anew(
    west: Place, box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So slow that nothing can be begun in time, until each is written to alone."""
    for user in (west.member, west.supervisor, west.leader):
        hear(west, user.name, user)
    monkeypatch.setattr(digests, "FRESH", 0.0)
    assert run_daily(at=morning()) == {Answer.SENT: 4}
    assert {*became(west).values(), *states(west).values()} == {SENT}
    assert {message.attempts for message in messages(west)} == {2, 3}


@pytest.mark.usefixtures("news")
def test_one_whose_mail_can_not_be_written_stops_nobody_else_of_her_batch(
    west: Place, box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = letters.write

    def breaks(recipient: User, parts: list[letters.Section], *, at_once: bool) -> letters.Letter:
        if recipient == west.member:
            raise RuntimeError
        return write(recipient, parts, at_once=at_once)

    for user in (west.member, west.supervisor, west.leader):
        hear(west, user.name, user)
    monkeypatch.setattr(letters, "write", breaks)
    assert run_daily(at=morning()) == {Answer.SENT: 3}
    assert became(west) == {"Medlem Vest": WAITING, "Veileder Vest": SENT, "Leder Vest": SENT}


@pytest.mark.usefixtures("news")
def test_people_of_one_batch_read_their_own_things_only(cast: Cast, west: Place, box: Box) -> None:
    hear(west, "bare for medlemmet", west.member)
    hear(west, "bare for lederen", west.leader)
    hear(cast.east, "bare i øst", cast.east.member)
    run_daily(at=morning())
    assert {letter.to[0]: letter.subject.partition(":")[0] for letter in box} == {
        west.team_leader.email: "Lever forbedringsplan",
        west.member.email: "bare for medlemmet",
        west.leader.email: "bare for lederen",
        cast.east.member.email: "bare i øst",
    }
    assert all(str(letter.body).count("\n– ") == 1 for letter in box)
