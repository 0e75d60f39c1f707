"""Reminding those who have not answered an invitation by itself, on the days that their round says.

A day that falls too close to a letter she has had is passed over, whoever sent that letter: nobody gets two of a kind.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from networks.models import Network
from networks.planning import is_working_day
from notices.models import Message, Trouble
from signup.models import InvitationRound, Invitee
from signup.rounds_queries import Row, invitees_of, read_rows
from signup.rounds_sending import remind

APART = timedelta(days=3)
"""The least time between two letters to one leader."""

NOT_ARRIVED = (Message.State.FAILED, Message.State.BOUNCED, Message.State.COMPLAINED)


def reminder_days(letters: InvitationRound, sent_on: date) -> list[date]:
    """The days on which the round reminds somebody who got the letter on this day, in order of time."""
    after = (sent_on + timedelta(days=days) for days in (letters.remind_after, letters.remind_again) if days)
    before = [letters.answer_by - timedelta(days=letters.remind_before)] if letters.remind_before else []
    return sorted({day for day in (*after, *before) if sent_on < day <= letters.answer_by})


def in_words(letters: InvitationRound) -> str:
    """When those who do not answer are reminded by themselves, as a sentence."""
    after = [days for days in (letters.remind_after, letters.remind_again) if days]
    when = [
        ngettext("%(days)d day after the letter", "%(days)d days after the letter", days) % {"days": days}
        for days in after
    ]
    if days := letters.remind_before:
        said = ngettext("%(days)d day before the day to answer by", "%(days)d days before the day to answer by", days)
        when.append(said % {"days": days})
    if not when:
        return _("Nobody is reminded unless you do it.")
    return _("Who has not answered is reminded by itself: %(when)s.") % {"when": get_text_list(when, _("and"))}


@transaction.atomic
def remind_silent(*, network: Network, today: date) -> int:
    """Remind those of the network whose day has come. Returns how many; again the same day: none. Needs its scope.

    1. Hold those who have been invited in rounds that are open, so that nobody answers meanwhile.
    2. Leave out who has answered, was taken back, or does not get our mail.
    3. Remind the others: a letter each, in the outbox.
    """
    if not is_working_day(today):
        return 0
    rounds = InvitationRound.objects.filter(network=network, answer_by__gte=today)
    held = Invitee.objects.filter(round__in=rounds, sent_at__isnull=False, withdrawn_at=None)
    keys = list(held.select_for_update(of=["self"]).order_by("pk").values_list("pk", flat=True))
    if not keys:
        return 0
    rows = read_rows(invitees_of().filter(pk__in=keys), today)
    return remind(invitees=[row.invitee for row in _due(rows, today)])


def _due(rows: list[Row], today: date) -> Iterator[Row]:
    marked = set(Trouble.objects.values_list("address", flat=True))
    for row in rows:
        invitee = row.invitee
        is_lost = invitee.message is not None and invitee.message.state in NOT_ARRIVED
        gets_mail = not is_lost and invitee.leader_email.lower() not in marked
        if row.may_be_reminded and gets_mail and _has_come(invitee, today):
            yield row


def _has_come(invitee: Invitee, today: date) -> bool:
    """Whether a day to remind on has come since her last letter, and lies far enough from it."""
    assert invitee.sent_at is not None  # only those whose letter was sent are read
    sent_on = timezone.localdate(invitee.sent_at)
    last = max(timezone.localdate(at) for at in (invitee.sent_at, invitee.reminded_at) if at)
    return any(last + APART <= day <= today for day in reminder_days(invitee.round, sent_on))
