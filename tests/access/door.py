"""What a line of the table of doors is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.cast import Cast

Needs = Callable[[Cast], dict[str, Any]]


@dataclass(frozen=True)
class Door:
    """An address, what it needs, and what each of `PEOPLE` meets there; see test_every_door."""

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
