"""Each network's part of the mails of a batch, as rows, and the notices that go with it.

In statements of our own, since Django makes a row of every mail ready value by value. The check for identity numbers,
which Django's way has built in (`gpf.guarded`), is made here by hand.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from gpf.guarded import refuse_identity_numbers
from notices.claims import Claim
from notices.models import Message, Notice


@dataclass(frozen=True)
class Part:
    """What a claimed mail says about a network (primary key), and the notices of the network it tells."""

    claim: Claim
    network: int
    language: str
    subject: str
    text: str
    notices: Sequence[int]

    @property
    def key(self) -> tuple[int, str]:
        return self.network, self.claim.message_id


def keep(parts: Sequence[Part], at: datetime) -> Collection[int]:
    """Write them in place of what an earlier attempt wrote under the same Message-ID, and tie their notices to them.

    Returns the keys of their rows. Needs the networks' scope. Raises IdentityNumberError where a text holds what looks
    like a person's number.
    """
    if not parts:
        return ()
    refuse_identity_numbers([text for part in parts for text in (part.subject, part.text)])
    keys = _write(parts, at)
    own = [notice for part in parts for notice in part.notices]
    if any(part.claim.attempt > 1 for part in parts):  # what the earlier ones told, and these do not, waits again
        earlier = Notice.objects.filter(message__in=keys.values(), state=Notice.State.CLAIMED).exclude(pk__in=own)
        earlier.update(state=Notice.State.WAITING, message=None)
    _tie(own, [keys[part.key] for part in parts for _notice in part.notices])
    return keys.values()


def leave_out(digests: Collection[int], kept: Collection[int]) -> None:
    """What a network's part of a mail in doubt said is no longer true: nobody will learn whether it arrived."""
    if digests:
        own = Message.objects.filter(digest__in=digests).exclude(pk__in=kept)
        own.update(state=Message.State.FAILED, failure=Message.Failure.LOST)


OWN = {
    "network_id": "bigint",
    "recipient_id": "bigint",
    "digest_id": "bigint",
    "attempts": "int",
    "day": "date",
    "message_id": "text",
    "language": "text",
    "subject": "text",
    "text": "text",
}
"""The columns that differ from part to part, and of which type PostgreSQL is to take them."""


def _write(parts: Sequence[Part], at: datetime) -> dict[tuple[int, str], int]:
    rows = (
        (
            part.network,
            part.claim.recipient,
            part.claim.digest,
            part.claim.attempt,
            part.claim.day,
            part.claim.message_id,
            part.language,
            part.subject,
            part.text,
        )
        for part in parts
    )
    same: dict[str, Any] = {"state": Message.State.QUEUED.value, "created_at": at}
    for field in Message._meta.concrete_fields:  # what only letters have
        if not (field.primary_key or field.null or field.attname in OWN or field.attname in same):
            same[field.attname] = field.get_default()
    with connection.cursor() as cursor:
        cursor.execute(
            f"""INSERT INTO notices_message ({", ".join([*OWN, *same])})
            SELECT part.*, {", ".join(["%s"] * len(same))}
            FROM unnest({", ".join(f"%s::{kind}[]" for kind in OWN.values())}) AS part
            ON CONFLICT (network_id, message_id) DO UPDATE
                SET digest_id = excluded.digest_id, attempts = excluded.attempts, language = excluded.language,
                    subject = excluded.subject, text = excluded.text, state = excluded.state, failure = '',
                    failure_code = NULL
            RETURNING network_id, message_id, id""",
            [*same.values(), *(list(column) for column in zip(*rows, strict=True))],
        )
        return {(network, message_id): pk for network, message_id, pk in cursor.fetchall()}


def _tie(notices: Sequence[int], messages: Sequence[int]) -> None:
    """These notices are being sent, each as a part of its own network's message."""
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE notices_notice n SET state = 'claimed', message_id = tie.message
            FROM unnest(%s::bigint[], %s::bigint[]) AS tie (notice, message) WHERE n.id = tie.notice""",
            [list(notices), list(messages)],
        )
