"""A new team leader in one step: the one who leads, the one who did, and what waited for her."""

from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import User
from gpf import tenancy
from networks.models import Role
from notices.models import Notice
from notices.runs import find_due, run_daily
from sessions.models import Review
from sessions.services import deliver, review
from teams.leading import change_leader
from teams.models import TeamMember
from teams.services import add_role
from tests.cast import Cast
from tests.notices.conftest import morning, only_due
from tests.teams.conftest import Coordinator, is_let_in, seat_of

pytestmark = pytest.mark.django_db

PATH = "deltakere/team/vinje/leder/"


def waiting(cast: Cast) -> dict[str, set[str]]:
    """Who has what state of notices in Vest, by address."""
    found: dict[str, set[str]] = {}
    with tenancy.scope([cast.west.network.pk]):
        for notice in Notice.objects.select_related("recipient"):
            found.setdefault(notice.recipient.email, set()).add(notice.state)
    return found


def test_a_member_takes_over_and_the_old_leader_is_shut_out(cast: Cast, coordinator: Coordinator, at_once: Any) -> None:
    west = cast.west
    User.objects.filter(pk=west.member.pk).update(last_login=timezone.now())
    seat = seat_of(west, west.member)
    with at_once():
        page = coordinator.post(PATH, who=str(seat.pk), old="leaves", once="a")
        coordinator.post(PATH, who=str(seat.pk), old="leaves", once="a")
    assert "Medlem Vest leads Vinje from today" in page
    assert (is_let_in(west.member), is_let_in(west.team_leader)) == (True, False)
    assert seat_of(west, west.member).function == TeamMember.Function.LEADER
    new, old = (next(one for one in mail.outbox if one.to == [who.email]) for who in (west.member, west.team_leader))
    assert len(mail.outbox) == 2
    assert "/nettverk/vest/team/vinje/" in str(new.body)
    for said in ("Medlem Vest", west.coordinator.email):
        assert said in str(old.body)
    assert cast.east.coordinator.email not in str(old.body)


def test_a_person_who_is_new_is_invited_and_the_old_one_may_stay(
    cast: Cast, coordinator: Coordinator, at_once: Any
) -> None:
    new = {"name": "Ny Leder", "email": "NY@test.example", "language": "nn", "title": "Sykepleier", "unit": ""}
    with at_once():
        coordinator.post(PATH, who="new", old="stays", **new)
    user = User.objects.get(email="ny@test.example")
    seat = seat_of(cast.west, user)
    assert (seat.function, seat.title, seat.team) == ("leader", "Sykepleier", cast.west.team)
    assert is_let_in(cast.west.team_leader)
    found = {tuple(letter.to): str(letter.body) for letter in mail.outbox}
    assert found.keys() == {("ny@test.example",), (cast.west.team_leader.email,)}
    assert "/konto/invitasjon/" in found["ny@test.example",]


def test_who_is_somebody_new_must_be_said(coordinator: Coordinator) -> None:
    page = coordinator.post(PATH, who="new", old="stays", name="", email="")
    assert page.count("Write this for somebody who is new in the team.") >= 2


def test_what_waited_for_the_old_leader_is_told_the_new_one_once(cast: Cast) -> None:
    west = cast.west
    only_due(west, 14)
    only_due(cast.east, 300)
    with tenancy.scope([west.network.pk]):
        version = deliver(team=west.team, assignment=west.poster, by=west.team_leader, comment="Se her.")
        review(version=version, by=west.supervisor, verdict=Review.Verdict.RETURNED, text="Målet mangler.")
    find_due(timezone.localdate())
    with tenancy.scope([west.network.pk]):
        change_leader(team=west.team, to=seat_of(west, west.member), old_stays=False)
    assert waiting(cast)[west.team_leader.email] == {"withdrawn"}
    run_daily(at=morning(1))
    run_daily(at=morning(1))
    letters = {tuple(letter.to): str(letter.body) for letter in mail.outbox}
    assert list(letters) == [(west.member.email,)]
    assert len(mail.outbox) == 1
    assert "Lever forbedringsplan" in letters[(west.member.email,)]  # found by the day
    assert "Lag plakat" in letters[(west.member.email,)]  # sent back before she took over


def test_the_old_leader_keeps_what_waits_about_her_other_team(cast: Cast) -> None:
    west = cast.west
    only_due(west, 14)
    with tenancy.scope([west.network.pk]):
        add_role(
            network=west.network,
            user=west.team_leader,
            role=Role.TEAM_MEMBER,
            teams=[west.other_team],
            function=TeamMember.Function.LEADER,
        )
    find_due(timezone.localdate())
    with tenancy.scope([west.network.pk]):
        place = TeamMember.objects.get(team=west.team, membership__user=west.member)
        change_leader(team=west.team, to=place, old_stays=False)
        left = Notice.objects.filter(recipient=west.team_leader, state=Notice.State.WAITING)
        assert [notice.about["team"] for notice in left] == [west.other_team.pk]
    assert is_let_in(west.team_leader)
