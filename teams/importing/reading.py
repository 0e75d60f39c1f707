"""From what was pasted or uploaded to rows with named columns. Nothing is kept, and nothing is left out unsaid."""

import csv
import json
import os
import subprocess
import sys
from dataclasses import astuple, dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext as _

from documents.content import inspect
from gpf.guarded import refuse_identity_numbers
from teams.importing import words
from teams.importing.sheet import LONGEST, MOST_COLUMNS

MOST_ROWS = 500
LARGEST = 1024 * 1024
SECONDS = 20
ROOT = Path(__file__).resolve().parent.parent.parent
DELIMITERS = ";\t,"
OFFICE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True)
class Row:
    """One person of the list, as written. `line` is where it stands in the file."""

    line: int
    name: str = ""
    email: str = ""
    role: str = ""
    organisation: str = ""
    team: str = ""
    title: str = ""
    unit: str = ""
    language: str = ""

    def is_too_long(self) -> bool:
        return any(len(value) > LONGEST for value in astuple(self)[1:])


@dataclass(frozen=True)
class Table:
    """The rows, and what is to be said of the reading itself."""

    rows: list[Row]
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Lines:
    """What was written, line by line: each with its number, and its cells.

    `others` says that more sheets hold something; `formulas` are the cells (line, column; from 1) whose value was
    reckoned by Excel.
    """

    lines: list[tuple[int, list[str]]]
    others: bool = False
    formulas: frozenset[tuple[int, int]] = frozenset()


def read_upload(upload: "File[bytes]") -> Table:
    """The rows of a file: Excel or text with commas, semicolons or tabs. Raises ValidationError with what to do."""
    found = upload_lines(upload, most=MOST_ROWS)
    table = _table(found.lines)
    if found.others:
        table.notes.append(others_unread())
    return table


def read_text(text: str) -> Table:
    """The rows of a text. Raises ValidationError for what is no list, or holds an identity number."""
    return _table(text_lines(text).lines)


def upload_lines(upload: "File[bytes]", *, most: int) -> Lines:
    """The lines of a file, of a workbook at most so many and two more. Raises ValidationError with what to do."""
    if upload.size > LARGEST:
        raise ValidationError(
            _("The file is bigger than 1 MB. Keep only the columns named here, or divide the list in two.")
        )
    beginning = upload.read(8)
    upload.seek(0)
    if beginning.startswith(OFFICE):
        return _read_workbook(upload, most)
    return text_lines(decode(upload.read()))


def others_unread() -> str:
    """What is said when a workbook has more than one sheet with something in it."""
    return _("Only the first sheet of the file is read. The others hold something too.")


def decode(data: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or Windows' own letters (cp1252, Latin-1)."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    if b"\0" in data[:2]:  # UTF-16 that does not say so, as some programs write it
        return data.decode("utf-16-le" if data[1:2] == b"\0" else "utf-16-be", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def text_lines(text: str) -> Lines:
    """The lines of a text that hold something. Raises ValidationError for what is none, or holds an identity number."""
    if any(ord(letter) < 32 and letter not in "\t\r\n\f" for letter in text):
        raise ValidationError(
            _("The file is neither a text nor an Excel file. Save it as CSV or .xlsx, and choose it again.")
        )
    refuse_identity_numbers(text)
    lines = text.lstrip("\ufeff").splitlines(keepends=True)
    skipped = 1 if lines and lines[0].strip().lower().startswith("sep=") else 0
    reader = csv.reader(lines[skipped:], delimiter=_delimiter(lines[skipped:]), skipinitialspace=True)
    found, begins = [], 1
    try:
        for cells in reader:
            found.append((begins + skipped, [" ".join(cell.split())[: LONGEST + 1] for cell in cells[:MOST_COLUMNS]]))
            begins = reader.line_num + 1
    except csv.Error:
        raise ValidationError(
            _("Line %(line)d can not be read. Look for a quotation mark that is not closed.")
            % {"line": begins + skipped}
        ) from None
    return Lines([(line, cells) for line, cells in found if any(cells)])


def _read_workbook(upload: "File[bytes]", most: int) -> Lines:
    """First looked into as every upload is (size, bombs, macros, identity numbers), then read by its own process."""
    if inspect(upload).kind != "xlsx":
        raise ValidationError(_("This is not an Excel file (.xlsx). Save the list as .xlsx or CSV, and choose that."))
    try:
        done = subprocess.run(
            [sys.executable, "-E", "-s", "-m", "teams.importing.sheet", str(most)],
            input=upload.read(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env={"PATH": os.environ.get("PATH", os.defpath)},
            timeout=SECONDS,
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
        raise ValidationError(_("The file can not be read. Save the list as CSV, and choose that.")) from None
    report: dict[str, Any] = json.loads(done.stdout)
    for _line, cells in report["rows"]:
        refuse_identity_numbers("\t".join(cells))
    formulas = frozenset((line, column) for line, column in report["formulas"])
    return Lines([(line, cells) for line, cells in report["rows"]], report["others"], formulas)


def _delimiter(lines: list[str]) -> str:
    """The sign that divides the first line with anything in it into most columns. A tab wins over the others."""
    first = next((line for line in lines if line.strip()), "")
    counts = {sign: _columns_by(first, sign) for sign in DELIMITERS}
    return max(DELIMITERS, key=lambda sign: (counts[sign], sign == "\t", sign == ";"))


def _columns_by(line: str, sign: str) -> int:
    try:
        return len(next(csv.reader([line], delimiter=sign), []))
    except csv.Error:  # a whole document in one line: the reading itself says so
        return 0


def _table(lines: list[tuple[int, list[str]]]) -> Table:
    """Name the columns: by the headings where there are any, else in the order that is written on the page."""
    if not lines:
        raise ValidationError(_("There are no rows in this. Copy the list with its headings, and try again."))
    columns, notes = _columns(lines[0][1])
    rows = lines if columns is None else lines[1:]
    if len(rows) > MOST_ROWS:
        raise ValidationError(
            _("The list has more than %(most)d rows. Divide it, and take one part at a time.") % {"most": MOST_ROWS}
        )
    if not rows:
        raise ValidationError(_("There are no rows in this. Copy the list with its headings, and try again."))
    if columns is None and any(any(cells[len(words.COLUMNS) :]) for _line, cells in rows):
        notes.append(_("The list has no headings and more columns than the eight that are read. The rest is left out."))
    return Table([_row(line, columns or list(words.COLUMNS), cells) for line, cells in rows], notes)


def _columns(first: list[str]) -> tuple[list[str] | None, list[str]]:
    """What each column holds, and what is to be said of it; None where the first line is no line of headings."""
    found = [words.heading(cell) for cell in first]
    if any("@" in cell for cell in first) or len([name for name in found if name]) < 2:
        return None, []
    if "email" not in found:
        raise ValidationError(
            _("No column is called “E-post”. Every person needs an email address: add the column, and try again.")
        )
    notes = []
    for name in sorted({name for name in found if name and found.count(name) > 1}):
        twice = ", ".join(cell for cell, heading in zip(first, found, strict=True) if heading == name)
        notes.append(
            _("Several columns say the same (%(columns)s). The first that holds something is read.")
            % {"columns": twice}
        )
    unread = [cell for cell, name in zip(first, found, strict=True) if cell and not name]
    if unread:
        notes.append(_("These columns are not read: %(columns)s.") % {"columns": ", ".join(unread)})
    return found, notes


def _row(line: int, columns: list[str], cells: list[str]) -> Row:
    values: dict[str, str] = {}
    for name, cell in zip_longest(columns, cells, fillvalue=""):
        if name and cell:
            values.setdefault(name, cell)
    return Row(line, **values)
