"""What messages and notices say follows from what the digest says (`notices.claims`), network by network.

A sender does it for its batch; what a dead one left is done when its recipient is written to the next time. Doing it
twice changes nothing. All of it needs the scope of the networks.
"""

from collections.abc import Collection

from django.db import connection
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from notices import claims
from notices.models import Digest, Message, Notice

TOLD = (Notice.State.SENT, Notice.State.SHOWN)


def catch_up(people: Collection[int], networks: Collection[int]) -> None:
    """Carry over what a dead sender noted and did not carry over, or wrote and did not begin."""
    left = Notice.objects.filter(recipient__in=people, network__in=networks, state=Notice.State.CLAIMED)
    digests = {digest for digest in left.values_list("message__digest", flat=True) if digest}
    if digests:
        claims.forget_the_dead(digests)
        carry_over(digests)


def carry_over(digests: Collection[int]) -> None:
    """Let messages and notices follow these digests (primary keys).

    1. The parts of a mail that was answered say so.
    2. Their notices have been sent, or wait again; while it is in doubt whether the mail went they stay claimed.
    3. Of a mail that was given back, or claimed anew since, no part is kept.
    """
    keys = list(digests)
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE notices_message m
            SET state = CASE d.state WHEN 'sent' THEN 'sent' WHEN 'sending' THEN 'sending' ELSE 'failed' END,
                sent_at = CASE d.state WHEN 'sent' THEN d.answered_at END,
                failure = CASE d.state WHEN 'sent' THEN '' ELSE d.answer END,
                failure_code = d.code
            FROM notices_digest d
            WHERE m.digest_id = d.id AND d.id = ANY(%s) AND d.attempt = m.attempts AND d.answer <> ''
                AND m.state IN ('queued', 'sending')""",
            [keys],
        )
        cursor.execute(
            """WITH own AS MATERIALIZED (
                SELECT n.id, CASE WHEN d.state = 'sent' AND d.attempt = m.attempts THEN d.answered_at END AS sent_at
                FROM notices_notice n
                JOIN notices_message m ON m.id = n.message_id
                JOIN notices_digest d ON d.id = m.digest_id
                WHERE n.state = 'claimed' AND d.id = ANY(%s)
                    AND (d.state IN ('sent', 'open', 'closed') OR d.attempt > m.attempts)
                ORDER BY n.id
                FOR UPDATE OF n
            )
            UPDATE notices_notice n
            SET state = CASE WHEN own.sent_at IS NULL THEN 'waiting' ELSE 'sent' END, closed_at = own.sent_at
            FROM own WHERE n.id = own.id AND n.state = 'claimed'""",
            [keys],
        )
    unsent = Q(digest__state__in=[Digest.State.OPEN, Digest.State.CLOSED], digest__answer="")
    overtaken = Q(digest__attempt__gt=F("attempts"))
    Message.objects.filter(unsent | overtaken, digest__in=keys, state=Message.State.QUEUED).delete()


def take_back(notices: QuerySet[Notice]) -> int:
    """These are no longer true. Returns how many are not told that would have been.

    1. Lock them, in the order of their keys, so that of two who change the same one waits for the other.
    2. Withdraw what waits, and what is written into a mail that has not been begun; that mail is written anew.
    3. What has been sent or shown counts as read.
    """
    concerned = Q(state__in=[Notice.State.WAITING, Notice.State.CLAIMED]) | Q(state__in=TOLD, read_at=None)
    rows = list(
        notices.filter(concerned)
        .order_by("pk")
        .select_for_update(of=["self"])
        .values_list("pk", "state", "message__digest")
    )
    claimed = {digest for _pk, state, digest in rows if state == Notice.State.CLAIMED and digest}
    unbegun = claims.take_back(claimed) if claimed else set()
    now = timezone.now()
    untold = [pk for pk, state, digest in rows if state == Notice.State.WAITING or _is_claimed(state, digest, unbegun)]
    told = [pk for pk, _state, _digest in rows if pk not in set(untold)]
    if told:
        Notice.objects.filter(pk__in=told, read_at=None).update(read_at=now)
    if not untold:
        return 0
    return Notice.objects.filter(pk__in=untold).update(state=Notice.State.WITHDRAWN, closed_at=now)


def _is_claimed(state: str, digest: int | None, digests: Collection[int]) -> bool:
    return state == Notice.State.CLAIMED and digest in digests
