"""Letters: one mail to one address, about one thing, sent as soon as a worker can.

What must not wait for the morning's digest, or goes to somebody without an account, is a letter: an invitation, a
gathering that moves. It is written once for its key, so handing it over again changes nothing. As with digests, a
sender may be killed at any moment: only a letter whose answer from the mail server was lost may go out twice, and then
under the same Message-ID.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.mime.text import MIMEText
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import User
from documents.models import Document
from gpf import tenancy
from networks.models import Network
from notices.models import Message
from notices.post import Answer, Post

STALE = timedelta(minutes=30)
"""A claim older than this belongs to a dead sender: sending one mail takes seconds."""


@dataclass(frozen=True)
class Addressee:
    """Who gets a letter, and in which language it is written. `user`, where she has an account."""

    name: str
    address: str
    language: str
    user: User | None = None


@dataclass(frozen=True)
class Enclosed:
    """One letter of many: its key, who gets it, what it says, and the iCalendar object that goes along."""

    key: str
    to: Addressee
    subject: str
    text: str
    calendar: str = ""


def queue_letters(*, network: Network, letters: Iterable[Enclosed]) -> None:
    """Hand many letters over in one statement. Those whose key has been used are left as they are.

    Otherwise as `queue_letter`.
    """
    Message.objects.bulk_create(
        (
            Message(
                network=network,
                key=letter.key,
                calendar=letter.calendar,
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
) -> Message:
    """Hand a letter over to be sent; the one there is, where the key has been used. Needs the network's scope.

    `subject` and `text` are in the addressee's language. `document` goes along as a file, `calendar` as an iCalendar
    object. The caller has `notices.tasks.send_letters` sent when the transaction is committed.
    """
    letter, _made = Message.objects.get_or_create(
        network=network,
        key=key,
        defaults={**_written(network, key, to, subject, text), "document": document, "calendar": calendar},
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
        "message_id": _message_id(network, key),
        "subject": " ".join(subject.split())[:250],
        "text": text,
        "state": Message.State.QUEUED,
    }


def withdraw_letters(*, network: Network, key_prefix: str) -> int:
    """Take back what waits to be sent: it is no longer true. Returns how many. Needs the network's scope."""
    waiting = Message.objects.filter(network=network, key__startswith=key_prefix, state=Message.State.QUEUED)
    return waiting.update(state=Message.State.WITHDRAWN)


def send_waiting_letters(network: Network) -> int:
    """Send what waits, one letter at a time: claim it, send it, note the answer. Returns how many went.

    Each step is a transaction of its own. A letter the server does not take now waits for the next run and holds up
    none of the others; a server that can not be reached ends the run.
    """
    sent, since = 0, timezone.now()
    with Post() as post:
        while letter := _claim(network, since):
            with tenancy.scope([network.pk]):
                mail = _as_mail(letter)
            outcome = post.send(mail)
            with tenancy.scope([network.pk]):
                _note(letter, outcome.answer, outcome.code)
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
            .order_by("created_at", "pk")
            .select_for_update(skip_locked=True)
            .first()
        )
        if letter is not None:
            letter.state, letter.claimed_at = Message.State.SENDING, now
            letter.save(update_fields=["state", "claimed_at"])
    return letter


def _waiting(network: Network, now: datetime) -> QuerySet[Message]:
    queued = Q(state=Message.State.QUEUED)
    abandoned = Q(state=Message.State.SENDING, claimed_at__lt=now - STALE)
    return Message.objects.filter(queued | abandoned, network=network).exclude(key="")


def _note(letter: Message, answer: Answer, code: int | None) -> None:
    """Write down what became of it, unless the claim was found stale and somebody else has it now."""
    state = {
        Answer.SENT: Message.State.SENT,
        Answer.REFUSED: Message.State.FAILED,
        Answer.LOST: Message.State.SENDING,
        Answer.BUSY: Message.State.QUEUED,
        Answer.UNREACHABLE: Message.State.QUEUED,
    }[answer]
    sent = answer == Answer.SENT
    Message.objects.filter(pk=letter.pk, claimed_at=letter.claimed_at).update(
        state=state,
        sent_at=timezone.now() if sent else None,
        failure="" if sent else answer.value,
        failure_code=code,
    )


def _as_mail(letter: Message) -> EmailMultiAlternatives:
    mail = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.text,
        to=[letter.address],
        headers={
            "Message-ID": letter.message_id,
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            "Content-Language": letter.language,
        },
    )
    context = {"subject": letter.subject, "text": letter.text, "language": letter.language}
    mail.attach_alternative(render_to_string("mail/letter.html", context), "text/html")
    if letter.calendar:
        # Mail programs offer to put it in the calendar when the part names its method.
        part = MIMEText(letter.calendar, "calendar", "utf-8")
        part.set_param("method", _method(letter.calendar))
        part.add_header("Content-Disposition", "attachment", filename="samling.ics")
        mail.attach(part)
    if letter.document is not None:
        with letter.document.file.open("rb") as file:
            mail.attach(letter.document.name, file.read(), letter.document.content_type)
    return mail


def _method(calendar: str) -> str:
    """What the iCalendar object says it is; the part must say the same (RFC 6047, 2.4)."""
    named = (line.partition(":")[2].strip() for line in calendar.splitlines() if line.startswith("METHOD:"))
    return next(named, "PUBLISH")


def _message_id(network: Network, key: str) -> str:
    """The same for the same letter, so that a mail sent twice is known for the same."""
    _name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    domain = address.rpartition("@")[2] or "localhost"
    digest = hashlib.sha256(f"{network.pk}:{key}".encode()).hexdigest()[:32]
    return f"<letter.{digest}@{domain}>"
