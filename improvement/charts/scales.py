"""Axes: round numbers up the side, and as many days along the foot as there is room for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import ceil, floor, log10

STEPS = (1, 2, 2.5, 5, 10)
FAR_ABOVE = 0.5
FLAT = 1e-6


@dataclass(frozen=True)
class Scale:
    """From a value to its place: `low` at `start`, `high` at `end` (an SVG's y grows downwards)."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 1)


def rounded(low: float, high: float, count: int = 5) -> list[float]:
    """Round numbers from at or below `low` to at or above `high`, about `count` of them, evenly apart."""
    if high - low <= FLAT * max(1, abs(low), abs(high)):
        reach = max(abs(low) * 0.1, 1)
        low, high = low - reach, high + reach
    rough = (high - low) / max(1, count - 1)
    power = 10 ** floor(log10(rough))
    step = next(each * power for each in STEPS if each * power >= rough * 0.999)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return [round(at * step, 10) for at in range(first, last + 1)]


def extent(values: Sequence[float], kind: str) -> tuple[float, float]:
    """The least and the most an axis must reach.

    Shares fill theirs from 0 to 100. Counts and rates begin at 0; values that lie far above it do not, or they would be
    a flat line at the top.
    """
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    if kind == "share":
        return 0.0, 100.0
    if low < 0 or (kind == "value" and low > high * FAR_ABOVE):
        return low, high
    return 0.0, high or 1.0


def places(days: Sequence[date], start: float, end: float, reach: tuple[date, date] | None = None) -> list[float]:
    """Where each day stands: by the calendar, so that a gap in time is a gap on the chart."""
    if not days:
        return []
    first, last = reach or (days[0], days[-1])
    span = (last - first).days
    if span <= 0:
        return [round((start + end) / 2, 1)] * len(days)
    return [round(start + (day - first).days / span * (end - start), 1) for day in days]


def chosen(labels: Sequence[str], at: Sequence[float], *, size: float, low: float, high: float) -> list[int]:
    """Which labels can stand without touching one another or the edges: the newest, then evenly back from it."""
    if not labels:
        return []
    widest = max(len(label) for label in labels) * size * 0.58 + size
    least = min((b - a for a, b in pairwise(at) if b > a), default=widest)
    every = max(1, ceil(widest / least))
    kept: list[int] = []
    for index in range(len(labels) - 1, -1, -every):
        half = len(labels[index]) * size * 0.29
        free = not kept or at[kept[-1]] - at[index] >= widest
        if free and at[index] - half >= low and at[index] + half <= high:
            kept.append(index)
    return kept


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Heights for labels as near as can be to those wanted, at least `gap` apart, within the edges."""
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    found = [0.0] * len(wanted)
    at = low
    for index in order:
        at = max(at, wanted[index])
        found[index] = at
        at += gap
    ceiling = high
    for index in reversed(order):
        found[index] = round(min(found[index], ceiling), 1)
        ceiling = found[index] - gap
    return found
