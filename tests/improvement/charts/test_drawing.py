"""The drawing: whatever the numbers are, it is well formed, within its frame, small, and says what it shows."""

import random
import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from improvement.charts.days import named
from improvement.charts.numbers import number, short, ticks
from improvement.charts.picture import Mark, Picture
from improvement.charts.scales import Calendar, extent, width
from improvement.charts.svg import Shape, draw, frame_of
from improvement.charts.table import alternative, point, rows
from improvement.charts.words import sentence
from improvement.spc import Options, analyse

few = settings(max_examples=40)
values = st.one_of(st.none(), st.floats(-1e6, 1e6, allow_nan=False), st.integers(0, 100).map(float))


def picture(y: Sequence[float | None], **changed: Any) -> Picture:
    """A picture of weekly values."""
    days = [date(2026, 1, 5) + timedelta(weeks=at) for at in range(len(y))]
    n = changed.pop("n", None)
    chart, options = changed.pop("chart", "run"), changed.pop("options", Options())
    usual: dict[str, Any] = {
        "title": "Fall",
        "kind": "value",
        "unit": "fall",
        "direction": "decrease",
        "rhythm": "week",
        "rules": "anhoej",
        "days": days,
        "analysis": analyse(chart=chart, y=y, n=n, options=options),
        "hidden": [False] * len(y),
        "excluded": [at + 1 in options.exclude for at in range(len(y))],
    }
    return Picture(**usual | changed)


def reach(text: ElementTree.Element) -> tuple[float, float]:
    """Where a text begins and ends, as wide as its letters are taken to be."""
    x, wide = float(text.attrib["x"]), width(text.text or "", float(text.attrib["font-size"]))
    return {"": (x, x + wide), "middle": (x - wide / 2, x + wide / 2), "end": (x - wide, x)}[
        text.attrib.get("text-anchor", "")
    ]


def read(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


@pytest.fixture(autouse=True)
def english() -> Any:
    with translation.override("en"):
        yield


@pytest.mark.parametrize("shape", list(Shape))
@pytest.mark.parametrize("chart", ["run", "i", "xmr", "run_perla"])
@few
@given(y=st.lists(values, max_size=60), cut=st.integers(1, 20), target=st.one_of(st.none(), st.floats(-100, 100)))
def test_whatever_the_numbers_are_it_is_drawn_within_its_frame(
    shape: Shape, chart: Any, y: list[float | None], cut: int, target: float | None
) -> None:
    options = Options(part=(cut,), exclude=frozenset({2}), target=target, direction="increase")
    found = picture(y, chart=chart, options=options, target=target)
    svg = draw(found, shape=shape)
    assert "nan" not in svg.lower()
    assert "inf" not in re.sub(r"<title.*?</title>|<desc.*?</desc>", "", svg)
    for text in read(svg).iter("text"):
        begin, end = reach(text)
        assert begin >= -1, text.text
        assert end <= shape.value.width + 1, text.text
        assert 0 <= float(text.attrib["y"]) <= shape.value.height
    for disc in read(svg).iter("circle"):
        assert 0 <= float(disc.attrib["cx"]) <= shape.value.width
    assert sentence(found)
    assert alternative(found)
    assert len(rows(found)) == len(y)


def test_what_a_person_wrote_is_only_text() -> None:
    evil = '</title><script>alert(1)</script>"&<'
    marks = [Mark(date(2026, 1, 12), evil)]
    svg = draw(picture([1.0, 2, 3], title=evil, unit=evil, marks=marks))
    assert "<script" not in svg
    assert read(svg).find("title").text == evil  # type: ignore[union-attr]


def test_it_says_what_it_is_and_what_its_points_are() -> None:
    found = picture(
        [7.0, None, 4, 9],
        options=Options(exclude=frozenset({4})),
        n=[9, None, 3, 12],
        kind="share",
        numerators=[7, None, None, 9],
        denominators=[9, None, None, 12],
        hidden=[False, False, True, False],
    )
    assert [point(found, at) for at in range(4)] == [
        "week 2, 2026: 0.8 (7 of 9)".replace("0.8", "0.8 %"),
        "week 3, 2026: not measured",
        "week 4, 2026: not shown, fewer than five",
        "week 5, 2026: 0.8 % (9 of 12) – left out",
    ]
    svg = read(draw(found))
    assert svg.attrib["role"] == "img"
    assert svg.find("desc").text == alternative(found)  # type: ignore[union-attr]
    classes = [each.attrib.get("class", "") for each in svg.iter() if each.attrib.get("class", "").startswith("pt")]
    assert classes == ["pt", "pt", "pt out"]


def test_charts_side_by_side_have_one_scale() -> None:
    low, high = picture([1.0, 2, 3]), picture([None, 90.0, 80, 85, 70])
    frame = frame_of([low, high])
    assert frame is not None
    ticks = [
        [text.text for text in read(draw(each, shape=Shape.SMALL, frame=frame)).iter("text")][:3]
        for each in (low, high)
    ]
    assert ticks[0] == ticks[1] == ["0", "50", "100"]


def foot(first: date, last: date, rhythm: str, room: float = 500) -> list[tuple[str, str]]:
    return [(each.name, each.year) for each in named(Calendar(first, last, 0, room), rhythm, 12)]


def test_the_foot_names_weeks_months_or_years_as_there_is_room_and_each_year_once() -> None:
    autumn = date(2026, 11, 2)
    assert foot(autumn, autumn, "week") == [("week 45", "2026")]
    assert foot(autumn, date(2027, 1, 18), "week", 400) == [
        ("week 46", "2026"),
        ("week 48", ""),
        ("week 50", ""),
        ("week 52", ""),
        ("week 1", "2027"),
        ("week 3", ""),
    ]
    assert foot(autumn, date(2029, 10, 29), "week", 120) == [("2027", ""), ("2028", ""), ("2029", "")]
    assert foot(date(2026, 1, 1), date(2027, 12, 1), "month", 330)[:3] == [("Jan", "2026"), ("Apr", ""), ("Jul", "")]
    assert foot(date(2026, 2, 3), date(2026, 2, 9), "event", 200)[0] == ("3. Feb", "2026")


@few
@given(
    first=st.dates(date(2020, 1, 1), date(2026, 1, 1)),
    days=st.integers(0, 3000),
    rhythm=st.sampled_from(["week", "fortnight", "month", "quarter", "event"]),
    room=st.integers(120, 600),
)
def test_names_along_the_foot_never_touch(first: date, days: int, rhythm: str, room: int) -> None:
    found = named(Calendar(first, first + timedelta(days=days), 0, room), rhythm, 12)
    assert found
    for left, right in pairwise(found):
        assert right.at - left.at > (width(left.name, 12) + width(right.name, 12)) / 2


def test_an_axis_is_as_exact_as_its_steps_and_no_more() -> None:
    assert ticks([0, 2.5, 5]) == ["0.0", "2.5", "5.0"]
    assert ticks([0, 0.002, 0.004]) == ["0.000", "0.002", "0.004"]
    assert ticks([0, 1_000_000]) == ["0", "1M"]
    assert [number(value) for value in (0.0043, 0.5, 3.14159, 250.4)] == ["0.0043", "0.5", "3.1", "250"]
    with translation.override("nb"):
        assert short(995_450_097.0) == "995,5\u00a0mill."


def test_a_limit_far_off_does_not_press_the_numbers_to_the_foot() -> None:
    assert extent([3, 40, 61], "time_between", [211]) == (0, 61)
    assert extent([3, 40, 61], "time_between", [90]) == (0, 90)
    assert extent([3, 40, 61], "share", [100]) == (0, 100)


def test_it_is_small() -> None:
    chance = random.Random(1)
    y = [float(chance.randint(2, 9)) for _week in range(36)]
    n = [float(chance.randint(9, 14)) for _week in range(36)]
    marks = [Mark(date(2026, 3, 2) + timedelta(weeks=at), f"Ny vaktplan {at}") for at in range(12)]
    found = picture(
        y, n=n, chart="p", kind="share", options=Options(multiply=100), marks=marks, numerators=y, denominators=n
    )
    assert len(draw(found).encode()) < 15_000


def many(*pairs: tuple[float, int]) -> list[float | None]:
    return [value for value, times in pairs for _time in range(times)]


SAID: list[tuple[dict[str, Any], str]] = [
    ({"y": []}, "No numbers yet."),
    ({"y": [None, None]}, "No numbers yet."),
    ({"y": [None, 4.0]}, "One number so far: 4 fall in week 3, 2026. From 10 on the chart can say something."),
    ({"y": many((4, 14))}, "All 14 numbers are 4 fall: there is no variation to read from."),
    ({"y": [1.0, 3, 2]}, "Too few numbers to say anything for sure: 2 of at least 10."),
    ({"y": [*many((4, 9)), 5.0, *many((4, 4)), 3]}, "Too few numbers to say anything for sure: 2 of at least 10."),
    (
        {"y": many((3, 2), (9, 1), (2, 3), (8, 2), (4, 1), (7, 3)) * 2},
        "No sign of a change: the numbers vary by chance",
    ),
    (
        {"y": [*[4.0, 6] * 6, *many((2, 9))], "options": Options(baselines=(12,))},
        "A run of 9 numbers below the median; the limit is 7. It is probably a real improvement.",
    ),
    (
        {"y": [*[4.0, 6] * 6, *many((9, 9))], "options": Options(baselines=(12,))},
        "A run of 10 numbers above the median; the limit is 7. It is probably a real change for the worse.",
    ),
    (
        {"y": [*[4.0, 6] * 6, *many((9, 9))], "options": Options(baselines=(12,)), "direction": "neutral"},
        "A run of 10 numbers above the median; the limit is 7. It is probably a real change.",
    ),
    (
        {"y": many((1, 5), (9, 5), (1, 5), (9, 5))},
        "The curve crosses the median 3 times; by chance it would be at least 6.",
    ),
    ({"y": [*[4.0, 6] * 8, 40], "chart": "i", "settled": True}, "40 fall in week 18, 2026 lies outside the limits."),
    (
        {"y": [*[4.0, 6] * 6, *many((30, 9))], "chart": "i", "settled": True, "options": Options(baselines=(12,))},
        "A run of 10 numbers above the mean; the limit is 7.",
    ),
    ({"y": [4.0, 6, 5, 4, 6], "chart": "i"}, "The limits are provisional until there are 12 numbers (5 so far)."),
    (
        {"y": many((1, 6), (9, 6)), "chart": "run_perla", "rules": "perla"},
        "A shift: 6 numbers in a row above the median.",
    ),
    (
        {
            "y": [*[4.0, 6] * 6, *many((1, 8))],
            "chart": "xmr",
            "rules": "mdc",
            "options": Options(direction="decrease"),
            "settled": True,
        },
        "A real improvement: the numbers lie low, or fall.",
    ),
]


@pytest.mark.parametrize(("given_", "said"), SAID, ids=[said[:40] for _given, said in SAID])
def test_the_sentence_says_what_the_rules_say_and_no_more(given_: dict[str, Any], said: str) -> None:
    assert said in sentence(picture(**given_))


def test_in_both_forms_of_norwegian_as_people_write_numbers() -> None:
    found = picture([*[4.0, 6] * 6, *many((2.5, 9))], options=Options(baselines=(12,)))
    with translation.override("nb"):
        assert sentence(found) == "Serie på 9 målinger under medianen; grensen er 7. Det er trolig en reell forbedring."
        assert point(found, 20) == "uke 22, 2026: 2,5 fall"
    with translation.override("nn"):
        assert sentence(found) == "Serie på 9 målingar under medianen; grensa er 7. Det er truleg ei reell forbetring."
        assert point(found, 20) == "veke 22, 2026: 2,5 fall"
