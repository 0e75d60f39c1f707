"""Every address, tried by every role, in the own network and from the other one.

One line an address. `needs` fills the address from a place; the letters are what each person gets, in the order
of `PEOPLE`: + enters, - is told which role may (403), 0 finds nothing there (404), > is sent to sign in,
m the method is not for looking (405), ! it answers that something is down. Every address of the product must have
a line.
"""

from collections.abc import Callable, Iterable
from http.cookies import SimpleCookie

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from gpf.declare import addresses
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
    doors = TOGETHER[needs]
    met = dict.fromkeys(doors, "")
    for who in PEOPLE.values():
        _come(client, who(cast))
        for door in doors:
            met[door] += _letter(client, door, reverse(door.name, kwargs=found))
    assert [told for door in doors for told in _differs(door, met[door])] == []


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


def _letter(client: Client, door: Door, address: str) -> str:
    """Knock, and undo what the knock did."""
    mark = transaction.savepoint()
    cookies = dict(client.cookies)
    try:
        response = client.generic(door.method, address, secure=True)
    finally:
        transaction.savepoint_rollback(mark)
        client.cookies = SimpleCookie()
        client.cookies.update(cookies)
    if response.status_code in (302, 303) and "/konto/login/" in response["Location"]:
        return ">"
    return {403: "-", 404: "0", 405: "m"}.get(response.status_code) or ("+" if response.status_code < 400 else "!")
