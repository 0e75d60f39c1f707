"""The cycle planner, held against the real dates of Sogn og Fjordane (2021-2022)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.planning import (
    AssignmentPattern,
    CyclePattern,
    GatheringPattern,
    add_months,
    due_day,
    is_quiet,
    is_working_day,
    plan_cycle,
)

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
    assert cycle.experience and cycle.experience.starts_on > starts[-1]


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
