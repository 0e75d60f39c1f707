"""The doors to books and print orders."""

from typing import Any

from django.core.files.base import ContentFile

from documents.services import keep_made
from gpf import tenancy
from posters.models import Book
from tests.access.door import Door
from tests.cast import Cast


def gathering(cast: Cast) -> dict[str, Any]:
    return {"network_slug": "vest", "gathering_number": 2}


def book(cast: Cast) -> dict[str, Any]:
    place = cast.west
    with tenancy.scope([place.network.pk]):
        document = keep_made(network=place.network, by=None, file=ContentFile(b"%PDF-"), kind="pdf", name="Bok.pdf")
        made = Book.objects.create(
            network=place.network,
            gathering=place.gatherings[1],
            kind=Book.Kind.BOOK,
            papers=["A3"],
            key="0" * 64,
            language="nb",
            parts=[],
            state=Book.State.READY,
            document=document,
        )
    return gathering(cast) | {"book_pk": made.pk}


DOORS = [
    Door("posters:books", ">0++-----00", gathering),
    Door("posters:books", ">0++-----00", gathering, method="POST", is_page=False),
    Door("posters:book_file", ">0++-----00", book, is_page=False),
    Door("posters:book_stop", ">0++-----00", book, method="POST", is_page=False),
]
