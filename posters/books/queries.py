"""What would stand in a book of a gathering's posters now, and the books there are."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from networks.access import NetworkRequest, has_role
from networks.models import Role
from posters.access import visible_editions
from posters.books.models import Book
from posters.composing import organisation_name
from posters.content import clean
from posters.models import Edition, Rendering
from posters.wall.queries import as_hung, read_missing
from sessions.models import Gathering


@dataclass(frozen=True)
class Stand:
    """The delivered posters in the order of the wall, as `Book.parts` keeps them, and the teams that have none."""

    parts: list[dict[str, Any]]
    missing: list[str]


def read_stand(request: NetworkRequest, gathering: Gathering) -> Stand:
    """For a coordinator, who sees them all."""
    parts = [part_of(edition) for edition in as_hung(request, gathering)]
    return Stand(parts, [team.name for team in read_missing(request, gathering)])


def read_books(request: NetworkRequest, gathering: Gathering) -> QuerySet[Book]:
    """What has been asked for, the newest first; to others than coordinators the ready books they may read."""
    books = Book.objects.filter(gathering=gathering).select_related("document", "asked_by").order_by("-asked_at", "-pk")
    if has_role(request, Role.COORDINATOR):
        return books
    shown = set(visible_editions(request).filter(poster__gathering=gathering).values_list("pk", flat=True))
    ready = books.filter(kind=Book.Kind.BOOK, state=Book.State.READY)
    readable = [book.pk for book in ready if {part["edition"] for part in book.parts} <= shown]
    return books.filter(pk__in=readable)


def read_failed(book: Book) -> list[str]:
    """The teams whose poster could not be made on each of the book's papers."""
    return [part["team"] for part in book.parts if part.get("failed")]


def renderings_of(book: Book) -> QuerySet[Rendering]:
    """The files it is made of, made or not."""
    return Rendering.objects.filter(edition__in=[part["edition"] for part in book.parts], paper__in=_papers(book))


def _papers(book: Book) -> set[str]:
    return {paper for part in book.parts for paper in papers_of(book, part)}


def papers_of(book: Book, part: dict[str, Any]) -> list[str]:
    """A file of the team's own is one, in the size it has."""
    return [Rendering.Paper.A3] if part["own"] else list(book.papers)


def part_of(edition: Edition) -> dict[str, Any]:
    """How the book keeps a poster that was read as `as_hung` reads it."""
    team = edition.poster.team
    return {
        "edition": edition.pk,
        "hash": edition.content_hash,
        "team": team.name,
        "organisation": organisation_name(team.participation.organisation),
        "title": clean(str(edition.title or "")) or team.name,  # type: ignore[attr-defined]  # see as_hung
        "language": edition.language,
        "own": edition.own_file_id is not None,
    }
