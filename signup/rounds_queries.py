"""Reads invitation rounds and how each organisation in them has come along. The network is open."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from networks.organisation_register import Entry, Succession
from notices.models import Message
from signup.models import Answer, InvitationRound, Invitee, Registration
from signup.rounds_states import SHAPES, WORDS, answer_of, counted, may_be_reminded, sentence


@dataclass(frozen=True)
class Row:
    """One organisation of a round, and how far it has come."""

    invitee: Invitee
    registrations: Sequence[Registration]
    today: date
    became: tuple[Entry, ...] = ()

    @cached_property
    def answer(self) -> Answer:
        return answer_of(self.invitee, self.registrations)

    @property
    def word(self) -> str:
        """The state in words; of what is registered, what the coordinator has answered."""
        if self.answer == Answer.REGISTERED:
            states = dict.fromkeys(one.get_state_display() for one in self.submitted)
            return f"{WORDS[self.answer]}: {', '.join(states)}"
        return str(WORDS[self.answer])

    @property
    def shape(self) -> str:
        return SHAPES[self.answer]

    @property
    def submitted(self) -> list[Registration]:
        return [one for one in self.registrations if one.state != Registration.State.DRAFT]

    @property
    def is_sent(self) -> bool:
        return self.invitee.sent_at is not None

    @property
    def may_be_reminded(self) -> bool:
        return may_be_reminded(self.invitee, self.answer, self.today)

    @property
    def reminded_today(self) -> bool:
        at = self.invitee.reminded_at
        return at is not None and timezone.localdate(at) == self.today

    @property
    def has_expired(self) -> bool:
        """Whether the link has passed its last day before anybody answered with it."""
        last = self.invitee.expires_on
        waits = self.answer not in (Answer.REGISTERED, Answer.DECLINED, Answer.WITHDRAWN, Answer.NOT_SENT)
        return waits and last is not None and last < self.today

    @property
    def failure(self) -> str:
        """Why the newest letter did not arrive, with the mail server's number."""
        message = self.invitee.message
        if message is None or not message.failure:
            return ""
        code = f" ({message.failure_code})" if message.failure_code else ""
        return f"{message.get_failure_display()}{code}"

    @property
    def is_late_failure(self) -> bool:
        """Whether a reminder failed although the invitation has been opened."""
        message = self.invitee.message
        return bool(message and message.state == Message.State.FAILED and self.answer != Answer.FAILED)


@dataclass(frozen=True)
class RoundLine:
    """A round in the list: how it goes, and what is next."""

    round: InvitationRound
    sentence: str
    next: str


def invitees_of(letters: InvitationRound | None = None) -> QuerySet[Invitee]:
    """The invitees with all that a page says of them, in Norwegian order."""
    found = Invitee.objects.select_related("organisation__parent", "message", "round")
    found = found.defer("message__text", "message__calendar")
    return (found.filter(round=letters) if letters else found).order_by("organisation__sort_name", "organisation")


def read_rows(invitees: Iterable[Invitee], today: date, succession: Succession | None = None) -> list[Row]:
    """Each with its registrations; with a register, with what a merged municipality has become."""
    listed = list(invitees)
    registrations: defaultdict[int, list[Registration]] = defaultdict(list)
    for one in Registration.objects.filter(invitee__in=[each.pk for each in listed]).order_by("number"):
        registrations[one.invitee_id].append(one)
    return [
        Row(invitee, registrations[invitee.pk], today, _became(invitee, succession) if succession else ())
        for invitee in listed
    ]


def _became(invitee: Invitee, succession: Succession) -> tuple[Entry, ...]:
    number = invitee.organisation.number
    return tuple(succession.now(number)) if succession.is_former(number) else ()


def read_rounds(today: date) -> list[RoundLine]:
    """Every round of the network, the newest first. Three queries."""
    rows: defaultdict[int, list[Row]] = defaultdict(list)
    for row in read_rows(invitees_of(), today):
        rows[row.invitee.round_id].append(row)
    return [
        RoundLine(each, sentence([row.answer for row in rows[each.pk]]), next_thing(each, rows[each.pk], today))
        for each in InvitationRound.objects.all()
    ]


def next_thing(letters: InvitationRound, rows: Sequence[Row], today: date) -> str:
    """What the coordinator does next with a round, in a sentence."""
    answers = Counter(row.answer for row in rows)
    without = sum(row.answer == Answer.NOT_SENT and not row.invitee.leader_email for row in rows)
    if not rows:
        return _("Next: choose whom to invite.")
    if without:
        return ngettext(
            "Next: write down who gets the letter in %(number)d organisation.",
            "Next: write down who gets the letter in %(number)d organisations.",
            without,
        ) % {"number": without}
    if answers[Answer.NOT_SENT]:
        return _("Next: look the letter over and send it to %(number)d.") % {"number": answers[Answer.NOT_SENT]}
    if answers[Answer.FAILED]:
        return _("Next: correct the addresses that the letter did not reach.")
    waiting = sum(one.state == Registration.State.SUBMITTED for row in rows for one in row.registrations)
    if waiting:
        return _("Next: answer the registrations that wait.")
    silent = sum(row.may_be_reminded for row in rows)
    if silent and letters.answer_by < today:
        return _("The day to answer by has passed. Next: remind the %(number)d who have not answered.") % {
            "number": silent
        }
    return _("Waiting for answers.") if silent else ""


def state_counts(rows: Iterable[Row]) -> list[tuple[str, str, int]]:
    """(value, word, how many) of each state that somebody stands in, for the filter."""
    return [(answer.value, str(WORDS[answer]), number) for answer, number in counted(row.answer for row in rows)]


def shared_addresses(invitees: Iterable[Invitee]) -> list[tuple[str, list[Invitee]]]:
    """The addresses that stand by several organisations, and by which."""
    by_address: defaultdict[str, list[Invitee]] = defaultdict(list)
    for invitee in invitees:
        if invitee.leader_email and invitee.withdrawn_at is None:
            by_address[invitee.leader_email.lower()].append(invitee)
    return [(address, those) for address, those in by_address.items() if len(those) > 1]
