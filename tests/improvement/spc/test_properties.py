"""What holds for every series."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from improvement.spc import Analysis, Options, analyse
from improvement.spc.plain import evaluate

Values = list[float | None]

few = settings(max_examples=50)

# Whole numbers: what is scaled by a power of two then lies on a line exactly where it lay before.
present = st.integers(-50, 50).map(float)
series: st.SearchStrategy[Values] = st.lists(st.one_of(present, st.none()), min_size=0, max_size=40)
full = st.lists(present, min_size=1, max_size=40)
ratios = st.lists(
    st.integers(1, 30).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=1, max_size=30
)
SINGLE: list[Any] = ["run", "i", "mr", "xmr"]
LINES = ("y", "cl", "lcl", "ucl", "lcl95", "ucl95")


def near(a: Sequence[float | None], b: Sequence[float | None]) -> bool:
    return len(a) == len(b) and all(
        (x is None) == (y is None) and (x is None or y is None or x == pytest.approx(y, rel=1e-9, abs=1e-9))
        for x, y in zip(a, b, strict=True)
    )


def mapped(column: Sequence[float | None], scale: float, shift: float = 0) -> Values:
    return [None if value is None else value * scale + shift for value in column]


def verdicts(found: Analysis) -> tuple[Any, ...]:
    return found.phases, found.sigma_signal, found.special.cause if found.special else None


@pytest.mark.parametrize("chart", SINGLE)
@few
@given(y=series, scale=st.sampled_from([0.25, 0.5, 2, 8]))
def test_scaling_scales_the_lines_and_changes_no_verdict(chart: Any, y: Values, scale: float) -> None:
    plain, scaled = analyse(chart=chart, y=y), analyse(chart=chart, y=mapped(y, scale))
    assert all(near(getattr(scaled, name), mapped(getattr(plain, name), scale)) for name in LINES)
    assert verdicts(scaled) == verdicts(plain)


@pytest.mark.parametrize("chart", ["run", "i", "xmr"])
@few
@given(y=series, shift=st.integers(-64, 64).map(float))
def test_shifting_shifts_the_lines_and_changes_no_run(chart: Any, y: Values, shift: float) -> None:
    plain, moved = analyse(chart=chart, y=y), analyse(chart=chart, y=mapped(y, 1, shift))
    assert all(near(getattr(moved, name), mapped(getattr(plain, name), 1, shift)) for name in LINES)
    assert moved.phases == plain.phases


@few
@given(y=series)
def test_reversal_changes_no_run(y: Values) -> None:
    assert analyse(chart="run", y=y[::-1]).phases == analyse(chart="run", y=y).phases


@few
@given(y=series)
def test_mirroring_swaps_the_sides_and_changes_no_run(y: Values) -> None:
    assert analyse(chart="run", y=mapped(y, -1)).phases == analyse(chart="run", y=y).phases


@pytest.mark.parametrize("chart", ["run", "i", "c", "g"])
@few
@given(y=st.lists(st.integers(0, 40).map(float), min_size=1, max_size=30), data=st.data())
def test_to_exclude_is_to_delete_for_centre_and_runs(chart: Any, y: list[float], data: st.DataObject) -> None:
    out = data.draw(st.sets(st.integers(1, len(y)), max_size=len(y) - 1))
    kept = [value for at, value in enumerate(y, start=1) if at not in out]
    excluded = analyse(chart=chart, y=y, options=Options(exclude=frozenset(out)))
    deleted = analyse(chart=chart, y=kept)
    assert excluded.phases == deleted.phases
    assert (excluded.cl[0], excluded.ucl[0], excluded.lcl[0]) == (deleted.cl[0], deleted.ucl[0], deleted.lcl[0])
    assert excluded.y == tuple(y)


@pytest.mark.parametrize("chart", ["run", "c", "g", "i"])
@few
@given(y=st.lists(st.integers(0, 40).map(float), min_size=1, max_size=30), gaps=st.sets(st.integers(0, 30)))
def test_a_missing_point_keeps_its_place_and_moves_no_centre_line(chart: Any, y: list[float], gaps: set[int]) -> None:
    with_gaps: Values = list(y)
    for at in sorted(gaps):
        with_gaps.insert(at, None)
    plain, gapped = analyse(chart=chart, y=y), analyse(chart=chart, y=with_gaps)
    assert gapped.cl[0] == plain.cl[0]
    assert replace(gapped.phases[0], n_obs=0) == replace(plain.phases[0], n_obs=0)
    assert gapped.y == tuple(with_gaps)


@pytest.mark.parametrize("chart", [*SINGLE, "c", "g", "t"])
@few
@given(y=st.lists(st.one_of(st.integers(0, 40).map(float), st.none()), min_size=2, max_size=40), data=st.data())
def test_nothing_crosses_a_border_between_phases(chart: Any, y: Values, data: st.DataObject) -> None:
    border = data.draw(st.integers(1, len(y) - 1))
    whole = analyse(chart=chart, y=y, options=Options(part=(border,)))
    first, second = analyse(chart=chart, y=y[:border]), analyse(chart=chart, y=y[border:])
    assert all(getattr(whole, name) == getattr(first, name) + getattr(second, name) for name in LINES)
    assert whole.phases == (*first.phases, replace(second.phases[0], part=2))
    if whole.special and first.special and second.special:
        assert whole.special.cause == first.special.cause + second.special.cause


@pytest.mark.parametrize("chart", SINGLE)
@few
@given(y=full, data=st.data())
def test_a_frozen_baseline_is_that_of_its_points_alone(chart: Any, y: list[float], data: st.DataObject) -> None:
    freeze = data.draw(st.integers(1, len(y)))
    frozen, alone = analyse(chart=chart, y=y, options=Options(freeze=freeze)), analyse(chart=chart, y=y[:freeze])
    assert all(getattr(frozen, name)[0] == getattr(alone, name)[0] for name in LINES[1:])
    assert all(len(set(getattr(frozen, name))) == 1 for name in LINES[1:])
    assert analyse(chart=chart, y=y, options=Options(baselines=(freeze,))) == frozen
    assert analyse(chart=chart, y=y, options=Options(freeze=len(y))) == analyse(chart=chart, y=y)


@pytest.mark.parametrize("chart", ["p", "pp", "u", "up"])
@few
@given(pairs=ratios, scale=st.sampled_from([100, 1000]))
def test_shares_and_rates_stay_where_they_can_be(chart: Any, pairs: list[tuple[int, int]], scale: int) -> None:
    y, n = [float(a) for a, _b in pairs], [float(b) for _a, b in pairs]
    found = analyse(chart=chart, y=y, n=n)
    top = 1 if chart in ("p", "pp") else float("inf")
    for low, centre, high in zip(found.lcl, found.cl, found.ucl, strict=True):
        assert centre is not None
        assert centre == pytest.approx(sum(y) / sum(n))
        assert low is None or high is None or 0 <= low <= centre + 1e-12 <= high + 2e-12 <= top + 3e-12
    times = analyse(chart=chart, y=y, n=n, options=Options(multiply=scale))
    assert all(near(getattr(times, name), mapped(getattr(found, name), scale)) for name in LINES)
    assert verdicts(times) == verdicts(found)


@pytest.mark.parametrize("chart", ["i", "c", "xmr", "mr"])
@few
@given(y=st.lists(st.integers(0, 60).map(float), min_size=1, max_size=40))
def test_only_what_lies_outside_the_limits_signals(chart: Any, y: list[float]) -> None:
    found = analyse(chart=chart, y=y)
    for value, low, high, signal in zip(found.y, found.lcl, found.ucl, found.sigma_signal, strict=True):
        if signal:
            assert value is not None
            assert (high is not None and value > high) or (low is not None and value < low)


@few
@given(y=full)
def test_a_line_that_was_not_given_is_the_one_that_is_found(y: list[float]) -> None:
    found = analyse(chart="run", y=y)
    assert analyse(chart="run", y=y, options=Options(cl=found.cl[0])) == found


anything = st.one_of(st.none(), st.floats(allow_nan=True, allow_infinity=True), st.integers(-(10**9), 10**9))


@pytest.mark.parametrize(
    "chart", ["run", "run_perla", "i", "mr", "xbar", "s", "t", "p", "pp", "c", "u", "up", "g", "xmr"]
)
@few
@given(data=st.data(), y=st.lists(anything, max_size=25))
def test_whatever_comes_there_is_an_answer_that_json_can_say(chart: str, data: st.DataObject, y: list[Any]) -> None:
    given_n = data.draw(st.one_of(st.none(), st.lists(anything, min_size=len(y), max_size=len(y))))
    params = data.draw(
        st.fixed_dictionaries(
            {},
            optional={
                "freeze": st.integers(1, 30),
                "part": st.lists(st.integers(1, 30), max_size=3),
                "exclude": st.lists(st.integers(1, 30), max_size=5),
                "multiply": st.sampled_from([1, 100]),
                "y_neg": st.booleans(),
                "target": st.floats(-10, 10),
                "improvement_direction": st.sampled_from(["increase", "decrease", "neutral"]),
            },
        )
    )
    found = evaluate({"chart": chart, "input": {"y": y, "n": given_n}, "params": params})
    json.dumps(found, allow_nan=False)
