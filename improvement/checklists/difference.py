"""What differs between two versions of a list, and how two people's changes come together."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from improvement.checklists.content import Row

State = Literal["", "added", "changed", "moved", "removed"]


@dataclass(frozen=True)
class Marked:
    """A row as it stands now (as it stood, if it is gone), and what has come of it. `before`: its words, if changed."""

    row: Row
    state: State
    before: str = ""


def compare(old: Sequence[Row], new: Sequence[Row]) -> list[Marked]:
    """The new list with every difference marked; what was removed stands where it stood."""
    was = {row["id"]: row for row in old}
    now = {row["id"] for row in new}
    stayed = _in_order([row["id"] for row in old if row["id"] in now], [row["id"] for row in new if row["id"] in was])
    marked = [_mark(was.get(row["id"]), row, row["id"] in stayed) for row in new]
    for place, row in enumerate(old):
        if row["id"] not in now:
            before = old[place - 1]["id"] if place else None
            at = next((n + 1 for n, one in enumerate(marked) if one.row["id"] == before), 0)
            marked.insert(at, Marked(row, "removed"))
    return marked


def same(old: Sequence[Row], new: Sequence[Row]) -> bool:
    """Whether nothing differs."""
    return list(old) == list(new)


def _mark(was: Row | None, row: Row, stayed: bool) -> Marked:
    if was is None:
        return Marked(row, "added")
    if was["text"] != row["text"] or was["field"] != row["field"]:
        return Marked(row, "changed", was["text"])
    return Marked(row, "" if stayed else "moved")


def _in_order(old: list[str], new: list[str]) -> set[str]:
    """Those that follow each other as they did: the others have been moved."""
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return {one for block in blocks for one in new[block.b : block.b + block.size]}


@dataclass(frozen=True)
class Merged:
    """Both people's changes in one list. `theirs`: for rows both have rewritten (mine stand), what the other wrote."""

    rows: list[Row]
    theirs: dict[str, str]


def merge(base: Sequence[Row], mine: Sequence[Row], theirs: Sequence[Row]) -> Merged:
    """Mine, with what the other has changed since `base` in the rows I have not touched. Nothing I wrote is lost.

    1. A row I left alone takes the other's words, and goes where the other removed it.
    2. A row we both rewrote keeps my words; the other's are told beside it. One I rewrote and the other removed stays.
    3. What the other added comes in after the row it follows there.
    """
    was = {row["id"]: row for row in base}
    other = {row["id"]: row for row in theirs}
    rows: list[Row] = []
    told: dict[str, str] = {}
    for row in mine:
        before, now = was.get(row["id"]), other.get(row["id"])
        untouched = before is not None and _says(row) == _says(before)
        if untouched and now is None:
            continue
        if now is not None and untouched:
            row = now
        elif now is not None and before is not None and _says(now) != _says(before) and _says(now) != _says(row):
            told[row["id"]] = now["text"]
        rows.append(row)
    seen = {row["id"] for row in rows}
    for place, row in enumerate(theirs):
        if row["id"] not in was and row["id"] not in seen:
            before_it = {one["id"] for one in theirs[:place]}
            at = max((n + 1 for n, one in enumerate(rows) if one["id"] in before_it), default=0)
            rows.insert(at, row)
            seen.add(row["id"])
    return Merged(rows, told)


def _says(row: Row) -> tuple[str, str]:
    return row["text"], row["field"]
