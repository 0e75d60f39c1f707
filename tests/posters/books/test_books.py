"""All posters of a gathering in one file: whole, in order, with the missing ones named, never another network's."""

from collections.abc import Callable, Iterator
from io import BytesIO
from zipfile import ZipFile

import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from documents.models import Document
from gpf import tenancy
from notices.models import Message
from posters.books import services, tasks
from posters.books.models import Book
from posters.models import Edition, Rendering
from tests.cast import Cast, Place
from tests.posters.stage import hand_in

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def west(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """Nobody is told: what a worker does is done here."""
    User.objects.update(language="en")
    monkeypatch.setattr("posters.books.tasks.make_file.delay", lambda *told: None)
    monkeypatch.setattr(tasks.make_book, "apply_async", lambda *told, **when: None)
    monkeypatch.setattr(tasks.make_book, "delay", lambda *told: None)
    monkeypatch.setattr("posters.books.tasks.send_letters.delay", lambda *told: None)
    with tenancy.scope([cast.west.network.pk]):
        yield cast.west


def page() -> bytes:
    written = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(written)
    return written.getvalue()


def handed_in(place: Place) -> Edition:
    """A poster whose files are real pages."""
    edition = hand_in(place, 2, title="Trygt hjem")
    for document in Document.objects.filter(name__startswith="Plakat"):
        document.file.save(f"{document.pk}.pdf", ContentFile(page()))
    return edition


def ask(place: Place, *editions: Edition, kind: Book.Kind = Book.Kind.BOOK, papers: tuple[str, ...] = ("A3",)) -> Book:
    return services.request_book(
        gathering=place.gatherings[1], kind=kind, papers=papers, editions=editions, by=place.coordinator, language="nb"
    )


def opened(book: Book) -> BytesIO:
    book.refresh_from_db()
    assert book.document is not None
    with book.document.file.open("rb") as file:
        return BytesIO(file.read())


def test_a_book_has_contents_bookmarks_and_the_missing_and_the_asker_is_told(west: Place) -> None:
    book = ask(west, handed_in(west))
    assert tasks.make_book.run(west.network.pk, book.pk) == "ready"
    with pikepdf.open(opened(book)) as pdf:
        assert len(pdf.pages) == 2
        with pdf.open_outline() as outline:
            assert [item.title for item in outline.root][1:] == ["Vinje kommune: Vinje"]
        assert pdf.Root.Lang == "nb"
    assert book.missing == [str(west.other_team)]
    assert Message.objects.get(recipient=west.coordinator).subject.startswith("Ready:")
    assert ask(west, Edition.objects.get()) == book  # the same posters are the same book
    assert Book.objects.count() == 1


def test_a_print_order_has_a_folder_for_each_size_and_a_list(west: Place) -> None:
    book = ask(west, handed_in(west), kind=Book.Kind.PRINT, papers=("A1", "A3"))
    tasks.make_book.run(west.network.pk, book.pk)
    with ZipFile(opened(book)) as packed:
        names = packed.namelist()
        listed = packed.read(names[0]).decode()
    assert [name.partition("/")[0] for name in names[1:]] == ["A1", "A3"]
    assert "Trygt hjem" in listed
    assert str(west.other_team) in listed


def test_what_is_not_made_is_asked_for_and_a_killed_worker_costs_nothing(west: Place) -> None:
    edition = handed_in(west)
    book = ask(west, edition, kind=Book.Kind.PRINT, papers=("A0",))
    assert tasks.make_book.run(west.network.pk, book.pk) == "waiting"
    made = edition.renderings.get(paper="A0")
    assert (made.state, Book.objects.get().done) == (Rendering.State.QUEUED, 0)
    assert tasks.make_book.run(west.network.pk, book.pk) == "waiting"  # asked again: nothing is asked for twice
    assert edition.renderings.filter(paper="A0").count() == 1
    Book.objects.update(moved_at=book.asked_at - 2 * services.STUCK_AFTER)
    assert tasks.take_up.run() == 1  # nobody is at it any longer
    made.state, made.document = Rendering.State.READY, edition.renderings.get(paper="A1").document
    made.save()
    assert tasks.make_book.run(west.network.pk, book.pk) == "ready"


def test_stopped_it_stays_stopped_and_goes_on_when_it_is_asked_for_again(west: Place) -> None:
    edition = handed_in(west)
    book = ask(west, edition)
    services.stop_book(book=book)
    assert tasks.make_book.run(west.network.pk, book.pk) == ""
    assert Book.objects.get().state == Book.State.CANCELLED
    assert ask(west, edition).state == Book.State.WORKING


def test_a_poster_that_can_not_be_made_is_named_and_a_full_disk_leaves_no_half_file(
    west: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = handed_in(west)
    edition.renderings.filter(paper="A3").update(state=Rendering.State.FAILED)
    book = ask(west, edition)
    tasks.make_book.run(west.network.pk, book.pk)
    assert Book.objects.get().state == Book.State.READY
    Book.objects.all().delete()
    edition.renderings.filter(paper="A3").update(state=Rendering.State.READY)
    kept = Document.objects.count()

    def full(**what: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(services, "keep_made", full)
    book = ask(west, edition)
    for _time in range(services.MOST_ATTEMPTS):
        tasks.make_book.run(west.network.pk, book.pk)
    book.refresh_from_db()
    assert (book.state, book.document, Document.objects.count()) == (Book.State.FAILED, None, kept)


def test_the_coordinator_asks_and_fetches_and_nobody_of_another_network_does(
    cast: Cast, west: Place, sign_in: SignIn
) -> None:
    handed_in(west)
    with tenancy.scope([cast.east.network.pk]):
        hand_in(cast.east, 2, title="Andres")
    at = reverse("posters:books", args=[west.network.slug, 2])
    client = sign_in(west.coordinator)
    client.post(at, {"kind": "book"})
    book = Book.objects.get()
    assert [part["title"] for part in book.parts] == ["Trygt hjem"]
    assert "0 of 1" in client.get(at).content.decode()
    tasks.make_book.run(west.network.pk, book.pk)
    file = reverse("posters:book_file", args=[west.network.slug, 2, book.pk])
    assert client.get(file).status_code == 200
    assert sign_in(west.member).get(file).status_code == 403
    assert sign_in(cast.east.coordinator).get(file).status_code == 404
