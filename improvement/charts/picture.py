"""Everything a chart shows, ready to be drawn, told in a sentence, or written as a table. No database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from improvement.spc import Analysis

ENOUGH = 10
"""Useful points from which the runs rules say anything."""

SETTLED = 12
"""Numbers from which limits are no longer provisional, and stay."""

Number = float | None


@dataclass(frozen=True)
class Mark:
    """Something written on the chart: what happened, a PDSA round, or that limits were reckoned anew, and why."""

    on: date
    text: str
    kind: Literal["event", "pdsa", "limits"] = "event"


@dataclass(frozen=True)
class Picture:
    """A measure with its numbers in time. Every column has one entry a point; None is missing.

    Values, centre, limits and target are in the unit that is shown: a share in percent, a rate per `per`.
    `hidden` points have too few people behind them for this reader: their numbers are nowhere in the picture.
    """

    title: str
    kind: str
    unit: str
    direction: str
    rhythm: str
    rules: str
    days: Sequence[date]
    analysis: Analysis
    per: int = 1
    target: Number = None
    numerators: Sequence[Number] = ()
    denominators: Sequence[Number] = ()
    hidden: Sequence[bool] = ()
    excluded: Sequence[bool] = ()
    notes: Sequence[str] = ()
    marks: Sequence[Mark] = ()
    settled: bool = False
    team: str = ""
    small_denominators: bool = False

    @property
    def values(self) -> Sequence[Number]:
        return self.analysis.y

    @property
    def present(self) -> list[int]:
        """The places of the points that have a value, from 0."""
        return [at for at, value in enumerate(self.values) if value is not None]

    @property
    def last(self) -> int | None:
        """The place of the newest value."""
        return self.present[-1] if self.present else None

    @property
    def has_limits(self) -> bool:
        return any(value is not None for value in (*self.analysis.lcl, *self.analysis.ucl))

    def is_excluded(self, at: int) -> bool:
        return bool(self.excluded) and self.excluded[at]

    def is_hidden(self, at: int) -> bool:
        return bool(self.hidden) and self.hidden[at]

    def signals(self, at: int) -> bool:
        """Whether the point itself stands out: outside its limits, or special by the rules that mark points."""
        special = self.analysis.special
        if special:
            return bool(special.cause[at])
        if self.analysis.perla:
            patterns = (*self.analysis.perla.shifts, *self.analysis.perla.trends)
            return self.values[at] is not None and any(each.start <= at + 1 <= each.end for each in patterns)
        return self.analysis.sigma_signal[at]

    def line_signals(self, part: int) -> bool:
        """Whether the runs of a phase (from 1) say that something changed. That belongs to the line, not to points."""
        phase = self.analysis.phases[part - 1]
        return phase.runs_signal and phase.n_useful >= ENOUGH and self.rules == "anhoej"
