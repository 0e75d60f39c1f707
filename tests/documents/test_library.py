"""The library: read by every member, kept in order by coordinators."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from documents.library_queries import read_library
from documents.library_services import move_in_library
from documents.models import Document, LibraryDocument
from documents.services import REMOVED_FOR, sweep_documents
from gpf import tenancy
from networks.models import Network
from tests.cast import Cast, Place
from tests.documents import files
from tests.documents.library import put
from tests.identity_numbers import NATIONAL

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
SignIn = Callable[[User], Client]


@pytest.fixture
def west(cast: Cast) -> Iterator[Place]:
    with tenancy.scope([cast.west.network.pk]):
        yield cast.west


def _at(place: Place, name: str, **kwargs: Any) -> str:
    return reverse(f"documents:{name}", kwargs={"network_slug": place.network.slug} | kwargs)


def _titles() -> list[str]:
    library = read_library()
    return [item.title for item in library.package.items + library.others.items]


def test_a_coordinator_adds_a_document_and_the_members_read_it(west: Place, sign_in: SignIn) -> None:
    page = sign_in(west.coordinator).get(_at(west, "library")).content.decode()
    assert "Ingen" in page or "Nothing in the library yet" in page
    form = {"title": "", "about": "Til dere som skal intervjue", "in_package": "on"}
    upload = SimpleUploadedFile("Intervjuguide.pdf", files.pdf("Guide"))
    answer = sign_in(west.coordinator).post(_at(west, "library_add"), form | {"file": upload})
    assert answer["Location"] == _at(west, "library")
    item = LibraryDocument.objects.get()
    assert (item.title, item.in_package, item.added_by) == ("Intervjuguide", True, west.coordinator)
    member = sign_in(west.member)
    page = member.get(_at(west, "library")).content.decode()
    assert "Intervjuguide" in page
    assert _at(west, "library_edit", document_pk=item.pk) not in page
    fetched = member.get(_at(west, "library_file", document_pk=item.pk))
    assert b"".join(fetched.streaming_content) == files.pdf("Guide")  # type: ignore[attr-defined]  # the client's response has no type for it


def test_what_can_not_be_kept_is_said_by_the_file_and_the_words_stay(west: Place, sign_in: SignIn) -> None:
    client = sign_in(west.coordinator)
    refused = SimpleUploadedFile("liste.pdf", files.pdf(f"Pasient {NATIONAL}"))
    page = client.post(_at(west, "library_add"), {"title": "Liste", "file": refused}).content.decode()
    assert 'value="Liste"' in page
    assert NATIONAL not in page
    kept = SimpleUploadedFile("plan.pdf", files.pdf("Plan"))
    page = client.post(_at(west, "library_add"), {"title": f"Plan {NATIONAL}", "file": kept}).content.decode()
    assert "ds-error-summary" in page
    assert not LibraryDocument.objects.exists()


def test_a_newer_file_takes_the_place_and_two_who_edit_see_each_other(west: Place, sign_in: SignIn) -> None:
    item = put(west, "Plan")
    client = sign_in(west.coordinator)
    address = _at(west, "library_edit", document_pk=item.pk)
    seen = client.get(address).context["form"].initial["seen"]
    form = {"title": "Plan for nettverket", "about": "", "seen": seen}
    newer = SimpleUploadedFile("plan2.pdf", files.pdf("Plan 2"))
    client.post(address, form | {"file": newer})
    item.refresh_from_db()
    assert (item.title, item.document.name) == ("Plan for nettverket", "plan2.pdf")
    page = client.post(address, {"title": "Min plan", "about": "", "seen": seen}).content.decode()
    assert "Plan for nettverket" in page
    assert 'value="Min plan"' in page
    item.refresh_from_db()
    assert item.title == "Plan for nettverket"


def test_order_is_kept_within_what_stands_together(west: Place) -> None:
    first, package, second = put(west, "A"), put(west, "P", in_package=True), put(west, "B")
    assert _titles() == ["P", "A", "B"]
    assert move_in_library(item=second, up=True)
    assert _titles() == ["P", "B", "A"]
    assert not move_in_library(item=LibraryDocument.objects.get(pk=second.pk), up=True)
    assert not move_in_library(item=package, up=False)
    assert move_in_library(item=first, up=True)
    assert _titles() == ["P", "A", "B"]


def test_what_is_taken_out_can_be_put_back_for_a_month(west: Place, sign_in: SignIn) -> None:
    item = put(west, "Plan")
    client = sign_in(west.coordinator)
    page = client.post(_at(west, "library_remove", document_pk=item.pk), follow=True).content.decode()
    assert _at(west, "library_restore", document_pk=item.pk) in page
    assert client.get(_at(west, "library_file", document_pk=item.pk)).status_code == 404
    assert "Plan" not in sign_in(west.member).get(_at(west, "library")).content.decode()
    sign_in(west.coordinator).post(_at(west, "library_restore", document_pk=item.pk))
    assert _titles() == ["Plan"]
    LibraryDocument.objects.update(removed_at=timezone.now() - REMOVED_FOR - timedelta(days=1))
    Document.objects.update(created_at=timezone.now() - timedelta(days=40))
    sweep_documents(network=west.network)
    assert not LibraryDocument.with_removed.exists()
    assert not Document.objects.exists()


def test_another_network_s_library_does_not_show(cast: Cast, sign_in: SignIn) -> None:
    with tenancy.scope([cast.east.network.pk]):
        theirs = put(cast.east, "Bare for øst")
    client = sign_in(cast.west.coordinator)
    assert "Bare for øst" not in client.get(_at(cast.west, "library")).content.decode()
    assert client.get(_at(cast.west, "library_file", document_pk=theirs.pk)).status_code == 404
    assert client.post(_at(cast.west, "library_remove", document_pk=theirs.pk)).status_code == 404


def test_a_completed_network_s_library_is_read_only(west: Place, sign_in: SignIn) -> None:
    item = put(west, "Plan")
    Network.objects.filter(pk=west.network.pk).update(phase=Network.Phase.COMPLETED)
    client = sign_in(west.coordinator)
    assert _at(west, "library_add") not in client.get(_at(west, "library")).content.decode()
    assert client.post(_at(west, "library_remove", document_pk=item.pk)).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_as_often_for_one_document_as_for_three(
    rows: int, west: Place, sign_in: SignIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        put(west, f"Plan {number}", in_package=bool(number % 2))
    client = sign_in(west.coordinator)
    with django_assert_num_queries(8):
        client.get(_at(west, "library"))
