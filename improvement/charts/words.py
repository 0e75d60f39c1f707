"""What the data say, in one plain sentence.

The sentence says how sure it is. It never says more than the rules do: below ten useful numbers, that they are too few.
"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from improvement.charts.numbers import day, period, with_unit
from improvement.charts.picture import ENOUGH, SETTLED, Picture
from improvement.spc import Phase
from improvement.spc.runs import side


def sentence(picture: Picture) -> str:
    """One or two plain sentences about the newest stretch of the chart."""
    return " ".join(filter(None, (_finding(picture), _provisional(picture))))


def _finding(picture: Picture) -> str:
    present = [at for at in picture.present if not picture.is_excluded(at)]
    if not present:
        return _("No numbers yet.")
    if len(present) == 1:
        at = present[0]
        words = {"number": value_of(picture, at), "period": when(picture, at), "least": ENOUGH}
        return _("One number so far: %(number)s in %(period)s. From %(least)s on the chart can say something.") % words
    if len({picture.values[at] for at in present}) == 1:
        words = {"value": value_of(picture, present[0]), "count": len(present)}
        return _("All %(count)s numbers are %(value)s: there is no variation to read from.") % words
    if picture.analysis.special:
        return _by_making_data_count(picture)
    return _by_runs(picture)


def _by_runs(picture: Picture) -> str:
    phase = picture.analysis.phases[-1]
    outside = [at for at in _newest_stretch(picture) if picture.analysis.sigma_signal[at]]
    if phase.n_useful == 0:
        return _("All the numbers lie on the %(line)s: they say nothing of a change.") % {"line": _line(picture)}
    if _tells_of_runs(picture, phase, outside):
        return _run(picture, phase)
    if outside and picture.has_limits:
        at = outside[-1]
        words = {"number": value_of(picture, at), "period": when(picture, at)}
        told = _("%(number)s in %(period)s lies outside the limits. Look for what was special then.") % words
        return f"{told} {_few(phase)}".strip() if phase.n_useful < ENOUGH else told
    if phase.n_useful < ENOUGH:
        return f"{_new_limits(picture)} {_few(phase)}".strip()
    if picture.analysis.perla:
        return _by_perla(picture)
    words = {"line": _line(picture), "value": _centre(picture)}
    return _("No sign of a change: the numbers vary by chance about the %(line)s, %(value)s.") % words


def _tells_of_runs(picture: Picture, phase: Phase, outside: list[int]) -> bool:
    """Whether a change that lasts is to be told of, before numbers that stand out.

    A single number far out draws a mean along, and leaves all the others in a long run on the other side: then it is
    what is to be told of.
    """
    if not phase.runs_signal or phase.n_useful < ENOUGH or picture.analysis.perla:
        return False
    way = _longest_side(picture)
    return all(_sign(picture, at) == way for at in outside)


def _new_limits(picture: Picture) -> str:
    """What has changed, where the newest stretch was begun by a person: it is not forgotten for being short."""
    reasons = [mark for mark in picture.marks if mark.kind == "limits"]
    if len(picture.analysis.phases) == 1 or not reasons:
        return ""
    return _("New limits from %(day)s: %(why)s.") % {"day": day(reasons[-1].on), "why": reasons[-1].text.rstrip(".")}


def _few(phase: Phase) -> str:
    words = {"count": phase.n_useful, "least": ENOUGH}
    return _("Too few numbers to say anything for sure: %(count)s of at least %(least)s.") % words


def _run(picture: Picture, phase: Phase) -> str:
    """Which of the two rules it is, with its limit."""
    assert phase.longest_run is not None
    assert phase.longest_run_max is not None
    words = {"run": phase.longest_run, "limit": phase.longest_run_max, "line": _line(picture)}
    if phase.longest_run <= phase.longest_run_max:
        words = {"count": phase.n_crossings, "limit": phase.n_crossings_min, "line": _line(picture)}
        return (
            ngettext(
                "The curve crosses the %(line)s %(count)s time; by chance it would be at least %(limit)s. "
                "It is probably a real change.",
                "The curve crosses the %(line)s %(count)s times; by chance it would be at least %(limit)s. "
                "It is probably a real change.",
                phase.n_crossings or 0,
            )
            % words
        )
    if _longest_side(picture) > 0:
        told = _("A run of %(run)s numbers above the %(line)s; the limit is %(limit)s.") % words
    else:
        told = _("A run of %(run)s numbers below the %(line)s; the limit is %(limit)s.") % words
    return f"{told} {_verdict(picture, _longest_is_newest(picture))}"


def _verdict(picture: Picture, way: int) -> str:
    """For better or worse, where the longest run is also the newest one and the measure has a direction."""
    if picture.direction == "neutral" or way == 0:
        return _("It is probably a real change.")
    if (way > 0) == (picture.direction == "increase"):
        return _("It is probably a real improvement.")
    return _("It is probably a real change for the worse.")


def _by_perla(picture: Picture) -> str:
    assert picture.analysis.perla is not None
    shifts, trends = picture.analysis.perla.shifts, picture.analysis.perla.trends
    if shifts:
        words = {"count": shifts[-1].length, "line": _line(picture)}
        told = (
            _("A shift: %(count)s numbers in a row above the %(line)s. It is probably a real change.")
            if shifts[-1].way == "above"
            else _("A shift: %(count)s numbers in a row below the %(line)s. It is probably a real change.")
        )
        return told % words
    if trends:
        told = (
            _("A trend: %(count)s numbers in a row that rise. It may be a real change.")
            if trends[-1].way == "up"
            else _("A trend: %(count)s numbers in a row that fall. It may be a real change.")
        )
        return told % {"count": trends[-1].length}
    words = {"line": _line(picture), "value": _centre(picture)}
    return _("No sign of a change: the numbers vary by chance about the %(line)s, %(value)s.") % words


def _by_making_data_count(picture: Picture) -> str:
    special = picture.analysis.special
    assert special is not None
    if len(picture.present) < ENOUGH:
        words = {"count": len(picture.present), "least": ENOUGH}
        return _("Too few numbers to say anything for sure: %(count)s of at least %(least)s.") % words
    told = {
        "common_cause": _("The newest number varies as chance does."),
        "improvement_high": _("A real improvement: the numbers lie high, or rise."),
        "improvement_low": _("A real improvement: the numbers lie low, or fall."),
        "concern_high": _("A real change for the worse: the numbers lie high, or rise."),
        "concern_low": _("A real change for the worse: the numbers lie low, or fall."),
        "neutral_high": _("A real change: the numbers lie high, or rise."),
        "neutral_low": _("A real change: the numbers lie low, or fall."),
    }[special.variation]
    return f"{told} {assurance(picture)}".strip()


def assurance(picture: Picture) -> str:
    """Whether the process as it is reaches the target; an empty text where nothing can be said."""
    special = picture.analysis.special
    if special is None or special.assurance is None or picture.target is None:
        return ""
    words = {"target": with_unit(picture, picture.target)}
    return {
        "pass": _("As it works now, it reaches the target of %(target)s every time."),
        "fail": _("As it works now, it never reaches the target of %(target)s: the way of working must change."),
        "inconsistent": _("As it works now, chance decides whether it reaches the target of %(target)s."),
    }[special.assurance] % words


def _provisional(picture: Picture) -> str:
    if picture.settled or not picture.has_limits:
        return ""
    words = {"count": len([at for at in picture.present if not picture.is_excluded(at)]), "least": SETTLED}
    return _("The limits are provisional until there are %(least)s numbers (%(count)s so far).") % words


def advice(picture: Picture) -> str:
    """A word on the choice of chart, where another would serve better; an empty text else."""
    spread = picture.analysis.overdispersion
    if picture.analysis.chart in ("p", "u") and spread is not None and spread > 1.5 and len(picture.present) >= SETTLED:
        return _(
            "The numbers spread more than such a chart reckons with, so that nearly all lie outside. "
            "Choose the chart for large numbers (P′ or U′) instead."
        )
    if picture.small_denominators:
        return _("There are few behind each number, so that it leaps. Count a longer period at a time.")
    return ""


# Parts of sentences


def _newest_stretch(picture: Picture) -> list[int]:
    part = picture.analysis.part
    return [at for at in picture.present if part[at] == part[-1]]


def _signs(picture: Picture) -> list[int]:
    """The sides of the useful points of the newest stretch."""
    included = [at for at in _newest_stretch(picture) if not picture.is_excluded(at)]
    return [sign for at in included if (sign := _sign(picture, at))]


def _sign(picture: Picture, at: int) -> int:
    """1 above the centre line, -1 below, 0 on it or nowhere."""
    value, line = picture.values[at], picture.analysis.cl[at]
    return 0 if value is None or line is None else side(value, line)


def _longest(picture: Picture) -> tuple[int, bool]:
    """The side of the longest run (of the last such), and whether it is the newest run."""
    signs = _signs(picture)
    best, best_end, length = 0, -1, 0
    for at, sign in enumerate(signs):
        length = length + 1 if at and signs[at - 1] == sign else 1
        if length >= best:
            best, best_end = length, at
    return (signs[best_end], best_end == len(signs) - 1) if signs else (0, False)


def _longest_side(picture: Picture) -> int:
    return _longest(picture)[0]


def _longest_is_newest(picture: Picture) -> int:
    """The side of the longest run where it is still going on, else 0."""
    way, newest = _longest(picture)
    return way if newest else 0


def _line(picture: Picture) -> str:
    return _("median") if picture.analysis.chart in ("run", "run_perla", "g") else _("mean")


def line_name(picture: Picture) -> str:
    """What the centre line is called on the chart."""
    return _("Median") if picture.analysis.chart in ("run", "run_perla", "g") else _("Mean")


def _centre(picture: Picture) -> str:
    value = picture.analysis.cl[-1] if picture.analysis.cl else None
    return "" if value is None else with_unit(picture, value)


def value_of(picture: Picture, at: int) -> str:
    """A point's value with its unit; an empty text where it is missing."""
    value = picture.values[at]
    return "" if value is None else with_unit(picture, value)


def when(picture: Picture, at: int) -> str:
    """The period a point stands for."""
    return period(picture.days[at], picture.rhythm)
