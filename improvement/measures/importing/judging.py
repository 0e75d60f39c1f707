"""Each line of a list judged: new, as before, changing what is there, or wrong, with the column and what to do."""

from collections.abc import Callable, Mapping, Sequence
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
State = Literal["new", "same", "changed", "wrong"]
Tell = Callable[[str, str], None]


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
    lines: Sequence[tuple[int, Sequence[str]]],
    columns: Sequence[str],
    kept: Mapping[date, Observation],
    *,
    today: date,
    formulas: frozenset[tuple[int, int]] = frozenset(),
) -> list[Judged]:
    """Every line in order. Pure: `kept` are the numbers that are there already, by their day."""
    seen: dict[date, int] = {}
    anchor = min(kept, default=None)
    return [_judge(measure, line, cells, columns, kept, seen, anchor, today, formulas) for line, cells in lines]


def _judge(
    measure: Measure,
    line: int,
    cells: Sequence[str],
    columns: Sequence[str],
    kept: Mapping[date, Observation],
    seen: dict[date, int],
    anchor: date | None,
    today: date,
    formulas: frozenset[tuple[int, int]],
) -> Judged:
    where = {name: at for at, name in enumerate(columns) if name}
    text = {name: cells[at].strip() if at < len(cells) else "" for name, at in where.items()}
    problems: list[Problem] = []

    def wrong(part: str, words: str) -> None:
        problems.append(Problem(letter(where[part]) if part in where else "", words))

    on = _day(measure, text.get("on", ""), anchor, today, wrong)
    if on is not None and on in seen:
        wrong(
            "on",
            _("%(period)s stands in line %(line)s too.") % {"period": period(on, measure.rhythm), "line": seen[on]},
        )
    whole: dict[str, Decimal | None] = dict.fromkeys(("numerator", "denominator", "value"))
    whole.update({part: _number(part, text.get(part, ""), wrong) for part in parts_of(measure)})
    if not problems:
        for each in wrong_parts(measure, **whole):
            wrong(each.part, each.text)
    for part, at in where.items():
        if (line, at + 1) in formulas and not text.get(part):
            wrong(part, _("Here is a formula without a value. Copy the numbers only, as values."))
    if problems or on is None:
        return Judged(line, cells, "wrong", problems=problems)
    seen[on] = line
    row = kept.get(on)
    note = text.get("note", "")[:LONGEST_NOTE] or (row.note if row else "")
    entry = Entry(on=on, note=note, **whole)
    state: State = "new" if row is None else "same" if _says_the_same(row, entry) else "changed"
    before = "" if row is None or state == "same" else told(measure, row)
    return Judged(line, cells, state, entry, period(on, measure.rhythm), told(measure, entry), before)


def _day(measure: Measure, text: str, anchor: date | None, today: date, wrong: Tell) -> date | None:
    if not text:
        wrong("on", _("The week, month or day is missing."))
        return None
    try:
        day = read_day(text, measure.rhythm, today=today)
    except ValueError:
        wrong("on", _("“%(text)s” is no day we know. Write it as 9.11.2026, or “uke 46 2026”.") % {"text": text[:40]})
        return None
    on = period_of(day, measure.rhythm, anchor)
    if problem := wrong_day(on, today):
        wrong("on", problem)
        return None
    return on


def _number(part: str, text: str, wrong: Tell) -> Decimal | None:
    if not text:
        return None
    try:
        return read_number(text)
    except ValueError:
        wrong(part, _("“%(text)s” is no number.") % {"text": text[:40]})
        return None


def _says_the_same(row: Observation, entry: Entry) -> bool:
    same_numbers = all(getattr(row, part) == getattr(entry, part) for part in ("numerator", "denominator", "value"))
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
