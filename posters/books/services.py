"""A book is asked for, moved on as its posters are made, bound, and told of.

Every function needs the network's scope. What is done lies in the posters' own files, each made once: a book that was
interrupted is moved on from there.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, BinaryIO

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from documents.models import Document
from documents.services import keep_made
from networks.models import Network
from notices.mailing import Addressee, queue_letter
from posters.books.models import Book
from posters.books.queries import Stand, papers_of, renderings_of
from posters.composing import gathering_name, when
from posters.models import Edition, Rendering
from posters.services import request_files
from sessions.models import Gathering

LOOK = "1"  # raised when the pages around the posters are drawn anew: books made before it are then made again
AT_ONCE = 4
"""Posters asked for ahead: enough for the workers, few enough that others need not wait, and that stopping stops."""
MOST_ATTEMPTS = 3
BINDING_TAKES = timedelta(minutes=5)
"""Who began to bind a book longer ago than this is gone."""


@dataclass(frozen=True)
class Bound:
    """One poster to be bound: where it stands, and its file on each paper."""

    part: dict[str, Any]
    files: dict[str, Document]


@dataclass(frozen=True)
class Binding:
    """What a worker needs to bind a book, the network's scope closed."""

    kind: str
    language: str
    title: str
    network: str
    when: str
    posters: list[Bound]
    missing: list[str]
    failed: list[str]


@dataclass(frozen=True)
class Step:
    """What is next for a book: files that workers are to be told of, or that it is bound."""

    told: list[Rendering]
    binding: Binding | None = None


@transaction.atomic
def request_book(
    *, network: Network, gathering: Gathering, kind: str, papers: list[str], language: str, stand: Stand, by: User
) -> Book:
    """The book of these posters: the one there is, or one that is begun. The view that asks has it moved on.

    1. Find the book with exactly this content: what was bound once is not bound again.
    2. Else write its row. One that failed, was stopped, or lacks a poster that could not be made, is begun anew.
    """
    now = timezone.now()
    defaults = {
        "network": network,
        "kind": kind,
        "papers": papers,
        "language": language,
        "parts": stand.parts,
        "missing": stand.missing,
        "asked_by": by,
        "asked_at": now,
    }
    key = _key(gathering, kind, papers, language, stand)
    Book.objects.get_or_create(gathering=gathering, key=key, defaults=defaults)
    book = Book.objects.select_for_update().get(gathering=gathering, key=key)
    book.total = sum(len(papers_of(book, part)) for part in book.parts)
    begun_anew = book.state in (Book.State.FAILED, Book.State.CANCELLED)
    if begun_anew or (book.state == Book.State.READY and any(part.get("failed") for part in book.parts)):
        book.state, book.attempts, book.parts = Book.State.WORKING, 0, stand.parts
        book.asked_by, book.asked_at, book.moved_at = by, now, now
        book.document = None
    book.save()
    return book


def _key(gathering: Gathering, kind: str, papers: list[str], language: str, stand: Stand) -> str:
    with translation.override(language):
        words = [gathering_name(gathering), when(gathering)]
    whole = json.dumps([LOOK, kind, papers, language, words, stand.parts, stand.missing], sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()


@transaction.atomic
def move_on(*, book_pk: int, again: bool = False) -> Step:
    """Take the book one step further, as often as anybody likes; nothing is asked for twice.

    1. Count what is made, and what has failed since the book was asked for.
    2. While something is left: ask for the next few.
    3. Else one worker takes it to bind it. `again`: the message came back because the worker that had it died.
    """
    book = Book.objects.select_for_update().filter(pk=book_pk, state=Book.State.WORKING).first()
    if book is None:
        return Step([])
    made = {(one.edition_id, one.paper): one for one in renderings_of(book).select_related("document")}
    wanted = [(part["edition"], paper) for part in book.parts for paper in papers_of(book, part)]
    left = [pair for pair in wanted if not _settled(made.get(pair), book)]
    if len(wanted) - len(left) != book.done:
        book.done, book.moved_at = len(wanted) - len(left), timezone.now()
        book.save(update_fields=["done", "moved_at"])
    return Step(_ask(left, made)) if left else Step([], _take(book, made, again))


def _settled(rendering: Rendering | None, book: Book) -> bool:
    """Whether it is made, or has failed for this book: an older failure is worth another try."""
    if rendering is None or rendering.on_its_way:
        return False
    if rendering.state == Rendering.State.READY:
        return True
    return rendering.finished_at is not None and rendering.finished_at >= book.asked_at


def _ask(left: list[tuple[int, str]], made: dict[tuple[int, str], Rendering]) -> list[Rendering]:
    now = timezone.now()
    under_way = [one for pair in left if (one := made.get(pair)) and one.on_its_way and not one.is_stuck(now)]
    waiting = [pair for pair in left if made.get(pair) not in under_way]
    chosen = waiting[: max(0, AT_ONCE - len(under_way))]
    editions = Edition.objects.defer("content", "words").in_bulk([edition for edition, _paper in chosen])
    told = []
    for edition, paper in chosen:
        told += request_files(edition=editions[edition], papers=[paper])
    return told


def _take(book: Book, made: dict[tuple[int, str], Rendering], again: bool) -> Binding | None:
    """The book to bind it, unless another worker is at it. What has killed three of them is given up."""
    now = timezone.now()
    if book.attempts and not again and now - book.moved_at < BINDING_TAKES:
        return None
    if book.attempts >= MOST_ATTEMPTS:
        book.state = Book.State.FAILED
        book.save(update_fields=["state"])
        return None
    posters = []
    for part in book.parts:
        found = {paper: made[part["edition"], paper] for paper in papers_of(book, part)}
        files = {paper: one.document for paper, one in found.items() if one.document}
        part["failed"] = [paper for paper in found if paper not in files]
        posters.append(Bound(part, files))
    book.attempts, book.moved_at = book.attempts + 1, now
    book.save(update_fields=["attempts", "moved_at", "parts"])
    with translation.override(book.language):
        return Binding(
            kind=book.kind,
            language=book.language,
            title=title_of(book),
            network=Network.objects.get(pk=book.network_id).name,
            when=when(book.gathering),
            posters=posters,
            missing=book.missing,
            failed=[_failed_name(part) for part in book.parts if part["failed"]],
        )


def _failed_name(part: dict[str, Any]) -> str:
    return f"{part['team']} ({', '.join(part['failed'])})"


def title_of(book: Book) -> str:
    """As the file is called, in the language that is active."""
    words = {"gathering": gathering_name(book.gathering)}
    if book.kind == Book.Kind.BOOK:
        return _("%(gathering)s: all the posters") % words
    return _("%(gathering)s: posters for the printer") % words


@transaction.atomic
def finish_book(*, book_pk: int, file: BinaryIO) -> Book:
    """Keep the bound file and tell the one who asked, unless it was stopped meanwhile."""
    book = Book.objects.select_for_update(of=("self",)).select_related("network", "asked_by").get(pk=book_pk)
    if book.state != Book.State.WORKING:
        return book
    kind = "pdf" if book.kind == Book.Kind.BOOK else "zip"
    with translation.override(book.language):
        name = f"{title_of(book).replace(':', ' –').replace('/', '-')}.{kind}"
    book.document = keep_made(network=book.network, by=None, file=File(file), kind=kind, name=name)
    book.state, book.moved_at = Book.State.READY, timezone.now()
    book.save(update_fields=["document", "state", "moved_at"])
    _tell(book)
    return book


@transaction.atomic
def fail_book(*, book_pk: int) -> None:
    """It could not be bound or kept: the one who asked is told of that too."""
    book = Book.objects.select_for_update(of=("self",)).select_related("network", "asked_by").get(pk=book_pk)
    if book.state == Book.State.WORKING:
        book.state = Book.State.FAILED
        book.save(update_fields=["state"])
        _tell(book)


@transaction.atomic
def cancel_book(*, book_pk: int) -> None:
    """Stop it: no more posters are asked for, and nothing is bound. What is made of them stays."""
    book = Book.objects.select_for_update().get(pk=book_pk)
    if book.state == Book.State.WORKING:
        book.state = Book.State.CANCELLED
        book.save(update_fields=["state"])


def _tell(book: Book) -> None:
    """A letter to the one who asked. The task has it sent."""
    to = book.asked_by
    if to is None:
        return
    address = settings.GPF_BASE_URL + reverse("posters:book", args=[book.network.slug, book.gathering.number, book.pk])
    with translation.override(to.language):
        words = {"name": to.name, "title": title_of(book), "network": book.network.name, "address": address}
        if book.state == Book.State.READY:
            subject = _("%(title)s – ready to be fetched") % words
            text = _("Hello, %(name)s\n\nThe posters you asked for in %(network)s are ready:\n\n%(address)s") % words
        else:
            subject = _("%(title)s – could not be made") % words
            text = (
                _(
                    "Hello, %(name)s\n\nThe posters you asked for in %(network)s could not be put together. The "
                    "posters themselves are safe. Here you can try again:\n\n%(address)s"
                )
                % words
            )
        queue_letter(
            network=book.network,
            key=f"book:{book.pk}:{book.asked_at:%Y%m%d%H%M%S%f}",
            to=Addressee(to.name, to.email, to.language, to),
            subject=subject,
            text=text,
            at_any_hour=True,  # she asked for it, and waits
        )
