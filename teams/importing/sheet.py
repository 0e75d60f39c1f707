"""Reads the rows of an Excel workbook: the file on standard input, its first sheet with anything in it as JSON.

The argument says how many rows are read at most.

A process of its own with little memory and time, as `documents.reading` is: openpyxl takes apart what a stranger made.
Run only on a file that `documents.content.inspect` has let through.
"""

import contextlib
import json
import resource
import sys
from datetime import date, datetime
from io import BytesIO

MEMORY = 1024**3
CPU_SECONDS = 10
MOST_COLUMNS, LONGEST = 30, 300


def main() -> None:
    """Rows, each with its number in the sheet; whether there were too many; whether other sheets hold something."""
    for what, limit in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (limit, limit))
    json.dump(read(sys.stdin.buffer.read(), int(sys.argv[1])), sys.stdout)


def read(data: bytes, most: int) -> dict[str, object]:
    """The rows of the first visible sheet with anything in it, and where its formulas stand (row, column; from 1)."""
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
    rows: list[tuple[int, list[str]]] = []
    name, others = "", False
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        if rows:
            others = others or bool(_rows(sheet, 1))
        else:
            rows, name = _rows(sheet, most + 2), sheet.title
    written = load_workbook(BytesIO(data), read_only=True, keep_links=False)
    return {"rows": rows, "others": others, "formulas": _formulas(written[name], most + 2) if rows else []}


def _formulas(sheet: object, most: int) -> list[tuple[int, int]]:
    sheet.reset_dimensions()  # type: ignore[attr-defined]  # as below
    rows = sheet.iter_rows(max_row=most, max_col=MOST_COLUMNS, values_only=True)  # type: ignore[attr-defined]
    return [
        (number, column)
        for number, row in enumerate(rows, 1)
        for column, value in enumerate(row, 1)
        if isinstance(value, str) and value.startswith("=")
    ]


def _rows(sheet: object, most: int) -> list[tuple[int, list[str]]]:
    """The rows that hold something, at most so many."""
    sheet.reset_dimensions()  # type: ignore[attr-defined]  # a read-only sheet; what a file says of its size is not trusted
    found: list[tuple[int, list[str]]] = []
    for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), 1):  # type: ignore[attr-defined]
        cells = [_text(value) for value in row]
        if any(cells):
            found.append((number, cells))
        if len(found) == most:
            break
    return found


def _text(value: object) -> str:
    """A cell as it would be written. What is too long for any column keeps being too long."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    return " ".join(str(value).split())[: LONGEST + 1]


if __name__ == "__main__":
    main()
