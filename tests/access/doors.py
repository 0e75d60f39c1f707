"""The table of every address and who may enter it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.cast import Cast

Needs = Callable[[Cast], dict[str, Any]]


@dataclass(frozen=True)
class Door:
    name: str
    letters: str
    needs: Needs
    method: str = "GET"
    note: str = ""
    is_page: bool = True

    def __str__(self) -> str:
        return f"{self.name}{' ' + self.note if self.note else ''}"


def nothing(cast: Cast) -> dict[str, Any]:
    return {}


def west(cast: Cast) -> dict[str, Any]:
    return {"network_slug": cast.west.network.slug}


def own_team(cast: Cast) -> dict[str, Any]:
    return west(cast) | {"team_slug": cast.west.team.slug}


def other_team(cast: Cast) -> dict[str, Any]:
    return west(cast) | {"team_slug": cast.west.other_team.slug}


#   anonymous, stranger, national, coordinator, supervisor, team leader, member, leader, observer, east's two
DOORS = [
    Door("healthz", "+++++++++++", nothing, is_page=False),
    Door("help", "+++++++++++", nothing),
    Door("accessibility", "+++++++++++", nothing),
    Door("privacy", "+++++++++++", nothing),
    Door("account_addresses", "00000000000", nothing, is_page=False),
    Door("accounts:language", "mmmmmmmmmmm", nothing, is_page=False),
    Door("accounts:profile", ">++++++++++", nothing),
    Door("overview:networks", ">++++++++++", nothing),
]
