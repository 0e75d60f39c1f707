"""Numbers, days and periods as people write them. No database."""

import re
from datetime import date
from decimal import Decimal

import pytest

from improvement.measures.offering import offered
from improvement.measures.periods import following, missing, period_of, preceding
from improvement.measures.values import read_day, read_number

TODAY = date(2026, 11, 23)  # a Monday, week 48


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", "12"),
        ("4,8", "4.8"),
        ("4.8", "4.8"),
        (" 1 240 ", "1240"),
        ("1\u00a0240,5", "1240.5"),
        ("1\u202f240", "1240"),
        ("1.240,5", "1240.5"),
        ("1,240.5", "1240.5"),
        ("78 %", "78"),
        ("\u22123", "-3"),
        (",5", "0.5"),
        ("0", "0"),
    ],
)
def test_a_number_is_read(text: str, number: str) -> None:
    assert read_number(text) == Decimal(number)


@pytest.mark.parametrize(
    "text", ["", "mange", "7 av 9", "1,2,3", "1e5", "nan", "=A1", "4,8123", "12345678901", "--3", "٣x"]
)
def test_what_is_no_number_is_said(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        read_number(text)


@pytest.mark.parametrize(
    ("text", "rhythm", "day"),
    [
        ("9.11.2026", "week", "2026-11-09"),
        ("09.11.26", "week", "2026-11-09"),
        ("2026-11-09", "month", "2026-11-09"),
        ("2026-11-09 00:00:00", "month", "2026-11-09"),
        ("9/11/2026", "event", "2026-11-09"),
        ("1. februar 2026", "month", "2026-02-01"),
        ("3. okt", "event", "2026-10-03"),
        ("24. desember", "event", "2025-12-24"),
        ("2026-W47", "week", "2026-11-16"),
        ("uke 47", "week", "2026-11-16"),
        ("Veke 47 2026", "fortnight", "2026-11-16"),
        ("47/2026", "week", "2026-11-16"),
        ("47/26", "week", "2026-11-16"),
        ("uke 50", "week", "2025-12-08"),
        ("uke 53 2026", "week", "2026-12-28"),
        ("W1-2026", "week", "2025-12-29"),
        ("47", "week", "2026-11-16"),
        ("feb 2026", "month", "2026-02-01"),
        ("feb.26", "month", "2026-02-01"),
        ("Mai-26", "month", "2026-05-01"),
        ("november", "month", "2026-11-01"),
        ("desember", "month", "2025-12-01"),
        ("2026-02", "month", "2026-02-01"),
        ("02.2026", "month", "2026-02-01"),
        ("3. kvartal 2026", "quarter", "2026-07-01"),
        ("Q3 2026", "quarter", "2026-07-01"),
        ("2026-Q3", "quarter", "2026-07-01"),
    ],
)
def test_a_day_is_read(text: str, rhythm: str, day: str) -> None:
    assert read_day(text, rhythm, today=TODAY, in_day_column=True) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("text", "rhythm"),
    [
        ("", "week"),
        ("Sum", "week"),
        ("uke 54 2026", "week"),
        ("uke 53 2025", "week"),
        ("31.2.2026", "month"),
        ("uke 47", "month"),
        ("47", "month"),
        ("1.13.2026", "event"),
    ],
)
def test_what_is_no_day_is_said(text: str, rhythm: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        read_day(text, rhythm, today=TODAY, in_day_column=True)


def test_a_bare_number_is_a_week_only_where_weeks_are_looked_for() -> None:
    with pytest.raises(ValueError, match="47"):
        read_day("47", "week", today=TODAY)


@pytest.mark.parametrize(
    ("day", "rhythm", "start"),
    [
        ("2026-11-18", "week", "2026-11-16"),
        ("2027-01-01", "week", "2026-12-28"),
        ("2026-11-30", "month", "2026-11-01"),
        ("2026-11-30", "quarter", "2026-10-01"),
        ("2026-11-18", "event", "2026-11-18"),
        ("2026-11-18", "fortnight", "2026-11-09"),
        ("2026-10-20", "fortnight", "2026-10-12"),
    ],
)
def test_a_number_stands_on_the_first_day_of_its_period(day: str, rhythm: str, start: str) -> None:
    found = period_of(date.fromisoformat(day), rhythm, date(2026, 11, 9))
    assert found == date.fromisoformat(start)
    assert preceding(following(found, rhythm), rhythm) == found


def test_what_is_missing_is_over_and_after_the_first_number() -> None:
    taken = {date(2026, 11, 2), date(2026, 10, 19)}
    assert missing("week", taken, TODAY) == [date(2026, 10, 26), date(2026, 11, 9), date(2026, 11, 16)]
    assert missing("month", set(), TODAY) == [date(2026, 10, 1)]
    assert missing("month", {date(2026, 10, 1)}, TODAY) == []
    assert missing("event", set(), TODAY) == []


def test_what_is_missing_since_the_last_number_is_offered_first_and_nothing_that_lies_ahead() -> None:
    taken = {date(2026, 11, 2), date(2026, 10, 19)}
    weeks = [date(2026, 11, 9), date(2026, 11, 16), date(2026, 11, 23), date(2026, 10, 26)]
    assert offered("week", taken, TODAY) == weeks
    new = offered("month", set(), TODAY)
    assert (new[0], new[1], new[-1]) == (date(2026, 10, 1), date(2026, 9, 1), date(2026, 11, 1))
    assert offered("event", taken, TODAY) == [None]
