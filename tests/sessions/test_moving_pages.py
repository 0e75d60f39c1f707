"""Moving a gathering on its page: what is shown, what is saved, and who is told."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from icalendar import Calendar

from accounts.models import User
from gpf import tenancy
from gpf.dates import date_range
from networks.models import Membership, Role
from networks.planning import Quiet, due_day
from notices.models import Message, Notice
from notices.runs import find_due
from sessions.clashes import QUIET
from sessions.gathering_days import Days, nearest_run
from sessions.models import Assignment, Delivery, Gathering, GatheringMove
from sessions.services import deliver, extend
from teams.models import Team, TeamMember
from tests.cast import Cast, Place

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
LATER = timedelta(days=120)


@pytest.fixture
def west(cast: Cast) -> Place:
    with tenancy.scope([cast.west.network.pk]):
        Gathering.objects.filter(number=2).update(place="Dalen hotell")
    return cast.west


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The networks whose letters a worker was asked to send."""
    asked: list[int] = []
    monkeypatch.setattr("sessions.moving_views.send_letters.delay", asked.append)
    return asked


def address(place: Place, name: str = "move", number: int = 1) -> str:
    return reverse(f"gatherings:{name}", args=[place.network.slug, place.gatherings[number].pk])


def new_days() -> Days:
    return nearest_run(timezone.localdate() + LATER, 2)


def as_data(days: Days) -> dict[str, str]:
    return {"starts_on": days.starts_on.isoformat(), "ends_on": days.ends_on.isoformat()}


def page(response: Any) -> str:
    return " ".join(response.content.decode().split())


def asked(browser: Client, place: Place, days: Days, **more: str) -> dict[str, str]:
    """What the form under the preview sends: the days, what she was shown, and her reason."""
    response = browser.get(address(place), as_data(days) | more)
    return as_data(days) | more | {"seen": response.context["seen"], "reason": "Smitte i regionen"}


def second(place: Place) -> Gathering:
    with tenancy.scope([place.network.pk]):
        return Gathering.objects.get(pk=place.gatherings[1].pk)


def letters(place: Place) -> list[Message]:
    with tenancy.scope([place.network.pk]):
        return list(Message.objects.exclude(key="").select_related("recipient").order_by("recipient__email"))


def event_of(calendar: str) -> Any:
    """The only event of an iCalendar object."""
    (event,) = Calendar.from_ical(calendar).walk("VEVENT")
    return event


def test_the_preview_shows_it_all_and_saves_nothing(west: Place, cast: Cast, sign_in: SignIn) -> None:
    with tenancy.scope([west.network.pk]):
        until = west.document.due + timedelta(days=7)
        extend(team=west.other_team, assignment=west.document, until=until, reason="Ny teamleder")
    before = second(west)
    seen = page(sign_in(west.coordinator).get(address(west), as_data(new_days())))
    for words in ("Lever forbedringsplan", "Informer og involver", "Tokke", "Teamleder Vest", "Observatør Vest"):
        assert words in seen, words
    assert seen.count('class="timeline"') == 2 or seen.count("timeline-stop") > 4
    assert "Leder Øst" not in seen
    after = second(west)
    assert (after.starts_on, after.calendar_sequence) == (before.starts_on, 0)
    assert letters(west) == []


def test_a_deadline_that_lands_in_quiet_weeks_is_warned_of(west: Place, sign_in: SignIn) -> None:
    """The gathering itself lies well: its work would be due in the middle of the summer."""
    summer = date(timezone.localdate().year + 2, 7, 16)
    to = nearest_run(summer + timedelta(days=35), 2)
    with tenancy.scope([west.network.pk]):
        Assignment.objects.filter(slug="plan").update(days_before=35)
    response = sign_in(west.coordinator).get(address(west), as_data(to))
    (shown,) = response.context["page"].shown
    assert shown.marks == []
    assert [each.marks != [] for each in shown.deadlines] == [True, False, False]
    with override("nb"):
        assert str(QUIET[Quiet.SUMMER]) in page(response)


def test_saving_moves_everything_and_tells_everybody_once(
    west: Place, cast: Cast, sign_in: SignIn, sent: list[int], django_capture_on_commit_callbacks: Any
) -> None:
    until = west.document.due + timedelta(days=7)
    with tenancy.scope([west.network.pk]):
        extend(team=west.other_team, assignment=west.document, until=until, reason="Ny teamleder")
        deliver(team=west.team, assignment=west.document, by=west.team_leader, comment="Ferdig")
    User.objects.filter(pk=west.member.pk).update(language="nn")
    to, browser = new_days(), sign_in(west.coordinator)
    data = asked(browser, west, to)
    with django_capture_on_commit_callbacks(execute=True):
        assert browser.post(address(west), data).status_code == 302
    assert sent == [west.network.pk]
    moved = second(west)
    assert (moved.starts_on, moved.ends_on, moved.postponed, moved.calendar_sequence) == (*to, True, 1)
    with tenancy.scope([west.network.pk]):
        due = {each.slug: each.due for each in Assignment.objects.filter(gathering=moved)}
        assert due == {
            slug: due_day(to.starts_on, days) for slug, days in (("plan", 14), ("involver", 12), ("plakat", 10))
        }
        assert Delivery.objects.get(team=west.other_team).extended_to == until
        move = GatheringMove.objects.get()
    before = west.gatherings[1]
    assert (move.from_starts_on, move.from_ends_on) == (before.starts_on, before.ends_on)
    assert (move.to_starts_on, move.to_ends_on, move.reason, move.moved_by) == (
        *to,
        "Smitte i regionen",
        west.coordinator,
    )
    found = letters(west)
    assert [letter.recipient for letter in found] == sorted(west.people().values(), key=lambda user: user.email)
    assert {letter.key for letter in found} == {f"move:{move.pk}:{user.pk}" for user in west.people().values()}
    assert move.told == len(found) == 6
    assert letters(cast.east) == []


def test_the_letter_says_what_it_means_for_her_own_team(west: Place, sign_in: SignIn, sent: list[int]) -> None:
    with tenancy.scope([west.network.pk]):
        deliver(team=west.team, assignment=west.document, by=west.team_leader, comment="Ferdig")
    User.objects.filter(pk=west.member.pk).update(language="en")
    to, browser = new_days(), sign_in(west.coordinator)
    browser.post(address(west), asked(browser, west, to))
    found = {letter.recipient: letter for letter in letters(west)}
    text = found[west.member].text
    assert "Informer og involver" in text
    assert "Lever forbedringsplan" not in text, "that is handed in"
    assert "Smitte i regionen" in text
    assert "Dalen hotell" in text
    assert f"/nettverk/vest/samlinger/{west.gatherings[1].pk}/" in text
    assert "Vinje" in text
    assert "Vinje" in found[west.leader].text
    assert "Lever forbedringsplan" in found[west.supervisor].text, "she follows all of them"
    assert "Informer og involver" not in found[west.observer].text
    event = event_of(found[west.member].calendar)
    assert "METHOD:REQUEST" in found[west.member].calendar
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (to.starts_on, to.ends_on + timedelta(days=1))
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert (event["SEQUENCE"], event["STATUS"], event["LOCATION"]) == (1, "CONFIRMED", "Dalen hotell")
    assert event["UID"] == f"samling-{west.gatherings[1].pk}@127.0.0.1"
    assert event["ATTENDEE"] == f"mailto:{west.member.email}"


def test_moved_twice_and_back_with_the_same_event_in_the_calendar(
    west: Place, sign_in: SignIn, sent: list[int]
) -> None:
    browser, first = sign_in(west.coordinator), west.gatherings[1]
    assert first.starts_on
    assert first.ends_on
    own = Days(first.starts_on, first.ends_on)
    later = nearest_run(first.starts_on + timedelta(days=200), 2)
    for days in (new_days(), later, own):
        assert browser.post(address(west), asked(browser, west, days)).status_code == 302
    moved = second(west)
    assert (moved.starts_on, moved.postponed, moved.calendar_sequence) == (own.starts_on, False, 3)
    seen = page(sign_in(west.observer).get(address(west, "gathering")))
    assert seen.count("Smitte i regionen") == 3
    assert seen.count("Koordinator Vest") == 3
    uids = {event_of(letter.calendar)["UID"] for letter in letters(west)}
    assert len(uids) == 1


def test_those_after_it_come_along_and_stand_in_the_same_letter(west: Place, sign_in: SignIn, sent: list[int]) -> None:
    with tenancy.scope([west.network.pk]):
        days = nearest_run(timezone.localdate() + timedelta(days=200), 2)
        third = Gathering.objects.create(network=west.network, number=3, starts_on=days.starts_on, ends_on=days.ends_on)
    browser, to = sign_in(west.coordinator), new_days()
    assert browser.post(address(west), asked(browser, west, to, along="on")).status_code == 302
    with tenancy.scope([west.network.pk]):
        third.refresh_from_db()
        assert third.starts_on
        assert third.ends_on
        own = west.gatherings[1].starts_on
        assert own
        wanted = days.starts_on + (to.starts_on - own)
        assert Days(third.starts_on, third.ends_on) == nearest_run(wanted, 2)
        assert GatheringMove.objects.count() == 2
    assert len(letters(west)) == 6
    calendar = Calendar.from_ical(letters(west)[0].calendar)
    assert calendar["METHOD"] == "PUBLISH", "only one event can be asked of somebody in one object"
    assert [event["SEQUENCE"] for event in calendar.walk("VEVENT")] == [1, 1]
    assert "ATTENDEE" not in letters(west)[0].calendar


def test_a_long_name_is_folded_and_a_strange_one_escaped(west: Place, sign_in: SignIn, sent: list[int]) -> None:
    name = 'Overlege med et svært langt navn: "Ærlig", av den gamle sorten\r\nEND:VEVENT'
    User.objects.filter(pk=west.member.pk).update(name=name)
    with tenancy.scope([west.network.pk]):
        Gathering.objects.filter(number=2).update(
            programme="Åpning\r\nEND:VEVENT\r\nSlutt", programme_published_at=timezone.now()
        )
    browser = sign_in(west.coordinator)
    browser.post(address(west), asked(browser, west, new_days()))
    text = next(letter.calendar for letter in letters(west) if letter.recipient == west.member)
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    event = event_of(text)
    assert event["ATTENDEE"] == f"mailto:{west.member.email}"
    assert text.count("\r\nEND:VEVENT\r\n") == text.count("\r\nATTENDEE;") == 1


def test_a_double_click_moves_once(west: Place, sign_in: SignIn, sent: list[int]) -> None:
    browser = sign_in(west.coordinator)
    data = asked(browser, west, new_days()) | {"once": "en"}
    answers = [browser.post(address(west), data) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0]["Location"] == answers[1]["Location"]
    with tenancy.scope([west.network.pk]):
        assert GatheringMove.objects.count() == 1
    assert len(letters(west)) == 6


def test_the_second_of_two_coordinators_is_shown_what_the_first_did(
    west: Place, cast: Cast, sign_in: SignIn, sent: list[int]
) -> None:
    browser = sign_in(west.coordinator)
    hers = asked(browser, west, new_days())
    other = nearest_run(timezone.localdate() + timedelta(days=60), 2)
    browser = sign_in(cast.national)
    assert browser.post(address(west), asked(browser, west, other)).status_code == 302
    browser = sign_in(west.coordinator)
    response = browser.post(address(west), hers)
    assert response.status_code == 200
    changed = {(each.name, each.before, each.now) for each in response.context["meanwhile"]}
    assert len(changed) == 4, "the gathering and its three deadlines"
    assert {each.who for each in response.context["meanwhile"]} == {str(cast.national)}
    assert second(west).starts_on == other.starts_on
    assert "Smitte i regionen" in page(response)
    again = hers | {"seen": response.context["seen"]}
    assert browser.post(address(west), again).status_code == 302
    assert second(west).starts_on == new_days().starts_on


def test_not_before_the_one_before_it(west: Place, sign_in: SignIn, sent: list[int]) -> None:
    browser = sign_in(west.coordinator)
    held = west.gatherings[0]
    assert held.starts_on
    assert held.ends_on
    response = browser.get(address(west), as_data(Days(held.ends_on, held.ends_on)))
    assert response.context["page"].refusals
    data = as_data(Days(held.ends_on, held.ends_on)) | {"seen": response.context["seen"], "reason": "x"}
    assert browser.post(address(west), data).status_code == 200
    assert second(west).starts_on == west.gatherings[1].starts_on


@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [("", ""), ("2026-13-01", "2026-13-02"), ("0026-01-01", "0026-01-02"), ("9999-12-31", "9999-12-31"), ("x", "y")],
)
def test_days_that_can_not_be_meant(starts_on: str, ends_on: str, west: Place, sign_in: SignIn) -> None:
    response = sign_in(west.coordinator).get(address(west), {"starts_on": starts_on, "ends_on": ends_on})
    assert response.status_code == 200
    assert response.context["page"] is None
    assert response.context["form"].errors


def test_the_last_day_before_the_first_and_the_days_it_has(west: Place, sign_in: SignIn) -> None:
    browser = sign_in(west.coordinator)
    to = new_days()
    response = browser.get(address(west), as_data(Days(to.ends_on, to.starts_on)))
    assert list(response.context["form"].errors) == ["ends_on"]
    own = west.gatherings[1]
    assert own.starts_on
    assert own.ends_on
    response = browser.get(address(west), as_data(Days(own.starts_on, own.ends_on)))
    assert list(response.context["form"].errors) == ["starts_on"]


def test_the_reminders_follow(west: Place, sign_in: SignIn, sent: list[int]) -> None:
    today = timezone.localdate()
    find_due(today)
    with tenancy.scope([west.network.pk]):
        assert Notice.objects.filter(state="waiting", kind="assignment_due").exists()
    browser, to = sign_in(west.coordinator), new_days()
    browser.post(address(west), asked(browser, west, to))
    with tenancy.scope([west.network.pk]):
        own = Notice.objects.filter(kind="assignment_due", about__assignment=west.document.pk)
        assert set(own.values_list("state", flat=True)) == {"withdrawn"}
    find_due(due_day(to.starts_on, 14) - timedelta(days=14))
    with tenancy.scope([west.network.pk]):
        waiting = own.filter(state="waiting")
        assert {notice.about["due"] for notice in waiting} == {due_day(to.starts_on, 14).isoformat()}


def test_the_leaders_page_shows_the_new_days(west: Place, sign_in: SignIn, sent: list[int]) -> None:
    browser, to = sign_in(west.coordinator), new_days()
    browser.post(address(west), asked(browser, west, to))
    User.objects.filter(pk=west.team_leader.pk).update(language="nb")
    seen = page(sign_in(west.team_leader).get(reverse("overview:home")))
    assert date_range(*to, language="nb") in seen


def test_nobody_is_told_of_days_that_have_been(west: Place, sign_in: SignIn, sent: list[int]) -> None:
    past = Days(timezone.localdate() - timedelta(days=30), timezone.localdate() - timedelta(days=29))
    browser = sign_in(west.coordinator)
    assert browser.post(address(west), asked(browser, west, past)).status_code == 302
    assert (second(west).starts_on, letters(west), sent) == (past.starts_on, [], [])


def test_whose_access_has_ended_is_left_in_peace(west: Place, sign_in: SignIn, sent: list[int]) -> None:
    with tenancy.scope([west.network.pk]):
        Membership.objects.filter(user=west.observer).update(ends_on=timezone.localdate())
        TeamMember.objects.filter(membership__user=west.member).update(left_on=timezone.localdate())
        west.team.participation.withdrawn = True
        west.team.participation.save()
    browser = sign_in(west.coordinator)
    browser.post(address(west), asked(browser, west, new_days()))
    assert {letter.recipient for letter in letters(west)} == {west.coordinator, west.supervisor}


def test_who_has_two_roles_gets_one_letter(west: Place, sign_in: SignIn, sent: list[int]) -> None:
    with tenancy.scope([west.network.pk]):
        Membership.objects.create(network=west.network, user=west.team_leader, role=Role.COORDINATOR)
    browser = sign_in(west.coordinator)
    browser.post(address(west), asked(browser, west, new_days()))
    assert [letter.recipient for letter in letters(west)].count(west.team_leader) == 1


def _more_teams(place: Place, number: int) -> None:
    with tenancy.scope([place.network.pk]):
        for each in range(number):
            user = User.objects.create_user(f"ny.{each}@test.example", name=f"Teamleder {each}")
            team = Team.objects.create(
                network=place.network, slug=f"nytt-{each}", name=f"Nytt {each}", participation=place.team.participation
            )
            membership = Membership.objects.create(network=place.network, user=user, role=Role.TEAM_MEMBER)
            TeamMember.objects.create(network=place.network, team=team, membership=membership, function="leader")
            extend(team=team, assignment=place.document, until=place.document.due + timedelta(days=5), reason="x")


@pytest.mark.parametrize("teams", [0, 5])
def test_the_statements_are_as_many_for_many_teams(teams: int, west: Place, sign_in: SignIn, sent: list[int]) -> None:
    _more_teams(west, teams)
    browser = sign_in(west.coordinator)
    browser.get(address(west), as_data(new_days()))
    with CaptureQueriesContext(connection) as looking:
        data = asked(browser, west, new_days())
    with CaptureQueriesContext(connection) as saving:
        assert browser.post(address(west), data).status_code == 302
    assert len(letters(west)) == 6 + teams
    assert (len(looking), len(saving)) == (PREVIEW, SAVE)


PREVIEW, SAVE = 22, 29


# Calling it off, and the calendar file


def test_cancelled_with_a_reason_and_held_after_all(west: Place, cast: Cast, sign_in: SignIn, sent: list[int]) -> None:
    browser = sign_in(west.coordinator)
    assert browser.post(address(west, "cancel"), {"reason": ""}).status_code == 200
    assert second(west).state == "planned"
    assert browser.post(address(west, "cancel"), {"reason": "For få påmeldte"}).status_code == 302
    cancelled = second(west)
    assert (cancelled.state, cancelled.cancelled_reason, cancelled.calendar_sequence) == (
        "cancelled",
        "For få påmeldte",
        1,
    )
    found = letters(west)
    assert len(found) == 6
    for letter in found:
        event = event_of(letter.calendar)
        assert "METHOD:CANCEL" in letter.calendar
        assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)
        assert "For få påmeldte" in letter.text
    find_due(timezone.localdate())
    with tenancy.scope([west.network.pk]):
        assert not Notice.objects.filter(state="waiting", kind="assignment_due").exists()
    browser.post(address(west, "cancel"), {"reason": "En gang til"})
    assert len(letters(west)) == 6
    assert "For få påmeldte" in page(sign_in(west.member).get(address(west, "gathering")))
    sign_in(west.coordinator).post(address(west, "restore"))
    again = second(west)
    assert (again.state, again.cancelled_reason, again.calendar_sequence) == ("planned", "", 2)
    assert len(letters(west)) == 12
    assert letters(cast.east) == []


def test_the_calendar_file_of_a_gathering(west: Place, sign_in: SignIn) -> None:
    with tenancy.scope([west.network.pk]):
        Gathering.objects.filter(pk=west.gatherings[1].pk).update(
            title="Samling 2; mål, tiltak",
            programme="10.00 Åpning\n11.00 Plakater",
            programme_published_at=timezone.now(),
            starts_on=date(2026, 12, 1),
            ends_on=date(2026, 12, 2),
        )
    response = sign_in(west.member).get(address(west, "calendar"))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    text = response.content.decode()
    assert r"SUMMARY:Samling 2\; mål\, tiltak – Læringsnettverk Vest" in text
    assert "DTSTART;VALUE=DATE:20261201\r\n" in text
    assert "DTEND;VALUE=DATE:20261203\r\n" in text
    assert "METHOD:PUBLISH\r\n" in text
    event = event_of(text)
    assert event["DESCRIPTION"].startswith("10.00 Åpning\n11.00 Plakater")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
