"""Posters put together: one PDF with contents and bookmarks, or a ZIP for the printer. Needs no database.

The files are written to disk one after another: forty A1 sheets are never held at once.
"""

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from tempfile import TemporaryFile
from typing import IO, Any

from django.utils import translation
from django.utils.translation import gettext as _

from documents.models import Document
from gpf.pdf import render_template

LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The time of every file in a ZIP: the same posters make the same bytes."""


@dataclass(frozen=True)
class Part:
    """A poster in the book: what stands in the contents, and its file by paper."""

    team: str
    organisation: str
    title: str
    files: Mapping[str, Document]


@contextmanager
def book_file(
    parts: Sequence[Part], missing: Sequence[str], *, title: str, network: str, language: str
) -> Iterator[IO[bytes]]:
    """One PDF: contents first, with those who have no poster, then a page for each poster, with a bookmark."""
    import pikepdf

    front = _contents(parts, missing, title=title, network=network, language=language)
    with TemporaryFile() as out, pikepdf.open(BytesIO(front)) as book:
        first = len(book.pages)
        for part in parts:
            (document,) = part.files.values()
            with document.file.open("rb") as file, pikepdf.open(BytesIO(file.read())) as sheet:
                book.pages.append(sheet.pages[0])
        with book.open_outline() as outline:
            outline.root.clear()  # the headings of the contents themselves
            with translation.override(language):
                outline.root.append(pikepdf.OutlineItem(_("Contents"), 0))
            for number, part in enumerate(parts, start=first):
                outline.root.append(pikepdf.OutlineItem(f"{part.organisation}: {part.team}", number))
        _describe(book, title=title, language=language)
        book.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        out.seek(0)
        yield out


@contextmanager
def print_file(parts: Sequence[Part], missing: Sequence[str], *, title: str, language: str) -> Iterator[IO[bytes]]:
    """A ZIP with a folder for each paper, and a list of what is in it and of what is not."""
    with TemporaryFile() as out:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed:
            packed.writestr(_entry(_in(language, _list_name)), _listed(parts, missing, title=title, language=language))
            for number, part in enumerate(parts, start=1):
                for paper, document in part.files.items():
                    name = f"{paper}/{number:02} {_safe(part.organisation)} {_safe(part.team)}.pdf"
                    with document.file.open("rb") as file, packed.open(_entry(name), "w") as entry:
                        for chunk in iter(lambda source=file: source.read(1 << 20), b""):  # type: ignore[misc]  # a lambda's default has no type
                            entry.write(chunk)
        out.seek(0)
        yield out


def _contents(parts: Sequence[Part], missing: Sequence[str], *, title: str, network: str, language: str) -> bytes:
    """The contents, laid out twice where they take more than a page: the numbers of the pages follow from that."""
    import pikepdf

    pages = 1
    while True:
        context: dict[str, Any] = {
            "title": title,
            "network": network,
            "lines": [(part, number) for number, part in enumerate(parts, start=pages + 1)],
            "missing": missing,
        }
        pdf = render_template("posters/books/contents.html", context, language=language, title=title)
        with pikepdf.open(BytesIO(pdf)) as opened:
            found = len(opened.pages)
        if found == pages:
            return pdf
        pages = found


def _describe(book: Any, *, title: str, language: str) -> None:
    """Title and language; the tags of the contents alone would mislead, as the sheets' own can not be brought along."""
    import pikepdf

    for key in ("/StructTreeRoot", "/MarkInfo", "/Metadata"):
        if key in book.Root:
            del book.Root[key]
    book.Root.Lang = pikepdf.String(language)
    book.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    book.Root.PageMode = pikepdf.Name.UseOutlines
    book.docinfo = book.make_indirect(pikepdf.Dictionary(Title=pikepdf.String(title)))


def _listed(parts: Sequence[Part], missing: Sequence[str], *, title: str, language: str) -> str:
    with translation.override(language):
        lines = [title, ""]
        lines += [f"{number:02} {part.organisation}, {part.team}: {part.title}" for number, part in enumerate(parts, 1)]
        if missing:
            lines += ["", _("No poster delivered by:"), *missing]
    return "\r\n".join(lines) + "\r\n"


def _list_name() -> str:
    return _("Contents") + ".txt"


def _in(language: str, words: Any) -> str:
    with translation.override(language):
        return str(words())


def _entry(name: str) -> zipfile.ZipInfo:
    return zipfile.ZipInfo(name, date_time=LONG_AGO)


def _safe(name: str) -> str:
    return "".join("-" if char in '/\\:*?"<>|' else char for char in name).strip()[:60]
