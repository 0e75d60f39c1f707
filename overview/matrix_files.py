"""The matrix as files for a spreadsheet: exactly what the page shows, in the same order."""

import csv
import io
import re

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from gpf import dates
from gpf.status import status_word
from overview.gatherings import gathering_name
from overview.matrix import Matrix, Row

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

HEADINGS = 3  # rows: gatherings, assignments, deadlines
FORMULA = ("=", "+", "-", "@", "\t", "\r")
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def table(matrix: Matrix) -> list[list[str]]:
    """The words of the page's table: three rows of headings, then a row for each team."""
    return [
        ["", "", *(gathering_name(column.gathering) for column in matrix.columns)],
        [_("Team"), _("Organisation"), *(column.title for column in matrix.columns)],
        ["", _("Due"), *(dates.short_date(column.due) for column in matrix.columns)],
        *([row.team.name, row.team.organisation, *_words(row)] for row in matrix.rows),
    ]


def _words(row: Row) -> list[str]:
    return [status_word(cell.state.value, cell.days_late) for cell in row.cells]


def as_csv(matrix: Matrix) -> bytes:
    """As Excel with Norwegian settings opens it by a double click: semicolons, and a mark that says UTF-8."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(
        [_harmless(value) for value in row] for row in table(matrix)
    )
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(matrix: Matrix, title: str) -> bytes:
    """With headings that stay in place. Every cell is text, so that nothing people wrote is taken for a formula."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = _sheet_name(title)
    sheet.freeze_panes = f"C{HEADINGS + 1}"
    rows = table(matrix)
    for number, row in enumerate(rows, start=1):
        _write(sheet, number, row, heading=number <= HEADINGS)
    _set_widths(sheet, rows)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _harmless(value: str) -> str:
    """A text that a spreadsheet shows and does not calculate."""
    return f"'{value}" if value.startswith(FORMULA) else value


def _sheet_name(title: str) -> str:
    """At most 31 characters, without those a spreadsheet refuses in a name."""
    return re.sub(r"[\[\]:*?/\\]", " ", title).strip("' ")[:31] or "1"


def _write(sheet: Worksheet, number: int, row: list[str], *, heading: bool) -> None:
    for column, value in enumerate(row, start=1):
        cell = sheet.cell(number, column, UNPRINTABLE.sub("", value))
        cell.data_type = "s"
        if heading:
            cell.font = Font(bold=True)
            cell.alignment = Alignment(wrap_text=True, vertical="bottom")


def _set_widths(sheet: Worksheet, rows: list[list[str]]) -> None:
    for number, column in enumerate(zip(*rows, strict=True), start=1):
        counted = column if number <= 2 else column[HEADINGS:]
        widest = max((len(value) for value in counted), default=0)
        sheet.column_dimensions[get_column_letter(number)].width = min(40, max(14, widest + 2))
