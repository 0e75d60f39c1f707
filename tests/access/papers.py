"""Doors of papers."""

from typing import Any

from gpf import tenancy
from improvement.models import Paper
from tests.access.door import Door, west
from tests.cast import Cast


def own_paper(cast: Cast) -> dict[str, Any]:
    """A paper of Vinje's."""
    return west(cast) | {"paper_pk": _paper(cast, is_own=True)}


def networks_paper(cast: Cast) -> dict[str, Any]:
    """A paper of the whole network."""
    return west(cast) | {"paper_pk": _paper(cast, is_own=False)}


def _paper(cast: Cast, *, is_own: bool) -> int:
    place = cast.west
    with tenancy.scope([place.network.pk]):
        return Paper.objects.create(
            network=place.network,
            team=place.team if is_own else None,
            kind=Paper.Kind.PLAN,
            key="0" * 64,
            title="Plan",
            language="nb",
            content={},
        ).pk


#   anonymous, stranger, national, coordinator, supervisor, team leader, member, leader, observer, east's two
DOORS: list[Door] = [
    Door("improvement:paper", ">0++++++000", own_paper),
    Door("improvement:paper", ">0+++++++00", networks_paper, note="the network's"),
    Door("improvement:paper_file", ">0000000000", own_paper, is_page=False, note="being made"),
]
