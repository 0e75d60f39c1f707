"""Dates as people say them, in three languages."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils import translation

from gpf import dates

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("language", "words"),
    [("nb", "tirsdag 8. desember"), ("nn", "tysdag 8. desember"), ("en", "Tuesday 8 December")],
)
def test_a_long_date_has_the_weekday_and_no_year_this_year(language: str, words: str) -> None:
    assert dates.long_date(date(2026, 12, 8), today=TODAY, language=language) == words


def test_another_year_is_said() -> None:
    assert dates.long_date(date(2027, 1, 2), today=TODAY, language="nn") == "laurdag 2. januar 2027"
    assert dates.short_date(date(2025, 5, 17), today=TODAY, language="nb") == "17. mai 2025"
    assert dates.short_date(date(2026, 5, 17), today=TODAY, language="nb") == "17. mai"


def test_every_weekday_and_month_has_a_word_in_every_language() -> None:
    days = [date(2026, 6, day) for day in range(1, 8)]
    assert [dates.long_date(day, today=TODAY, language="nn").split()[0] for day in days] == [
        "måndag", "tysdag", "onsdag", "torsdag", "fredag", "laurdag", "søndag",
    ]  # fmt: skip
    for language in ("nb", "nn", "en"):
        assert len({dates.month(date(2026, number, 1), language=language) for number in range(1, 13)}) == 12


@pytest.mark.parametrize(
    ("day", "nb", "nn", "en"),
    [
        (date(2026, 12, 8), "om 16 dager", "om 16 dagar", "in 16 days"),
        (date(2026, 11, 24), "om 2 dager", "om 2 dagar", "in 2 days"),
        (date(2026, 11, 23), "i morgen", "i morgon", "tomorrow"),
        (date(2026, 11, 22), "i dag", "i dag", "today"),
        (date(2026, 11, 21), "i går", "i går", "yesterday"),
        (date(2026, 11, 19), "for 3 dager siden", "for 3 dagar sidan", "3 days ago"),
        (date(2027, 1, 6), "om 45 dager", "om 45 dagar", "in 45 days"),
        (date(2027, 2, 22), "om 3 måneder", "om 3 månader", "in 3 months"),
        (date(2024, 11, 22), "for 2 år siden", "for 2 år sidan", "2 years ago"),
    ],
)
def test_the_distance_from_today(day: date, nb: str, nn: str, en: str) -> None:
    said = [dates.from_now(day, today=TODAY, language=language) for language in ("nb", "nn", "en")]
    assert said == [nb, nn, en]


def test_the_whole_due_day_counts() -> None:
    assert [dates.late_by(date(2026, 11, day), today=TODAY, language="nb") for day in (23, 22, 21, 19)] == [
        "", "", "1 dag for sent", "3 dager for sent",
    ]  # fmt: skip
    assert dates.late_by(date(2026, 11, 19), today=TODAY, language="nn") == "3 dagar for seint"
    assert dates.late_by(date(2026, 11, 19), today=TODAY, language="en") == "3 days late"
    assert dates.late_short(5, language="nb") == "5 d for sent"
    assert dates.days_late(date(2026, 12, 1), today=TODAY) == 0


@pytest.mark.parametrize(
    ("start", "end", "month_only", "words"),
    [
        (date(2021, 3, 3), date(2021, 3, 4), False, "3.–4. mars 2021"),
        (date(2022, 8, 31), date(2022, 9, 1), False, "31. august–1. september 2022"),
        (date(2021, 12, 31), date(2022, 1, 1), False, "31. desember 2021–1. januar 2022"),
        (date(2021, 6, 9), None, False, "9. juni 2021"),
        (date(2021, 6, 9), date(2021, 6, 9), False, "9. juni 2021"),
        (date(2021, 11, 1), None, True, "november 2021"),
    ],
)
def test_ranges_and_months(start: date, end: date | None, month_only: bool, words: str) -> None:
    assert dates.date_range(start, end, month_only=month_only, language="nb") == words


def test_an_english_range() -> None:
    assert dates.date_range(date(2021, 3, 3), date(2021, 3, 4), language="en") == "3–4 March 2021"


def test_the_clock_is_oslo_time() -> None:
    summer = datetime(2026, 7, 1, 8, 42, tzinfo=UTC)
    assert [dates.clock(summer, language=language) for language in ("nb", "nn", "en")] == ["10.42", "10.42", "10:42"]


def test_an_unknown_language_is_read_as_bokmal() -> None:
    assert dates.month(date(2021, 11, 1), language="se") == "november 2021"
    assert dates.long_date(date(2026, 12, 8), today=TODAY, language="nn-no") == "tysdag 8. desember"


def test_the_filters_follow_the_active_language_and_take_moments() -> None:
    template = Template(
        "{{ day|long_date }}|{{ at|long_date }}|{% date_range day %}|{{ day|from_now:today }}|"
        "{{ none|long_date }}{{ none|late_by }}"
    )
    late_evening = datetime(2020, 12, 7, 23, 30, tzinfo=UTC)  # past midnight in Oslo
    with translation.override("nn"):
        shown = template.render(
            Context({"day": date(2020, 12, 8), "at": late_evening, "today": date(2020, 11, 22), "none": None})
        )
    assert shown == "tysdag 8. desember 2020|tysdag 8. desember 2020|8. desember 2020|om 16 dagar|"
