"""The doors to a poster's writing beside the page it is written on: the sheet, and what it said before."""

from typing import Any

from gpf import tenancy
from posters.models import Edition, Rendering
from tests.access.door import Door
from tests.cast import Cast
from tests.posters import stage as posters


def place_of(cast: Cast) -> dict[str, Any]:
    return {"network_slug": "vest", "team_slug": cast.west.team.slug, "gathering_number": 2}


def own(cast: Cast) -> dict[str, Any]:
    with tenancy.scope([cast.west.network.pk]):
        posters.write(cast.west)
    return place_of(cast)


def own_version(cast: Cast) -> dict[str, Any]:
    return own(cast) | {"number": 1}


def own_picture(cast: Cast) -> dict[str, Any]:
    with tenancy.scope([cast.west.network.pk]):
        edition: Edition = posters.make(posters.write(cast.west))
        rendering = edition.renderings.get(paper=Rendering.Paper.A3)
        rendering.picture = rendering.document
        rendering.save()
    return place_of(cast) | {"rendering_pk": rendering.pk}


DOORS = [
    Door("posters:revision", ">0---++--00", own, is_page=False),
    Door("posters:preview", ">0---++--00", own),
    Door("posters:preview_picture", ">0---++--00", own_picture, is_page=False),
    Door("posters:history", ">0---++--00", own),
    Door("posters:version", ">0---++--00", own_version),
    Door("posters:go_back", ">0---++--00", own_version, method="POST"),
]
