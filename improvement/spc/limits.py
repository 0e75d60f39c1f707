"""Centre lines and limits of one phase, chart by chart.

Each function takes the phase's points and answers with their centre and their sigma or limits, from the points of the
baseline alone. Sources: Montgomery, Introduction to Statistical Quality Control; Nelson 1982 (screening of moving
ranges); Nelson 1994 (T); Laney 2002 (P′, U′); Benneyan 2001 (G).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import exp, lgamma, sqrt
from statistics import median

from improvement.spc.results import Numbers

D2 = 1.128  # the mean range of two, in sigmas
D4 = 3.267  # the upper limit of the ranges of two, in mean ranges
T_POWER = 3.6
SIGMAS = (3.0, 2.0)

Line = list[float | None]
Band = tuple[Line, Line]
"""Lower and upper limits, one a point."""


@dataclass(frozen=True)
class Points:
    """One phase's points. `base` says which of them make centre and limits: included, and within the baseline."""

    y: Numbers
    n: Numbers | None
    total: Numbers
    base: Sequence[bool]
    deviation: Numbers = ()
    sizes: Sequence[int] = ()

    def __len__(self) -> int:
        return len(self.y)

    def baseline(self, column: Numbers) -> list[float]:
        """What is there of a column within the baseline."""
        return [value for value, base in zip(column, self.base, strict=True) if base and value is not None]


@dataclass(frozen=True)
class Lines:
    """A phase's centre line, and its limits at three and at two sigma."""

    cl: Line
    outer: Band
    inner: Band
    sigma_z: float | None = None


def mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def mean_range(column: Numbers, base: Sequence[bool], *, screened: bool) -> float | None:
    """The mean moving range of the baseline. A missing point gives no range; an excluded one is bridged.

    Screened: ranges of 3.267 times the mean and more are left out, once. None where no range is left.
    """
    kept = [value for value, inside in zip(column, base, strict=True) if inside]
    ranges = [abs(b - a) for a, b in pairwise(kept) if a is not None and b is not None]
    first = mean(ranges)
    if not screened or first is None:
        return first
    return mean([each for each in ranges if each < D4 * first])


def level(value: float | None, points: Points) -> Line:
    return [value] * len(points)


def around(cl: float | None, sigma: Sequence[float | None], low: float | None, high: float | None) -> tuple[Band, Band]:
    """The bands at three and two sigma of each point, clipped to what the value can be."""

    def at(sigmas: float) -> Band:
        lower: Line = [None if cl is None or one is None else cl - sigmas * one for one in sigma]
        upper: Line = [None if cl is None or one is None else cl + sigmas * one for one in sigma]
        return clip(lower, low, high), clip(upper, low, high)

    return at(SIGMAS[0]), at(SIGMAS[1])


def clip(line: Line, low: float | None, high: float | None) -> Line:
    if low is None and high is None:
        return line
    return [
        None if value is None else max(value if high is None else min(value, high), value if low is None else low)
        for value in line
    ]


def run(points: Points, cl: float | None) -> Lines:
    found = points.baseline(points.y)
    centre = cl if cl is not None else (median(found) if found else None)
    nothing: Band = (level(None, points), level(None, points))
    return Lines(level(centre, points), nothing, nothing)


def single(points: Points, cl: float | None, *, screened: bool) -> Lines:
    """I: mean, and the mean moving range over 1.128."""
    centre = cl if cl is not None else mean(points.baseline(points.y))
    ranges = mean_range(points.y, points.base, screened=screened)
    sigma = None if ranges is None else ranges / D2
    outer, inner = around(centre, level(sigma, points), None, None)
    return Lines(level(centre, points), outer, inner)


def moving_range(points: Points, cl: float | None) -> Lines:
    """MR: the values are the ranges already. Never screened."""
    centre = cl if cl is not None else mean(points.baseline(points.y))
    upper = None if centre is None else D4 * centre
    zero = level(None if centre is None else 0.0, points)
    two_thirds = None if upper is None else upper * 2 / 3
    return Lines(level(centre, points), (zero, level(upper, points)), (zero, level(two_thirds, points)))


def binomial(centre: float, n: float) -> float:
    return sqrt(max(0.0, centre * (1 - centre)) / n)


def poisson(centre: float, n: float) -> float:
    return sqrt(max(0.0, centre) / n)


def ratio(points: Points, cl: float | None, spread: Callable[[float, float], float], high: float | None) -> Lines:
    """P and U: numerators over denominators of the whole baseline, and a sigma for each denominator."""
    centre, sigma = _ratio(points, cl, spread)
    outer, inner = around(centre, sigma, 0, high)
    return Lines(level(centre, points), outer, inner, sigma_z=_sigma_z(points, centre, sigma, screened=True))


def ratio_prime(
    points: Points, cl: float | None, spread: Callable[[float, float], float], high: float | None, *, screened: bool
) -> Lines:
    """P′ and U′: the sigma of each point times how much more (or less) than chance the points spread."""
    centre, sigma = _ratio(points, cl, spread)
    factor = _sigma_z(points, centre, sigma, screened=screened)
    wider: Line = [None if one is None or factor is None else one * factor for one in sigma]
    outer, inner = around(centre, wider, 0, high)
    return Lines(level(centre, points), outer, inner, sigma_z=factor)


def _ratio(points: Points, cl: float | None, spread: Callable[[float, float], float]) -> tuple[float | None, Line]:
    n = points.n or [1.0 if value is not None else None for value in points.y]
    tops, bottoms = points.baseline(points.total), points.baseline(n)
    centre = cl if cl is not None else (sum(tops) / sum(bottoms) if bottoms else None)
    sigma: Line = [None if each is None or centre is None else spread(centre, each) for each in n]
    return centre, sigma


def _sigma_z(points: Points, centre: float | None, sigma: Line, *, screened: bool) -> float | None:
    if centre is None:
        return None
    z: Line = [
        None if value is None or not one else (value - centre) / one for value, one in zip(points.y, sigma, strict=True)
    ]
    ranges = mean_range(z, points.base, screened=screened)
    return None if ranges is None else ranges / D2


def count(points: Points, cl: float | None) -> Lines:
    """C."""
    centre = cl if cl is not None else mean(points.baseline(points.y))
    sigma = None if centre is None else sqrt(max(0.0, centre))
    outer, inner = around(centre, level(sigma, points), 0, None)
    return Lines(level(centre, points), outer, inner)


def cases_between(points: Points, cl: float | None) -> Lines:
    """G: limits by the mean; the line that is drawn, and runs are counted by, is the median."""
    found = points.baseline(points.y)
    centre = mean(found)
    sigma = None if centre is None else sqrt(max(0.0, centre * (centre + 1)))
    outer, inner = around(centre, level(sigma, points), 0, None)
    drawn = cl if cl is not None else (median(found) if found else None)
    return Lines(level(drawn, points), outer, inner)


def time_between(points: Points, cl: float | None, *, screened: bool) -> Lines:
    """T: an I chart of y to the power of 1/3.6, its lines raised again."""
    root: Line = [None if value is None or value < 0 else value ** (1 / T_POWER) for value in points.y]
    given = None if cl is None else max(cl, 0.0) ** (1 / T_POWER)
    lines = single(Points(root, None, root, points.base), given, screened=screened)

    def raise_again(line: Line) -> Line:
        return [None if value is None else max(value, 0.0) ** T_POWER for value in line]

    (low, high), (low2, high2) = lines.outer, lines.inner
    outer, inner = (raise_again(low), raise_again(high)), (raise_again(low2), raise_again(high2))
    return Lines(raise_again(lines.cl), outer, inner)


# Several values in each subgroup


@cache
def c4(n: int) -> float:
    """The mean standard deviation of n values, in sigmas."""
    return sqrt(2 / (n - 1)) * exp(lgamma(n / 2) - lgamma((n - 1) / 2))


def subgroup_means(points: Points, cl: float | None) -> Lines:
    """X̄."""
    weights = [size for size, base in zip(points.sizes, points.base, strict=True) if base and size]
    means = points.baseline(points.y)
    total = sum(weights)
    weighted = sum(size * value for size, value in zip(weights, means, strict=True)) / total if total else None
    centre = cl if cl is not None else weighted
    spread = _common_deviation(points)
    sigma: Line = [None if size <= 1 or spread is None else spread / (c4(size) * sqrt(size)) for size in points.sizes]
    outer, inner = around(centre, sigma, None, None)
    return Lines(level(centre, points), outer, inner)


def subgroup_deviations(points: Points, cl: float | None) -> Lines:
    """S. The points' values are their standard deviations."""
    centre = cl if cl is not None else _common_deviation(points)
    sigma: Line = [
        None if size <= 1 or centre is None else centre * sqrt(max(0.0, 1 - c4(size) ** 2)) / c4(size)
        for size in points.sizes
    ]
    outer, inner = around(centre, sigma, 0, None)
    return Lines(level(centre, points), outer, inner)


def _common_deviation(points: Points) -> float | None:
    """The mean of the deviations where all subgroups are of one size, else pooled."""
    found = [
        (size, one)
        for size, one, base in zip(points.sizes, points.deviation, points.base, strict=True)
        if base and size > 1 and one is not None
    ]
    sizes = {size for size, base in zip(points.sizes, points.base, strict=True) if base and size}
    if not found:
        return None
    if len(sizes) == 1:
        return mean([one for _size, one in found])
    return sqrt(sum((size - 1) * one**2 for size, one in found) / sum(size - 1 for size, _one in found))
