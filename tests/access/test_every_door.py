"""Every address, tried by every role, in the own network and from the other one.

One line an address. `needs` fills the address from a place; the letters are what each person gets, in the order
of `PEOPLE`: + enters, - is told which role may (403), 0 finds nothing there (404), > is sent to sign in,
m the method is not for looking (405), ! it answers that something is down. Every address of the product must have
a line. Whatever anybody is given at any of them is searched for words that she must not meet (`planted`).
"""

from collections.abc import Callable, Iterable
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from gpf import tenancy
from gpf.declare import addresses
from networks.models import Membership, ParticipationLeader, Role
from notices import kinds
from notices.models import Notice
from sessions.models import DeliveryVersion, Review
from supervision.review.services import give_feedback
from teams.models import Supervisor, TeamMember
from tests.access import planted
from tests.access.door import Door, Needs
from tests.access.doors import DOORS
from tests.cast import Cast

PEOPLE: dict[str, Callable[[Cast], User | None]] = {
    "anonymous": lambda cast: None,
    "stranger": lambda cast: cast.stranger,
    "national": lambda cast: cast.national,
    "coordinator": lambda cast: cast.west.coordinator,
    "supervisor": lambda cast: cast.west.supervisor,
    "team leader": lambda cast: cast.west.team_leader,
    "member": lambda cast: cast.west.member,
    "leader": lambda cast: cast.west.leader,
    "observer": lambda cast: cast.west.observer,
    "east coordinator": lambda cast: cast.east.coordinator,
    "east team leader": lambda cast: cast.east.team_leader,
}


def test_every_address_has_a_line() -> None:
    assert {door.name for door in DOORS} == {name for name, address in addresses().items() if address.is_ours}


def by_needs(doors: Iterable[Door]) -> dict[Needs, list[Door]]:
    """The doors that need the same rows, together."""
    found: dict[Needs, list[Door]] = {}
    for door in dict.fromkeys(doors):  # a line that stands twice is one door
        found.setdefault(door.needs, []).append(door)
    return found


TOGETHER = by_needs(DOORS)


@pytest.mark.django_db
@pytest.mark.parametrize("needs", TOGETHER, ids=lambda needs: f"{needs.__module__}.{needs.__qualname__}")
def test_door(needs: Needs, cast: Cast, client: Client) -> None:
    """Every knock finds the rows as `needs` wrote them: what a knock does is undone."""
    found = needs(cast)
    planted.plant(cast)
    doors = TOGETHER[needs]
    met = dict.fromkeys(doors, "")
    leaks: list[str] = []
    for person, who in PEOPLE.items():
        _come(client, who(cast))
        for door in doors:
            response = _knock(client, door, reverse(door.name, kwargs=found))
            met[door] += _letter(response)
            leaks += planted.met(response, person, door.name)
    assert [told for door in doors for told in _differs(door, met[door])] == []
    assert leaks == []


def test_what_is_planted_is_met_where_it_may_be(cast: Cast, client: Client) -> None:
    """Else nobody would notice that nothing was planted."""
    planted.plant(cast)
    place = cast.west
    own = {"network_slug": "vest", "team_slug": place.team.slug}
    review = reverse("supervision:review", kwargs={**own, "assignment_pk": place.assignments[2].pk})
    for secret, address in (
        (planted.NOTE, reverse("supervision:notes", kwargs=own)),
        (planted.DRAFT, review),
        (planted.SCORE, reverse("supervision:scores", kwargs=own)),
    ):
        _come(client, place.supervisor)
        assert secret.word in planted.text_in(client.get(address, secure=True))


def test_who_works_in_a_team_never_reads_the_notes_about_it_whatever_else_she_is(cast: Cast, client: Client) -> None:
    """The coordinator joins the team, the member guides another team here, the supervisor commits the organisation."""
    planted.plant(cast)
    place = cast.west
    with tenancy.scope([place.network.pk]):
        working = Membership.objects.create(network=place.network, user=place.coordinator, role=Role.TEAM_MEMBER)
        TeamMember.objects.create(network=place.network, team=place.team, membership=working)
        guiding = Membership.objects.create(network=place.network, user=place.member, role=Role.SUPERVISOR)
        Supervisor.objects.create(network=place.network, team=place.other_team, membership=guiding)
        ParticipationLeader.objects.create(
            network=place.network, participation=place.team.participation, user=place.supervisor
        )
    own = {"network_slug": "vest", "team_slug": place.team.slug}
    addresses_ = [
        reverse("supervision:notes", kwargs=own),
        reverse("supervision:review", kwargs={**own, "assignment_pk": place.assignments[2].pk}),
        reverse("supervision:log", kwargs={"network_slug": "vest"}) + "?q=Kvistegrav",
    ]
    for user in (place.coordinator, place.member, place.supervisor):
        _come(client, user)
        for address in addresses_:
            assert planted.NOTE.word not in planted.text_in(client.get(address, secure=True)), f"{user} at {address}"


def test_no_mail_tells_of_what_is_planted(cast: Cast) -> None:
    """Not even when the answer is given in the same moment as the note."""
    planted.plant(cast)
    place = cast.west
    with tenancy.scope([place.network.pk]):
        version = DeliveryVersion.objects.get(delivery__assignment=place.assignments[2])
        note = f"{planted.NOTE.word} til oss"
        give_feedback(
            version=version, by=place.supervisor, verdict=Review.Verdict.RETURNED, text="For hvem?", note=note
        )
        notices = list(Notice.objects.all())
        lines = kinds.tell(notices, timezone.localdate())
        assert lines, "there is something to tell"
        assert not [secret.word for secret in planted.SECRETS if secret.word in f"{lines} {[n.about for n in notices]}"]


def _differs(door: Door, letters: str) -> list[str]:
    return [
        f"{door}: {person}: wants {want}, got {got}"
        for person, want, got in zip(PEOPLE, door.letters, letters, strict=True)
        if want != got
    ]


def _come(client: Client, person: User | None) -> None:
    client.logout()
    if person:
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")


def _knock(client: Client, door: Door, address: str) -> Any:
    """Knock, and undo what the knock did."""
    mark = transaction.savepoint()
    cookies = dict(client.cookies)
    try:
        return client.generic(door.method, address, secure=True)
    finally:
        transaction.savepoint_rollback(mark)
        client.cookies = SimpleCookie()
        client.cookies.update(cookies)


def _letter(response: Any) -> str:
    if response.status_code in (302, 303) and "/konto/login/" in response["Location"]:
        return ">"
    return {403: "-", 404: "0", 405: "m"}.get(response.status_code) or ("+" if response.status_code < 400 else "!")
