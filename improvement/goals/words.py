"""Words for lines of the chain: states, rounds, numbers. In the active language."""

from collections.abc import Iterable

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gpf import dates
from improvement.charts.numbers import number, period
from improvement.checklists.steps import BY_KEY
from improvement.goals.chain import Chain, ChangeLine, GoalLine, MeasureLine, RoundLine
from improvement.goals.models import Change, Goal, PdsaRound
from improvement.measures.analysing import FEW
from improvement.measures.models import Measure
from improvement.method.effect_goals import BY_NUMBER


def goal_state(goal: GoalLine) -> str:
    return str(Goal.State(goal.state).label)


def change_state(change: ChangeLine) -> str:
    return str(Change.State(change.state).label)


def terms(goal: GoalLine) -> list[str]:
    """How much, for whom and by when, as far as the goal says it."""
    when = _("by %(day)s") % {"day": dates.short_date(goal.by_when)} if goal.by_when else ""
    return [part for part in (goal.how_much, goal.for_whom, when) if part]


def serves(goal: GoalLine) -> list[str]:
    """The effect goals and the steps of the home-based pathway that the goal serves."""
    steps = [BY_KEY[key] for key in goal.hph_steps if key in BY_KEY]
    return [str(BY_NUMBER[key].name) for key in goal.effect_goals if key in BY_NUMBER] + [
        step.code or str(step.name) for step in steps
    ]


def round_state(one: RoundLine) -> str:
    """Round 2: adjust and try again."""
    decided = str(PdsaRound.Decision(one.decision).label) if one.decision else _("going on")
    return _("Round %(number)d: %(state)s") % {"number": one.number, "state": decided}


def newest(measure: MeasureLine, *, own: bool) -> str:
    """The last number with its time, as people say it; with few behind it only for the team itself."""
    last = measure.newest
    if last is None:
        return ""
    when = period(last.on, measure.rhythm if measure.kind != Measure.Kind.TIME_BETWEEN else "event")
    if measure.kind == Measure.Kind.TIME_BETWEEN:
        return _("last on %(day)s") % {"day": when}
    if not own and last.denominator is not None and last.denominator < FEW:
        return _("%(when)s: not shown, fewer than five") % {"when": capfirst(when)}
    return f"{_value(measure)} · {when}"


def _value(measure: MeasureLine) -> str:
    last = measure.newest
    assert last is not None
    if last.value is not None:
        return with_unit(measure, float(last.value))
    if not last.denominator or last.numerator is None:
        return "–"
    times = 100 if measure.kind == Measure.Kind.SHARE else measure.per
    return with_unit(measure, float(last.numerator / last.denominator * times))


def with_unit(measure: MeasureLine, value: float) -> str:
    """78 %, 4 falls, 3,2 per 1 000."""
    if measure.kind == Measure.Kind.SHARE:
        return _("%(number)s %%") % {"number": number(value)}
    if measure.kind == Measure.Kind.RATE and measure.per > 1:
        return _("%(number)s per %(per)s") % {"number": number(value), "per": number(measure.per)}
    if measure.kind == Measure.Kind.TIME_BETWEEN:
        return _("%(number)s days") % {"number": number(value)}
    return f"{number(value)} {measure.unit}".strip()


def target(measure: MeasureLine) -> str:
    """What the team wants the number to be; empty where it has not said."""
    if measure.target is None:
        return ""
    return _("target %(value)s") % {"value": with_unit(measure, float(measure.target))}


def count_words(chain: Chain) -> str:
    """3 needs, 2 goals, 4 changes, 2 measures."""
    needs, goals = len(chain.needs), len(chain.goals)
    changes, measures = len(chain.changes), len(chain.measures)
    return ", ".join(
        (
            ngettext("%(number)d need", "%(number)d needs", needs) % {"number": needs},
            ngettext("%(number)d goal", "%(number)d goals", goals) % {"number": goals},
            ngettext("%(number)d change", "%(number)d changes", changes) % {"number": changes},
            ngettext("%(number)d measure", "%(number)d measures", measures) % {"number": measures},
        )
    )


def gap_words(gaps: Iterable[object]) -> str:
    """Three links are missing."""
    count = len(list(gaps))
    if not count:
        return _("Everything hangs together.")
    return ngettext("%(number)d link is missing.", "%(number)d links are missing.", count) % {"number": count}
