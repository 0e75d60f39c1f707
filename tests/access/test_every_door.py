"""Every address, tried by every role, in the own network and from the other one.

One line an address. `needs` fills the address from a place; the letters are what each person gets, in the order
of `PEOPLE`: + enters, - is told which role may (403), 0 finds nothing there (404), > is sent to sign in,
m the method is not for looking (405), ! it answers that something is down. Every address of the product must have
a line.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from gpf.declare import addresses
from tests.access.door import Door
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


@dataclass
class Tried:
    """What each person met at one door."""

    door: Door
    letters: str

    def __str__(self) -> str:
        return "\n".join(
            f"{self.door.name} {self.door.note}: {person}: wants {want}, got {got}"
            for person, want, got in zip(PEOPLE, self.door.letters, self.letters, strict=True)
            if want != got
        )


@pytest.mark.django_db
@pytest.mark.parametrize("door", DOORS, ids=str)
def test_door(door: Door, cast: Cast, client: Client) -> None:
    address = reverse(door.name, kwargs=door.needs(cast))
    tried = Tried(door, "".join(_letter(client, who(cast), door, address) for who in PEOPLE.values()))
    assert tried.letters == door.letters, str(tried)


def _letter(client: Client, user: User | None, door: Door, address: str) -> str:
    """Knock, and undo what the knock did."""
    client.logout()
    if user:
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    mark = transaction.savepoint()
    try:
        response = client.generic(door.method, address, secure=True)
    finally:
        transaction.savepoint_rollback(mark)
    if response.status_code in (302, 303) and "/konto/login/" in response["Location"]:
        return ">"
    return {403: "-", 404: "0", 405: "m"}.get(response.status_code) or ("+" if response.status_code < 400 else "!")
