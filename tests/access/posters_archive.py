"""Doors of posters shown to a room, found again, and compared."""

from typing import Any

from gpf import tenancy
from tests.access.door import Door, west
from tests.cast import Cast
from tests.posters import stage
from tests.posters.pictures import give_picture


def own_team(cast: Cast) -> dict[str, Any]:
    return west(cast) | {"team_slug": cast.west.team.slug}


def at_gathering(cast: Cast) -> dict[str, Any]:
    """Vinje's poster is delivered, and the deadline has passed."""
    with tenancy.scope([cast.west.network.pk]):
        stage.hand_in(cast.west)
        stage.past(cast.west.poster)
    return west(cast) | {"gathering_number": 2}


def hung(cast: Cast) -> dict[str, Any]:
    return at_gathering(cast) | own_team(cast)


def hung_in_archive(cast: Cast) -> dict[str, Any]:
    at_gathering(cast)
    return west(cast)


def series(cast: Cast) -> dict[str, Any]:
    at_gathering(cast)
    return own_team(cast)


def begun(cast: Cast) -> dict[str, Any]:
    """Written and made, not delivered."""
    with tenancy.scope([cast.west.network.pk]):
        stage.make(stage.write(cast.west))
    return own_team(cast) | {"gathering_number": 2}


def picture(cast: Cast) -> dict[str, Any]:
    at_gathering(cast)
    return _picture(cast)


def begun_picture(cast: Cast) -> dict[str, Any]:
    begun(cast)
    return _picture(cast)


def _picture(cast: Cast) -> dict[str, Any]:
    with tenancy.scope([cast.west.network.pk]):
        return west(cast) | {"rendering_pk": give_picture().pk}


#   anonymous, stranger, national, coordinator, supervisor, team leader, member, leader, observer, east's two
DOORS: list[Door] = [
    Door("posters:present", ">0+++++++00", at_gathering),
    Door("posters:present_poster", ">0+++++++00", hung, note="delivered"),
    Door("posters:present_poster", ">0000000000", begun, note="being written"),
    Door("posters:sheet", ">0+++++++00", picture, is_page=False, note="delivered"),
    Door("posters:sheet", ">0+++++0000", begun_picture, is_page=False, note="being written"),
    Door("posters:sheet_small", ">0+++++++00", picture, is_page=False, note="delivered"),
    Door("posters:sheet_small", ">0+++++0000", begun_picture, is_page=False, note="being written"),
    Door("posters:archive", ">0+++++++00", hung_in_archive),
    Door("posters:series", ">0+++++++00", series),
    Door("posters:labels", ">0++-----00", at_gathering),
    Door("posters:labels", ">0++-----00", at_gathering, method="POST", is_page=False),
    Door("posters:qr", ">0+++++++00", hung, note="delivered"),
    Door("posters:qr", ">0+++++0000", begun, note="being written"),
]
