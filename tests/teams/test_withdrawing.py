"""An organisation that withdraws: who loses access and who keeps it, what stays, and how it is taken back."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from gpf import tenancy
from networks.models import Membership, Participation, ParticipationLeader, Role
from notices.models import Message, Notice
from notices.runs import find_due, run_daily
from overview.matrix import read_columns, read_matrix, read_teams
from sessions.services import deliver
from teams.models import Team, TeamMember
from teams.services import add_role, add_team
from teams.withdrawing import begin_team_again, end_team
from tests.cast import Cast
from tests.notices.conftest import morning, only_due
from tests.teams.conftest import Coordinator, is_let_in, membership_of, seat_of

pytestmark = pytest.mark.django_db


def seen(page: str) -> str:
    found = re.search(r'name="seen" value="([^"]*)"', page)
    assert found
    return found[1]


def withdraw(coordinator: Coordinator, vinje: Participation, days: int = 0, **changed: str) -> str:
    page = coordinator.get(f"deltakere/{vinje.pk}/trekk/")
    on = timezone.localdate() + timedelta(days=days)
    data = {"on": on.isoformat(), "reason": "Too few people", "seen": seen(page)} | changed
    return coordinator.post(f"deltakere/{vinje.pk}/trekk/", **data)


def test_what_will_happen_is_said_by_name_first(cast: Cast, coordinator: Coordinator, vinje: Participation) -> None:
    with tenancy.scope([cast.west.network.pk]):
        add_role(network=cast.west.network, user=cast.west.member, role=Role.OBSERVER)
    page = coordinator.get(f"deltakere/{vinje.pk}/trekk/")
    text = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "This team ends: Vinje ." in text
    assert "These lose access to the network: Leder Vest , Teamleder Vest ." in text
    assert "Medlem Vest keeps access, as observer." in text
    assert "Øst" not in text


def test_access_ends_that_day_and_only_theirs(cast: Cast, coordinator: Coordinator, vinje: Participation) -> None:
    west = cast.west
    with tenancy.scope([west.network.pk]):
        add_role(network=west.network, user=west.member, role=Role.TEAM_MEMBER, teams=[west.other_team])
    page = withdraw(coordinator, vinje)
    assert "2 people lose access that day" in page
    let_in = {part: is_let_in(user) for part, user in west.people().items()}
    assert let_in == {
        "coordinator": True,
        "supervisor": True,
        "team_leader": False,
        "member": True,  # she works in Tokke too
        "leader": False,
        "observer": True,
    }
    assert not is_let_in(west.member, f"/nettverk/vest/team/vinje/leveringer/{west.document.pk}/")
    assert is_let_in(west.member, f"/nettverk/vest/team/tokke/leveringer/{west.document.pk}/")


@pytest.mark.parametrize(("days", "still_in"), [(1, True), (0, False), (-3, False)])
def test_the_day_may_be_past_or_to_come(
    cast: Cast, coordinator: Coordinator, vinje: Participation, days: int, still_in: bool
) -> None:
    withdraw(coordinator, vinje, days)
    assert is_let_in(cast.west.team_leader) is still_in
    ends = membership_of(cast.west, cast.west.team_leader).ends_on
    assert ends == timezone.localdate() + timedelta(days=days)


def test_a_day_before_they_joined_and_a_missing_reason_are_refused(
    cast: Cast, coordinator: Coordinator, vinje: Participation
) -> None:
    with tenancy.scope([cast.west.network.pk]):
        Participation.objects.filter(pk=vinje.pk).update(joined_on=timezone.localdate() - timedelta(days=5))
    page = withdraw(coordinator, vinje, -6, reason="")
    assert "They were not with before" in page
    assert "This field is required" in page
    assert is_let_in(cast.west.team_leader)


def test_what_changed_since_it_was_shown_is_shown_first(
    cast: Cast, coordinator: Coordinator, vinje: Participation
) -> None:
    assert "is not what you were shown" in withdraw(coordinator, vinje, seen="1/2,3")
    assert is_let_in(cast.west.team_leader)


def test_taken_back_those_it_shut_out_are_in_again_and_no_others(
    cast: Cast, coordinator: Coordinator, vinje: Participation
) -> None:
    member = seat_of(cast.west, cast.west.member)
    today = timezone.localdate().isoformat()
    coordinator.post(f"deltakere/team/vinje/personer/{member.pk}/", **_seat(coordinator, member, today))
    assert not is_let_in(cast.west.member)
    withdraw(coordinator, vinje)
    page = coordinator.post(f"deltakere/{vinje.pk}/tilbake/")
    assert "2 people have access again" in page
    assert (is_let_in(cast.west.team_leader), is_let_in(cast.west.leader)) == (True, True)
    assert not is_let_in(cast.west.member)


def _seat(coordinator: Coordinator, seat: TeamMember, left_on: str) -> dict[str, Any]:
    page = coordinator.get(f"deltakere/team/vinje/personer/{seat.pk}/")
    held = re.search(r'<input type="hidden" name="seen" value="([^"]*)"', page)
    assert held
    return {"function": seat.function, "title": "", "unit": "", "left_on": left_on, "seen": held[1]}


def test_its_history_stays_and_its_reminders_go(cast: Cast, coordinator: Coordinator, vinje: Participation) -> None:
    west = cast.west
    only_due(west, 14)
    with tenancy.scope([west.network.pk]):
        deliver(team=west.team, assignment=west.poster, by=west.team_leader, comment="Hengt opp.")
    find_due(timezone.localdate())
    withdraw(coordinator, vinje)
    find_due(timezone.localdate())
    run_daily(at=morning(1))
    with tenancy.scope([west.network.pk]):
        states = set(Notice.objects.filter(about__team=west.team.pk).values_list("state", flat=True))
        today = timezone.localdate()
        rows = read_matrix(read_columns(), read_teams(Team.objects.all(), today), today=today).every
    assert states == {"withdrawn"}
    assert [row.team.name for row in rows] == ["Tokke"]
    assert "The team has ended." in coordinator.get("team/vinje/")
    assert "Have withdrawn" in coordinator.get("deltakere/")
    assert "Hengt opp." in coordinator.get(f"team/vinje/leveringer/{west.poster.pk}/")


def test_twice_sent_it_is_done_once(cast: Cast, coordinator: Coordinator, vinje: Participation) -> None:
    withdraw(coordinator, vinje)
    day = timezone.localdate() + timedelta(days=9)
    data = {"on": day.isoformat(), "reason": "Another", "seen": ""}
    coordinator.post(f"deltakere/{vinje.pk}/trekk/", **data)
    with tenancy.scope([cast.west.network.pk]):
        assert Participation.objects.get(pk=vinje.pk).withdrawn_reason == "Too few people"


def test_of_two_teams_one_ends_and_the_other_goes_on(cast: Cast, vinje: Participation) -> None:
    """As in Hemnes: who works in both keeps access; a leader of the organisation keeps it too."""
    west, today = cast.west, timezone.localdate()
    with tenancy.scope([west.network.pk]):
        second = add_team(participation=vinje, name="Vinje", language="nn")
        assert second.slug == "vinje-2"
        add_role(network=west.network, user=west.member, role=Role.TEAM_MEMBER, teams=[second])
        ended = end_team(team=west.team, on=today, reason="Slått saman")
        assert [row.user for row in ended] == [west.team_leader]
        assert is_let_in(west.leader)
        begin_team_again(team=west.team)
    assert is_let_in(west.team_leader)


def test_nobody_of_the_other_network_is_touched(cast: Cast, coordinator: Coordinator) -> None:
    east = cast.east.team.participation_id
    for path in (f"deltakere/{east}/", f"deltakere/{east}/trekk/", "deltakere/team/hamar/"):
        assert coordinator.client.get(f"/nettverk/vest/{path}").status_code == 404
    client: Client = coordinator.client
    assert client.post(f"/nettverk/vest/deltakere/{east}/tilbake/").status_code == 404
    with tenancy.scope([cast.east.network.pk]):
        assert ParticipationLeader.objects.filter(participation=east).exists()
        assert not Membership.objects.exclude(ends_on=None).exists()


@pytest.mark.parametrize(("days", "written"), [(0, True), (-31, False)])
def test_those_whose_team_ends_are_told_kindly_and_once(
    cast: Cast, coordinator: Coordinator, vinje: Participation, at_once: Any, days: int, written: bool
) -> None:
    west = cast.west
    with tenancy.scope([west.network.pk]):
        add_role(network=west.network, user=west.member, role=Role.OBSERVER)
    with at_once():
        withdraw(coordinator, vinje, days)
    told = {letter.to[0]: str(letter.body) for letter in mail.outbox}
    if not written:
        assert told == {}, "what ended long ago is only put on record"
        return
    assert len(mail.outbox) == 3
    assert told.keys() == {west.team_leader.email, west.member.email, west.leader.email}
    assert all("Vinje" in text and west.coordinator.email in text for text in told.values())
    assert told[west.team_leader.email] != told[west.member.email], "she keeps her way in, as observer"
    mail.outbox.clear()
    with at_once():
        coordinator.post(f"deltakere/{vinje.pk}/tilbake/")
    assert {letter.to[0] for letter in mail.outbox} == told.keys(), "it goes on after all"
    mail.outbox.clear()
    withdraw(coordinator, vinje, days)  # nothing is posted before it is taken back
    coordinator.post(f"deltakere/{vinje.pk}/tilbake/")
    with tenancy.scope([west.network.pk]):
        assert not Message.objects.filter(state=Message.State.QUEUED).exists(), "nobody was told, and nobody need be"
