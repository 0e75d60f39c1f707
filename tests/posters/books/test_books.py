"""All the posters of a gathering in one file: what stands in it, moved on, stopped, taken up again, bound once."""

from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from pikepdf.pdfa import validate_written

from accounts.models import User
from documents.services import keep_made_pdf
from gpf import tenancy
from gpf.pdf import render_pdf
from notices.models import Message
from notices.tasks import send_letters
from posters import services as posters
from posters.books import services, tasks
from posters.books.binding import bind
from posters.books.models import Book
from posters.books.queries import Stand
from posters.models import Edition, Rendering
from posters.tasks import make_file
from tests.cast import Cast, Place
from tests.posters import stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files", "read_english")]
SignIn = Callable[[User], Client]


@pytest.fixture
def read_english(cast: Cast) -> None:
    """Pages in the language the sources are written in, so that translating them breaks no test."""
    User.objects.update(language="en")


@pytest.fixture(autouse=True)
def told(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The posters that workers are told of; none is at work."""
    keys: list[int] = []
    monkeypatch.setattr(make_file, "apply_async", lambda args, link: keys.append(args[1]))
    monkeypatch.setattr(send_letters, "delay", lambda network_id: None)
    monkeypatch.setattr(tasks.move_book, "delay", lambda network_id, book_pk: None)
    return keys


def address(name: str, place: Place, **more: object) -> str:
    where = {"network_slug": place.network.slug, "gathering_number": 2}
    return reverse(f"posters:{name}", kwargs=where | more)


def hand_in(place: Place, title: str = "Trygt hjem") -> Edition:
    """Delivered, its files one page each that can be bound."""
    edition = stage.hand_in(place, title=title)
    for rendering in edition.renderings.all():
        _fill(rendering)
    return edition


def _fill(rendering: Rendering) -> None:
    pdf = BytesIO()
    page = pikepdf.new()
    page.add_blank_page()
    page.save(pdf)
    rendering.document = keep_made_pdf(
        network=rendering.edition.poster.team.network, by=None, pdf=pdf.getvalue(), name="Plakat.pdf"
    )
    rendering.state = Rendering.State.READY
    rendering.save()


def ask(sign_in: SignIn, place: Place, **more: Any) -> Book:
    answer = sign_in(place.coordinator).post(address("books", place), {"kind": "book", **more})
    assert answer.status_code == 302, answer.content.decode()
    with tenancy.scope([place.network.pk]):
        return Book.objects.get(pk=int(answer["Location"].rstrip("/").split("/")[-1]))


def move(book: Book) -> str:
    return str(tasks.move_book.run(book.network_id, book.pk))


def read(book: Book) -> bytes:
    with tenancy.scope([book.network_id]):
        book.refresh_from_db()
        assert book.document is not None
        with book.document.file.open("rb") as file:
            return bytes(file.read())


def test_it_has_the_networks_posters_and_names_the_missing(cast: Cast, sign_in: SignIn) -> None:
    west, east = cast.west, cast.east
    with tenancy.scope([west.network.pk]):
        hand_in(west)
    with tenancy.scope([east.network.pk]):
        hand_in(east, title="Et annet sted")
    page = sign_in(west.coordinator).get(address("books", west)).content.decode()
    assert "Trygt hjem" in page
    assert "Tokke" in page
    assert "Et annet sted" not in page
    book = ask(sign_in, west)
    assert move(book) == "ready"
    content = read(book)
    with pikepdf.open(BytesIO(content)) as pdf:
        assert len(pdf.pages) == 2
        with pdf.open_outline() as outline:
            assert [item.title for item in outline.root] == ["Contents", "Vinje municipality"]
            assert [item.title for item in outline.root[1].children] == ["Vinje: Trygt hjem"]
    assert book.missing == ["Tokke"]
    with tenancy.scope([west.network.pk]):
        letter = Message.objects.get(key__startswith="book:")
    assert letter.recipient == west.coordinator
    assert address("book", west, book_pk=book.pk) in letter.text
    again = ask(sign_in, west)
    assert again.pk == book.pk
    assert again.state == Book.State.READY
    assert sign_in(east.coordinator).get(address("book_file", west, book_pk=book.pk)).status_code == 404


def test_the_same_posters_are_the_same_bytes_and_those_missing_are_printed(cast: Cast) -> None:
    from pypdfium2 import PdfDocument

    with tenancy.scope([cast.west.network.pk]):
        edition = hand_in(cast.west)
        files = {"A3": edition.renderings.get(paper="A3").document}
        part = {"team": "Vinje", "organisation": "Vinje kommune", "title": "Trygt hjem", "language": "nb", "own": False}
        poster = services.Bound(part, files)  # type: ignore[arg-type]  # it has a file
        binding = services.Binding("book", "en", "Gathering 2", "Vest", "", [poster], ["Tokke"], ["Bykle (A3)"])
        first, second = BytesIO(), BytesIO()
        bind(binding, first)
        bind(binding, second)
    assert first.getvalue() == second.getvalue()
    text = " ".join(PdfDocument(first.getvalue())[0].get_textpage().get_text_range().split())
    assert "Not delivered: Tokke" in text
    assert "Could not be made: Bykle (A3)" in text


def test_a_book_goes_on_where_a_dead_worker_left_it(cast: Cast, sign_in: SignIn, told: list[int]) -> None:
    west = cast.west
    with tenancy.scope([west.network.pk]):
        edition = hand_in(west)
    order = ask(sign_in, west, kind="print", papers=["A1", "A2", "A0"])
    move(order)
    move(order)
    with tenancy.scope([west.network.pk]):
        asked = list(edition.renderings.filter(pk__in=told).order_by("paper"))
        assert [one.paper for one in asked] == ["A0", "A2"]  # A1 was made; nothing is asked for twice
        assert len(told) == 2
        order.refresh_from_db()
        assert (order.done, order.total) == (1, 3)
        _fill(asked[0])
        # A worker began the other, and died: it is asked for once more, and only it.
        edition.renderings.filter(paper="A2").update(state="working", queued_at="2020-01-01T00:00Z", started_at=None)
    told.clear()
    move(order)
    assert told == [asked[1].pk]
    with tenancy.scope([west.network.pk]):
        _fill(asked[1])
        dead = services.move_on(book_pk=order.pk)  # whoever takes it to bind it dies of it
        assert dead.binding is not None
        assert services.move_on(book_pk=order.pk).binding is None  # as long as one may be at it, no other is
        assert services.move_on(book_pk=order.pk, again=True).binding is not None
        Book.objects.update(moved_at="2020-01-01T00:00Z")
    assert move(order) == "ready"
    with ZipFile(BytesIO(read(order))) as packed:
        names = packed.namelist()
        assert [name.split("/")[0] for name in names] == ["A0", "A1", "A2", "List.txt"]
        assert "Tokke" in packed.read("List.txt").decode("utf-8-sig")


def test_what_is_stopped_stays_stopped_until_it_is_asked_for_again(
    cast: Cast, sign_in: SignIn, told: list[int]
) -> None:
    west = cast.west
    with tenancy.scope([west.network.pk]):
        hand_in(west)
    order = ask(sign_in, west, kind="print", papers=["A2"])
    client = sign_in(west.coordinator)
    assert "0 of 1" in client.get(address("book", west, book_pk=order.pk)).content.decode()
    client.post(address("cancel_book", west, book_pk=order.pk))
    assert move(order) == ""
    assert told == []
    with tenancy.scope([west.network.pk]):
        stopped = services.finish_book(book_pk=order.pk, file=ContentFile(b"late"))  # type: ignore[arg-type]  # a file
        assert stopped.state == Book.State.CANCELLED
        assert stopped.document is None
    assert ask(sign_in, west, kind="print", papers=["A2"]).state == Book.State.WORKING
    move(order)
    assert len(told) == 1


def test_a_poster_that_can_not_be_made_is_named_and_a_full_disk_told(
    cast: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    west = cast.west
    with tenancy.scope([west.network.pk]):
        edition = hand_in(west)
    order = ask(sign_in, west, kind="print", papers=["A1", "A2"])
    move(order)
    with tenancy.scope([west.network.pk]):
        posters.fail_file(rendering_pk=edition.renderings.get(paper="A2").pk)

    def full(binding: services.Binding, file: Any) -> None:
        file.write(b"half")
        raise OSError(28, "No space left on device")

    client = sign_in(west.coordinator)
    where = address("book", west, book_pk=order.pk)
    with monkeypatch.context() as patched:
        patched.setattr(tasks, "bind", full)
        assert move(order) == "failed"
    assert "could not be put together" in client.get(where).content.decode()
    client.post(where)
    move(order)  # what failed before is tried again
    with tenancy.scope([west.network.pk]):
        posters.fail_file(rendering_pk=edition.renderings.get(paper="A2").pk)
    assert move(order) == "ready"
    page = client.get(where).content.decode()
    assert "could not be made, and are named in the file: Vinje" in page
    with ZipFile(BytesIO(read(order))) as packed:
        assert "Vinje (A2)" in packed.read("List.txt").decode("utf-8-sig")


def test_a_member_reads_a_book_of_posters_she_may_read_and_no_print_order(cast: Cast, sign_in: SignIn) -> None:
    west = cast.west
    with tenancy.scope([west.network.pk]):
        hand_in(west)
    book = ask(sign_in, west)
    move(book)
    order = ask(sign_in, west, kind="print", papers=["A1"])
    move(order)
    where = address("book_file", west, book_pk=book.pk)
    observer = sign_in(west.observer)
    assert observer.get(where).status_code == 404  # the deadline has not passed: the posters are the team's own still
    with tenancy.scope([west.network.pk]):
        stage.past(west.poster)
    assert observer.get(where).status_code == 200
    assert observer.get(address("book_file", west, book_pk=order.pk)).status_code == 404


def test_tags_come_along_and_the_pages_say_where_they_are(cast: Cast) -> None:
    """Two tagged sheets put behind another: every page finds its own tags, in its own language."""
    from posters.books.tags import Tags

    table = "<table><tr><th>Uke</th></tr><tr><td>1</td></tr></table>"
    pages = [render_pdf(f"<h1>{word}</h1>{table}", language="nb", title="x") for word in "abc"]
    sheets = [pikepdf.open(BytesIO(page)) for page in pages]
    book, *others = sheets
    for sheet in others:
        Tags(book).add(sheet, "nn")
    kept = BytesIO()
    book.save(kept)
    report = validate_written(BytesIO(kept.getvalue()), "2b")
    assert [finding.message for finding in report.violations] == ["pdfaid:conformance is 'A', expected 'B'"]
    with pikepdf.open(kept) as pdf:
        nums = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
        tree = dict(zip(map(int, nums[::2]), nums[1::2], strict=True))
        assert len({int(page.obj.StructParents) for page in pdf.pages}) == 3
        for page in pdf.pages:
            leaves = tree[int(page.obj.StructParents)]
            assert [leaf.Pg.objgen for leaf in leaves] == [page.obj.objgen] * len(leaves)
        tops = list(pdf.Root.StructTreeRoot.K)
        assert [str(top.get("/Lang", "")) for top in tops] == ["", "nn", "nn"]
        names = [str(cell.ID) for cell in _cells(pdf) if "/ID" in cell]
        assert len(names) == len(set(names)) >= 3  # a table's cells find their own headings
        assert all(top.P.objgen == pdf.Root.StructTreeRoot.objgen for top in tops)


def _cells(pdf: pikepdf.Pdf) -> list[Any]:
    return [found for found in pdf.objects if isinstance(found, pikepdf.Dictionary) and found.get("/S") == "/TH"]


def test_what_nobody_has_delivered_is_no_book(cast: Cast, sign_in: SignIn) -> None:
    page = sign_in(cast.west.coordinator).get(address("books", cast.west)).content.decode()
    assert "No posters delivered yet" in page
    assert Stand([], []).parts == []
