"""What has changed between two plans, told in sentences in the active language."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from improvement.goals.models import PdsaRound
from improvement.method.effect_goals import BY_NUMBER
from improvement.plans import labels
from improvement.plans.difference import Difference, How, What
from teams.models import TeamMember

_NEW: Mapping[What, Promise] = {
    What.PERSON: gettext_lazy("New in the team: %(title)s."),
    What.THEME: gettext_lazy("New from the interviews: “%(title)s”."),
    What.NEED: gettext_lazy("New need: “%(title)s”."),
    What.GOAL: gettext_lazy("New goal: “%(title)s”."),
    What.CHANGE: gettext_lazy("New change: “%(title)s”."),
    What.MEASURE: gettext_lazy("New measure: “%(title)s”."),
}
_GONE: Mapping[What, Promise] = {
    What.PERSON: gettext_lazy("No longer in the team: %(title)s."),
    What.THEME: gettext_lazy("Taken out of the interviews: “%(title)s”."),
    What.NEED: gettext_lazy("The need “%(title)s” is taken out."),
    What.GOAL: gettext_lazy("The goal “%(title)s” is taken out."),
    What.CHANGE: gettext_lazy("The change “%(title)s” is taken out."),
    What.MEASURE: gettext_lazy("The measure “%(title)s” is taken out."),
}
_RENAMED: Mapping[What, Promise] = {
    What.PERSON: gettext_lazy("%(before)s is called %(title)s."),
    What.THEME: gettext_lazy("“%(before)s” from the interviews now reads “%(title)s”."),
    What.NEED: gettext_lazy("The need “%(before)s” now reads “%(title)s”."),
    What.GOAL: gettext_lazy("The goal “%(before)s” now reads “%(title)s”."),
    What.CHANGE: gettext_lazy("The change “%(before)s” now reads “%(title)s”."),
    What.MEASURE: gettext_lazy("The measure “%(before)s” is now called “%(title)s”."),
}
_ABOUT: Mapping[What, Promise] = {
    What.NEED: gettext_lazy("The need “%(title)s” is described anew."),
    What.GOAL: gettext_lazy("What became of the goal “%(title)s” is written: %(after)s"),
    What.CHANGE: gettext_lazy("The change “%(title)s” is described anew."),
}
_STATES: Mapping[tuple[What, str], Promise] = {
    (What.GOAL, "draft"): gettext_lazy("The goal “%(title)s” is a draft again."),
    (What.GOAL, "chosen"): gettext_lazy("The goal “%(title)s” is chosen."),
    (What.GOAL, "reached"): gettext_lazy("The goal “%(title)s” is reached."),
    (What.GOAL, "dropped"): gettext_lazy("The goal “%(title)s” is no longer worked on."),
    (What.CHANGE, "idea"): gettext_lazy("The change “%(title)s” is an idea again."),
    (What.CHANGE, "trying"): gettext_lazy("The change “%(title)s” is being tried."),
    (What.CHANGE, "in_use"): gettext_lazy("The change “%(title)s” is in use."),
    (What.CHANGE, "stopped"): gettext_lazy("The change “%(title)s” is stopped."),
}
_FIELDS: Mapping[str, Promise] = {
    "how_much": gettext_lazy("How much"),
    "for_whom": gettext_lazy("For whom"),
    "by_when": gettext_lazy("By when"),
    "needs": gettext_lazy("Answers the need"),
    "effect_goals": gettext_lazy("Effect goals"),
    "hph_steps": gettext_lazy("Step in the pathway"),
    "responsible": gettext_lazy("Responsible"),
    "starts_on": gettext_lazy("Begins"),
    "ends_on": gettext_lazy("Ends"),
    "goals": gettext_lazy("Is to move the goal"),
    "goal": gettext_lazy("Belongs to the goal"),
    "target": gettext_lazy("Target"),
    "newest": gettext_lazy("Newest number"),
    "ended_on": gettext_lazy("Measured until"),
    "patient_group": gettext_lazy("Patient group"),
    "anchored": gettext_lazy("Anchored with"),
    "interviews": gettext_lazy("Interviews"),
}


_VALUES: Mapping[str, Callable[[Any], str]] = {
    "by_when": labels.day,
    "starts_on": labels.day,
    "ends_on": labels.day,
    "ended_on": labels.day,
    "effect_goals": labels.effect_goals,
    "hph_steps": labels.steps,
    "needs": "; ".join,
    "goals": "; ".join,
    "goal": "; ".join,
    "anchored": lambda value: labels.anchored(*value),
}


def in_words(differences: Iterable[Difference]) -> tuple[str, ...]:
    """What has changed, a line for each thing: the sentences of one thing stand together, and name it once."""
    return tuple(_line(list(several)) for _thing, several in groupby(differences, key=_thing))


def _thing(each: Difference) -> tuple[What, object]:
    """What a difference is about; what stands once in a plan, and a rating, has a line of its own."""
    alone = each.what in (What.PLAN, What.RATING)
    return each.what, (each.field, each.key) if alone else each.key


def _line(several: Sequence[Difference]) -> str:
    first, *rest = several
    return " ".join((_sentence(first), *(_sentence(_unnamed(each)) for each in rest)))


def _unnamed(each: Difference) -> Difference:
    """As it is told where the thing has been named just before."""
    return replace(each, title="") if each.how in (How.SET, How.TRIED) else each


def _sentence(each: Difference) -> str:
    words = {"title": each.title, "before": each.before, "after": each.after}
    if each.what == What.RATING:
        return _rating(each)
    if each.how == How.ADDED:
        return str(_NEW[each.what]) % words
    if each.how == How.REMOVED:
        return str(_GONE[each.what]) % words
    if each.how == How.REWORDED:
        return str((_ABOUT if each.field in ("about", "outcome") else _RENAMED)[each.what]) % words
    if each.how == How.TRIED:
        return _round(each)
    if each.what == What.PERSON:
        return _("%(title)s is now %(after)s.") % {**words, "after": labels.label(TeamMember.Function, each.after)}
    if each.how == How.MOVED and (each.what, each.after) in _STATES:
        return str(_STATES[each.what, each.after]) % words
    return _set(each)


def _set(each: Difference) -> str:
    """“Alle får besøk”. By when: 1 February 2027 (was 1 December 2026)."""
    value = _VALUES.get(each.field, str)
    words = {
        "field": str(_FIELDS.get(each.field, each.field)),
        "before": value(each.before),
        "after": value(each.after) or _("not set"),
    }
    told = (_("%(field)s: %(after)s (was %(before)s)") if words["before"] else _("%(field)s: %(after)s")) % words
    return _named(each, f"{told}.")


def _named(each: Difference, told: str) -> str:
    return _("“%(title)s”. %(told)s") % {"title": each.title, "told": told} if each.title else told


def _round(each: Difference) -> str:
    """What a PDSA round has taught, and what the team does with it."""
    tried = each.after
    words = {
        "number": tried.number,
        "learned": tried.learned,
        "decision": labels.label(PdsaRound.Decision, tried.decision),
    }
    if tried.learned and tried.decision:
        return _named(each, _("Learned in PDSA round %(number)s: %(learned)s Decision: %(decision)s.") % words)
    if tried.learned:
        return _named(each, _("Learned in PDSA round %(number)s: %(learned)s") % words)
    if tried.decision:
        return _named(each, _("PDSA round %(number)s is decided: %(decision)s.") % words)
    return _named(each, _("PDSA round %(number)s has begun.") % words)


def _rating(each: Difference) -> str:
    words = {
        "goal": BY_NUMBER[each.key].name if each.key in BY_NUMBER else each.key,
        "before": each.before,
        "after": labels.score(each.after),
    }
    if each.before is None:
        return _("The team rates itself %(after)s on “%(goal)s”.") % words
    return _("The team rates itself %(after)s on “%(goal)s” (was %(before)s).") % words
