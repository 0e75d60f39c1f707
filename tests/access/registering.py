"""Doors of registrations and the library."""

from typing import Any

from documents.library_services import take_out
from documents.models import LibraryDocument
from gpf import tenancy
from tests.access.door import Door, west
from tests.cast import Cast
from tests.documents.library import put


def shelved(cast: Cast) -> dict[str, Any]:
    """A document in the library."""
    with tenancy.scope([cast.west.network.pk]):
        return west(cast) | {"document_pk": put(cast.west, "Plan", in_package=True).pk}


def taken_out(cast: Cast) -> dict[str, Any]:
    """A document that has been taken out of it."""
    found = shelved(cast)
    with tenancy.scope([cast.west.network.pk]):
        take_out(item=LibraryDocument.objects.get(pk=found["document_pk"]))
    return found


def full_library(cast: Cast) -> dict[str, Any]:
    shelved(cast)
    return west(cast)


#   anonymous, stranger, national, coordinator, supervisor, team leader, member, leader, observer, east's two
DOORS: list[Door] = [
    Door("documents:library", ">0+++++++00", full_library),
    Door("documents:library_file", ">0+++++++00", shelved, is_page=False),
    Door("documents:library_add", ">0++-----00", west),
    Door("documents:library_edit", ">0++-----00", shelved),
    Door("documents:library_move", ">0++-----00", shelved, method="POST", is_page=False),
    Door("documents:library_remove", ">0++-----00", shelved, method="POST", is_page=False),
    Door("documents:library_restore", ">0++-----00", taken_out, method="POST", is_page=False),
]
