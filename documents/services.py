"""Keeping a file, and clearing away what nothing points to."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils import timezone

from accounts.models import User
from documents.content import KINDS, MADE_KINDS, FileKind, inspect
from documents.models import Document, LibraryDocument
from gpf import tenancy
from networks.models import Network

CHUNK = 1024 * 1024
GRACE = timedelta(days=1)
REMOVED_FOR = timedelta(days=30)
"""How long what was taken out of a library can be put back."""


@transaction.atomic
def store_document(*, network: Network, by: User | None, upload: "File[bytes]") -> Document:
    """Keep a file. Needs the network's scope; raises documents.content.Refused, and then keeps nothing.

    1. Inspect it: size, name, content, identity numbers.
    2. Write it under a name nobody can guess, in the network's own folder.
    3. Write its row; where that fails, take the file away again.
    """
    content = inspect(upload)
    return _keep(upload, KINDS[content.kind], network=network, name=content.name, by=by)


@transaction.atomic
def keep_made_pdf(*, network: Network, by: User | None, pdf: bytes, name: str) -> Document:
    """Keep a PDF that the product made itself, of words that were guarded when they were written."""
    return keep_made(network=network, by=by, file=ContentFile(pdf), kind="pdf", name=name)


@transaction.atomic
def keep_made(*, network: Network, by: User | None, file: "File[bytes]", kind: str, name: str) -> Document:
    """Keep a file that the product made itself; `kind` is a key of `documents.content.MADE_KINDS`.

    It is not inspected again: it can not be anything else, and figures that happen to stand side by side on a sheet
    are no identity number. Needs the network's scope.
    """
    return _keep(file, MADE_KINDS[kind], network=network, name=name, by=by)


def _keep(file: "File[bytes]", kind: FileKind, *, network: Network, name: str, by: User | None) -> Document:
    """Write the file and its row, or neither."""
    digest = _sha256(file)
    path = default_storage.save(f"{network.pk}/{secrets.token_urlsafe(24)}.{kind.endings[0]}", file)
    try:
        with transaction.atomic():
            return Document.objects.create(
                network=network,
                file=path,
                name=name,
                content_type=kind.content_type,
                size=file.size,
                sha256=digest,
                uploaded_by=by,
            )
    except BaseException:
        default_storage.delete(path)
        raise


def sweep_documents(*, network: Network) -> int:
    """Delete the network's documents that nothing points to, and its files without a row. Says how many went.

    A draft whose file was replaced leaves the first kind, a request that came to nothing after the file was written
    the second. What is younger than a day stays: it may be on its way. Of what was taken out of the library a month
    ago, first the row goes.
    """
    before = timezone.now() - GRACE
    with tenancy.scope([network.pk]):
        LibraryDocument.with_removed.filter(removed_at__lt=timezone.now() - REMOVED_FOR).delete()
        _unused().filter(created_at__lt=before).delete()
        kept = set(Document.objects.values_list("file", flat=True))
    stray = [path for path in _files_of(network) if path not in kept and _written_before(path, before)]
    for path in stray:
        default_storage.delete(path)
    return len(stray)


def _sha256(upload: "File[bytes]") -> str:
    digest = hashlib.sha256()
    for chunk in iter(lambda: upload.read(CHUNK), b""):
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()


def _unused() -> models.QuerySet[Document]:
    """The documents that no row of any room points to."""
    found = Document.objects.all()
    for relation in Document._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ForeignObjectRel):
            pointing = relation.related_model._default_manager.filter(**{relation.field.name: models.OuterRef("pk")})
            found = found.exclude(models.Exists(pointing))
    return found


def _files_of(network: Network) -> list[str]:
    folder = str(network.pk)
    return [f"{folder}/{name}" for name in default_storage.listdir(folder)[1]] if default_storage.exists(folder) else []


def _written_before(path: str, moment: datetime) -> bool:
    return default_storage.get_modified_time(path) < moment
