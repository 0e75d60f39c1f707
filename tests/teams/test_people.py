"""The people of a network: the list, and inviting one more."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from gpf import tenancy
from networks.models import Membership, Role
from teams.models import TeamMember
from tests.cast import Cast

pytestmark = pytest.mark.django_db

PEOPLE = "/nettverk/vest/personer/"


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run the task where it is asked for: the mail is what is looked at here, not the queue."""
    from accounts import tasks

    monkeypatch.setattr(tasks.send_invitation, "delay", tasks.send_invitation.run)


def _data(cast: Cast, **changed: Any) -> dict[str, Any]:
    new = {"name": "Ny Leder", "email": "Ny@test.example", "language": "nn", "role": Role.TEAM_MEMBER}
    return new | {"team": cast.west.other_team.pk, "function": TeamMember.Function.LEADER} | changed


def test_an_invited_leader_has_account_role_place_and_mail(
    cast: Cast, sign_in: Callable[[User], Client], at_once: None, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        answer = sign_in(cast.west.coordinator).post(PEOPLE, _data(cast))
    assert answer.status_code == 302
    user = User.objects.get(email="ny@test.example")
    with tenancy.scope([cast.west.network.pk]):
        place = TeamMember.objects.get(membership__user=user)
        assert (place.team, place.function, place.membership.role) == (cast.west.other_team, "leader", "team_member")
    (sent,) = mail.outbox
    assert sent.to == ["ny@test.example"]
    assert "/konto/invitasjon/" in str(sent.body)


def test_a_second_leader_a_missing_team_and_another_networks_team_are_refused(
    cast: Cast, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(cast.west.coordinator)
    for changed in ({"team": cast.west.team.pk}, {"team": ""}, {"team": cast.east.team.pk}):
        answer = client.post(PEOPLE, _data(cast, **changed))
        assert answer.status_code == 200
        assert "Ny Leder" in answer.content.decode()  # what was typed is kept
    assert not User.objects.filter(email="ny@test.example").exists()


def test_who_had_left_comes_back(cast: Cast, sign_in: Callable[[User], Client]) -> None:
    today = timezone.localdate()
    with tenancy.scope([cast.west.network.pk]):
        Membership.objects.filter(user=cast.west.member).update(ends_on=today)
    data = _data(cast, email=cast.west.member.email, function="member", team=cast.west.team.pk)
    sign_in(cast.west.coordinator).post(PEOPLE, data)
    with tenancy.scope([cast.west.network.pk]):
        membership = Membership.objects.get(user=cast.west.member)
        assert (membership.ends_on, membership.starts_on) == (None, today)


@pytest.mark.parametrize("more", [0, 3])
def test_the_list_costs_the_same_however_long(
    cast: Cast,
    sign_in: Callable[[User], Client],
    django_assert_num_queries: DjangoAssertNumQueries,
    more: int,
) -> None:
    with tenancy.scope([cast.west.network.pk]):
        for number in range(more):
            user = User.objects.create_user(f"{number}@test.example", name=f"Person {number}")
            place = Membership.objects.create(network=cast.west.network, user=user, role=Role.TEAM_MEMBER)
            TeamMember.objects.create(network=cast.west.network, team=cast.west.team, membership=place)
    client = sign_in(cast.west.coordinator)
    with django_assert_num_queries(17):
        page = client.get(PEOPLE).content.decode()
    assert "Veileder Vest" in page
    assert "Veileder Øst" not in page
