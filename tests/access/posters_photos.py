"""The doors to the pictures on a poster."""

from typing import Any

from django.core.files.base import ContentFile

from documents.services import keep_made
from gpf import tenancy
from posters.models import Photo
from tests.access.door import Door
from tests.cast import Cast
from tests.posters import stage as posters


def place_of(cast: Cast) -> dict[str, Any]:
    return {"network_slug": "vest", "team_slug": cast.west.team.slug, "gathering_number": 2}


def section(cast: Cast) -> dict[str, Any]:
    with tenancy.scope([cast.west.network.pk]):
        posters.write(cast.west)
    return place_of(cast) | {"section": "pictures"}


def photo_of(cast: Cast) -> Photo:
    network = cast.west.network
    with tenancy.scope([network.pk]):
        document = keep_made(network=network, by=None, file=ContentFile(b"jpeg"), kind="jpeg", name="tavla.jpg")
        poster = posters.write(cast.west)
        return Photo.objects.create(
            network=network, poster=poster, section="pictures", document=document, width=3, height=2
        )


def photo(cast: Cast) -> dict[str, Any]:
    return place_of(cast) | {"photo_pk": photo_of(cast).pk}


def picture(cast: Cast) -> dict[str, Any]:
    return place_of(cast) | {"sha256": photo_of(cast).document.sha256}


DOORS = [
    Door("posters:photo_add", ">0---++--00", section, method="POST", is_page=False),
    Door("posters:photo", ">0---++--00", photo, method="POST", is_page=False),
    Door("posters:photo_picture", ">0+++++0000", picture, is_page=False, note="not printed yet"),
]
