"""Sending people their mail: a batch is written, and its mails go out one by one.

A sender may be killed at any moment:
    before a batch is committed    nothing has happened; the next run does it
    after it, until a mail begins  its mail is known not to have gone out; the next run does it
    until its answer is noted      the mail stays in doubt; when its sender is known to be dead it goes again as it was
    after that                     it is never sent again
"""

import logging
import time
from collections import Counter, deque
from collections.abc import Collection, Sequence

from django.db import connection

from gpf import tenancy
from notices import batches, claims, hours, ledger
from notices.batches import Occasion, Ready
from notices.claims import Claim, Noted
from notices.post import Answer, Post

logger = logging.getLogger(__name__)

FRESH = 1.0
"""Seconds for which what was found to be true when a mail was written may be told; see `_send_in_turn`."""

FIRST, MOST = 8, 50
"""People in the first batch, and in the largest."""


def send_digests(
    *, people: Collection[int], networks: Collection[int], occasion: Occasion, post: Post
) -> Counter[Answer]:
    """Send these people what waits for them in these networks. Returns how many mails got which answer.

    Batches grow as long as they go out quickly, and shrink where the mail server is slow. Nothing is written when
    mail may no longer go out today, or the server is gone. Whatever goes wrong with one person stops nobody else.
    """
    waiting = deque(people)
    answers: Counter[Answer] = Counter()
    size, alone = FIRST, 0
    while waiting and hours.may_send(occasion.now) and not post.is_gone:
        batch = [waiting.popleft() for _ in range(min(1 if alone else size, len(waiting)))]
        alone = max(0, alone - 1)
        started = time.monotonic()
        try:
            sent, left = _send_batch(batch, networks, occasion, post)
        except Exception:
            if not connection.is_usable():
                raise
            if len(batch) == 1:
                logger.exception("The mail of person %s failed", batch[0])
            else:  # whoever it was: the others get theirs
                waiting.extendleft(reversed(batch))
                alone = len(batch)
            continue
        answers.update(sent)
        waiting.extendleft(dict.fromkeys(claim.recipient for claim in reversed(left)))
        size = _next_size(len(batch), size, bool(left), time.monotonic() - started)
    return answers


def _next_size(people: int, size: int, was_too_many: bool, seconds: float) -> int:
    if was_too_many:
        return max(1, people // 2)
    return min(2 * size, MOST) if seconds < FRESH / 2 else size


def _send_batch(
    people: Collection[int], networks: Collection[int], occasion: Occasion, post: Post
) -> tuple[list[Answer], list[Claim]]:
    """Write to these people, and send. Returns the answers, and what could not be begun in time and was given back."""
    started = time.monotonic()
    ready = batches.prepare(people, networks, occasion)
    if not ready:
        return [], []
    answers, left = _send_in_turn(ready, occasion, post, until=started + FRESH)
    claims.give_back(left)
    with tenancy.scope(networks):
        ledger.carry_over([each.claim.digest for each in ready])
    return answers, left


def _send_in_turn(
    ready: Sequence[Ready], occasion: Occasion, post: Post, *, until: float
) -> tuple[list[Answer], list[Claim]]:
    """Send the mails that can be begun while they are fresh; the first in any case, or nothing would ever be sent.

    The statement that begins a mail notes the answer to the one before it. One that cannot be begun was taken back:
    it is left with those whose time ran out, to be written anew.
    """
    answers: list[Answer] = []
    left: list[Claim] = []
    noted: Noted | None = None
    for number, each in enumerate(ready):
        in_time = number == 0 or (time.monotonic() < until and hours.may_send(occasion.now))
        if not in_time or not claims.turn(noted, each.claim):
            left.append(each.claim)
            noted = noted if not in_time else None
            continue
        outcome = post.send(each.mail)
        answers.append(outcome.answer)
        noted = Noted(each.claim, outcome, occasion.now)
    if noted is not None:
        claims.turn(noted, None)
    return answers, left
