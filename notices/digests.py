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
from dataclasses import dataclass

from django.db import connection

from gpf import tenancy
from notices import batches, claims, hours, ledger
from notices.batches import Occasion, Ready
from notices.claims import Claim, Noted
from notices.post import Answer, Post

logger = logging.getLogger(__name__)

FRESH = 0.9
"""Seconds for which what was found to be true may be told: what changed a second ago is right in every mail."""

MOST = 50
"""People in the largest batch, with which a run begins: in a handful of tries it comes down to one at a time."""


@dataclass
class Pace:
    """How many people are written to at a time: more as long as mail goes out quickly, fewer where it is slow."""

    people: int = MOST

    def learn(self, people: int, left: int, seconds: float) -> None:
        """So many people's mail took so long, and so many of the mails could not be begun in time."""
        if left:
            self.people = max(1, people // 2)
        elif people == self.people and seconds < FRESH / 2:
            self.people = min(2 * people, MOST)


def send_digests(
    *, people: Collection[int], networks: Collection[int], occasion: Occasion, post: Post, pace: Pace | None = None
) -> Counter[Answer]:
    """Send these people what waits for them in these networks. Returns how many mails got which answer.

    Nothing is written when mail may no longer go out today, or the server is gone. Whatever goes wrong with one person
    stops nobody else. `pace` is that of the run so far.
    """
    pace = pace or Pace()
    waiting = deque(people)
    answers: Counter[Answer] = Counter()
    alone = 0
    while waiting and hours.may_send(occasion.now) and not post.is_gone:
        batch = [waiting.popleft() for _ in range(min(1 if alone else pace.people, len(waiting)))]
        alone = max(0, alone - 1)
        started = time.monotonic()
        try:
            sent, left = _send_batch(batch, networks, occasion, post)
        except Exception:
            if connection.connection is None or not connection.is_usable():
                raise  # the database is away: nobody else would fare better
            if len(batch) == 1:
                logger.exception("The mail of person %s failed", batch[0])
            else:  # whoever it was: the others get theirs
                waiting.extendleft(reversed(batch))
                alone = len(batch)
            continue
        answers.update(sent)
        waiting.extendleft(dict.fromkeys(claim.recipient for claim in reversed(left)))
        pace.learn(len(batch), len(left), time.monotonic() - started)
    return answers


def _send_batch(
    people: Collection[int], networks: Collection[int], occasion: Occasion, post: Post
) -> tuple[list[Answer], list[Claim]]:
    """Write to these people, and send. Returns the answers, and what could not be begun in time and was given back."""
    started = time.monotonic()
    ready = batches.prepare(people, networks, occasion)
    if not ready:
        return [], []
    until = started + FRESH if len(people) > 1 else None
    answers, left = _send_in_turn(ready, occasion, post, until=until)
    claims.give_back(left)
    with tenancy.scope(networks):
        ledger.carry_over([each.claim.digest for each in ready])
    return answers, left


def _send_in_turn(
    ready: Sequence[Ready], occasion: Occasion, post: Post, *, until: float | None
) -> tuple[list[Answer], list[Claim]]:
    """Send the mails that can be begun while they are fresh. `until` is None for a person alone: she is written to
    however slow the database and the mail server are.

    The statement that begins a mail notes the answer to the one before it. One that cannot be begun was taken back:
    it is left with those whose time ran out, to be written anew.
    """
    answers: list[Answer] = []
    left: list[Claim] = []
    noted: Noted | None = None
    for each in ready:
        in_time = (until is None or time.monotonic() < until) and hours.may_send(occasion.now)
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
