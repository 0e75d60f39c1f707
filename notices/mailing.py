"""Letters: one mail to one address, about one thing, sent as soon as a worker can and the hour allows.

What must not wait for the morning's digest, or goes to somebody without an account, is a letter: an invitation, a
gathering that moves. It is written once for its key, so handing it over again changes nothing. Letters keep the hours
of all mail (`notices.hours`), except the answer to what the recipient did a moment ago. As with digests, a sender may
be killed at any moment: only a letter whose answer from the mail server was lost may go out twice, and then under the
same Message-ID.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from documents.models import Document
from gpf import tenancy
from networks.models import Network
from notices import hours, letter_mail, members_only
from notices.claims import PATIENCE
from notices.models import Message
from notices.post import Answer, Outcome, Post

LONGEST_PAUSE = timedelta(hours=4)
"""How long a letter waits at most that the mail server put off, or fell silent about: twice as long each time."""

ATTEMPTS = 20
"""A letter that was tried so often in vain, which takes days, has failed: somebody has to look at the address."""


@dataclass(frozen=True)
class Addressee:
    """Who gets a letter, and in which language it is written. `user`, where she has an account."""

    name: str
    address: str
    language: str
    user: User | None = None


@dataclass(frozen=True)
class Enclosed:
    """One letter of many: its key, who gets it, what it says, the iCalendar object that goes along, who is answered."""

    key: str
    to: Addressee
    subject: str
    text: str
    calendar: str = ""
    reply_to: str = ""


def queue_letters(*, network: Network, letters: Iterable[Enclosed], at_any_hour: bool = False) -> None:
    """Hand many letters over in one statement. Those whose key has been used are left as they are.

    Otherwise as `queue_letter`.
    """
    Message.objects.bulk_create(
        (
            Message(
                network=network,
                key=letter.key,
                calendar=letter.calendar,
                reply_to=letter.reply_to,
                at_any_hour=at_any_hour,
                **_written(network, letter.key, letter.to, letter.subject, letter.text),
            )
            for letter in letters
        ),
        ignore_conflicts=True,
    )


def queue_letter(
    *,
    network: Network,
    key: str,
    to: Addressee,
    subject: str,
    text: str,
    document: Document | None = None,
    calendar: str = "",
    at_any_hour: bool = False,
) -> Message:
    """Hand a letter over to be sent; the one there is, where the key has been used. Needs the network's scope.

    `subject` and `text` are in the addressee's language. `document` goes along as a file, `calendar` as an iCalendar
    object. `at_any_hour` is for the answer to what the addressee did a moment ago: she is waiting for it. The caller
    has `notices.tasks.send_letters` sent when the transaction is committed.
    """
    extra = {"document": document, "calendar": calendar, "at_any_hour": at_any_hour}
    letter, _made = Message.objects.get_or_create(
        network=network, key=key, defaults={**_written(network, key, to, subject, text), **extra}
    )
    return letter


def _written(network: Network, key: str, to: Addressee, subject: str, text: str) -> dict[str, Any]:
    """What a letter's row holds, whatever goes along."""
    return {
        "recipient": to.user,
        "address": to.address,
        "name": to.name,
        "language": to.language,
        "day": timezone.localdate(),
        "message_id": letter_mail.first_message_id(network, key),
        "subject": " ".join(subject.split())[:250],
        "text": text,
        "state": Message.State.QUEUED,
    }


def withdraw_letters(*, network: Network, key_prefix: str) -> int:
    """Take back what waits to be sent: it is no longer true. Returns how many. Needs the network's scope."""
    waiting = Message.objects.filter(network=network, key__startswith=key_prefix, state=Message.State.QUEUED)
    return waiting.update(state=Message.State.WITHDRAWN)


def send_again(message: Message) -> bool:
    """Let a letter that failed or came back be sent anew, to the person's address of today.

    It is known not to have arrived, so it goes as a new mail; only one of which nobody knows keeps its Message-ID.
    Returns False, and changes nothing, where it is no letter or has not failed (any more): of two who ask at once, one
    is told so. Needs the network's scope; the caller has `notices.tasks.send_letters` sent on commit.
    """
    failed = Message.objects.filter(pk=message.pk, message_id=message.message_id).exclude(key="")
    may_have_arrived = message.failure == Message.Failure.LOST
    moved = failed.filter(state__in=[Message.State.FAILED, Message.State.BOUNCED]).update(
        state=Message.State.QUEUED,
        message_id=message.message_id if may_have_arrived else letter_mail.next_message_id(message),
        address=message.recipient.email if message.recipient else message.address,
        failure=message.failure if may_have_arrived else "",
        failure_code=None,
        claimed_at=None,
        send_after=None,
        attempts=0,
        sent_at=None,
    )
    return bool(moved)


def send_waiting_letters(network: Network) -> int:
    """Send what waits, one letter at a time: claim it, send it, note the answer. Returns how many went.

    Each step is a transaction of its own. A letter the server does not take now waits a while and holds up none of the
    others; those that have been tried least come first. A server that can not be reached ends the run.
    """
    sent, since = 0, timezone.now()
    with Post() as post:
        while letter := _claim(network, since):
            with tenancy.scope([network.pk]):
                if not members_only.may_have(letter):
                    _take_back(letter)
                    continue
                mail = letter_mail.as_mail(letter)
            outcome = post.send(mail)
            _note_surely(network, letter, outcome)
            sent += outcome.answer == Answer.SENT
            if outcome.answer == Answer.UNREACHABLE:
                break
    return sent


def _claim(network: Network, since: datetime) -> Message | None:
    """The next letter that this run has not tried, ours until the claim is stale; what another holds is passed over."""
    now = timezone.now()
    with tenancy.scope([network.pk]):
        untried = Q(claimed_at=None) | Q(claimed_at__lt=since)
        letter = (
            _waiting(network, now)
            .filter(untried)
            .order_by("attempts", "created_at", "pk")
            .select_for_update(skip_locked=True)
            .first()
        )
        if letter is not None:
            if letter.state == Message.State.SENDING:  # its sender died, perhaps after the mail had gone
                letter.failure = Message.Failure.LOST
            letter.state, letter.claimed_at = Message.State.SENDING, now
            letter.save(update_fields=["state", "claimed_at", "failure"])
    return letter


def _take_back(letter: Message) -> None:
    """It has not gone out, and is not going to."""
    own = Message.objects.filter(pk=letter.pk, state=Message.State.SENDING, claimed_at=letter.claimed_at)
    own.update(state=Message.State.WITHDRAWN)


def _waiting(network: Network, now: datetime) -> QuerySet[Message]:
    """The letters whose time has come."""
    rested = Q(send_after=None) | Q(send_after__lte=now)
    queued = Q(state=Message.State.QUEUED)
    stale = now - timedelta(seconds=settings.GPF_CLAIM_STALE_SECONDS)
    abandoned = Q(state=Message.State.SENDING, claimed_at__lt=stale)
    waiting = Message.objects.filter(rested, queued | abandoned, network=network).exclude(key="")
    return waiting if hours.may_send(now) else waiting.filter(at_any_hour=True)


def _note_surely(network: Network, letter: Message, outcome: Outcome) -> None:
    """Who knows an answer does not give up noting it because the database is away for a while."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            with tenancy.scope([network.pk]):
                return _note(letter, outcome)
        except (OperationalError, InterfaceError):
            if connection.in_atomic_block or time.monotonic() > until:
                raise
            connection.close()
            time.sleep(0.5)


def _note(letter: Message, outcome: Outcome) -> None:
    """Write down what became of it, unless the claim was found stale and somebody else has it now.

    A letter that may have arrived once stays one, whatever the server says later, until it is known to have gone.
    """
    now, answer = timezone.now(), outcome.answer
    attempts = letter.attempts + (answer != Answer.UNREACHABLE)
    tries_on = answer in (Answer.BUSY, Answer.LOST) and attempts < ATTEMPTS
    may_have_arrived = answer != Answer.SENT and letter.failure == Message.Failure.LOST
    Message.objects.filter(pk=letter.pk, state=Message.State.SENDING, claimed_at=letter.claimed_at).update(
        state=_state(answer, tries_on),
        attempts=attempts,
        send_after=now + _pause(attempts) if tries_on else None,
        sent_at=now if answer == Answer.SENT else None,
        failure=Message.Failure.LOST if may_have_arrived else "" if answer == Answer.SENT else answer.value,
        failure_code=outcome.code,
    )


def _state(answer: Answer, tries_on: bool) -> Message.State:
    if answer == Answer.SENT:
        return Message.State.SENT
    if answer == Answer.UNREACHABLE:
        return Message.State.QUEUED
    if not tries_on:
        return Message.State.FAILED
    return Message.State.SENDING if answer == Answer.LOST else Message.State.QUEUED


def _pause(attempts: int) -> timedelta:
    doubled = settings.GPF_LETTER_PAUSE_SECONDS * (1 << (attempts - 1))
    return min(timedelta(seconds=doubled), LONGEST_PAUSE)
