"""What the buttons beside a row do: the list with a row moved, removed or added. Knows nothing of forms."""

from collections.abc import Sequence

from improvement.checklists.content import Row, new_id


def act(rows: Sequence[Row], do: str) -> list[Row]:
    """The rows after a button was pressed: "up:ID", "down:ID", "remove:ID", "add:ID" (a point below), or "section".

    A heading moves with its points, past the whole section beside it; removed, it leaves its points standing. What
    is not understood changes nothing.
    """
    what, _colon, key = do.partition(":")
    if what == "section":
        return [*rows, {"id": new_id(), "kind": "section", "text": "", "field": ""}, _point()]
    at = next((n for n, row in enumerate(rows) if row["id"] == key), None)
    if at is None:
        return list(rows)
    if what == "remove":
        return [*rows[:at], *rows[at + 1 :]]
    if what == "add":
        return [*rows[: at + 1], _point(), *rows[at + 1 :]]
    if what == "up":
        return _up(rows, at)
    if what == "down":
        end = _end(rows, at)
        return _up(rows, end) if end < len(rows) and rows[end]["kind"] == rows[at]["kind"] else _down_one(rows, at)
    return list(rows)


def _up(rows: Sequence[Row], at: int) -> list[Row]:
    """The row, or the section it heads, moved above what stands before it."""
    if at == 0:
        return list(rows)
    if rows[at]["kind"] == "item":
        to = at - 1
    else:
        to = next((n for n in range(at - 1, -1, -1) if rows[n]["kind"] == "section"), 0)
    end = _end(rows, at)
    return [*rows[:to], *rows[at:end], *rows[to:at], *rows[end:]]


def _down_one(rows: Sequence[Row], at: int) -> list[Row]:
    """A point moved below a heading; the last section stays last."""
    if rows[at]["kind"] == "section" or at + 1 >= len(rows):
        return list(rows)
    return [*rows[:at], rows[at + 1], rows[at], *rows[at + 2 :]]


def _end(rows: Sequence[Row], at: int) -> int:
    """Where the row ends: after itself, or after the last point of the section it heads."""
    if rows[at]["kind"] == "item":
        return at + 1
    return next((n for n in range(at + 1, len(rows)) if rows[n]["kind"] == "section"), len(rows))


def _point() -> Row:
    return {"id": new_id(), "kind": "item", "text": "", "field": ""}
