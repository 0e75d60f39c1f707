"""What a leader is told of a measure: never of a change that the rules do not see."""

from datetime import date, timedelta

import pytest
from django.utils.translation import override

from improvement.charts.picture import Picture
from improvement.spc import analyse
from supervision.reports.leading import then_and_now

FEW = [40, 60, 80]
BY_CHANCE = [40, 60, 45, 55, 50, 65, 40, 60, 45, 55, 52, 48]
CHANGED = [40, 42, 41, 43, 40, 44, 42, 41, 80, 82, 81, 83, 80, 84, 82, 81]


def picture(values: list[int]) -> Picture:
    days = [date(2026, 1, 5) + timedelta(weeks=week) for week in range(len(values))]
    return Picture(
        title="Besøk",
        kind="count",
        unit="besøk",
        direction="increase",
        rhythm="week",
        rules="anhoej",
        days=days,
        analysis=analyse(chart="run", y=[float(value) for value in values]),
        target=90.0,
    )


@pytest.mark.parametrize(
    ("values", "told"),
    [
        (FEW, "Newest: 80 besøk. The aim is 90 besøk."),
        (BY_CHANCE, "Varies about 51 besøk. The aim is 90 besøk."),
        (CHANGED, "At first about 41.5 besøk, lately about 81.5 besøk. The aim is 90 besøk."),
    ],
)
def test_then_and_now_are_told_only_where_something_changed(values: list[int], told: str) -> None:
    with override("en"):
        assert then_and_now(picture(values)) == told
