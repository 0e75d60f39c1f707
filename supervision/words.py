"""What the notices of levels, agreements and meetings say: the words as they come, each with its fields."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from notices.kinds import Said, Words

TEAM: tuple[Said, Said] = (_("the team"), "Vinje")
DAY: Said = _("Tuesday 8 December")
FAR_OFF: tuple[Said, Said] = (_("how far off it is"), _("in 3 days"))

SCORE: Mapping[str, tuple[Said, Said]] = {
    "team": TEAM,
    "gathering": (_("the gathering"), _("gathering 2")),
    "date": (_("the gathering’s first day"), DAY),
    "when": FAR_OFF,
}
SCORE_TEAM = Words(
    "score_due",
    _("The team chooses a level before a gathering"),
    gettext_noop("%(team)s: say where you stand before %(gathering)s, %(date)s"),
    gettext_noop("Choose a level together, and say why and what is next. The gathering begins %(date)s, %(when)s."),
    SCORE,
)
SCORE_SUPERVISOR = Words(
    "score_due:supervisor",
    _("The supervisor chooses a level before a gathering"),
    gettext_noop("%(team)s: say where the team stands before %(gathering)s, %(date)s"),
    gettext_noop("Choose a level, and say why and what is next. The gathering begins %(date)s, %(when)s."),
    SCORE,
)
AGREEMENT = Words(
    "agreement_due",
    _("What was agreed in guidance is due"),
    gettext_noop("%(what)s: agreed for %(date)s"),
    gettext_noop("You agreed on this %(met)s. The day is %(date)s, %(when)s. Say so when it is done."),
    {
        "what": (_("what was agreed"), _("Try the checklist with three users")),
        "team": TEAM,
        "date": (_("the day it is agreed for"), DAY),
        "when": FAR_OFF,
        "met": (_("the day of the meeting"), _("20 November")),
    },
)
MEETING = Words(
    "meeting_reminder",
    _("A guidance meeting is tomorrow"),
    gettext_noop("Guidance of %(teams)s: %(when)s"),
    gettext_noop("You meet %(when)s. %(where)s"),
    {
        "teams": (_("the teams"), "Vinje"),
        "when": (_("when it is"), _("Tuesday 8 December at 09.00–10.30")),
        "where": (_("the place or the link; empty where there is none"), "https://video.example/rom/1"),
    },
)
