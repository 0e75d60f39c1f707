"""The one public function: a series and how to read it, in; a chart's lines and what the rules find, out."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any

from improvement.spc import limits, xmr
from improvement.spc.limits import Lines, Points
from improvement.spc.results import Analysis, ChartKind, Numbers, Options, Perla, Phase
from improvement.spc.runs import perla, phase_of, side
from improvement.spc.series import Series, number, read_series

PLAIN = Options()
OF_SHARES = {"p", "pp"}


def analyse(
    *,
    chart: ChartKind,
    y: Numbers,
    n: Numbers | None = None,
    subgroup: Sequence[int | None] | None = None,
    options: Options = PLAIN,
) -> Analysis:
    """Compute a chart.

    `y` are the values in time order, or the numerators where `n` gives the denominators (as long as `y`). `subgroup`
    says which values belong to one point; a value of no subgroup is left out. A value that is None, not finite, or
    over a denominator that is None or not above 0, is missing: it keeps its place and counts for nothing.

    `chart` chooses the limits: "run" has none, "run_perla" is a run chart by Perla's rules, "xmr" an I chart by those
    of Making Data Count; all others are read by Anhøj's. Never raises for what the numbers are; ValueError where the
    columns differ in length or a name is unknown.
    """
    series = read_series(chart, y, n, subgroup, options)
    whole = [_phase(chart, series, span, options) for span in _spans(len(series.y), options)]
    return _assemble(chart, series, whole, options)


# Phase by phase


@dataclass(frozen=True)
class Span:
    """A phase's points: from `start` until before `end`, counted from 0, and where its baseline ends."""

    number: int
    start: int
    end: int
    base_end: int


@dataclass(frozen=True)
class Computed:
    """A phase with its lines drawn. `points` are as computed: on an MR chart the ranges."""

    span: Span
    points: Points
    included: Sequence[bool]
    lines: Lines


def _spans(length: int, options: Options) -> list[Span]:
    ends = [end for end in sorted(set(options.part)) if 0 < end < length]
    spans = []
    for at, (start, end) in enumerate(zip([0, *ends], [*ends, length], strict=True)):
        own = options.baselines[at] if at < len(options.baselines) else None
        base_end = end if own is None else min(end, start + own)
        if options.freeze is not None and not options.part:
            base_end = min(base_end, options.freeze)
        spans.append(Span(at + 1, start, end, base_end))
    return spans


def _phase(chart: str, series: Series, span: Span, options: Options) -> Computed:
    within = slice(span.start, span.end)
    included = [at + 1 not in options.exclude for at in range(span.start, span.end)]
    base = [inside and at < span.base_end for at, inside in enumerate(included, start=span.start)]
    y = series.y[within]
    if chart == "mr":
        y = [None, *(None if a is None or b is None else abs(b - a) for a, b in pairwise(y))][: len(y)]
    points = Points(
        y=y,
        n=None if series.n is None else series.n[within],
        total=series.total[within],
        base=base,
        deviation=series.deviation[within],
        sizes=series.sizes[within],
    )
    has_negative = chart != "mr" and any(value is not None and value < 0 for value in series.y)
    return Computed(span, points, included, _lines(chart, points, options, has_negative=has_negative))


def _lines(chart: str, points: Points, options: Options, *, has_negative: bool) -> Lines:
    cl, screened = options.cl, options.screened_mr
    charts = {
        "run": partial(limits.run, points, cl),
        "run_perla": partial(limits.run, points, cl),
        "i": partial(limits.single, points, cl, screened=screened),
        "mr": partial(limits.moving_range, points, cl),
        "xbar": partial(limits.subgroup_means, points, cl),
        "s": partial(limits.subgroup_deviations, points, cl),
        "t": partial(limits.time_between, points, cl, screened=screened),
        "p": partial(limits.ratio, points, cl, limits.binomial, 1),
        "pp": partial(limits.ratio_prime, points, cl, limits.binomial, 1, screened=screened),
        "u": partial(limits.ratio, points, cl, limits.poisson, None),
        "up": partial(limits.ratio_prime, points, cl, limits.poisson, None, screened=screened),
        "c": partial(limits.count, points, cl),
        "g": partial(limits.cases_between, points, cl),
        "xmr": partial(xmr.process_limits, points, cl, screened=screened),
    }
    if chart not in charts:
        raise ValueError(f"no such chart: {chart}")
    lines = charts[chart]()
    if options.y_neg or has_negative:
        return lines
    (low, high), (low2, high2) = lines.outer, lines.inner
    return Lines(
        lines.cl, (limits.clip(low, 0, None), high), (limits.clip(low2, 0, None), high2), sigma_z=lines.sigma_z
    )


# Put together


def _assemble(chart: ChartKind, series: Series, whole: Sequence[Computed], options: Options) -> Analysis:
    def column(of: Any) -> tuple[float | None, ...]:
        return tuple(_times(value, options.multiply) for computed in whole for value in of(computed))

    lcl, ucl = column(lambda each: each.lines.outer[0]), column(lambda each: each.lines.outer[1])
    y = column(lambda each: each.points.y)
    signal = [value for computed in whole for value in _signals(computed)]
    return Analysis(
        chart=chart,
        y=y,
        cl=column(lambda each: each.lines.cl),
        lcl=lcl,
        ucl=ucl,
        lcl95=column(lambda each: each.lines.inner[0]),
        ucl95=column(lambda each: each.lines.inner[1]),
        part=tuple(computed.span.number for computed in whole for _point in computed.points.y),
        sigma_signal=tuple(signal),
        phases=tuple(_runs(chart, computed) for computed in whole),
        perla=_perla(whole) if chart == "run_perla" else None,
        special=_special(whole, options) if chart == "xmr" else None,
        overdispersion=number(whole[-1].lines.sigma_z) if whole else None,
    )


def _times(value: float | None, factor: float) -> float | None:
    """None, too, for what has grown beyond all numbers on the way."""
    return None if value is None else number(value * factor)


def _signals(computed: Computed) -> list[bool]:
    """Which points lie strictly outside their limits."""
    lower, upper = computed.lines.outer
    return [
        value is not None
        and ((high is not None and side(value, high) > 0) or (low is not None and side(value, low) < 0))
        for value, low, high in zip(computed.points.y, lower, upper, strict=True)
    ]


def _runs(chart: str, computed: Computed) -> Phase:
    kept = [
        (value, line)
        for value, line, inside in zip(computed.points.y, computed.lines.cl, computed.included, strict=True)
        if inside
    ]
    y, cl = [value for value, _line in kept], [line for _value, line in kept]
    return phase_of(computed.span.number, y, cl, may_signal=chart != "mr")


def _perla(whole: Sequence[Computed]) -> Perla:
    """Phase by phase: no pattern crosses a border."""
    found = [_perla_of(computed) for computed in whole]
    return Perla(
        n_runs=sum(each.n_runs for each in found),
        shifts=tuple(pattern for each in found for pattern in each.shifts),
        trends=tuple(pattern for each in found for pattern in each.trends),
    )


def _perla_of(computed: Computed) -> Perla:
    present = [
        (at, value)
        for at, (value, inside) in enumerate(
            zip(computed.points.y, computed.included, strict=True), start=computed.span.start + 1
        )
        if inside and value is not None
    ]
    centre = computed.lines.cl[0] if computed.lines.cl else None
    return perla(present, centre) if centre is not None else Perla(0, (), ())


def _special(whole: Sequence[Computed], options: Options) -> Any:
    phases = [(xmr.Marks(each.points.y, each.lines, each.included), each.lines) for each in whole]
    return xmr.special(phases, options)
