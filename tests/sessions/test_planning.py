"""The cycle planner, held against the real dates of Sogn og Fjordane (2021-2022)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from networks.planning import (
    AssignmentPattern,
    CyclePattern,
    GatheringPattern,
    Quiet,
    add_months,
    due_day,
    holiday,
    is_quiet,
    is_working_day,
    plan_cycle,
)
from sessions.clashes import HOLIDAYS, QUIET, calendar_marks

PROGRAMME = CyclePattern(
    gatherings=tuple(
        GatheringPattern(number, months, 2, (AssignmentPattern("plan", 21), AssignmentPattern("plakat", 10)))
        for number, months in ((1, 0), (2, 3), (3, 6), (4, 9))
    )
)
REAL = [date(2021, 3, 3), date(2021, 6, 9), date(2021, 12, 1), date(2022, 8, 31)]


def test_planned_from_the_first_day_it_lies_near_the_real_gatherings() -> None:
    planned = [gathering.starts_on for gathering in plan_cycle(PROGRAMME, REAL[0]).gatherings]
    assert planned == [date(2021, 3, 3), date(2021, 6, 3), date(2021, 12, 2), date(2022, 9, 1)]
    assert all(abs(ours - real) <= timedelta(weeks=3) for ours, real in zip(planned, REAL, strict=True))


@given(st.dates(date(2015, 1, 1), date(2060, 12, 31)))
def test_gatherings_lie_on_working_days_outside_the_quiet_weeks_and_deadlines_before_them(
    first: date,
) -> None:
    cycle = plan_cycle(PROGRAMME, first)
    starts = [gathering.starts_on for gathering in cycle.gatherings]
    assert starts == sorted(starts)
    for gathering in cycle.all_gatherings:
        days = [gathering.starts_on, gathering.ends_on]
        assert all(is_working_day(day) and not is_quiet(day) for day in days)
        assert all(is_working_day(due) and due < gathering.starts_on for due in gathering.due.values())
    assert cycle.preparation_starts_on == add_months(starts[0], -3)
    assert cycle.experience is not None
    assert cycle.experience.starts_on > starts[-1]


@pytest.mark.parametrize(
    ("gathering", "days_before", "due"),
    [
        (date(2021, 6, 9), 14, date(2021, 5, 26)),  # an ordinary Wednesday
        (date(2021, 6, 9), 17, date(2021, 5, 21)),  # a Sunday, and Whit Sunday too: back to Friday
        (date(2021, 6, 3), 17, date(2021, 5, 14)),  # 17 May is a holiday on a Monday
        (date(2021, 4, 12), 7, date(2021, 3, 31)),  # Easter Monday: back over the whole of Easter
        (date(2022, 1, 10), 10, date(2021, 12, 30)),  # New Year's Eve is no working day here
    ],
)
def test_a_deadline_moves_to_the_nearest_earlier_working_day(gathering: date, days_before: int, due: date) -> None:
    assert due_day(gathering, days_before) == due


def test_months_end_where_the_month_ends() -> None:
    assert add_months(date(2023, 11, 30), 3) == date(2024, 2, 29)
    assert add_months(date(2024, 1, 31), -2) == date(2023, 11, 30)


def test_days_that_are_off_have_names() -> None:
    assert holiday(date(2027, 5, 6)) == "Ascension Day"
    assert holiday(date(2027, 12, 24)) == "Christmas Eve"
    assert holiday(date(2027, 5, 7)) == ""
    assert set(HOLIDAYS) >= {
        name for year in range(2000, 2100) for day in _year(year) for name in holiday(day).split("; ") if name
    }


def test_the_calendar_says_each_day_off_once_and_the_weeks_around_it() -> None:
    marks = calendar_marks(date(2027, 3, 24), date(2027, 3, 26))  # Wednesday to Good Friday
    assert len(marks) == 3
    assert marks[2] == str(QUIET[Quiet.EASTER])
    assert calendar_marks(date(2027, 2, 3), date(2027, 2, 4)) == []
    assert len(calendar_marks(date(2027, 2, 6))) == 1


def test_no_experience_gathering_where_the_pattern_has_none() -> None:
    cycle = plan_cycle(CyclePattern(PROGRAMME.gatherings, preparation_months=2, experience_months=0), REAL[0])
    assert cycle.experience is None
    assert cycle.all_gatherings == cycle.gatherings
    assert cycle.preparation_starts_on == date(2021, 1, 3)


def _year(year: int) -> list[date]:
    return [date(year, 1, 1) + timedelta(days=number) for number in range(365)]
