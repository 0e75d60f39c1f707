"""How far each invited organisation has come, in a word and in a sentence for all of them."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from notices.models import Message
from signup.models import Answer, Invitee, Registration

WORDS: Mapping[Answer, str | Promise] = {
    Answer.NOT_SENT: gettext_lazy("not sent"),
    Answer.QUEUED: gettext_lazy("on its way"),
    Answer.FAILED: gettext_lazy("could not be delivered"),
    Answer.SENT: gettext_lazy("sent"),
    Answer.OPENED: gettext_lazy("opened"),
    Answer.BEGUN: gettext_lazy("being written"),
    Answer.REGISTERED: gettext_lazy("registered"),
    Answer.DECLINED: gettext_lazy("said no"),
    Answer.WITHDRAWN: gettext_lazy("withdrawn"),
}
SHAPES: Mapping[Answer, str] = {
    Answer.NOT_SENT: "not_started",
    Answer.QUEUED: "begun",
    Answer.FAILED: "late",
    Answer.SENT: "open",
    Answer.OPENED: "begun",
    Answer.BEGUN: "begun",
    Answer.REGISTERED: "approved",
    Answer.DECLINED: "exempt",
    Answer.WITHDRAWN: "exempt",
}
"""The shape that stands before the word; see `gpf.status`."""

SILENT = frozenset({Answer.SENT, Answer.OPENED, Answer.BEGUN})
"""Has the invitation, and has not answered: may be reminded."""

UNSENT = frozenset({Answer.NOT_SENT, Answer.WITHDRAWN})
OPENED = frozenset({Answer.OPENED, Answer.BEGUN, Answer.REGISTERED, Answer.DECLINED})
ON_ITS_WAY = frozenset({Message.State.QUEUED.value, Message.State.SENDING.value})


def answer_of(invitee: Invitee, registrations: Sequence[Registration]) -> Answer:
    """The newest that has happened. What was registered stays so, whatever became of the link."""
    if any(one.state != Registration.State.DRAFT for one in registrations):
        return Answer.REGISTERED
    if invitee.declined_at is not None:
        return Answer.DECLINED
    if invitee.withdrawn_at is not None:
        return Answer.WITHDRAWN
    if registrations:
        return Answer.BEGUN
    return Answer.OPENED if invitee.opened_at is not None else _of_letter(invitee)


def _of_letter(invitee: Invitee) -> Answer:
    if invitee.sent_at is None:
        return Answer.NOT_SENT
    if invitee.message is None or invitee.message.state in ON_ITS_WAY:
        return Answer.QUEUED
    return Answer.SENT if invitee.message.state == Message.State.SENT else Answer.FAILED


def may_be_reminded(invitee: Invitee, answer: Answer, today: date) -> bool:
    """Whether a reminder would reach somebody who has not answered, and find a link that works."""
    return answer in SILENT and invitee.link_works(today)


def sentence(answers: Collection[Answer]) -> str:
    """As "12 invited: 7 opened, 5 registered, 1 said no, 2 could not be delivered." Nothing is said of none.

    An invitation that was taken back is not among the invited: it is told of after them.
    """
    counts = Counter(answers)
    if not counts:
        return ""
    sent = len(answers) - sum(counts[answer] for answer in UNSENT)
    parts = [
        (sum(counts[answer] for answer in OPENED), _("%(number)d opened")),
        (counts[Answer.REGISTERED], _("%(number)d registered")),
        (counts[Answer.DECLINED], _("%(number)d said no")),
        (counts[Answer.FAILED], _("%(number)d could not be delivered")),
        (counts[Answer.QUEUED], _("%(number)d on their way")),
    ]
    told = ", ".join(words % {"number": number} for number, words in parts if number)
    those = len(answers) - counts[Answer.WITHDRAWN]
    chosen = ngettext("%(number)d chosen", "%(number)d chosen", those) % {"number": those}
    withdrawn = _withdrawn(counts[Answer.WITHDRAWN])
    if not sent:
        said = _("%(chosen)s, none invited yet.") % {"chosen": chosen}
        return withdrawn if not counts[Answer.NOT_SENT] else f"{said} {withdrawn}".strip()
    invited = ngettext("%(number)d invited", "%(number)d invited", sent) % {"number": sent}
    if counts[Answer.NOT_SENT]:
        invited = _("%(chosen)s, %(invited)s") % {"chosen": chosen, "invited": invited}
    said = f"{invited}: {told}." if told else _("%(invited)s, none has opened it yet.") % {"invited": invited}
    return f"{said} {withdrawn}".strip()


def _withdrawn(number: int) -> str:
    """As "2 invitations have been taken back."; nothing of none."""
    if not number:
        return ""
    words = ngettext(
        "%(number)d invitation has been taken back.", "%(number)d invitations have been taken back.", number
    )
    return words % {"number": number}


def counted(answers: Iterable[Answer]) -> list[tuple[Answer, int]]:
    """How many stand in each state, in the order of the states; those that none stands in are left out."""
    counts = Counter(answers)
    return [(answer, counts[answer]) for answer in Answer if counts[answer]]
