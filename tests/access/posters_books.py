"""Doors of all the posters of a gathering in one file."""

from typing import Any

from documents.services import keep_made_pdf
from gpf import tenancy
from posters.books.models import Book
from tests.access.door import Door
from tests.access.posters_archive import at_gathering
from tests.cast import Cast


def ready(cast: Cast, kind: str = "book") -> dict[str, Any]:
    """Of posters everybody may read: none."""
    place = at_gathering(cast)
    network = cast.west.network
    with tenancy.scope([network.pk]):
        book = Book.objects.create(
            network=network,
            gathering=cast.west.gatherings[1],
            kind=kind,
            papers=["A3"],
            key=kind,
            language="nb",
            parts=[],
            state=Book.State.READY,
            document=keep_made_pdf(network=network, by=None, pdf=b"%PDF-", name="Plakater.pdf"),
        )
    return place | {"book_pk": book.pk}


def order(cast: Cast) -> dict[str, Any]:
    return ready(cast, "print")


#   anonymous, stranger, national, coordinator, supervisor, team leader, member, leader, observer, east's two
DOORS: list[Door] = [
    Door("posters:books", ">0+++++++00", at_gathering),
    Door("posters:books", ">0++-----00", at_gathering, method="POST", is_page=False),
    Door("posters:book", ">0+++++++00", ready),
    Door("posters:book", ">0++-----00", ready, method="POST", is_page=False),
    Door("posters:book", ">0++0000000", order, note="a print order"),
    Door("posters:book_file", ">0+++++++00", ready, is_page=False),
    Door("posters:book_file", ">0++0000000", order, is_page=False, note="a print order"),
    Door("posters:cancel_book", ">0++-----00", ready, method="POST", is_page=False),
]
