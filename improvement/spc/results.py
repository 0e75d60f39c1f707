"""What the engine is asked, and what it answers. Plain values, one tuple a column; None is missing or not defined."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Numbers = Sequence[float | None]
Column = tuple[float | None, ...]

ChartKind = Literal["run", "run_perla", "i", "mr", "xbar", "s", "t", "p", "pp", "c", "u", "up", "g", "xmr"]


@dataclass(frozen=True)
class Options:
    """How a series is to be read. Points are counted from 1, in time order.

    freeze       the last point of the baseline: centre and limits come from the points up to it, and hold for all
    part         the last point of every phase but the final one; nothing crosses a phase's border
    baselines    how many points from its beginning make each phase's baseline (None: all); one for each phase
    exclude      points left out of centre, limits and runs analysis, and still held against the limits
    cl           a centre line that is given
    multiply     values, centre and limits are multiplied by it after everything else
    y_neg        False: lower limits below 0 are set to 0 where no value is below 0
    agg          how several values of one subgroup are made one: mean, median, sum, min, max, first, last
    screened_mr  moving ranges of 3.267 times their mean and more are left out, once (Nelson 1982)
    direction    increase, decrease or neutral: which way is better
    target       what is aimed at, for the assurance of an XmR chart
    shift_points, trend_points   how many points make a shift and a trend on an XmR chart
    two_of_three nhsr: only points between two and three sigma count; mdc2024: points beyond the limits count too
    """

    freeze: int | None = None
    part: tuple[int, ...] = ()
    baselines: tuple[int | None, ...] = ()
    exclude: frozenset[int] = frozenset()
    cl: float | None = None
    multiply: float = 1
    y_neg: bool = True
    agg: str = "mean"
    screened_mr: bool = True
    direction: Literal["increase", "decrease", "neutral"] = "neutral"
    target: float | None = None
    shift_points: int = 7
    trend_points: int = 7
    two_of_three: Literal["nhsr", "mdc2024"] = "nhsr"


@dataclass(frozen=True)
class Phase:
    """The runs analysis of one phase (Anhøj & Olesen 2014). The limits are None where no point is useful."""

    part: int
    n_obs: int
    n_useful: int
    longest_run: int | None
    longest_run_max: int | None
    n_crossings: int | None
    n_crossings_min: int | None
    runs_signal: bool


@dataclass(frozen=True)
class Pattern:
    """A shift or a trend by Perla's rules: from one point to another (counted from 1), and which way."""

    start: int
    end: int
    length: int
    way: Literal["above", "below", "up", "down"]


@dataclass(frozen=True)
class Perla:
    """What Perla's rules find on a run chart. The number of runs is told, not judged."""

    n_runs: int
    shifts: tuple[Pattern, ...]
    trends: tuple[Pattern, ...]


@dataclass(frozen=True)
class Special:
    """What the rules of Making Data Count say of each point of an XmR chart, and of the chart.

    relative_to_mean  -1, 0 or 1; None where there is no value
    close             beyond two sigma, and not outside the limits
    cause             the rule that is shown: "" for none, else outside, trend, two_of_three or shift
    rising            the direction of the pattern: True up or above, False down or below, None without a cause
    point_type        common_cause, special_cause_improvement, special_cause_concern, special_cause_neutral_high|low
    variation         the icon, by the last point; assurance: pass, fail, inconsistent, or None
    """

    relative_to_mean: tuple[int | None, ...]
    outside: tuple[bool, ...]
    close: tuple[bool, ...]
    cause: tuple[str, ...]
    rising: tuple[bool | None, ...]
    point_type: tuple[str, ...]
    variation: str
    assurance: Literal["pass", "fail", "inconsistent"] | None


@dataclass(frozen=True)
class Analysis:
    """A series as a chart shows it. Every column has one entry a point; a run chart has no limits."""

    chart: str
    y: Column
    cl: Column
    lcl: Column
    ucl: Column
    lcl95: Column
    ucl95: Column
    part: tuple[int, ...]
    sigma_signal: tuple[bool, ...]
    phases: tuple[Phase, ...]
    perla: Perla | None = None
    special: Special | None = None
    overdispersion: float | None = None
    """Sigma-z of the last phase of a share or a rate: well above 1, and the limits of a P or U chart are too narrow."""
