"""Posters put together: one PDF with contents and bookmarks, or a ZIP with a folder for each size.

Needs no scope. Every poster's file is read from where it lies while the whole is written, so that forty of them are
never held at once.
"""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from io import BytesIO
from itertools import groupby
from typing import Any, BinaryIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from django.utils import translation
from django.utils.translation import gettext as _

from gpf.pdf import render_template
from posters.books.models import Book
from posters.books.services import Binding, Bound

MIDNIGHT = (1980, 1, 1, 0, 0, 0)
"""The time of every file in a ZIP, so that the same posters are the same bytes."""


def bind(binding: Binding, file: BinaryIO) -> None:
    """Write the whole to the file, and go back to its beginning. OSError when the disk is full."""
    with translation.override(binding.language):
        if binding.kind == Book.Kind.BOOK:
            _bind_book(binding, file)
        else:
            _pack(binding, file)
    file.seek(0)


# A book


def _bind_book(binding: Binding, file: BinaryIO) -> None:
    import pikepdf

    from posters.books.tags import Tags

    with ExitStack() as open_files:
        sources = []
        for bound in binding.posters:
            for document in bound.files.values():
                content: Any = open_files.enter_context(document.file.open("rb"))
                sources.append((bound, open_files.enter_context(pikepdf.open(content))))
        numbers = _numbers([len(source.pages) for _bound, source in sources])
        book = open_files.enter_context(pikepdf.open(BytesIO(_front(binding, sources, numbers))))
        front = len(book.pages)
        tags = Tags(book)
        for bound, source in sources:
            tags.add(source, bound.part["language"], tagged=not bound.part["own"])
        _number_pages(book, front)
        _set_bookmarks(book, front, [(bound, number) for (bound, _s), number in zip(sources, numbers, strict=True)])
        if any(bound.part["own"] for bound in binding.posters):
            with book.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
                for key in ("pdfaid:part", "pdfaid:conformance"):  # what a team brought is as it is
                    metadata.pop(key, None)
        book.save(file, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def _numbers(lengths: list[int]) -> list[int]:
    """The page each poster begins on, where the first is on page 1."""
    return [1 + sum(lengths[:at]) for at in range(len(lengths))]


def _front(binding: Binding, sources: list[tuple[Bound, Any]], numbers: list[int]) -> bytes:
    """The title and the contents, on A3. Posters that are not there are listed there."""
    entries = [{**bound.part, "page": number} for (bound, _source), number in zip(sources, numbers, strict=True)]
    groups = [(name, list(found)) for name, found in groupby(entries, key=lambda entry: entry["organisation"])]
    context = {"binding": binding, "groups": groups}
    return render_template("posters/books/pdf/front.html", context, language=binding.language, title=binding.title)


def _number_pages(book: Any, front: int) -> None:
    """i, ii … for the contents, 1, 2 … for the posters, as the contents say."""
    import pikepdf

    roman, arabic = ({"/S": pikepdf.Name(style)} for style in ("/r", "/D"))
    nums = [0, pikepdf.Dictionary(roman), *([front, pikepdf.Dictionary(arabic)] if len(book.pages) > front else [])]
    book.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array(nums))


def _set_bookmarks(book: Any, front: int, posters: list[tuple[Bound, int]]) -> None:
    from pikepdf import OutlineItem

    with book.open_outline() as outline:
        outline.root.clear()
        outline.root.append(OutlineItem(_("Contents"), 0))
        for organisation, found in groupby(posters, key=lambda poster: poster[0].part["organisation"]):
            entries = list(found)
            top = OutlineItem(organisation, front + entries[0][1] - 1)
            top.children.extend(
                OutlineItem(f"{bound.part['team']}: {bound.part['title']}", front + number - 1)
                for bound, number in entries
            )
            outline.root.append(top)
    book.Root.PageMode = _name("/UseOutlines")


def _name(word: str) -> Any:
    from pikepdf import Name

    return Name(word)


# A print order


def _pack(binding: Binding, file: BinaryIO) -> None:
    """A folder for each size; what teams have made elsewhere lies in one of its own. PDFs are packed already."""
    with ZipFile(file, "w", ZIP_STORED) as order:
        names = []
        for name, document in _named(binding):
            with document.file.open("rb") as content, order.open(_entry(name, document.size), "w") as kept:
                for chunk in content.chunks():
                    kept.write(chunk)
            names.append(name)
        list_ = _list(binding, names).replace("\n", "\r\n").encode("utf-8-sig")
        name = _("List")
        order.writestr(_entry(f"{name}.txt", len(list_)), list_)


def _named(binding: Binding) -> Iterator[tuple[str, Any]]:
    for number, bound in enumerate(binding.posters, start=1):
        part = bound.part
        names = dict.fromkeys((part["organisation"], part["team"]))
        for paper, document in bound.files.items():
            folder = _("Own files") if part["own"] else paper
            ending = document.name.rpartition(".")[2].lower()
            yield f"{folder}/{number:02} {_safe(' – '.join(names))}.{ending}", document


def _safe(name: str) -> str:
    """As a file can be called everywhere."""
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]+', "-", name).strip(" .")[:120]


def _entry(name: str, size: int) -> ZipInfo:
    entry = ZipInfo(name, MIDNIGHT)
    entry.file_size, entry.external_attr = size, 0o644 << 16
    return entry


def _list(binding: Binding, names: list[str]) -> str:
    """What is to be printed, and what is not there."""
    lines = [binding.title, " · ".join(filter(None, (binding.network, binding.when))), "", *names]
    if binding.missing:
        lines += ["", _("Not delivered:"), *binding.missing]
    if binding.failed:
        lines += ["", _("Could not be made:"), *binding.failed]
    return "\n".join(lines) + "\n"
