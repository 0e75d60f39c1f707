"""From plain data and to plain data: what JSON can say.

A case names its `chart`, has `params` and `input` (`y`, and where they are needed `n` and `subgroup`). A result has the
columns under `points` (an undefined number is null) and the runs analysis of each phase under `parts`; an XmR chart
has a `summary` with the icons, and Perla's rules answer with their own.
"""

from collections.abc import Mapping
from typing import Any

from improvement.spc.engine import analyse
from improvement.spc.results import Analysis, Options, Pattern

CONTROL = ("y", "cl", "lcl", "ucl", "lcl95", "ucl95")


class MalformedError(ValueError):
    """What was given is no case. The text says what is wrong with it."""


def evaluate_all(document: Any) -> Any:
    """A case gives its result; a list of cases, by itself or under "cases", a list. Raises MalformedError."""
    if isinstance(document, Mapping) and "cases" in document and "chart" not in document:
        document = document["cases"]
    if isinstance(document, list):
        return [evaluate(case) for case in document]
    return evaluate(document)


def evaluate(case: Any) -> dict[str, Any]:
    """The result of one case. Raises MalformedError."""
    if not isinstance(case, Mapping):
        raise MalformedError("a case is an object with chart, params and input")
    chart, params, given = case.get("chart"), case.get("params") or {}, case.get("input")
    if not isinstance(chart, str) or not isinstance(params, Mapping) or not isinstance(given, Mapping):
        raise MalformedError("chart is a name, params and input are objects")
    y = _numbers(given.get("y"), "y")
    n = None if given.get("n") is None else _numbers(given["n"], "n")
    try:
        subgroup, options = given.get("subgroup"), _options(params)
        found = analyse(chart=chart, y=y, n=n, subgroup=subgroup, options=options)  # type: ignore[arg-type]
    except (TypeError, ValueError) as error:
        raise MalformedError(str(error)) from error
    if chart == "run_perla":
        return _perla(found)
    if chart == "xmr":
        return _xmr(found, options, named=case.get("engine") != "definition")
    return _common(found)


def _numbers(column: Any, name: str) -> list[float | None]:
    if not isinstance(column, list):
        raise MalformedError(f"{name} is a list of numbers and nulls")
    for value in column:
        if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
            raise MalformedError(f"{name} holds {value!r}, which is no number")
    return column


def _options(params: Mapping[str, Any]) -> Options:
    """What is not said, or null, is as usual."""
    said = {name: value for name, value in params.items() if value is not None}
    parts = _several(said.get("part"))
    if "rebase" in said:
        parts = tuple(first - 1 for first in _several(said["rebase"]) if first > 1)
    fixed = said.get("fix_after_n_points")
    usual = Options()
    return Options(
        freeze=said.get("freeze"),
        part=parts,
        baselines=() if fixed is None else (fixed,) * (len(parts) + 1),
        exclude=frozenset(_several(said.get("exclude"))),
        cl=said.get("cl"),
        multiply=said.get("multiply", usual.multiply),
        y_neg=said.get("y_neg", usual.y_neg),
        agg=said.get("agg", usual.agg),
        screened_mr=bool(said.get("screened_mr", said.get("screen_outliers", usual.screened_mr))),
        direction=said.get("improvement_direction", usual.direction),
        target=said.get("target"),
        shift_points=said.get("shift_points", usual.shift_points),
        trend_points=said.get("trend_points", usual.trend_points),
        two_of_three=said.get("two_of_three", usual.two_of_three),
    )


def _several(value: Any) -> tuple[int, ...]:
    """One number, or a list of them."""
    return () if value is None else tuple(value) if isinstance(value, list | tuple) else (value,)


def _common(found: Analysis) -> dict[str, Any]:
    names = ("y", "cl") if found.chart == "run" else CONTROL
    points: dict[str, Any] = {name: list(getattr(found, name)) for name in names} | {"part": list(found.part)}
    if found.chart != "run":
        points["sigma_signal"] = list(found.sigma_signal)
    parts = [
        {
            "part": phase.part,
            "n_obs": phase.n_obs,
            "n_useful": phase.n_useful,
            "longest_run": phase.longest_run,
            "longest_run_max": phase.longest_run_max,
            "n_crossings": phase.n_crossings,
            "n_crossings_min": phase.n_crossings_min,
            "runs_signal": phase.runs_signal,
        }
        for phase in found.phases
    ]
    return {"points": points, "parts": parts}


def _perla(found: Analysis) -> dict[str, Any]:
    assert found.perla is not None
    return {
        "median": next(iter(found.cl), None),
        "n_useful": sum(phase.n_useful for phase in found.phases),
        "n_runs": found.perla.n_runs,
        "shifts": [_pattern(each, "side") for each in found.perla.shifts],
        "trends": [_pattern(each, "direction") for each in found.perla.trends],
    }


def _pattern(pattern: Pattern, way: str) -> dict[str, Any]:
    return {"start": pattern.start, "end": pattern.end, "length": pattern.length, way: pattern.way}


def _xmr(found: Analysis, options: Options, *, named: bool) -> dict[str, Any]:
    special = found.special
    assert special is not None
    causes = [_cause(cause, high, options) for cause, high in zip(special.cause, special.rising, strict=True)]
    points = {
        "mean": list(found.cl),
        "lpl": list(found.lcl),
        "upl": list(found.ucl),
        "relative_to_mean": list(special.relative_to_mean),
        "outside_limits": list(special.outside),
        "close_to_limits": list(special.close),
        "special_cause": [bool(cause) for cause in special.cause],
        "special_cause_type": causes,
        "point_type": list(special.point_type),
        "part": list(found.part),
    }
    assurance = special.assurance
    summary: dict[str, Any] = {
        "variation_icon": special.variation,
        "assurance": assurance if assurance in (None, "inconsistent") else f"consistent_{assurance}",
    }
    if named:  # an icon's own name is NHSRplotthedots' word; the written rules have none
        summary["assurance_icon"] = assurance
    summary["n_special"] = sum(bool(cause) for cause in special.cause)
    return {"points": points, "summary": summary}


def _cause(cause: str, high: bool | None, options: Options) -> str:
    side = "Above" if high else "Below"
    return {
        "": "Common Cause",
        "outside": "Above UCL" if high else "Below LCL",
        "trend": f"{options.trend_points} Point Trend ({'Increasing' if high else 'Decreasing'})",
        "two_of_three": f"2 in 3 {side} CL",
        "shift": f"{options.shift_points} Points {side} CL",
    }[cause]
