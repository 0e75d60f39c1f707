"""What is said when work is answered, talked about, given more time, and when a programme is published."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from notices.kinds import Said, Words
from sessions.reminder_words import DAY, GATHERING, TEAM, TITLE

HANDED_IN: Mapping[str, tuple[Said, Said]] = {
    "title": TITLE,
    "gathering": GATHERING,
    "team": TEAM,
    "date": (_("the day it was handed in"), DAY),
}
ANSWERED: Mapping[str, tuple[Said, Said]] = {**HANDED_IN, "date": (_("the day it was answered"), DAY)}

WAITING = Words(
    "review_waiting",
    _("Work waits for an answer"),
    gettext_noop("%(team)s waits for your answer: %(title)s, %(date)s"),
    gettext_noop("Handed in %(date)s. Read it and answer: approve it, or send it back with a reason."),
    HANDED_IN,
)
APPROVED = Words(
    "review_answered:approved",
    _("Work is approved"),
    gettext_noop("Approved: %(title)s, %(date)s"),
    gettext_noop("Your work was approved %(date)s."),
    ANSWERED,
)
RETURNED = Words(
    "review_answered:returned",
    _("Work is sent back"),
    gettext_noop("Sent back: %(title)s, %(date)s"),
    gettext_noop("It was sent back %(date)s. Read what is missing, and hand it in again by %(due)s."),
    {**ANSWERED, "due": (_("the team’s deadline"), DAY)},
)
RETURNED_LATE = Words(
    "review_answered:returned_late",
    _("Work is sent back after the deadline"),
    gettext_noop("Sent back: %(title)s, %(date)s"),
    gettext_noop("It was sent back %(date)s. Read what is missing, and hand it in again."),
    ANSWERED,
)
REPLY = Words(
    "delivery_reply",
    _("Somebody has written under a delivery"),
    gettext_noop("%(person)s has written about %(title)s, %(date)s"),
    gettext_noop("It concerns %(team)s. Read it, and answer where it stands."),
    {
        "title": TITLE,
        "gathering": GATHERING,
        "team": TEAM,
        "person": (_("who wrote it"), _("Supervisor West")),
        "date": (_("the day it was written"), DAY),
    },
)

RELIEF: Mapping[str, tuple[Said, Said]] = {
    "title": TITLE,
    "gathering": GATHERING,
    "team": TEAM,
    "due": (_("the team’s deadline"), DAY),
    "reason": (_("why, where a reason was given"), _("Why: many are away.")),
}
EXTENDED = Words(
    "relief:extended",
    _("More time is given"),
    gettext_noop("%(title)s: new deadline %(due)s"),
    gettext_noop("%(team)s has until %(due)s. %(reason)s"),
    RELIEF,
)
TAKEN_BACK = Words(
    "relief:taken_back",
    _("The common deadline holds again"),
    gettext_noop("%(title)s: the deadline is %(due)s"),
    gettext_noop("The common deadline holds for %(team)s: %(due)s. %(reason)s"),
    RELIEF,
)
EXEMPT = Words(
    "relief:exempt",
    _("A team need not do it"),
    gettext_noop("%(title)s: you need not do it"),
    gettext_noop("%(team)s is exempt from it. %(reason)s"),
    RELIEF,
)
ASKED_AGAIN = Words(
    "relief:asked_again",
    _("A team is asked for it after all"),
    gettext_noop("%(title)s: due %(due)s after all"),
    gettext_noop("%(team)s is asked for it after all, due %(due)s. %(reason)s"),
    RELIEF,
)

PROGRAMME_FIELDS: Mapping[str, tuple[Said, Said]] = {
    "gathering": GATHERING,
    "days": (_("the days it is held"), _("9–10 June 2027")),
    "when": (_("how far off it is"), _("in 14 days")),
}
PROGRAMME = Words(
    "programme_published",
    _("A programme is ready"),
    gettext_noop("The programme of %(gathering)s, %(days)s"),
    gettext_noop("The programme is ready. The gathering begins %(when)s."),
    PROGRAMME_FIELDS,
)
PROGRAMME_CHANGED = Words(
    "programme_published:again",
    _("A programme is changed"),
    gettext_noop("Changed programme of %(gathering)s, %(days)s"),
    gettext_noop("The programme has been changed. The gathering begins %(when)s."),
    PROGRAMME_FIELDS,
)
