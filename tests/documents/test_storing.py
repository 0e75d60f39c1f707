"""Keeping, handing out and clearing away files."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import find as find_static
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.http import Http404, HttpRequest
from django.urls import Resolver404, resolve
from django.utils import timezone

from documents.content import LARGEST, Refused
from documents.models import Document
from documents.services import store_document, sweep_documents
from documents.serving import serve
from documents.tasks import sweep
from documents.uploads import BoundedUploadHandler
from gpf import tenancy
from sessions.services import deliver
from tests.cast import Cast, Place
from tests.documents import files
from tests.identity_numbers import NATIONAL

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]


@pytest.fixture
def west(cast: Cast) -> Iterator[Place]:
    with tenancy.scope([cast.west.network.pk]):
        yield cast.west


def _store(west: Place, name: str = "Plan for Vinje æøå.pdf") -> Document:
    upload = SimpleUploadedFile(name, files.pdf("Plan"))
    return store_document(network=west.network, by=west.team_leader, upload=upload)


def _written(tmp_path: Path) -> list[Path]:
    return [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_file_is_kept_under_a_name_nobody_can_guess(west: Place, tmp_path: Path) -> None:
    document = _store(west)
    (path,) = _written(tmp_path)
    assert path.read_bytes() == files.pdf("Plan")
    assert "Plan" not in _name(document)
    assert len(path.stem) >= 32
    assert path.parent.name == str(west.network.pk)
    assert (document.name, document.content_type) == ("Plan for Vinje æøå.pdf", "application/pdf")
    assert document.size == len(files.pdf("Plan"))
    assert path.stat().st_mode & 0o077 == 0


def test_a_refused_file_leaves_nothing(west: Place, tmp_path: Path) -> None:
    with pytest.raises(Refused):
        store_document(
            network=west.network, by=west.team_leader, upload=SimpleUploadedFile("plan.pdf", files.pdf(NATIONAL))
        )
    assert _written(tmp_path) == []
    assert not Document.objects.exists()


def test_a_file_without_a_row_does_not_stay(west: Place, cast: Cast, tmp_path: Path) -> None:
    with pytest.raises(Exception, match="row-level security"):
        store_document(
            network=cast.east.network, by=west.team_leader, upload=SimpleUploadedFile("plan.pdf", files.pdf("Plan"))
        )
    assert _written(tmp_path) == []


def test_it_is_handed_out_as_a_file_and_never_as_a_page(west: Place) -> None:
    response = serve(_store(west, "Plan «Vinje».pdf"))
    assert b"".join(response) == files.pdf("Plan")
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''Plan%20%C2%ABVinje%C2%BB.pdf")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert response["Cache-Control"] == "private, no-store"


def test_a_file_that_is_gone_is_not_found(west: Place) -> None:
    document = _store(west)
    default_storage.delete(_name(document))
    with pytest.raises(Http404):
        serve(document)


def test_the_sweep_takes_what_nothing_points_to(west: Place, tmp_path: Path) -> None:
    used, unused, young = _store(west), _store(west), _store(west)
    deliver(team=west.team, assignment=west.document, by=west.team_leader, comment="", document=used)
    stray = tmp_path / str(west.network.pk) / "stray.pdf"
    stray.write_bytes(b"x")
    _make_old(tmp_path, used, unused)
    os.utime(stray, (0, 0))
    assert sweep_documents(network=west.network) == 2
    assert set(Document.objects.all()) == {used, young}
    assert {str(path.relative_to(tmp_path)) for path in _written(tmp_path)} == {_name(used), _name(young)}


def test_the_nightly_sweep_goes_through_every_network(west: Place, tmp_path: Path) -> None:
    _make_old(tmp_path, _store(west))
    assert sweep() == 1
    assert not Document.objects.exists()


def _make_old(tmp_path: Path, *documents: Document) -> None:
    before = timezone.now() - timedelta(days=2)
    Document.objects.filter(pk__in=[document.pk for document in documents]).update(created_at=before)
    for document in documents:
        os.utime(tmp_path / _name(document), (before.timestamp(), before.timestamp()))


def test_an_upload_does_not_fill_the_disk() -> None:
    handler = BoundedUploadHandler(HttpRequest())
    handler.new_file("file", "plan.pdf", "application/pdf", None)
    piece = b"0" * (5 * 1024 * 1024)
    for number in range(7):
        handler.receive_data_chunk(piece, number * len(piece))
    upload = handler.file_complete(7 * len(piece))
    assert isinstance(upload, TemporaryUploadedFile)
    assert upload.size == 35 * 1024 * 1024
    assert Path(upload.temporary_file_path()).stat().st_size == LARGEST + 1
    upload.close()


def test_no_address_leads_to_the_files(west: Place) -> None:
    name = _name(_store(west))
    for path in (f"/{name}", f"/media/{name}", f"/static/{name}"):
        with pytest.raises(Resolver404):
            resolve(path)
    assert find_static(name) is None


def _name(document: Document) -> str:
    assert document.file.name
    return document.file.name
