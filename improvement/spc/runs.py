"""Runs: Anhøj's rules for every chart, Perla's for run charts.

Sources: Anhøj & Olesen 2014, doi:10.1371/journal.pone.0113825; Perla, Provost & Murray 2011,
doi:10.1136/bmjqs.2009.037895.
"""

from collections.abc import Sequence
from functools import cache
from math import log2

from improvement.spc.results import Numbers, Pattern, Perla, Phase

TOLERANCE = 1e-9
"""Values closer than this, relatively, lie on the line: (87.1 + 87.3) / 2 is not 87.2 in binary."""

SHIFT = 6
TREND = 5


@cache
def runs_limits(n_useful: int) -> tuple[int, int]:
    """(the longest run, the fewest crossings) that chance allows among so many useful points; at least one."""
    return round(log2(n_useful)) + 3, _fewest_crossings(n_useful - 1)


def _fewest_crossings(n: int) -> int:
    """The smallest k with P(Bin(n, 0.5) <= k) >= 0.05, counted in whole numbers."""
    total, term, all_ways = 0, 1, 1 << n
    for k in range(n + 1):
        total += term
        if 20 * total >= all_ways:
            return k
        term = term * (n - k) // (k + 1)
    return n


def side(value: float, line: float) -> int:
    """1 above the line, -1 below, 0 on it."""
    gap = value - line
    if abs(gap) <= TOLERANCE * max(abs(value), abs(line)):
        return 0
    return 1 if gap > 0 else -1


def sides(y: Numbers, cl: Numbers) -> list[int]:
    """The sides of the useful points: neither missing nor on the centre line."""
    return [
        at
        for value, line in zip(y, cl, strict=True)
        if value is not None and line is not None
        if (at := side(value, line))
    ]


def runs_of(signs: Sequence[int]) -> tuple[int, int]:
    """(the longest run, the number of crossings)."""
    longest = length = crossings = 0
    before = 0
    for sign in signs:
        if sign == before:
            length += 1
        else:
            crossings += before != 0
            length, before = 1, sign
        longest = max(longest, length)
    return longest, crossings


def phase_of(part: int, y: Numbers, cl: Numbers, *, may_signal: bool) -> Phase:
    """The runs analysis of one phase's included points, missing ones among them."""
    signs = sides(y, cl)
    if not signs:
        return Phase(part, len(y), 0, None, None, None, None, runs_signal=False)
    longest, crossings = runs_of(signs)
    most, fewest = runs_limits(len(signs))
    signal = may_signal and (longest > most or crossings < fewest)
    return Phase(part, len(y), len(signs), longest, most, crossings, fewest, runs_signal=signal)


def perla(points: Sequence[tuple[int, float]], median: float) -> Perla:
    """Shifts, trends and the number of runs. `points` are (position from 1, value), missing and excluded left out."""
    useful = [(at, sign) for at, value in points if (sign := side(value, median))]
    _longest, crossings = runs_of([sign for _at, sign in useful])
    return Perla(n_runs=crossings + 1 if useful else 0, shifts=tuple(_shifts(useful)), trends=tuple(_trends(points)))


def _shifts(useful: Sequence[tuple[int, int]]) -> list[Pattern]:
    """Six or more useful points in a row on one side."""
    found: list[Pattern] = []
    begin = 0
    for index in range(1, len(useful) + 1):
        if index < len(useful) and useful[index][1] == useful[begin][1]:
            continue
        if index - begin >= SHIFT:
            way = "above" if useful[begin][1] > 0 else "below"
            found.append(Pattern(useful[begin][0], useful[index - 1][0], index - begin, way))  # type: ignore[arg-type]
        begin = index
    return found


def _trends(points: Sequence[tuple[int, float]]) -> list[Pattern]:
    """Five or more values in a row that all rise or all fall. A value that is repeated counts once."""
    steps = [point for index, point in enumerate(points) if index == 0 or side(point[1], points[index - 1][1])]
    found: list[Pattern] = []
    begin = 0
    while begin < len(steps) - 1:
        way = side(steps[begin + 1][1], steps[begin][1])
        end = begin + 1
        while end + 1 < len(steps) and side(steps[end + 1][1], steps[end][1]) == way:
            end += 1
        if end - begin + 1 >= TREND:
            word = "up" if way > 0 else "down"
            found.append(Pattern(steps[begin][0], steps[end][0], end - begin + 1, word))  # type: ignore[arg-type]
        begin = end
    return found
