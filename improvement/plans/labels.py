"""The words of a plan's keys, days and numbers, in the active language."""

from collections.abc import Iterable
from datetime import date

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from gpf import dates
from improvement.checklists.steps import BY_KEY as STEPS
from improvement.goals.models import Change, Goal, PdsaRound
from improvement.method.effect_goals import BY_NUMBER
from improvement.plans.content import Meeting
from teams.models import TeamMember

Choices = type[Goal.State | Change.State | PdsaRound.Decision | TeamMember.Function]


def label(choices: Choices, key: str) -> str:
    """The word of a key. One that is no longer known stands for itself."""
    return str(choices(key).label) if key in choices.values else key


def effect_goals(numbers: Iterable[int]) -> str:
    """The short names of some of the five effect goals."""
    return ", ".join(str(BY_NUMBER[number].name) for number in numbers if number in BY_NUMBER)


def steps(keys: Iterable[str]) -> str:
    """HPH2, HPH3; the daily work list by its name."""
    return ", ".join(STEPS[key].code or str(STEPS[key].name) for key in keys if key in STEPS)


def day(when: date | None) -> str:
    """14. september 2026, or nothing."""
    return dates.date_range(when) if when else ""


def period(start: date | None, end: date | None) -> str:
    """1.–14. september 2026; from or until a day where only one is known."""
    if start and end:
        return dates.date_range(start, end)
    if start:
        return _("from %(day)s") % {"day": day(start)}
    return _("until %(day)s") % {"day": day(end)} if end else ""


def meeting(found: Meeting | None) -> str:
    """Samling 3, 1.–2. desember 2026."""
    if found is None:
        return ""
    when = dates.month(found.month) if found.month and not found.starts_on else ""
    if found.starts_on:
        when = dates.date_range(found.starts_on, found.ends_on)
    return ", ".join(filter(None, (str(capfirst(found.name)), when)))


def anchored(by: str, on: date | None) -> str:
    """Kommunalsjef, 12. januar 2026."""
    return ", ".join(filter(None, (by, day(on) if by else "")))


def score(number: int) -> str:
    """3 of 5."""
    return _("%(score)s of 5") % {"score": number}


def file_name(team: str, which: int | str, language: str) -> str:
    """What a plan's file is called, without its ending, in the plan's language: by edition, or by its day."""
    with translation.override(language):
        if isinstance(which, int):
            return _("Improvement plan %(team)s, edition %(number)s") % {"team": team, "number": which}
        return _("Improvement plan %(team)s %(day)s") % {"team": team, "day": which}
