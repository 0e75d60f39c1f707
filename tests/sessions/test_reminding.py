"""When people hear of a deadline, who else hears of late work, and of what is written and published."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from gpf import tenancy
from networks.models import Membership, Role
from notices import kinds
from notices.models import Notice
from notices.runs import find_due
from sessions import late, programme
from sessions.answers import REPLY, announce_reply
from sessions.models import Delivery, Gathering, ReminderRules, Reply
from sessions.reminder_rules import change_rules, held_rules
from teams.models import Supervisor, Team, TeamMember
from tests.cast import Cast, Place
from tests.notices.conftest import only_due

SignIn = Callable[[User], Client]


@pytest.fixture
def west(cast: Cast) -> Place:
    """Vest, with the plan eight days late; nothing is due in Øst."""
    only_due(cast.west, -8)
    only_due(cast.east, 300)
    return cast.west


def true(place: Place, kind: str = "", days: int = 0) -> dict[str, list[str]]:
    """Who would be told what today, by kind: the people's parts."""
    today = timezone.localdate() + timedelta(days=days)
    parts = {user.pk: part for part, user in place.people().items()}
    found: dict[str, list[str]] = {}
    with tenancy.scope([place.network.pk]), translation.override("en"):
        waiting = list(Notice.objects.filter(state=Notice.State.WAITING).order_by("pk"))
        lines = kinds.tell(waiting, today)
        for notice in waiting:
            if notice.pk in lines:
                found.setdefault(notice.kind, []).append(parts.get(notice.recipient_id, "somebody"))
    return {name: people for name, people in found.items() if name.startswith(kind)}


def set_rules(place: Place, **values: object) -> None:
    with tenancy.scope([place.network.pk]):
        rules = held_rules(place.network)
        for name, value in values.items():
            setattr(rules, name, value)
        change_rules(rules=rules)


# Step by step


def test_late_work_goes_from_the_team_to_its_supervisor_and_then_to_the_leader(west: Place) -> None:
    find_due(timezone.localdate())
    assert true(west, "assignment") == {"assignment_due": ["team_leader"], late.SUPERVISOR: ["supervisor"]}
    find_due(timezone.localdate() + timedelta(days=6))
    assert true(west, late.LEADER, days=6) == {late.LEADER: ["leader"]}
    with tenancy.scope([west.network.pk]):
        Delivery.objects.create(
            network=west.network,
            team=west.team,
            assignment=west.document,
            state=Delivery.State.RETURNED,
            delivered_at=timezone.now(),
        )
    assert true(west, days=6) == {}, "what was handed in is not late, also when it was sent back"


def test_only_those_with_access_today_are_told_and_stand_ins_are(cast: Cast, west: Place) -> None:
    today = timezone.localdate()
    with tenancy.scope([west.network.pk]):
        guiding = Supervisor.objects.get(team=west.team)
        stand_in = Membership.objects.create(network=west.network, user=cast.stranger, role=Role.SUPERVISOR)
        Supervisor.objects.create(
            network=west.network,
            team=west.team,
            membership=stand_in,
            stands_in_for=guiding.membership,
            until=today + timedelta(days=3),
        )
        Membership.objects.filter(user=west.supervisor).update(ends_on=today)
        Membership.objects.filter(user=west.leader).update(role=Role.OBSERVER)
    find_due(today)
    assert true(west, late.SUPERVISOR) == {late.SUPERVISOR: ["somebody"]}
    assert true(west, late.SUPERVISOR, days=3) == {}, "she stands in no more"
    find_due(today + timedelta(days=6))
    assert true(west, late.LEADER, days=6) == {}, "she is no leader any more"


def test_rules_that_change_hold_for_what_waits(west: Place) -> None:
    find_due(timezone.localdate())
    set_rules(west, days=[14, -1], supervisor_after=None)
    with tenancy.scope([west.network.pk]):
        waiting = Notice.objects.filter(state=Notice.State.WAITING)
        assert not waiting.exists(), "taken back in the same transaction"
    set_rules(west, days=[14, -1, -8], supervisor_after=8)
    find_due(timezone.localdate())
    assert true(west) == {"assignment_due": ["team_leader"], late.SUPERVISOR: ["supervisor"]}
    with tenancy.scope([west.network.pk]):
        ReminderRules.objects.update(supervisor_after=9)
    assert true(west) == {"assignment_due": ["team_leader"]}, "seen again at the moment of sending"


def test_telling_takes_as_many_queries_for_many_teams_as_for_one(west: Place) -> None:
    def asked() -> int:
        find_due(timezone.localdate())
        with tenancy.scope([west.network.pk]):
            waiting = list(Notice.objects.filter(state=Notice.State.WAITING))
            with CaptureQueriesContext(connection) as captured:
                lines = kinds.tell(waiting, timezone.localdate())
        assert len(lines) == len(waiting)
        return len(captured)

    one = asked()
    with tenancy.scope([west.network.pk]):
        places = [Membership.objects.get(user=user) for user in (west.member, west.supervisor)]
        for number in range(8):
            team = Team.objects.create(
                network=west.network, slug=f"t{number}", name=f"T{number}", participation=west.team.participation
            )
            TeamMember.objects.create(network=west.network, team=team, membership=places[0])
            Supervisor.objects.create(network=west.network, team=team, membership=places[1])
    assert asked() == one


# The page of the rules


def test_a_coordinator_writes_the_rules_as_she_would_say_them(cast: Cast, west: Place, sign_in: SignIn) -> None:
    address = reverse("gatherings:reminder_rules", args=[west.network.slug])
    browser = sign_in(west.coordinator)
    seen = browser.get(address).context["form"]["seen"].value()
    data = {"before": "21 og 7", "after": "2", "supervisor_after": "5", "leader_after": "", "seen": seen}
    assert browser.post(address, data).status_code == 302
    with tenancy.scope([west.network.pk, cast.east.network.pk]):
        rules = ReminderRules.objects.get()
        assert (rules.network, rules.days) == (west.network, [21, 7, -2])
        assert (rules.supervisor_after, rules.leader_after) == (5, None)
    stale = browser.post(address, data | {"before": "30"})
    assert stale.status_code == 200, "somebody has changed them meanwhile"
    assert "21,7" in stale.content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [("before", "fjorten"), ("before", "0"), ("after", "1 2 3 4 5 6"), ("after", "400"), ("leader_after", "7")],
)
def test_rules_that_can_not_be_meant_are_refused_by_the_field(
    west: Place, sign_in: SignIn, field: str, value: str
) -> None:
    address = reverse("gatherings:reminder_rules", args=[west.network.slug])
    browser = sign_in(west.coordinator)
    seen = browser.get(address).context["form"]["seen"].value()
    data = {"before": "14", "on_the_day": "on", "after": "1", "supervisor_after": "7", "leader_after": "14"}
    answer = browser.post(address, data | {"seen": seen, field: value})
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, [field])


# Programmes


def write_programme(place: Place) -> Gathering:
    with tenancy.scope([place.network.pk]):
        gathering = Gathering.objects.get(number=2)
        gathering.programme = "10.00 Vi åpner"
        gathering.save()
    return gathering


def test_a_programme_is_the_coordinators_own_until_it_is_published(west: Place, sign_in: SignIn) -> None:
    gathering = write_programme(west)
    page = reverse("gatherings:gathering", args=[west.network.slug, gathering.pk])
    act = reverse("gatherings:programme", args=[west.network.slug, gathering.pk])
    calendar = reverse("gatherings:calendar", args=[west.network.slug, gathering.pk])

    def reads(user: User) -> list[bool]:
        return ["Vi åpner" in sign_in(user).get(address).content.decode() for address in (page, calendar)]

    assert (reads(west.coordinator)[0], reads(west.member)) == (True, [False, False])
    assert sign_in(west.coordinator).post(act, {"do": "publish"}).status_code == 302
    assert reads(west.member) == [True, True]
    assert sorted(true(west)[programme.KIND]) == ["leader", "member", "supervisor", "team_leader"]
    sign_in(west.coordinator).post(act, {"do": "publish"})
    assert len(true(west)[programme.KIND]) == 4, "told again, in place of what had not gone out"
    sign_in(west.coordinator).post(act, {"do": "hide"})
    assert (true(west), reads(west.member)) == ({}, [False, False])


def test_a_programme_that_holds_no_longer_is_not_told(west: Place) -> None:
    gathering = write_programme(west)
    with tenancy.scope([west.network.pk]):
        programme.publish(gathering=gathering)
        Membership.objects.filter(user=west.leader).update(ends_on=timezone.localdate())
    assert "leader" not in true(west)[programme.KIND]
    with tenancy.scope([west.network.pk]):
        Gathering.objects.filter(pk=gathering.pk).update(state=Gathering.State.CANCELLED)
    assert true(west) == {}


# Replies


def test_a_reply_is_told_to_the_other_side_until_somebody_writes_after_it(west: Place) -> None:
    with tenancy.scope([west.network.pk]):
        delivery = Delivery.objects.create(network=west.network, team=west.team, assignment=west.document)

    def write(by: User, *, from_team: bool) -> None:
        with tenancy.scope([west.network.pk]):
            reply = Reply.objects.create(
                network=west.network, delivery=delivery, text="Ord", written_by=by, from_team=from_team
            )
            announce_reply(reply)

    write(west.member, from_team=True)
    write(west.member, from_team=True)
    assert true(west, REPLY) == {REPLY: ["supervisor"]}
    write(west.supervisor, from_team=False)
    assert true(west, REPLY) == {REPLY: ["team_leader"]}
    with tenancy.scope([west.network.pk]):
        Reply.objects.create(
            network=west.network, delivery=delivery, text="Takk", written_by=west.member, from_team=True
        )
    assert true(west, REPLY) == {}, "seen again at the moment of sending"
