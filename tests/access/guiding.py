"""Doors of guiding: where teams stand, the log of meetings, and who guides whom."""

from typing import Any

from tests.access.door import Door, west
from tests.cast import Cast


def own_team(cast: Cast) -> dict[str, Any]:
    return west(cast) | {"team_slug": cast.west.team.slug}


def other_team(cast: Cast) -> dict[str, Any]:
    return west(cast) | {"team_slug": cast.west.other_team.slug}


def before_gathering(cast: Cast) -> dict[str, Any]:
    return own_team(cast) | {"gathering_pk": cast.west.gatherings[1].pk}


def others_before_gathering(cast: Cast) -> dict[str, Any]:
    return other_team(cast) | {"gathering_pk": cast.west.gatherings[1].pk}


#   anonymous, stranger, national, coordinator, supervisor, team leader, member, leader, observer, east's two
DOORS: list[Door] = [
    Door("supervision:scores", ">0++++++-00", own_team),
    Door("supervision:scores", ">0++0000-00", other_team, note="another team's"),
    Door("supervision:score", ">0--+++--00", before_gathering),
    Door("supervision:score", ">0--000--00", others_before_gathering, note="another team's"),
    Door("supervision:score", ">0--+++--00", before_gathering, method="POST", is_page=False),
]
