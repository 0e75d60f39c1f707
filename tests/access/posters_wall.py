"""Doors of the wall, and of what is said on it."""

from typing import Any

from gpf import tenancy
from tests.access.door import Door, west
from tests.cast import Cast
from tests.posters import stage


def hung(cast: Cast) -> None:
    """Vinje's poster is delivered, and the deadline has passed."""
    with tenancy.scope([cast.west.network.pk]):
        stage.hand_in(cast.west)
        stage.past(cast.west.poster)


def wall_of(cast: Cast) -> dict[str, Any]:
    hung(cast)
    return west(cast) | {"gathering_number": 2}


#   anonymous, stranger, national, coordinator, supervisor, team leader, member, leader, observer, east's two
DOORS: list[Door] = [
    Door("posters:wall_of", ">0+++++++00", wall_of),
    Door("posters:wall_of", ">0+++++++00", lambda cast: west(cast) | {"gathering_number": 1}, note="with no poster"),
]
