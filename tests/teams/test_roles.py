"""People and roles: how far each has come in, finding them, ending roles, and a mistyped address."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import Invitation, User
from accounts.services import open_invitation
from gpf import tenancy
from networks.models import Membership, Role
from teams.models import Supervisor
from teams.people import State, read_people
from teams.services import add_person, add_role
from tests.cast import Cast
from tests.teams.conftest import Coordinator, is_let_in, membership_of
from tests.teams.test_participants import held, text_of

pytestmark = pytest.mark.django_db


def new_person(cast: Cast, email: str = "ny@test.example") -> User:
    with tenancy.scope([cast.west.network.pk]):
        return add_person(
            network=cast.west.network,
            email=email,
            name="Ny Person",
            language="nb",
            role=Role.TEAM_MEMBER,
            team=cast.west.other_team,
        )


def test_each_is_invited_active_expired_or_ended(cast: Cast) -> None:
    west, now = cast.west, timezone.now()
    User.objects.filter(pk=west.coordinator.pk).update(last_login=now)
    open_invitation(user=west.member, landing="/", by=None)
    open_invitation(user=west.observer, landing="/", by=None)
    Invitation.objects.filter(user=west.observer).update(expires_at=now)
    with tenancy.scope([west.network.pk]):
        Membership.objects.filter(user=west.leader).update(ends_on=timezone.localdate())
        people = {one.user: one for one in read_people(timezone.localdate())}
    states = {part: people[user].state for part, user in west.people().items()}
    assert states == {
        "coordinator": State.ACTIVE,
        "supervisor": State.EXPIRED,  # never invited, never in
        "team_leader": State.EXPIRED,
        "member": State.INVITED,
        "leader": State.ENDED,
        "observer": State.EXPIRED,
    }
    assert list(people)[-1] == west.leader
    assert cast.east.member not in people


def test_people_are_found_by_name_role_state_and_organisation(cast: Cast, coordinator: Coordinator, vinje: Any) -> None:
    new_person(cast)
    for words, found in (
        ({"q": "veil"}, {"Veileder Vest"}),
        ({"q": "NY@test"}, {"Ny Person"}),
        ({"rolle": "observer"}, {"Observatør Vest"}),
        ({"org": str(vinje.pk)}, {"Teamleder Vest", "Medlem Vest", "Veileder Vest", "Leder Vest"}),
        ({"status": "ended"}, set()),
        ({"rolle": "nonsense"}, {"Ny Person", *(user.name for user in cast.west.people().values())}),
    ):
        page = coordinator.get("personer/", **words)
        shown = {
            name for name in ("Ny Person", *(u.name for u in cast.west.people().values())) if f">{name}</a>" in page
        }
        assert shown == found, words


def test_a_supervisor_is_given_several_teams_at_once(cast: Cast, coordinator: Coordinator) -> None:
    west = cast.west
    coordinator.post(f"personer/{west.observer.pk}/", role="supervisor", teams=[west.team.pk, west.other_team.pk])
    with tenancy.scope([west.network.pk]):
        guided = Supervisor.objects.filter(membership__user=west.observer)
        assert {guide.team for guide in guided} == {west.team, west.other_team}
    page = coordinator.post(f"personer/{west.observer.pk}/", role="supervisor", teams=[cast.east.team.pk])
    assert "is not one of the available choices" in page or "not a valid" in page.lower()


def test_ending_a_role_is_said_first_and_shuts_the_door(cast: Cast, coordinator: Coordinator) -> None:
    west = cast.west
    path = f"personer/{west.team_leader.pk}/roller/{membership_of(west, west.team_leader).pk}/avslutt/"
    text = text_of(coordinator.get(path))
    assert "Teamleder Vest loses access to the network." in text
    assert "Vinje has no leader then." in text
    coordinator.post(path, on=timezone.localdate().isoformat())
    assert not is_let_in(west.team_leader)
    assert "no team leader" in coordinator.get("deltakere/")


def test_the_last_coordinator_stays(cast: Cast, coordinator: Coordinator) -> None:
    west = cast.west
    path = (
        f"personer/{west.coordinator.pk}/roller/{membership_of(west, west.coordinator, Role.COORDINATOR).pk}/avslutt/"
    )
    assert "This is the only coordinator" in coordinator.get(path)
    page = coordinator.post(path, on=timezone.localdate().isoformat(), own="on")
    assert "This is the only coordinator" in page
    assert is_let_in(west.coordinator)


def test_nobody_shuts_herself_out_without_being_asked(cast: Cast, coordinator: Coordinator) -> None:
    west = cast.west
    with tenancy.scope([west.network.pk]):
        add_role(network=west.network, user=west.observer, role=Role.COORDINATOR)
    path = (
        f"personer/{west.coordinator.pk}/roller/{membership_of(west, west.coordinator, Role.COORDINATOR).pk}/avslutt/"
    )
    page = coordinator.post(path, on=timezone.localdate().isoformat())
    assert "Tick this if you want to give up your own access." in page
    assert is_let_in(west.coordinator)
    coordinator.post(path, on=timezone.localdate().isoformat(), own="on")
    assert not is_let_in(west.coordinator)


def test_a_mistyped_address_is_put_right_before_anybody_has_been_in(
    cast: Cast, coordinator: Coordinator, at_once: Any
) -> None:
    user = new_person(cast, "feil@test.example")
    old = open_invitation(user=user, landing="/", by=None)
    path = f"personer/{user.pk}/rett/"
    taken = coordinator.post(path, name="Ny Person", email=cast.east.member.email, seen=held(coordinator.get(path)))
    assert "Somebody else has this address" in taken
    with at_once():
        coordinator.post(path, name="Ny Person", email="Rett@test.example", seen=held(coordinator.get(path)))
    old.invitation.refresh_from_db()
    assert not old.invitation.open
    assert [letter.to for letter in mail.outbox] == [["rett@test.example"]]


def test_an_account_in_use_or_known_elsewhere_is_left_alone(cast: Cast, coordinator: Coordinator) -> None:
    user = new_person(cast)
    with tenancy.scope([cast.east.network.pk]):
        add_role(network=cast.east.network, user=user, role=Role.OBSERVER)
    in_use = new_person(cast, "inne@test.example")
    User.objects.filter(pk=in_use.pk).update(last_login=timezone.now())
    free = new_person(cast, "ledig@test.example")
    shown = {
        person: coordinator.client.get(f"/nettverk/vest/personer/{person.pk}/rett/").status_code
        for person in (user, in_use, free)
    }
    assert shown == {user: 302, in_use: 302, free: 200}


def test_a_role_that_had_a_day_to_end_on_goes_on_when_it_is_given_again(cast: Cast) -> None:
    west, day = cast.west, timezone.localdate() + timedelta(days=30)
    with tenancy.scope([west.network.pk]):
        Membership.objects.filter(user=west.observer).update(ends_on=day)
        assert add_role(network=west.network, user=west.observer, role=Role.OBSERVER).ends_on is None
