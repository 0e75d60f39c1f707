"""Axes and room: round numbers up the side, days along the foot, labels that do not touch one another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor, log10

STEPS = (1, 2, 2.5, 5, 10)
WHOLE_STEPS = (1, 2, 5, 10)
FAR_ABOVE = 0.5
FAR_OFF = 2.5
FLAT = 1e-6
NOTHING = 1e-6  # numbers are kept with three decimals
LETTER = 0.57
"""How wide a letter of ours is, of its height, over a line of text; bold ones are a little wider."""


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


@dataclass(frozen=True)
class Calendar:
    """From a day to its place, so that a gap in time is a gap on the chart. A single day stands in the middle."""

    first: date
    last: date
    start: float
    end: float

    @property
    def a_day(self) -> float:
        """How wide a day is."""
        return (self.end - self.start) / max(1, (self.last - self.first).days)

    def __call__(self, day: date) -> float:
        if self.first == self.last:
            return round((self.start + self.end) / 2, 1)
        return round(self.start + (day - self.first).days * self.a_day, 1)


def width(text: str, size: float, *, strong: bool = False) -> float:
    """About how wide a text is drawn."""
    return len(text) * size * (LETTER + 0.03 * strong)


def rounded(low: float, high: float, count: int = 5, *, whole: bool = False) -> list[float]:
    """Round numbers from at or below `low` to at or above `high`, about `count` of them, evenly apart."""
    if high - low <= max(FLAT * max(abs(low), abs(high)), NOTHING):
        reach = max(abs(low) * 0.1, NOTHING) if abs(low) > NOTHING else 1
        low, high = low - reach, high + reach
    rough = (high - low) / max(1, count - 1)
    power = 10 ** floor(log10(rough))
    step = next(each * power for each in (WHOLE_STEPS if whole else STEPS) if each * power >= rough * 0.999)
    if whole:
        step = max(1, step)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return [round(at * step, 10) for at in range(first, last + 1)]


def extent(values: Sequence[float], kind: str, limits: Sequence[float] = ()) -> tuple[float, float]:
    """The least and the most an axis must reach for its values, and for limits that do not lie far off.

    Shares fill theirs from 0 to 100. Counts and rates begin at 0; values that lie far above it do not, or they would be
    a flat line at the top. So would numbers be one at the foot, under a limit of several times their size.
    """
    if kind == "share":
        return 0.0, 100.0
    most = max(values, default=0.0)
    near = [*values, *(limit for limit in limits if most <= 0 or limit <= FAR_OFF * most)]
    low, high = (min(near), max(near)) if near else (0.0, 1.0)
    if low < 0 or (kind == "value" and low > high * FAR_ABOVE):
        return low, high
    return 0.0, high or 1.0


def spread(wanted: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float]:
    """The middles of blocks of those sizes, as near as can be to those wanted, within the edges, none on another."""
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    found = [0.0] * len(wanted)
    at = low
    for index in order:
        found[index] = max(at, wanted[index] - sizes[index] / 2) + sizes[index] / 2
        at = found[index] + sizes[index] / 2
    ceiling = high
    for index in reversed(order):
        found[index] = round(min(found[index], ceiling - sizes[index] / 2), 1)
        ceiling = found[index] - sizes[index] / 2
    return found
