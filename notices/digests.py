"""One person's digest: claimed, checked again, written, sent, and noted.

Each step is a transaction of its own, so that a sender may be killed between any two:
    before the claim is committed   nothing has happened; the next run does it
    after it, until the answer      the digest stays in SENDING; once the claim is old it is sent again as it was
    after the answer                it is noted, and never sent again
"""

import logging
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.mail import EmailMessage
from django.db import connection
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone, translation

from accounts.models import User
from gpf import tenancy
from networks.access import visible_networks
from networks.models import Network
from notices import kinds, letters
from notices.models import Digest, Message, Notice
from notices.post import Answer, Outcome, Post

logger = logging.getLogger(__name__)

AT_WORK = (Network.Phase.RUNNING, Network.Phase.FOLLOW_UP)
"""The phases in which a network's people are told anything."""

PLANNED = Network.Phase.PLANNED
"""The phase in which those who prepare it are told what kinds `while_planned` say."""

STALE = timedelta(minutes=30)
"""A claim older than this belongs to a dead sender: sending one mail takes seconds."""


@dataclass(frozen=True)
class Claim:
    """A digest that is ours to send, until somebody finds the claim stale. `again`: it may have gone out before."""

    digest: int
    message_id: str
    day: date
    since: datetime
    again: bool


@dataclass(frozen=True)
class Ready:
    """A claimed digest, written and committed."""

    claim: Claim
    mail: EmailMessage


def send_digest(*, recipient: int, networks: Sequence[int], at: datetime, post: Post) -> list[Answer]:
    """Send a person what waits for her in these networks. Returns what became of each mail; empty: nothing to do.

    1. Digests that a dead sender left, or of which the mail server's answer was lost, go again as they were.
    2. What waits goes into today's digest, unless that has been sent: then it waits for tomorrow's.
    For each: claim, check and write in one transaction; send; note the answer in another.
    """
    answers = []
    for ready in _ready(recipient, networks, at):
        outcome = post.send(ready.mail)
        with tenancy.scope(networks):
            _note(ready.claim, outcome, at)
        answers.append(outcome.answer)
    return answers


def _ready(recipient: int, networks: Sequence[int], at: datetime) -> Iterator[Ready]:
    """The person's digests, each claimed and written when the one before has been sent."""
    for digest in _abandoned(recipient):
        with tenancy.scope(networks):
            again = _take_over(digest)
            ready = again and _write(again, recipient, networks, _claimed_notices(again, networks), at)
        if ready:
            yield ready
    with tenancy.scope(networks):
        waiting = _waiting_notices(recipient, networks, at)
        todays = _claim(recipient, timezone.localdate(at)) if waiting else None
        ready = todays and _write(todays, recipient, networks, waiting, at)
    if ready:
        yield ready


# Claiming


def _waiting_notices(recipient: int, networks: Sequence[int], at: datetime) -> list[Notice]:
    """What waits and is due, locked: what is withdrawn at this moment is either gone or too late."""
    waiting = Notice.objects.filter(recipient=recipient, network__in=networks, state=Notice.State.WAITING)
    return list(waiting.filter(due_at__lte=at).order_by("pk").select_for_update())


def _claimed_notices(claim: Claim, networks: Sequence[int]) -> list[Notice]:
    own = Notice.objects.filter(message__digest=claim.digest, network__in=networks, state=Notice.State.CLAIMED)
    return list(own.order_by("pk").select_for_update(of=["self"]))


def _claim(recipient: int, day: date) -> Claim | None:
    """The day's digest, if nobody has it: a new one, or one that is known not to have gone out."""
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO notices_digest (recipient_id, day, message_id, state, claimed_at)
            VALUES (%s, %s, %s, 'sending', %s)
            ON CONFLICT (recipient_id, day) DO UPDATE SET state = 'sending', claimed_at = excluded.claimed_at
            WHERE notices_digest.state = 'open'
            RETURNING id, message_id""",
            [recipient, day, letters.message_id(recipient, day), now],
        )
        row = cursor.fetchone()
    return Claim(digest=row[0], message_id=row[1], day=day, since=now, again=False) if row else None


def _abandoned(recipient: int) -> list[Digest]:
    """Digests that nobody is sending any more, the oldest first."""
    free = Q(claimed_at=None) | Q(claimed_at__lt=timezone.now() - STALE)
    return list(Digest.objects.filter(free, recipient=recipient, state=Digest.State.SENDING).order_by("day"))


def _take_over(digest: Digest) -> Claim | None:
    """Claim an abandoned digest, unless somebody was a moment earlier."""
    now = timezone.now()
    unchanged = Digest.objects.filter(pk=digest.pk, state=Digest.State.SENDING, claimed_at=digest.claimed_at)
    if not unchanged.update(claimed_at=now):
        return None
    return Claim(digest=digest.pk, message_id=digest.message_id, day=digest.day, since=now, again=True)


# Checking and writing


def _write(
    claim: Claim, recipient: int, networks: Sequence[int], notices: Sequence[Notice], at: datetime
) -> Ready | None:
    """Write the mail and each network's part of it, or nothing when no notice is true any more.

    1. Leave out the notices of networks that she may no longer enter or that are not at work.
    2. Let the kinds word those that are still true, in her language; withdraw the others.
    3. Write each network's part as a Message, and tie its notices to it.
    """
    user = User.objects.get(pk=recipient)
    open_networks = visible_networks(user).filter(pk__in=networks, phase__in=[*AT_WORK, PLANNED]).in_bulk()
    with translation.override(user.language):
        own = [notice for notice in notices if _is_told(notice, open_networks.get(notice.network_id))]
        lines = kinds.tell(own, timezone.localdate(at))
        _withdraw(notice.pk for notice in notices if notice.pk not in lines)
        if not lines:
            _nothing_left(claim)
            return None
        sections = letters.sections((open_networks[n.network_id], lines[n.pk]) for n in own if n.pk in lines)
        letter = letters.write(user, sections)
        _write_parts(claim, user, sections, letter, at)
        _tie(claim, lines)
        return Ready(claim, letters.as_mail(user, letter, claim.message_id))


def _is_told(notice: Notice, network: Network | None) -> bool:
    """Whether the person may enter the network, and it is at work; of what prepares one, also before it begins."""
    if network is None:
        return False
    return network.phase in AT_WORK or notice.kind in kinds.told_while_planned()


def _withdraw(untrue: Iterable[int]) -> None:
    keys = list(untrue)
    if keys:
        Notice.objects.filter(pk__in=keys).update(state=Notice.State.WITHDRAWN, closed_at=timezone.now())


def _nothing_left(claim: Claim) -> None:
    """Give the day back; but a digest that may have gone out is closed, so that its Message-ID is not used anew."""
    state = Digest.State.CLOSED if claim.again else Digest.State.OPEN
    Digest.objects.filter(pk=claim.digest).update(state=state, claimed_at=None)
    if claim.again:
        _parts(claim).update(state=Message.State.FAILED, failure=Message.Failure.LOST)


def _write_parts(
    claim: Claim, user: User, sections: Sequence[letters.Section], whole: letters.Letter, at: datetime
) -> None:
    """A Message for every network, in place of what an earlier attempt wrote under the same Message-ID.

    It holds the mail as it would be had the person this network only: what its coordinators may read.
    """
    Message.objects.bulk_create(
        [
            _part(claim, user, section.network, whole if len(sections) == 1 else letters.write(user, [section]), at)
            for section in sections
        ],
        update_conflicts=True,
        unique_fields=["network", "message_id"],
        update_fields=["digest", "language", "subject", "text", "state", "failure", "failure_code"],
    )
    if claim.again:
        left_out = _parts(claim).exclude(network__in=[section.network for section in sections])
        left_out.update(state=Message.State.FAILED, failure=Message.Failure.LOST)


def _part(claim: Claim, user: User, network: Network, letter: letters.Letter, at: datetime) -> Message:
    return Message(
        network=network,
        recipient=user,
        digest_id=claim.digest,
        day=claim.day,
        message_id=claim.message_id,
        language=user.language,
        subject=letter.subject,
        text=letter.text,
        created_at=at,
    )


def _tie(claim: Claim, notices: Collection[int]) -> None:
    """These notices are being sent, each as a part of its own network's message."""
    message = _parts(claim).filter(network=OuterRef("network")).values("pk")
    Notice.objects.filter(pk__in=notices).update(state=Notice.State.CLAIMED, message=Subquery(message))


def _parts(claim: Claim) -> QuerySet[Message]:
    return Message.objects.filter(digest=claim.digest)


# Noting the answer


def _note(claim: Claim, outcome: Outcome, at: datetime) -> None:
    """Write down what became of the mail, unless the claim was found stale and somebody else has it now."""
    if outcome.answer == Answer.SENT:
        state, part, notice = Digest.State.SENT, Message.State.SENT, Notice.State.SENT
    elif outcome.answer == Answer.LOST or claim.again:
        state, part, notice = Digest.State.SENDING, Message.State.SENDING, Notice.State.CLAIMED
    elif outcome.answer == Answer.REFUSED:
        state, part, notice = Digest.State.CLOSED, Message.State.FAILED, Notice.State.WAITING
    else:
        state, part, notice = Digest.State.OPEN, Message.State.FAILED, Notice.State.WAITING
    ours = Digest.objects.filter(pk=claim.digest, state=Digest.State.SENDING, claimed_at=claim.since)
    if not ours.update(state=state, claimed_at=None):
        logger.warning("Digest %s was taken over while it was being sent", claim.digest)
        return
    sent = outcome.answer == Answer.SENT
    current = _parts(claim).filter(state=Message.State.SENDING)
    Notice.objects.filter(message__in=current, state=Notice.State.CLAIMED).update(
        state=notice, closed_at=at if sent else None
    )
    current.update(
        state=part,
        sent_at=at if sent else None,
        failure="" if sent else outcome.answer.value,
        failure_code=outcome.code,
    )
