"""Doors of registrations and the library."""

from typing import Any

from documents.library_services import take_out
from documents.models import LibraryDocument
from documents.services import keep_made_pdf
from gpf import tenancy
from signup.links import link_token
from signup.models import Registration
from tests.access.door import Door, west
from tests.cast import Cast
from tests.documents.library import put
from tests.signup.registering import invite, register


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


def link(cast: Cast) -> dict[str, Any]:
    """A personal link nobody has written behind yet."""
    with tenancy.scope([cast.west.network.pk]):
        return {"token": link_token(invite(cast.west))}


def written(cast: Cast) -> dict[str, Any]:
    return link(cast) | {"number": 1}


def sent(cast: Cast) -> dict[str, Any]:
    """Behind the link: a registration that was sent, with its copy."""
    with tenancy.scope([cast.west.network.pk]):
        invitee = invite(cast.west)
        registration = register(invitee)
        registration.copy = keep_made_pdf(network=cast.west.network, by=None, pdf=b"%PDF-1.7", name="Kopi.pdf")
        registration.save()
    return {"token": link_token(invitee), "number": 1}


def accepted(cast: Cast) -> dict[str, Any]:
    """Behind the link: a document of the preparation package, for those who take part."""
    found = sent(cast)
    with tenancy.scope([cast.west.network.pk]):
        Registration.objects.update(state=Registration.State.ACCEPTED, team=cast.west.team)
        return {"token": found["token"], "document_pk": put(cast.west, "Plan", in_package=True).pk}


def all_read(cast: Cast) -> dict[str, Any]:
    """The coordinator's list."""
    sent(cast)
    return west(cast)


def read(cast: Cast) -> dict[str, Any]:
    sent(cast)
    with tenancy.scope([cast.west.network.pk]):
        return west(cast) | {"registration_pk": Registration.objects.get().pk}


#   anonymous, stranger, national, coordinator, supervisor, team leader, member, leader, observer, east's two
DOORS: list[Door] = [
    Door("registration:form", "+++++++++++", link),
    Door("registration:form", "+++++++++++", lambda cast: {"token": sent(cast)["token"]}, note="after sending"),
    Door("registration:decline", "+++++++++++", link, method="POST", is_page=False),
    Door("registration:undo", "+++++++++++", link, method="POST", is_page=False),
    Door("registration:team", "+++++++++++", written),
    Door("registration:team", "+++++++++++", sent, note="after sending"),
    Door("registration:save", "+++++++++++", written, method="POST", is_page=False),
    Door("registration:remove", "+++++++++++", written, method="POST", is_page=False),
    Door("registration:copy", "+++++++++++", sent, is_page=False),
    Door("registration:document", "+++++++++++", accepted, is_page=False),
    Door("signup:registrations", ">0++-----00", all_read),
    Door("signup:registration", ">0++-----00", read),
    Door("signup:registration_copy", ">0++-----00", read, is_page=False),
    Door("documents:library", ">0+++++++00", full_library),
    Door("documents:library_file", ">0+++++++00", shelved, is_page=False),
    Door("documents:library_add", ">0++-----00", west),
    Door("documents:library_edit", ">0++-----00", shelved),
    Door("documents:library_move", ">0++-----00", shelved, method="POST", is_page=False),
    Door("documents:library_remove", ">0++-----00", shelved, method="POST", is_page=False),
    Door("documents:library_restore", ">0++-----00", taken_out, method="POST", is_page=False),
]
