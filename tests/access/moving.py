"""Doors of a network's plan: its assignments, its gatherings and their moves."""

from typing import Any

from tests.access.door import Door, west
from tests.cast import Cast


def _gathering(cast: Cast) -> dict[str, Any]:
    return west(cast) | {"gathering_pk": cast.west.gatherings[1].pk}


def _held(cast: Cast) -> dict[str, Any]:
    return west(cast) | {"gathering_pk": cast.west.gatherings[0].pk}


def _other_networks(cast: Cast) -> dict[str, Any]:
    return west(cast) | {"gathering_pk": cast.east.gatherings[1].pk}


def _assignment(cast: Cast) -> dict[str, Any]:
    return west(cast) | {"assignment_pk": cast.west.document.pk}


def _others_assignment(cast: Cast) -> dict[str, Any]:
    return west(cast) | {"assignment_pk": cast.east.document.pk}


#   anonymous, stranger, national, coordinator, supervisor, team leader, member, leader, observer, east's two
DOORS: list[Door] = [
    Door("gatherings:plan", ">0++-----00", west),
    Door("gatherings:add", ">0++-----00", west),
    Door("gatherings:edit", ">0++-----00", _gathering),
    Door("gatherings:edit", ">000-----00", _other_networks, note="another network's", is_page=False),
    Door("gatherings:move", ">0++-----00", _gathering),
    Door("gatherings:move", ">0++-----00", _held, note="held", is_page=False),
    Door("gatherings:move", ">0++-----00", _gathering, method="POST", is_page=False),
    Door("gatherings:move", ">000-----00", _other_networks, note="another network's", is_page=False),
    Door("gatherings:cancel", ">0++-----00", _gathering),
    Door("gatherings:cancel", ">000-----00", _other_networks, note="another network's", is_page=False),
    Door("gatherings:restore", ">0++-----00", _gathering, is_page=False),
    Door("gatherings:restore", ">0++-----00", _gathering, method="POST", is_page=False),
    Door("gatherings:calendar", ">0+++++++00", _gathering, is_page=False),
    Door("gatherings:calendar", ">0000000000", _other_networks, note="another network's", is_page=False),
    Door("gatherings:assign", ">0++-----00", _gathering),
    Door("gatherings:assign", ">000-----00", _other_networks, note="another network's", is_page=False),
    Door("gatherings:assignment", ">0++-----00", _assignment),
    Door("gatherings:assignment", ">000-----00", _others_assignment, note="another network's", is_page=False),
    Door("gatherings:change", ">0++-----00", _assignment, is_page=False),
    Door("gatherings:change", ">000-----00", _others_assignment, method="POST", is_page=False),
    Door("gatherings:relieve", ">0++-----00", west),
    Door("gatherings:relieve", ">0++-----00", west, method="POST", is_page=False),
]
