"""Who may send a mail: the row of `Digest`, which knows before all others what became of it.

    CLAIMED   written and not begun: known not to have gone out, whoever wrote it; it can be given back at any time
    SENDING   begun: from here until the answer it may go out, and only here a kill leaves a doubt
    SENT, OPEN (free to be claimed again), CLOSED   what the answer made of it

The row is claimed by an INSERT or a conditional UPDATE, so by one only. Every claim counts `attempt` up, and whoever
has an older one changes nothing any more. `ledger` lets messages and notices follow.
"""

import logging
import time
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.db.models import Max, Q
from django.utils import timezone

from notices import letters
from notices.models import Digest
from notices.post import Answer, Outcome
from notices.prepared import Prepared

logger = logging.getLogger(__name__)

UNBEGUN = timedelta(seconds=5)
"""A mail written so long ago and not begun is free for others: what its own sender could not begin at once, it writes
anew."""

PATIENCE = 60.0
"""Seconds in which a sender who knows the answer tries to note it, while the database is away."""


@dataclass(frozen=True)
class Claim:
    """A mail that is ours to send, until somebody finds it stale. `again`: it may have gone out before."""

    digest: int
    recipient: int
    day: date
    part: int
    message_id: str
    attempt: int
    again: bool = False


@dataclass(frozen=True)
class Noted:
    """The answer to a mail, and when it came."""

    claim: Claim
    outcome: Outcome
    at: datetime

    @property
    def state(self) -> Digest.State:
        """What the answer makes of the mail. One that may have gone out before stays in doubt until it is taken."""
        if self.outcome.answer == Answer.SENT:
            return Digest.State.SENT
        if self.outcome.answer == Answer.LOST or self.claim.again:
            return Digest.State.SENDING
        return Digest.State.CLOSED if self.outcome.answer == Answer.REFUSED else Digest.State.OPEN


# Claiming


def claim(wanted: Collection[tuple[int, int]], day: date) -> dict[tuple[int, int], Claim]:
    """The day's mails to these (person, part) that nobody has: new ones, or ones that are known not to have gone out.

    In the order of the keys, so that of two who want the same one waits for the other.
    """
    if not wanted:
        return {}
    now = timezone.now()
    rows = [(person, day, part, letters.message_id(person, day, part), now) for person, part in sorted(wanted)]
    values = ", ".join(["(%s, %s, %s, %s, 'claimed', %s, 1, '')"] * len(rows))
    with connection.cursor() as cursor:
        cursor.execute(
            f"""INSERT INTO notices_digest AS d
                (recipient_id, day, part, message_id, state, claimed_at, attempt, answer) VALUES {values}
            ON CONFLICT (recipient_id, day, part) DO UPDATE
                SET state = 'claimed', claimed_at = excluded.claimed_at, attempt = d.attempt + 1,
                    answer = '', code = NULL
                WHERE d.state = 'open'
            RETURNING id, recipient_id, part, message_id, attempt""",
            [value for row in rows for value in row],
        )
        return {
            (person, part): Claim(pk, person, day, part, message_id, attempt)
            for pk, person, part, message_id, attempt in cursor.fetchall()
        }


def next_parts(people: Collection[int], day: date) -> dict[int, int]:
    """Under which part each person can be told something at once: one that is open, else the next.

    Whoever's address was refused today is left out: she is not written to before tomorrow.
    """
    own = Digest.objects.filter(recipient__in=people, day=day)
    refused = Q(state=Digest.State.CLOSED, answer=Answer.REFUSED)
    found = (
        own.order_by()
        .values_list("recipient")
        .annotate(
            last=Max("part"),
            open=Max("part", filter=Q(part__gt=0, state=Digest.State.OPEN)),
            refused=Max("id", filter=refused),
        )
    )
    parts = dict.fromkeys(people, 1)
    for person, last, still_open, no in found:
        if no:
            del parts[person]
        else:
            parts[person] = still_open or last + 1
    return parts


def in_doubt(people: Collection[int], since: datetime) -> list[Digest]:
    """Mails that may have gone out and that nobody is sending any more, the oldest first.

    Those whose answer was lost before `since`, and those whose sender is dead.
    """
    stale = timezone.now() - timedelta(seconds=settings.GPF_CLAIM_STALE_SECONDS)
    let_go = Q(claimed_at=None) | Q(claimed_at__lt=stale) | (~Q(answer="") & Q(claimed_at__lt=since))
    own = Digest.objects.filter(let_go, recipient__in=people, state=Digest.State.SENDING)
    return list(own.order_by("day", "part", "pk"))


def take_over(digests: Sequence[Digest]) -> list[Claim]:
    """Claim mails in doubt, but for those that somebody else was a moment earlier with."""
    if not digests:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE notices_digest SET attempt = attempt + 1, claimed_at = %s, answer = ''
            WHERE (id, attempt) IN (SELECT * FROM unnest(%s::bigint[], %s::int[])) AND state = 'sending'
            RETURNING id, recipient_id, day, part, message_id, attempt""",
            [timezone.now(), [digest.pk for digest in digests], [digest.attempt for digest in digests]],
        )
        taken = [
            Claim(pk, person, day, part, message_id, attempt, again=True)
            for pk, person, day, part, message_id, attempt in cursor.fetchall()
        ]
    return sorted(taken, key=lambda claim: (claim.day, claim.part, claim.digest))


# Sending in turn


def turn(noted: Noted | None, following: Claim | None) -> bool:
    """Note one mail's answer and begin the next, in one statement: a kill leaves at most one mail in doubt.

    Returns whether the next may be sent: not where it was taken back, or its recipient's mail is being taken back at
    this moment. A sender that knows an answer does not give up noting it because the database is away for a while.
    """
    values = (timezone.now(), *_former(noted), *_following(following))
    until = time.monotonic() + PATIENCE
    while True:
        try:
            was_noted, was_begun = TURN.row(values)
        except (OperationalError, InterfaceError):
            if connection.in_atomic_block or noted is None or time.monotonic() > until:
                raise
            connection.close()
            time.sleep(0.5)
            continue
        if noted is not None and not was_noted:
            logger.warning("Digest %s was taken over while it was being sent", noted.claim.digest)
        return bool(was_begun)


TURN = Prepared(
    "timestamptz, bigint, int, text, text, int, timestamptz, bigint, int",
    """WITH noted AS (
        UPDATE notices_digest SET state = $4, answer = $5, code = $6, answered_at = $7
        WHERE id = $2 AND attempt = $3 AND state = 'sending'
        RETURNING id
    ), begun AS (
        UPDATE notices_digest SET state = 'sending', claimed_at = $1
        WHERE id = (
            SELECT id FROM notices_digest
            WHERE id = $8 AND attempt = $9 AND state IN ('claimed', 'sending')
            FOR UPDATE SKIP LOCKED
        )
        RETURNING id
    ) SELECT EXISTS (SELECT FROM noted), EXISTS (SELECT FROM begun)""",
)


def _former(noted: Noted | None) -> tuple[Any, ...]:
    if noted is None:
        return None, None, "", "", None, None
    claim, (answer, code) = noted.claim, noted.outcome
    return claim.digest, claim.attempt, noted.state.value, answer.value, code, noted.at


def _following(claim: Claim | None) -> tuple[int | None, int | None]:
    return (claim.digest, claim.attempt) if claim else (None, None)


# Letting go


def give_back(claims: Iterable[Claim]) -> None:
    """These were not begun: let anyone claim them. One that was in doubt before still is."""
    pairs = [(claim.digest, claim.attempt) for claim in claims]
    if not pairs:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE notices_digest
            SET state = CASE state WHEN 'claimed' THEN 'open' ELSE state END,
                answer = CASE state WHEN 'claimed' THEN '' ELSE 'lost' END
            WHERE (id, attempt) IN (SELECT * FROM unnest(%s::bigint[], %s::int[]))
                AND state IN ('claimed', 'sending')""",
            [[digest for digest, _ in pairs], [attempt for _, attempt in pairs]],
        )


def give_up(claims: Iterable[Claim]) -> None:
    """There is nothing left to say in these: give the day back.

    But a mail that may have gone out is closed, so that its Message-ID is not used anew.
    """
    for again, state in ((True, Digest.State.CLOSED), (False, Digest.State.OPEN)):
        keys = [claim.digest for claim in claims if claim.again == again]
        if keys:
            Digest.objects.filter(pk__in=keys).update(state=state)


def take_back(digests: Collection[int]) -> set[int]:
    """Of these, keep from being begun as they are written what has not been. Returns which (primary keys).

    One that is being begun at this moment is passed over: it is too late, and nobody waits.
    """
    written = Digest.objects.filter(pk__in=digests, state=Digest.State.CLAIMED)
    free = set(written.select_for_update(skip_locked=True).values_list("pk", flat=True))
    Digest.objects.filter(pk__in=free).update(state=Digest.State.OPEN)
    return free


def forget_the_dead(digests: Collection[int]) -> None:
    """Give back what was written and not begun by a sender that is dead, or so slow that it may as well be."""
    old = timezone.now() - UNBEGUN
    Digest.objects.filter(pk__in=digests, state=Digest.State.CLAIMED, claimed_at__lt=old).update(
        state=Digest.State.OPEN
    )
