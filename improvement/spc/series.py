"""From the values that were given to the points of a chart, one to a subgroup."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, median, stdev

from improvement.spc.results import Numbers, Options

SUBGROUPED = {"xbar", "s"}
COUNTED = {"c", "u", "up", "p", "pp"}

LARGEST, SMALLEST = 1e100, 1e-100
"""What lies beyond is no measurement, and its square would be no number: it is taken for missing."""

AGGREGATES: dict[str, Callable[[Sequence[float]], float]] = {
    "mean": fmean,
    "median": median,
    "sum": sum,
    "sd": lambda values: stdev(values) if len(values) > 1 else 0.0,
    "min": min,
    "max": max,
    "first": lambda values: values[0],
    "last": lambda values: values[-1],
}


@dataclass(frozen=True)
class Series:
    """The points of the chart: values, denominators, numerators; deviations and sizes where they are subgroups."""

    y: Numbers
    n: Numbers | None
    total: Numbers
    deviation: Numbers
    sizes: Sequence[int]


def read_series(
    chart: str, y: Numbers, n: Numbers | None, subgroup: Sequence[int | None] | None, options: Options
) -> Series:
    if n is not None and len(n) != len(y):
        raise ValueError("n is not as long as y")
    if options.agg not in AGGREGATES:
        raise ValueError(f"no such way to make several values one: {options.agg}")
    tops = [number(value) for value in y]
    bottoms = None if n is None else [_denominator(value) for value in n]
    if subgroup is None and chart not in SUBGROUPED:
        return _one_each(tops, bottoms)
    groups = _grouped(tops, bottoms, subgroup)
    return _many_each(chart, groups, AGGREGATES[options.agg], has_n=n is not None)


def number(value: float | None) -> float | None:
    return value if value is not None and -LARGEST <= value <= LARGEST else None


def _denominator(value: float | None) -> float | None:
    return value if value is not None and SMALLEST <= value <= LARGEST else None


def _one_each(tops: list[float | None], bottoms: list[float | None] | None) -> Series:
    if bottoms is None:
        return Series(tops, None, tops, (), ())
    both = [(a, b) if a is not None and b is not None else (None, None) for a, b in zip(tops, bottoms, strict=True)]
    shares = [None if a is None or b is None else a / b for a, b in both]
    return Series(shares, [b for _a, b in both], [a for a, _b in both], (), ())


def _grouped(
    tops: list[float | None], bottoms: list[float | None] | None, subgroup: Sequence[int | None] | None
) -> list[list[tuple[float, float]]]:
    """The present (value, denominator) pairs of each subgroup, in the order of their numbers."""
    numbers = subgroup if subgroup is not None else range(1, len(tops) + 1)
    if len(numbers) != len(tops):
        raise ValueError("subgroup is not as long as y")
    found: dict[int, list[tuple[float, float]]] = {number: [] for number in sorted(x for x in numbers if x is not None)}
    for number, top, bottom in zip(numbers, tops, bottoms if bottoms is not None else [1.0] * len(tops), strict=True):
        if number is not None and top is not None and bottom is not None:
            found[number].append((top, bottom))
    return list(found.values())


def _many_each(
    chart: str, groups: list[list[tuple[float, float]]], agg: Callable[[Sequence[float]], float], *, has_n: bool
) -> Series:
    values = [[top for top, _bottom in group] for group in groups]
    sums: list[float | None] = [sum(each) if each else None for each in values]
    sizes = [len(each) for each in values]
    deviation = [_deviation(each) for each in values]
    if chart == "s":
        return Series(deviation, None, sums, deviation, sizes)
    if chart == "xbar":
        return Series([fmean(each) if each else None for each in values], None, sums, deviation, sizes)
    if not has_n:
        made = [float(agg(each)) if each else None for each in values]
        if chart in COUNTED:
            made = sums
        return Series(made, None, made, (), ())
    bottoms = [sum(bottom for _top, bottom in group) if group else None for group in groups]
    shares = [None if a is None or b is None else a / b for a, b in zip(sums, bottoms, strict=True)]
    return Series(shares, bottoms, sums, (), ())


def _deviation(values: Sequence[float]) -> float | None:
    if len(values) <= 1:
        return None
    middle = fmean(values)
    return sqrt(sum((value - middle) ** 2 for value in values) / (len(values) - 1))
