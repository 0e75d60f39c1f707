"""What the notices of this room say: the words as they come, each with the fields a network's own words may use."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from notices.kinds import Said, Words
from sessions.progress import State

TITLE: tuple[Said, Said] = (_("what is to be handed in"), _("Improvement plan"))
GATHERING: tuple[Said, Said] = (_("the gathering"), _("gathering 2"))
TEAM: tuple[Said, Said] = (_("the team"), "Vinje")
DAY: Said = _("Tuesday 8 December")

WORK: Mapping[str, tuple[Said, Said]] = {
    "title": TITLE,
    "gathering": GATHERING,
    "team": TEAM,
    "due": (_("the team’s deadline"), DAY),
    "when": (_("how far off it is"), _("in 14 days")),
}
LATE_WORK = {**WORK, "when": (_("how long ago it was"), _("7 days ago"))}

DUE = Words(
    "assignment_due",
    _("A deadline is coming"),
    gettext_noop("%(title)s: due %(due)s"),
    gettext_noop("The deadline for %(team)s is %(due)s, %(when)s."),
    WORK,
)
DUE_LATE = Words(
    "assignment_due:late",
    _("A deadline has passed"),
    gettext_noop("%(title)s: was due %(due)s"),
    gettext_noop(
        "The deadline for %(team)s was %(due)s, %(when)s. "
        "Hand in what you have, or ask the coordinator for a later day."
    ),
    LATE_WORK,
)
DUE_RETURNED = Words(
    "assignment_due:returned",
    _("The deadline of what was sent back"),
    gettext_noop("%(title)s: due %(due)s"),
    gettext_noop("It was sent back to %(team)s with a reason. The deadline is %(due)s, %(when)s."),
    WORK,
)
DUE_BY_STATE = {State.LATE: DUE_LATE, State.RETURNED: DUE_RETURNED}

LATE_SUPERVISOR = Words(
    "assignment_late_supervisor",
    _("A team you guide is late"),
    gettext_noop("%(team)s has not handed in %(title)s, due %(due)s"),
    gettext_noop("The deadline was %(due)s, %(when)s. Ask the team how it goes, and whether it needs a later day."),
    LATE_WORK,
)
LATE_LEADER = Words(
    "assignment_late_leader",
    _("A team of your organisation is late"),
    gettext_noop("%(team)s has not handed in %(title)s, due %(due)s"),
    gettext_noop(
        "The deadline was %(due)s, %(when)s. The team and its supervisor know. "
        "Ask what the team needs from you: often it is time."
    ),
    LATE_WORK,
)
