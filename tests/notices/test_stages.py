"""Which reminders are found on a day, and for whom."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gpf import tenancy
from networks.models import Membership, Network, Participation, Role
from notices.models import Notice
from notices.runs import find_due
from sessions.models import Delivery, Gathering
from sessions.reminders import LOOK_BACK
from teams.models import Team, TeamMember
from tests.cast import Cast, Place
from tests.notices.conftest import only_due, states

WAITING, MISSED, WITHDRAWN = Notice.State.WAITING, Notice.State.MISSED, Notice.State.WITHDRAWN

BEFORE = {"14": MISSED, "3": MISSED, "0": MISSED}


def deliver(place: Place, **facts: object) -> Delivery:
    """The team's delivery of the plan, as it stands."""
    if facts.get("state") in ("delivered", "returned", "approved"):
        facts["delivered_at"] = timezone.now()
    with tenancy.scope([place.network.pk]):
        return Delivery.objects.create(network=place.network, team=place.team, assignment=place.document, **facts)


def found(place: Place) -> dict[str, str]:
    """The stages found today, with their states."""
    find_due(timezone.localdate())
    return {stage: state for (stage, _part), state in states(place).items()}


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (15, {}),
        (14, {"14": WAITING}),
        (4, {"14": WAITING}),
        (3, {"14": MISSED, "3": WAITING}),
        (0, {"14": MISSED, "3": MISSED, "0": WAITING}),
        (-1, {**BEFORE, "late": WAITING}),
        (-7, {**BEFORE, "late": MISSED, "late7": WAITING}),
        (-7 - LOOK_BACK, {**BEFORE, "late": MISSED, "late7": WAITING}),
        (-8 - LOOK_BACK, {}),
    ],
)
def test_the_stage_a_deadline_has_reached_is_told_and_earlier_ones_are_missed(
    west: Place, days: int, expected: dict[str, str]
) -> None:
    only_due(west, days)
    assert found(west) == expected


def test_a_waiting_stage_is_missed_when_the_next_takes_its_place(west: Place) -> None:
    find_due(timezone.localdate())
    assert states(west) == {("14", "team_leader"): WAITING}
    find_due(timezone.localdate() + timedelta(days=11))
    assert states(west) == {("14", "team_leader"): MISSED, ("3", "team_leader"): WAITING}


def test_what_was_told_counts_as_read_when_the_next_stage_takes_its_place(west: Place) -> None:
    find_due(timezone.localdate())
    with tenancy.scope([west.network.pk]):
        Notice.objects.update(state=Notice.State.SENT)
    find_due(timezone.localdate() + timedelta(days=11))
    with tenancy.scope([west.network.pk]):
        unread = {each.about["stage"]: each.read_at is None for each in Notice.objects.all()}
    assert unread == {"14": False, "3": True}


def test_finding_again_changes_nothing(west: Place) -> None:
    assert found(west) == found(west) == {"14": WAITING}


def test_everyone_in_the_team_is_told_where_nobody_leads(west: Place) -> None:
    with tenancy.scope([west.network.pk]):
        TeamMember.objects.update(function=TeamMember.Function.MEMBER)
    find_due(timezone.localdate())
    assert states(west) == {("14", "team_leader"): WAITING, ("14", "member"): WAITING}


def test_who_has_left_the_team_or_the_network_is_not_told(west: Place) -> None:
    today = timezone.localdate()
    with tenancy.scope([west.network.pk]):
        TeamMember.objects.filter(function=TeamMember.Function.LEADER).update(left_on=today)
    find_due(today)
    assert states(west) == {("14", "member"): WAITING}
    with tenancy.scope([west.network.pk]):
        Membership.objects.filter(user=west.member).update(ends_on=today + timedelta(days=1))
    find_due(today + timedelta(days=12))
    assert states(west) == {("14", "member"): WAITING}


@pytest.mark.parametrize(
    "facts", [{"state": "delivered"}, {"state": "approved"}, {"exempt": True}], ids=["delivered", "approved", "exempt"]
)
def test_what_is_handed_in_or_need_not_be_is_not_due(west: Place, facts: dict[str, object]) -> None:
    deliver(west, **facts)
    assert found(west) == {}


@pytest.mark.parametrize("days", [14, -1])
def test_begun_work_is_as_due_as_work_not_begun(west: Place, days: int) -> None:
    only_due(west, days)
    deliver(west, begun=True)
    assert WAITING in found(west).values()


def test_what_was_sent_back_is_due_but_never_late(west: Place) -> None:
    only_due(west, 3)
    deliver(west, state="returned")
    assert found(west)["3"] == WAITING
    find_due(timezone.localdate() + timedelta(days=4))
    assert ("late", "team_leader") not in states(west)


def test_an_extension_counts_instead_of_the_deadline(west: Place) -> None:
    only_due(west, -1)
    delivery = deliver(west, extended_to=timezone.localdate() + timedelta(days=20))
    assert found(west) == {}
    with tenancy.scope([west.network.pk]):
        delivery.extended_to = timezone.localdate() + timedelta(days=3)
        delivery.save()
    assert found(west) == {"14": MISSED, "3": WAITING}


def test_an_extension_is_found_where_the_deadline_itself_is_long_past(west: Place) -> None:
    only_due(west, -90)
    deliver(west, extended_to=timezone.localdate() + timedelta(days=14))
    assert found(west) == {"14": WAITING}


@pytest.mark.parametrize("phase", [Network.Phase.PLANNED, Network.Phase.COMPLETED])
def test_a_network_that_is_not_at_work_is_left_alone(west: Place, phase: str) -> None:
    Network.objects.filter(pk=west.network.pk).update(phase=phase)
    assert found(west) == {}


def test_a_network_in_follow_up_is_at_work(west: Place) -> None:
    Network.objects.filter(pk=west.network.pk).update(phase=Network.Phase.FOLLOW_UP)
    assert found(west) == {"14": WAITING}


def test_a_cancelled_gathering_asks_for_nothing(west: Place) -> None:
    with tenancy.scope([west.network.pk]):
        Gathering.objects.update(state=Gathering.State.CANCELLED)
    assert found(west) == {}


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (Team, {"ended_on": timedelta(0)}),
        (Team, {"joined_on": timedelta(days=1)}),
        (Participation, {"withdrawn": True}),
        (Participation, {"withdrawn": True, "withdrawn_on": timedelta(0)}),
    ],
    ids=["ended", "not yet joined", "withdrawn some day", "withdrawn today"],
)
def test_a_team_that_does_not_take_part_is_not_reminded(
    west: Place, model: type[Team] | type[Participation], fields: dict[str, object]
) -> None:
    today = timezone.localdate()
    values = {name: today + value if isinstance(value, timedelta) else value for name, value in fields.items()}
    with tenancy.scope([west.network.pk]):
        model.objects.update(**values)
    assert found(west) == {}


def test_a_team_that_joined_after_the_deadline_is_not_behind(west: Place) -> None:
    only_due(west, -1)
    with tenancy.scope([west.network.pk]):
        Team.objects.update(joined_on=timezone.localdate())
    assert found(west) == {}


def test_a_broken_network_does_not_stop_the_others(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from notices import runs, services

    only_due(cast.west, 14)
    only_due(cast.east, 14)
    hand_over = services.hand_over

    def breaks(*, network_id: int, **rest: object) -> None:
        if network_id == cast.west.network.pk:
            raise RuntimeError
        hand_over(network_id=network_id, **rest)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(runs, "hand_over", breaks)
    find_due(timezone.localdate())
    assert (states(cast.west), states(cast.east)) == ({}, {("14", "team_leader"): WAITING})


def test_finding_takes_as_many_queries_for_many_teams_as_for_two(west: Place) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            find_due(timezone.localdate())
        return len(captured)

    few = queries()
    with tenancy.scope([west.network.pk]):
        for number in range(10):
            team = Team.objects.create(
                network=west.network, slug=f"t{number}", name=f"T{number}", participation=west.team.participation
            )
            place = Membership.objects.get(user=west.member, role=Role.TEAM_MEMBER)
            TeamMember.objects.create(network=west.network, team=team, membership=place)
    assert queries() == few
    assert len(states(west)) == 2
