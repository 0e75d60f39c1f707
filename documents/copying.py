"""A library that another network takes along."""

import secrets
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.core.files.storage import default_storage
from django.db import transaction

from accounts.models import User
from documents.models import Document, LibraryDocument
from gpf import tenancy
from networks.models import Network


@dataclass(frozen=True)
class Copied:
    """How many documents came along, and the titles of those whose file is gone."""

    documents: int
    missing: tuple[str, ...]


@transaction.atomic
def copy_library(*, source: Network, target: Network, by: User | None) -> Copied:
    """Copy a network's library into another: a document belongs to one network, so the files are copied too.

    Opens each network by itself. A file that is gone from the store stops nothing: its title is told.

    1. Read the old library.
    2. Copy each file under a new name nobody can guess, in the new network's own folder.
    3. Write a document for each, and its place in the library; where that fails, take the files away again.
    """
    with tenancy.scope([source.pk]):
        shelf = list(LibraryDocument.objects.select_related("document"))
    paths: dict[int, str] = {}
    try:
        for entry in shelf:
            path = _copy_file(entry.document, target)
            if path:
                paths[entry.pk] = path
        with tenancy.scope([target.pk]):
            for entry in shelf:
                if entry.pk in paths:
                    _write(entry, paths[entry.pk], target, by)
    except BaseException:
        for path in paths.values():
            default_storage.delete(path)
        raise
    return Copied(len(paths), tuple(entry.title for entry in shelf if entry.pk not in paths))


def _copy_file(document: Document, target: Network) -> str | None:
    """Where the copy lies; None when there is nothing to copy."""
    old = str(document.file.name)
    ending = PurePosixPath(old).suffix
    try:
        with default_storage.open(old) as file:
            return default_storage.save(f"{target.pk}/{secrets.token_urlsafe(24)}{ending}", file)
    except FileNotFoundError:
        return None


def _write(entry: LibraryDocument, path: str, target: Network, by: User | None) -> None:
    document = Document.objects.create(
        network=target,
        file=path,
        name=entry.document.name,
        content_type=entry.document.content_type,
        size=entry.document.size,
        sha256=entry.document.sha256,
        uploaded_by=by,
    )
    LibraryDocument.objects.create(
        network=target,
        title=entry.title,
        about=entry.about,
        document=document,
        in_package=entry.in_package,
        position=entry.position,
        added_by=by,
    )
