"""From the rows of measures to the pictures of their charts, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from django.db.models import Q
from django.utils.translation import gettext as _

from improvement.charts.picture import Mark, Picture
from improvement.goals.models import PdsaRound
from improvement.measures.models import Annotation, LimitPeriod, Measure, Observation
from improvement.spc import ChartKind, Options, analyse

FEW = 5
"""A number with fewer behind it is shown to nobody outside the team."""

Kind = Measure.Kind

FITTING: dict[str, tuple[str, ...]] = {
    Kind.SHARE: ("run", "p", "pp", "i"),
    Kind.RATE: ("run", "u", "up", "i"),
    Kind.COUNT: ("run", "c", "i"),
    Kind.VALUE: ("run", "i", "mr"),
    Kind.TIME_BETWEEN: ("run", "t", "g"),
}
"""The charts that fit a kind of measure; the first is drawn where the team has chosen none."""


@dataclass
class Rows:
    """What is kept of one measure."""

    observations: list[Observation] = field(default_factory=list)
    periods: list[LimitPeriod] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)


def pictures_of(measures: Sequence[Measure], *, own: bool) -> dict[int, Picture]:
    """The picture of each measure by its primary key. Needs the network's scope, and each measure's `team` read.

    Four queries, however many measures. For a reader outside the team (`own` false), a point with fewer than five
    behind it is left out of the picture and of all that is reckoned from it.
    """
    rows = _read(measures)
    return {measure.pk: picture_of(measure, rows[measure.pk], own=own) for measure in measures}


def _read(measures: Sequence[Measure]) -> dict[int, Rows]:
    found: dict[int, Rows] = defaultdict(Rows)
    for row in Observation.objects.filter(measure__in=measures).order_by("on"):
        found[row.measure_id].observations.append(row)
    for period in LimitPeriod.objects.filter(measure__in=measures).order_by("starts_on"):
        found[period.measure_id].periods.append(period)
    _read_annotations(measures, found)
    _read_rounds(measures, found)
    for each in found.values():
        each.marks.sort(key=lambda mark: mark.on)
    return found


def _read_annotations(measures: Sequence[Measure], found: dict[int, Rows]) -> None:
    teams = {measure.team_id for measure in measures}
    of_all = Q(measure=None, team__in=teams)
    for note in Annotation.objects.filter(of_all | Q(measure__in=measures)):
        for measure in measures:
            if note.measure_id == measure.pk or (note.measure_id is None and note.team_id == measure.team_id):
                found[measure.pk].marks.append(Mark(note.on, note.text))


def _read_rounds(measures: Sequence[Measure], found: dict[int, Rows]) -> None:
    """PDSA rounds of the changes that are to move the measure's goal."""
    by_goal: dict[int, list[int]] = defaultdict(list)
    for measure in measures:
        if measure.goal_id is not None:
            by_goal[measure.goal_id].append(measure.pk)
    rounds = PdsaRound.objects.filter(
        change__goal_links__goal__in=list(by_goal), change__put_away_at=None, starts_on__isnull=False
    )
    columns = ("change__goal_links__goal", "starts_on", "number", "change__text")
    for goal, starts_on, number, text in rounds.values_list(*columns).distinct():
        for pk in by_goal.get(goal, ()):
            told = _("PDSA %(number)s: %(change)s") % {"number": number, "change": text}
            found[pk].marks.append(Mark(starts_on, told, "pdsa"))


# One measure


def picture_of(measure: Measure, rows: Rows, *, own: bool) -> Picture:
    """Pure: the picture of a measure from its rows."""
    observations = rows.observations
    hidden = [not own and row.denominator is not None and row.denominator < FEW for row in observations]
    y, n = _columns(measure, observations, hidden)
    days = [row.on for row in observations]
    parts, baselines, settled = _stretches(rows.periods, days)
    options = Options(
        part=parts,
        baselines=baselines,
        exclude=frozenset(at for at, row in enumerate(observations, start=1) if row.excluded),
        multiply=100 if measure.kind == Kind.SHARE else measure.per if measure.kind == Kind.RATE else 1,
        direction=measure.direction,  # type: ignore[arg-type]  # the field's choices are the option's
        target=None if measure.target is None else float(measure.target),
    )
    new = [Mark(period.starts_on, period.answer, "limits") for period in rows.periods if period.starts_on]
    denominators = [row.denominator for row in observations if row.denominator]
    return Picture(
        title=measure.title,
        kind=measure.kind,
        unit=measure.unit,
        per=measure.per,
        direction=measure.direction,
        rhythm=measure.rhythm,
        rules=measure.rules,
        days=days,
        analysis=analyse(chart=chart_of(measure), y=y, n=n, options=options),
        target=None if measure.target is None else float(measure.target),
        numerators=[None if hid else _float(row.numerator) for row, hid in zip(observations, hidden, strict=True)],
        denominators=[None if hid else _float(row.denominator) for row, hid in zip(observations, hidden, strict=True)],
        hidden=hidden,
        excluded=[row.excluded for row in observations],
        notes=["" if hid else _note(row) for row, hid in zip(observations, hidden, strict=True)],
        marks=sorted([*rows.marks, *new], key=lambda mark: mark.on),
        settled=settled,
        team=measure.team.name,
        small_denominators=bool(denominators) and sorted(denominators)[len(denominators) // 2] < FEW,
    )


def chart_of(measure: Measure) -> ChartKind:
    """The chart that is drawn: what the rules ask for, else what the team chose, where it fits, else a run chart."""
    if measure.rules == Measure.Rules.PERLA:
        return "run_perla"
    if measure.rules == Measure.Rules.MDC and measure.kind != Kind.TIME_BETWEEN:
        return "xmr"
    fitting = FITTING[measure.kind]
    return measure.chart if measure.chart in fitting else fitting[0]  # type: ignore[return-value]


def _columns(
    measure: Measure, rows: Sequence[Observation], hidden: Sequence[bool]
) -> tuple[list[float | None], list[float | None] | None]:
    """Values, or numerators with their denominators. The first event has no time before it."""
    if measure.kind == Kind.TIME_BETWEEN:
        return _days_between([row.on for row in rows]), None
    if measure.kind in (Kind.SHARE, Kind.RATE):
        tops = [None if hid else _float(row.numerator) for row, hid in zip(rows, hidden, strict=True)]
        return tops, [None if hid else _float(row.denominator) for row, hid in zip(rows, hidden, strict=True)]
    return [_float(row.value) for row in rows], None


def _days_between(days: Sequence[date]) -> list[float | None]:
    return [None, *(float((later - earlier).days) for earlier, later in pairwise(days))][: len(days)]


def _stretches(
    periods: Iterable[LimitPeriod], days: Sequence[date]
) -> tuple[tuple[int, ...], tuple[int | None, ...], bool]:
    """Days made into points: each stretch's end, its baseline's length, whether the newest baseline has ended."""
    ordered = sorted(periods, key=lambda period: period.starts_on or date.min)
    starts = [sum(day < period.starts_on for day in days) if period.starts_on else 0 for period in ordered]
    # A stretch that begins after the last number, or before the first, has no points of its own yet.
    kept = [
        (start, period)
        for at, (start, period) in enumerate(zip(starts, ordered, strict=True))
        if start < len(days) and (at + 1 == len(starts) or starts[at + 1] > start)
    ]
    baselines = tuple(
        None if period.baseline_through is None else max(1, sum(day <= period.baseline_through for day in days) - start)
        for start, period in kept
    )
    settled = bool(kept) and kept[-1][1].baseline_through is not None
    return tuple(start for start, _period in kept[1:]), baselines, settled


def _note(row: Observation) -> str:
    return "; ".join(filter(None, (row.excluded_reason if row.excluded else "", row.note)))


def _float(value: object) -> float | None:
    return None if value is None else float(value)  # type: ignore[arg-type]  # a Decimal
