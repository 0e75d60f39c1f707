"""What a plan's pages say about days that do not go together."""

from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from gpf import dates
from sessions.gathering_days import Concern, Misplaced
from sessions.models import Assignment, Gathering
from sessions.relief import limits


def said_misplaced(found: Misplaced) -> str:
    """Samling 3 ville komme før samling 2, som er 9.–10. juni 2026."""
    words = {
        "gathering": capfirst(str(found.gathering)),
        "other": str(found.other),
        "days": dates.date_range(*found.other_days),
    }
    if found.days.overlap(found.other_days):
        return (
            _("%(gathering)s would fall on the same days as %(other)s, which is %(days)s. Choose other days.") % words
        )
    if found.is_too_late:
        return _("%(gathering)s would come after %(other)s, which is %(days)s. Choose an earlier day.") % words
    return _("%(gathering)s would come before %(other)s, which is %(days)s. Choose a later day.") % words


def said_concern(found: Concern) -> str:
    """Something to think of, in one sentence."""
    words = {"gathering": capfirst(str(found.gathering)), "day": dates.long_date(found.day)}
    if found.kind == "meets" and found.other is not None:
        return _("%(gathering)s falls on the same days as %(other)s.") % {**words, "other": str(found.other)}
    return _("%(gathering)s would be in the past: %(day)s has been.") % words


def said_state(state: str) -> str:
    """A gathering as it was when somebody looked: `planned 2026-06-09 2026-06-10` in words."""
    kind, *days = state.split(" ")
    if kind == Gathering.State.CANCELLED:
        return _("cancelled")
    known = [date.fromisoformat(day) for day in days if day]
    return dates.date_range(*known) if known else _("not decided")


def refused_extension(assignment: Assignment, until: date, today: date) -> str:
    """Why a team can not be given this day for the work; empty where it can."""
    allowed = limits(assignment, today)
    words = {"first": dates.long_date(allowed.first), "last": dates.long_date(allowed.last)}
    if until <= assignment.due:
        said = _("The deadline for everybody is %(due)s, so the new one must be later.")
        return said % {"due": dates.long_date(assignment.due)}
    if until < allowed.first:
        return _("That day has been. Choose %(first)s or later.") % words
    if until > allowed.last:
        return _("That is too long after the gathering to be of use. Choose %(last)s or earlier.") % words
    return ""
