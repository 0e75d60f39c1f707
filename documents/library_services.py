"""What is done with a network's library. Every function needs the network's scope."""

from pathlib import PurePosixPath

from django.core.files.base import File
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from documents.models import LibraryDocument
from documents.services import store_document
from networks.models import Network


@transaction.atomic
def add_to_library(
    *, network: Network, by: User, upload: "File[bytes]", title: str, about: str = "", in_package: bool = False
) -> LibraryDocument:
    """Put a document last in the library. Raises documents.content.Refused, and then keeps nothing.

    1. Keep the file.
    2. Write its row; without a title it is called as the file is.
    """
    document = store_document(network=network, by=by, upload=upload)
    last = LibraryDocument.with_removed.aggregate(last=Max("position"))["last"]
    return LibraryDocument.objects.create(
        network=network,
        title=title or PurePosixPath(document.name).stem,
        about=about,
        document=document,
        in_package=in_package,
        position=0 if last is None else last + 1,
        added_by=by,
    )


@transaction.atomic
def change_in_library(
    *, item: LibraryDocument, by: User, upload: "File[bytes] | None", title: str, about: str, in_package: bool
) -> None:
    """Rewrite what is said about a document, and put a newer file in its place where one is given.

    1. Keep the new file; raises documents.content.Refused. The old one goes with the nightly sweep.
    2. Write the row.
    """
    if upload is not None:
        item.document = store_document(network=item.network, by=by, upload=upload)
        item.added_by, item.added_at = by, timezone.now()
    item.title, item.about, item.in_package = title, about, in_package
    item.save()


@transaction.atomic
def move_in_library(*, item: LibraryDocument, up: bool) -> bool:
    """Let a document change places with its neighbour among those shown together. False where it has none.

    1. Lock the library, so that two who sort at once do not end with two in one place.
    2. Number all anew in the new order.
    """
    order = list(LibraryDocument.objects.select_for_update(of=["self"]))
    together = [other for other in order if other.in_package == item.in_package]
    place = together.index(item) + (-1 if up else 1)
    if not 0 <= place < len(together):
        return False
    order.remove(item)
    order.insert(order.index(together[place]) + (0 if up else 1), item)
    for position, other in enumerate(order):
        LibraryDocument.objects.filter(pk=other.pk).exclude(position=position).update(position=position)
    return True


def take_out(*, item: LibraryDocument) -> None:
    """Take a document out of the library. It can be put back for `documents.services.REMOVED_FOR`."""
    item.removed_at = timezone.now()
    item.save(update_fields=["removed_at"])


def put_back(*, item: LibraryDocument) -> None:
    """Put a document back where it was."""
    item.removed_at = None
    item.save(update_fields=["removed_at"])
