"""What has become of a poster from one gathering to the next, section by section and word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from posters.content import PosterContent, PosterSection, clean

State = Literal["first", "added", "changed", "same", "gone", "absent"]
Mark = Literal["", "added", "gone"]

TOKEN = re.compile(r"\n|[^\s]+")
ALIKE = 0.35
"""How alike two texts are, 0–1, for marking the words that differ: below, it is another text, and stands unmarked."""
MOST_PAIRS = 400_000
"""Pairs of words to hold against each other: longer texts stand unmarked too."""


@dataclass(frozen=True)
class Run:
    """Words that stay, are new, or are gone."""

    text: str
    mark: Mark = ""


Line = tuple[Run, ...]


@dataclass(frozen=True)
class Cell:
    """A section of one poster, held against the team's poster before. `lines` are its text; of one that is gone, none.

    first: on the team's first poster. added: not on the one before. gone: on the one before, not on this. absent: on
    neither. `is_marked`: the words that differ are marked.
    """

    state: State
    lines: tuple[Line, ...] = ()
    is_marked: bool = False


@dataclass(frozen=True)
class Row:
    """A section through all the posters, a cell each."""

    key: str
    heading: str
    cells: tuple[Cell, ...]

    @property
    def has_changed(self) -> bool:
        return any(cell.state in ("added", "changed", "gone") for cell in self.cells)


def compare(posters: Sequence[PosterContent]) -> list[Row]:
    """Every section of a team's posters (in the order of the gatherings), as the newest orders and heads them."""
    by_key = [{section.key: section for section in poster.sections} for poster in posters]
    rows = []
    for key in _order(posters):
        sections = [sections.get(key) for sections in by_key]
        newest = next(section for section in reversed(sections) if section)
        before = [None, *sections[:-1]]
        cells = tuple(
            _cell(old, new, is_first=place == 0) for place, (old, new) in enumerate(zip(before, sections, strict=True))
        )
        rows.append(Row(key, newest.heading, cells))
    return rows


def text_of(section: PosterSection) -> str:
    """All that can be read in a section: its text, what its charts say, what its photos show."""
    charts = [f"{chart.title}: {chart.sentence}" for chart in section.charts]
    return "\n".join(filter(None, map(clean, [section.text, *charts, *(photo.alt for photo in section.photos)])))


def differences(old: str, new: str) -> tuple[Line, ...]:
    """The new text line by line, what is new and what is gone marked; unmarked where the two are little alike."""
    before, text = clean(old), clean(new)
    return _marked(before, text) or _plain(text)


def _order(posters: Sequence[PosterContent]) -> list[str]:
    """The newest poster's order; a section only an earlier one has stands after the one it followed there."""
    order: list[str] = []
    for poster in reversed(posters):
        keys = [section.key for section in poster.sections]
        for place, key in enumerate(keys):
            if key not in order:
                follows = next((order.index(one) + 1 for one in reversed(keys[:place]) if one in order), 0)
                order.insert(follows if posters[-1] is not poster else len(order), key)
    return order


def _cell(old: PosterSection | None, new: PosterSection | None, *, is_first: bool) -> Cell:
    if new is None:
        return Cell("gone" if old else "absent")
    text = text_of(new)
    if old is None:
        return Cell("first" if is_first else "added", _plain(text))
    before = text_of(old)
    if before == text:
        return Cell("same", _plain(text))
    marked = _marked(before, text)
    return Cell("changed", marked or _plain(text), bool(marked))


def _plain(text: str) -> tuple[Line, ...]:
    return tuple((Run(line),) for line in text.split("\n"))


def _marked(old: str, new: str) -> tuple[Line, ...]:
    """The new text with what is new marked, and what is gone where it stood; nothing for texts little alike."""
    was, now = TOKEN.findall(old), TOKEN.findall(new)
    if len(was) * len(now) > MOST_PAIRS:
        return ()
    matcher = SequenceMatcher(None, was, now, autojunk=False)
    if matcher.ratio() < ALIKE:
        return ()
    runs: list[tuple[list[str], Mark]] = []
    for step, from_old, to_old, from_new, to_new in matcher.get_opcodes():
        if step in ("delete", "replace"):
            runs.append(([token for token in was[from_old:to_old] if token != "\n"], "gone"))
        if step != "delete":
            runs.append((now[from_new:to_new], "" if step == "equal" else "added"))
    return tuple(_lines(runs))


def _lines(runs: Sequence[tuple[list[str], Mark]]) -> Iterator[Line]:
    """The runs parted where a line ends."""
    line: list[Run] = []
    for tokens, mark in runs:
        words: list[str] = []
        for token in tokens:
            if token != "\n":
                words.append(token)
                continue
            if words:
                line.append(Run(" ".join(words), mark))
            if line:
                yield tuple(line)
            line, words = [], []
        if words:
            line.append(Run(" ".join(words), mark))
    if line:
        yield tuple(line)
