"""What the tests of participants and people share."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from gpf import tenancy
from networks.models import Membership, Participation, Role
from teams.models import TeamMember
from tests.cast import Cast, Place


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any) -> Any:
    """Run the tasks where they are asked for: the mail is what is looked at here, not the queue."""
    from accounts import tasks
    from notices import tasks as letters

    for task in (tasks.send_invitation, letters.send_letters):
        monkeypatch.setattr(task, "delay", task.run)
    return lambda: django_capture_on_commit_callbacks(execute=True)


@dataclass
class Coordinator:
    """The coordinator of Vest in her browser. `words` is the last page, or where she was led, as text."""

    client: Client
    place: Place

    def get(self, path: str, **words: str) -> str:
        answer = self.client.get(f"/nettverk/vest/{path}", words)
        assert answer.status_code == 200, answer.status_code
        return answer.content.decode()

    def post(self, path: str, **data: Any) -> str:
        answer = self.client.post(f"/nettverk/vest/{path}", data, follow=True)
        assert answer.status_code == 200, answer.status_code
        return answer.content.decode()


@pytest.fixture
def coordinator(cast: Cast, sign_in: Callable[[User], Client]) -> Coordinator:
    User.objects.filter(pk=cast.west.coordinator.pk).update(language="en")
    return Coordinator(sign_in(User.objects.get(pk=cast.west.coordinator.pk)), cast.west)


@pytest.fixture
def vinje(cast: Cast) -> Participation:
    with tenancy.scope([cast.west.network.pk]):
        return Participation.objects.select_related("organisation").get(pk=cast.west.team.participation_id)


def seat_of(place: Place, user: User) -> TeamMember:
    with tenancy.scope([place.network.pk]):
        return TeamMember.objects.select_related("membership__user", "team").get(membership__user=user)


def membership_of(place: Place, user: User, role: Role = Role.TEAM_MEMBER) -> Membership:
    with tenancy.scope([place.network.pk]):
        return Membership.objects.get(user=user, role=role)


def is_let_in(user: User, address: str = "/nettverk/vest/") -> bool:
    """Whether the person may enter the network today."""
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client.get(address, secure=True).status_code == 200
