"""A pasted sheet: columns found, every row judged by row and column. No database."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from improvement.measures.importing.columns import divide, find_columns
from improvement.measures.importing.judging import Judged, judge, letter
from improvement.measures.models import Measure, Observation
from teams.importing.reading import text_lines

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def in_the_source_language() -> Iterator[None]:
    with translation.override("en"):
        yield


def share(**more: Any) -> Measure:
    return Measure(**{"kind": "share", "rhythm": "week", "numerator": "Fikk besøk", "denominator": "Kom hjem"} | more)


def read(text: str, measure: Measure, kept: dict[date, Observation] | None = None) -> tuple[list[str], list[Judged]]:
    heading, body = divide(text_lines(text).lines, measure.rhythm, TODAY)
    columns = find_columns(measure, [cells for _line, cells in body], heading, TODAY)
    return columns, judge(measure, body, columns, kept or {}, today=TODAY)


def told(judged: list[Judged]) -> list[tuple[int, str, str]]:
    return [
        (each.line, each.state, each.said or " ".join(f"{p.column}: {p.text}" for p in each.problems))
        for each in judged
    ]


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("Uke\tFikk besøk\tKom hjem\nuke 40\t7\t9", ["on", "numerator", "denominator"]),
        ("Kom hjem;Fikk besøk;Uke\n9;7;40", ["denominator", "numerator", "on"]),
        ("uke 40\t7\t9", ["on", "numerator", "denominator"]),
        # Headings that mislead: what is mostly the greater is the whole.
        ("Uke\tAntall hjemreiser\tFikk besøk\nuke 40\t9\t7\nuke 41\t11\t11", ["on", "denominator", "numerator"]),
        # A title above the headings, a column that is nobody's, and a note.
        (
            "HPH2 i Vinje\nUke\tAvdeling\tTeller\tNevner\tMerknad\nuke 40\tSør\t7\t9\tferie",
            ["on", "", "numerator", "denominator", "note"],
        ),
        ("a\tb\nx\ty", ["", ""]),
    ],
)
def test_columns_are_found_by_heading_or_place(text: str, columns: list[str]) -> None:
    assert read(text, share())[0] == columns


def test_every_row_is_judged_by_row_and_column() -> None:
    kept = {
        date(2026, 10, 5): Observation(on=date(2026, 10, 5), numerator=Decimal(7), denominator=Decimal(9)),
        date(2026, 10, 12): Observation(on=date(2026, 10, 12), numerator=Decimal(5), denominator=Decimal(9)),
        date(2026, 11, 16): Observation(on=date(2026, 11, 16), numerator=Decimal(5), denominator=Decimal(9)),
    }
    rows = (
        "Uke\tFikk besøk\tKom hjem",
        "uke 38\t\t",
        "uke 41\t7\t9",
        "uke 42\t6\t9",
        "uke 43\t8\t9",
        "uke 43\t8\t9",
        "uke 44\t10\t9",
        "uke 45\t-1\t9",
        "uke 46\t\t",
        "uke 47\t\t",
        "uke 60\t1\t2",
        "2.12.2026\t1\t2",
        "uke 52 2026\t\t",
        "Sum\tmange\t9",
        "uke 40\t7\t",
        "uke 39\t3,5\t7",
        "uke 37\t=A1\t7",
    )
    _columns, judged = read("\n".join(rows), share(), kept)
    assert told(judged) == [
        (2, "empty", ""),
        (3, "same", "7 of 9"),
        (4, "changed", "6 of 9"),
        (5, "new", "8 of 9"),
        (6, "wrong", "A: week 43, 2026 stands in row 5 too."),
        (7, "wrong", "B: 10 is more than all 9. Have the two changed places?"),
        (8, "wrong", "B: A count can not be below 0."),
        (9, "new", "not measured"),
        (10, "empty", ""),  # a number that is there is not taken away by an empty row
        (11, "wrong", "A: “uke 60” is no day we know. Write it as 9.11.2026, or “uke 46 2026”."),
        (12, "wrong", "A: This lies ahead of today. A number can be typed in when its period has begun."),
        (13, "empty", ""),
        (14, "wrong", "A: “Sum” is no day we know. Write it as 9.11.2026, or “uke 46 2026”. B: “mange” is no number."),
        (15, "wrong", "C: Both numbers are needed: this one is missing."),
        (16, "wrong", "B: A count is a whole number."),
        (17, "wrong", "B: Here is a formula without a value. Copy the numbers only, as values."),
    ]
    assert judged[2].before == "5 of 9"


def test_every_other_week_is_counted_from_the_first_in_the_list() -> None:
    _columns, judged = read("uke 40\t3\t4\nuke 41\t3\t4\nuke 42\t3\t4", share(rhythm="fortnight"))
    assert [(each.entry and each.entry.on.isoformat(), each.state) for each in judged] == [
        ("2026-09-28", "new"),
        (None, "wrong"),
        ("2026-10-12", "new"),
    ]


def test_events_and_values_are_read_with_a_decimal_comma() -> None:
    _columns, judged = read("3.10.2026\n24. okt 2026\n24.10.2026", Measure(kind="time_between", rhythm="event"))
    assert [each.state for each in judged] == ["new", "new", "wrong"]
    columns, judged = read("Måned;Snitt\nsep.26;4,8\nokt.26;1 240,5", Measure(kind="value", rhythm="month"))
    assert columns == ["on", "value"]
    assert [each.entry and each.entry.value for each in judged] == [Decimal("4.8"), Decimal("1240.5")]


def test_columns_are_named_as_excel_names_them() -> None:
    assert [letter(at) for at in (0, 25, 26, 27, 51, 52)] == ["A", "Z", "AA", "AB", "AZ", "BA"]
