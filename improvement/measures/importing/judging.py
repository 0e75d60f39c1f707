"""Each line of a list judged: new, as before, changing what is there, empty, or wrong, with the column and what to do.

Sheets are often made for a whole year: a line without numbers that lies ahead, or before the first number, is passed
over. In between it says that the period was not measured. It never takes away a number that is there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from django.utils.translation import gettext as _

from improvement.charts.numbers import number, period
from improvement.measures.models import Measure, Observation
from improvement.measures.periods import period_of
from improvement.measures.rules import parts_of, wrong_day, wrong_parts
from improvement.measures.services import Entry
from improvement.measures.values import read_day, read_number

LONGEST_NOTE = 200
PARTS = ("numerator", "denominator", "value")
State = Literal["new", "same", "changed", "empty", "wrong"]
Lines = Sequence[tuple[int, Sequence[str]]]


@dataclass(frozen=True)
class Problem:
    """What is wrong in a cell: its column as Excel names it, and what to do."""

    column: str
    text: str


@dataclass(frozen=True)
class Judged:
    """A line, what it says, and what it would do."""

    line: int
    cells: Sequence[str]
    state: State
    entry: Entry | None = None
    when: str = ""
    said: str = ""
    before: str = ""
    problems: Sequence[Problem] = field(default_factory=tuple)

    @property
    def written(self) -> str:
        """The line as it was written, for the one who is to find it again."""
        return " · ".join(filter(None, self.cells))


def letter(column: int) -> str:
    """A column's name in Excel, counted from 0."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def judge(
    measure: Measure,
    lines: Lines,
    columns: Sequence[str],
    kept: Mapping[date, Observation],
    *,
    today: date,
) -> list[Judged]:
    """Every line in order. Pure: `kept` are the numbers that are there already, by their day."""
    reader = _Reader(measure, {name: at for at, name in enumerate(columns) if name}, today)
    anchor = min(kept, default=None) or reader.first_day(lines)
    first = reader.first_number(lines, anchor, kept)
    seen: dict[date, int] = {}
    return [_judge(reader.read(line, cells, anchor), kept, first, seen, reader) for line, cells in lines]


@dataclass
class Read:
    """A line as it was understood, and what is wrong with it so far."""

    line: int
    cells: Sequence[str]
    on: date | None
    parts: dict[str, Decimal | None]
    note: str
    problems: list[Problem]

    @property
    def is_empty(self) -> bool:
        return not self.problems and all(value is None for value in self.parts.values())


@dataclass(frozen=True)
class _Reader:
    """Reads the cells of a line by what its columns hold."""

    measure: Measure
    where: Mapping[str, int]
    today: date

    def text(self, cells: Sequence[str], name: str) -> str:
        at = self.where.get(name, len(cells))
        return cells[at].strip() if at < len(cells) else ""

    def problem(self, part: str, words: str) -> Problem:
        return Problem(letter(self.where[part]) if part in self.where else "", words)

    def first_day(self, lines: Lines) -> date | None:
        """The first day in the list, from which every other week is counted where there are no numbers yet."""
        found = [self.day(cells) for _line, cells in lines]
        return min((day for day in found if day), default=None)

    def first_number(self, lines: Lines, anchor: date | None, kept: Mapping[date, Observation]) -> date:
        """The first period with a number, here or kept: what is empty before it is no gap."""
        read = [self.read(line, cells, anchor) for line, cells in lines]
        days = [
            each.on
            for each in read
            if each.on and not each.problems and any(value is not None for value in each.parts.values())
        ]
        return min([*days, *kept], default=date.max)

    def day(self, cells: Sequence[str]) -> date | None:
        try:
            return read_day(self.text(cells, "on"), self.measure.rhythm, today=self.today, in_day_column=True)
        except ValueError:
            return None

    def read(self, line: int, cells: Sequence[str], anchor: date | None) -> Read:
        found = Read(line, cells, None, dict.fromkeys(PARTS), self.text(cells, "note")[:LONGEST_NOTE], [])
        day = self.day(cells)
        if day is None:
            found.problems.append(self.problem("on", _no_day(self.text(cells, "on"))))
        else:
            found.on = period_of(day, self.measure.rhythm, anchor)
        for part in parts_of(self.measure):
            text = self.text(cells, part)
            try:
                found.parts[part] = read_number(text) if text else None
            except ValueError:
                found.problems.append(self.problem(part, _no_number(text)))
        return found


def _judge(read: Read, kept: Mapping[date, Observation], first: date, seen: dict[date, int], reader: _Reader) -> Judged:
    measure, on = reader.measure, read.on
    has_parts = bool(parts_of(measure))
    if on is not None and has_parts and read.is_empty and (on > reader.today or on < first or on in kept):
        return Judged(read.line, read.cells, "empty", when=period(on, measure.rhythm))
    _look_for_faults(read, seen, reader)
    if read.problems or on is None:
        return Judged(read.line, read.cells, "wrong", problems=read.problems)
    seen[on] = read.line
    row = kept.get(on)
    entry = Entry(on=on, note=read.note or (row.note if row else ""), **read.parts)
    state: State = "new" if row is None else "same" if _says_the_same(row, entry) else "changed"
    before = "" if row is None or state == "same" else told(measure, row)
    return Judged(read.line, read.cells, state, entry, period(on, measure.rhythm), told(measure, entry), before)


def _look_for_faults(read: Read, seen: Mapping[date, int], reader: _Reader) -> None:
    """A day ahead or long ago, a period that stands here twice, numbers that do not fit each other."""
    if read.on is not None:
        words = {"period": period(read.on, reader.measure.rhythm), "line": seen.get(read.on)}
        twice = _("%(period)s stands in row %(line)s too.") % words if read.on in seen else ""
        if said := wrong_day(read.on, reader.today) or twice:
            read.problems.append(reader.problem("on", said))
    if not read.problems:
        read.problems += [reader.problem(each.part, each.text) for each in wrong_parts(reader.measure, **read.parts)]


def _no_day(text: str) -> str:
    if not text:
        return _("The week, month or day is missing.")
    if text.startswith("="):
        return _formula()
    return _("“%(text)s” is no day we know. Write it as 9.11.2026, or “uke 46 2026”.") % {"text": text[:40]}


def _no_number(text: str) -> str:
    return _formula() if text.startswith("=") else _("“%(text)s” is no number.") % {"text": text[:40]}


def _formula() -> str:
    return _("Here is a formula without a value. Copy the numbers only, as values.")


def _says_the_same(row: Observation, entry: Entry) -> bool:
    same_numbers = all(getattr(row, part) == getattr(entry, part) for part in PARTS)
    return same_numbers and entry.note == row.note


def told(measure: Measure, row: Observation | Entry) -> str:
    """A number in words: 7 of 9."""
    if measure.kind == Measure.Kind.TIME_BETWEEN:
        return _("happened")
    values = [getattr(row, part) for part in parts_of(measure)]
    if any(value is None for value in values):
        return _("not measured")
    if len(values) == 1:
        return number(float(values[0]))
    return _("%(count)s of %(all)s") % {"count": number(float(values[0])), "all": number(float(values[1]))}
