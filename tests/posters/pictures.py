"""Sheets with pictures, without the time it takes to draw them."""

import struct
import zlib

from django.core.files.base import ContentFile

from documents.services import keep_made
from networks.models import Network
from posters.models import Edition, Rendering


def give_picture(edition: Edition | None = None) -> Rendering:
    """The A3 of an edition (of the only one there is) gets a picture and a thumbnail."""
    made = Rendering.objects.filter(paper="A3") if edition is None else edition.renderings.filter(paper="A3")
    rendering = made.select_related("edition").get()
    network = Network.objects.get(pk=rendering.network_id)
    picture = keep_made(network=network, by=None, file=ContentFile(_png()), kind="png", name="Ark.png")
    rendering.picture = rendering.thumbnail = picture
    rendering.save(update_fields=["picture", "thumbnail"])
    return rendering


def take_pictures(edition: Edition) -> None:
    """The edition has no pictures, as one that was made before there were any."""
    edition.renderings.update(picture=None, thumbnail=None)


def _png() -> bytes:
    """One teal picture element, drawn as large as it is asked to be."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0\x0b\x55\x63"))
        + chunk(b"IEND", b"")
    )
