"""Excel workbooks, cell by cell: a number in a cell has lost its first zero, a birth date may stand beside its rest.

Hidden sheets, formulas, header texts and texts that no cell shows any more are read like everything else.
"""

import re
from collections.abc import Collection
from datetime import date, timedelta
from itertools import count

from documents.reading.markup import ATTRIBUTES, local, parse
from documents.reading.package import Package
from documents.reading.relations import elements, links_of
from documents.reading.report import Place, Report
from gpf.identity import find, kind_of_number

MAIN = "xl/workbook.xml"
STRINGS = "xl/sharedStrings.xml"
STYLES = "xl/styles.xml"
DATE_FORMATS = frozenset({*range(14, 18), 22, *range(27, 37), *range(50, 59)})
DATE_CODE = re.compile(r"d.*y|y.*d", re.IGNORECASE)
NOT_CODE = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
BIRTH_DATE = re.compile(r"\s*(\d{6}|\d{8}|\d\d?[./-]\d\d?[./-](\d\d|\d{4}))\s*")
LAST_FIVE = re.compile(r"\s*\d{5}\s*")


def is_read_by_cell(name: str) -> bool:
    """Whether `read` takes this part, so that nothing else has to."""
    return name == STRINGS or bool(re.fullmatch(r"xl/worksheets/[^/]+\.xml", name))


def read(package: Package, report: Report) -> None:
    """Read the cells of every sheet. Raises RefusedFile."""
    strings = parse(package.chunks(STRINGS), _Strings()) if STRINGS in package.names else []
    dates, epoch = _date_styles(package), _epoch(package)
    unseen = {index for index, text in enumerate(strings) if find(text)}
    for number, (name, title) in enumerate(_sheets(package).items(), 1):
        sheet = _Sheet(report, Place("cell", number, title), strings, dates, epoch)
        parse(package.chunks(name), sheet)
        unseen -= sheet.used
    for index in unseen:
        report.note(Place("part", index, "sharedStrings.xml"))


def _sheets(package: Package) -> dict[str, str]:
    """The parts with sheets, in the workbook's order, and their titles; those it does not name come last."""
    targets = {link.id: link.target for link in links_of(package, MAIN)}
    named = {
        targets.get(values.get(":id", ""), ""): values.get("name", "")
        for name, values in (elements(package, MAIN) if MAIN in package.names else [])
        if name == "sheet"
    }
    parts = [name for name in package.names if is_read_by_cell(name) and name != STRINGS]
    ordered = {name: title for name, title in named.items() if name in parts}
    return ordered | {name: "" for name in parts if name not in ordered}


def _date_styles(package: Package) -> set[int]:
    """The numbers of the cell styles that show a date."""
    if STYLES not in package.names:
        return set()
    found, formats, inside = set(), set(DATE_FORMATS), False
    numbers = count()
    for name, values in elements(package, STYLES):
        if name == "numFmt" and DATE_CODE.search(NOT_CODE.sub("", values.get("formatCode", ""))):
            formats.add(int(values.get("numFmtId", "0")))
        elif name in ("cellXfs", "cellStyles"):
            inside = name == "cellXfs"
        elif name == "xf" and inside:
            number = next(numbers)
            if int(values.get("numFmtId", "0")) in formats:
                found.add(number)
    return found


def _epoch(package: Package) -> date:
    properties = (
        [values for name, values in elements(package, MAIN) if name == "workbookPr"] if MAIN in package.names else []
    )
    since_1904 = any(values.get("date1904", "0") in ("1", "true") for values in properties)
    return date(1904, 1, 1) if since_1904 else date(1899, 12, 30)


class _Strings:
    """Collects the shared strings; those without a digit are kept as empty."""

    def __init__(self) -> None:
        self._strings: list[str] = []
        self._pieces: list[str] = []
        self._tag = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._tag = local(tag)
        if self._tag == "si":
            self._pieces = []

    def data(self, text: str) -> None:
        if self._tag == "t":
            self._pieces.append(text)

    def end(self, tag: str) -> None:
        self._tag = ""
        if local(tag) == "si":
            text = "".join(self._pieces)
            self._strings.append(text if any(char.isdigit() for char in text) else "")

    def close(self) -> list[str]:
        return self._strings


class _Sheet:
    """Goes through a sheet and notes the cells that hold a number; `used` are the shared strings it shows."""

    def __init__(self, report: Report, place: Place, strings: list[str], dates: Collection[int], epoch: date) -> None:
        self._report, self._place, self._strings, self._dates, self._epoch = report, place, strings, dates, epoch
        self.used: set[int] = set()
        self._cell: dict[str, str] | None = None
        self._buffer: list[str] = []
        self._value, self._inline = "", ""
        self._before: tuple[str, bool] | None = None  # a birth date in the cell before, and whether it is a bare number

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        self._buffer = []
        if name == "c":
            self._cell, self._value, self._inline = dict(attributes), "", ""
        elif name == "row":
            self._before = None
        else:
            for key, value in attributes.items():
                if local(key) in ATTRIBUTES:
                    self._look(value)

    def data(self, text: str) -> None:
        self._buffer.append(text)

    def end(self, tag: str) -> None:
        name, text = local(tag), "".join(self._buffer)
        self._buffer = []
        if name == "c":
            self._read_cell()
            self._cell = None
        elif name == "v" and self._cell is not None:
            self._value = text
        elif name == "t" and self._cell is not None:
            self._inline += text
        else:
            self._look(text)

    def close(self) -> None:
        """Nothing is handed back: what was found stands in the report."""

    def _read_cell(self) -> None:
        assert self._cell is not None
        kind, text, bare = self._cell.get("t", "n"), self._value, False
        if kind == "s":
            text = self._shared()
        elif kind == "inlineStr":
            text = self._inline
        elif kind == "n" and text.strip():
            text, bare = self._number()
        self._look(text)
        if self._before and LAST_FIVE.fullmatch(text) and not (bare and self._before[1]):
            self._look(f"{self._before[0]}\t{text}")
        if text:
            self._before = (text, bare) if BIRTH_DATE.fullmatch(text) else None

    def _shared(self) -> str:
        index = int(self._value) if self._value.isdigit() else -1
        self.used.add(index)
        return self._strings[index] if 0 <= index < len(self._strings) else ""

    def _number(self) -> tuple[str, bool]:
        """The number as it would be written, and whether it is a bare number and not a date."""
        try:
            number = float(self._value)
        except ValueError:
            return self._value, False
        if abs(number) < 1e15 and kind_of_number(number):
            self._report.note(self._here())
        style = (self._cell or {}).get("s", "")
        if style.isdigit() and int(style) in self._dates and 1 <= number < 80_000:
            return (self._epoch + timedelta(days=int(number))).strftime("%d.%m.%Y"), False
        return (str(int(number)) if number.is_integer() and abs(number) < 1e15 else self._value), True

    def _look(self, text: str) -> None:
        if len(text) >= 11 and find(text):
            self._report.note(self._here())

    def _here(self) -> Place:
        cell = (self._cell or {}).get("r", "")
        return self._place._replace(name=f"{self._place.name}!{cell}" if cell else self._place.name)
