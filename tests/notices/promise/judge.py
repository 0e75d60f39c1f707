"""Holds what the product says against what the mail server knows."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from tests.notices.promise.house import STALE
from tests.notices.promise.killer import Killer, Strike
from tests.notices.smtp_server import Taken

EMAIL_TIMEOUT = 2.0  # seconds, as in the settings of the promise
POOL = 10.0  # seconds in which a process may not have found its way back to a database that is there again
NOTING = 1.0  # seconds from the server's answer until it is noted, on a busy machine


@dataclass
class Verdict:
    """What is wrong, in words; and figures."""

    wrong: list[str] = field(default_factory=list)
    twice: Counter[str] = field(default_factory=Counter)


def judge(killer: Killer, due: dict[str, Any], said: dict[str, Any], refused: str) -> Verdict:
    """Every sentence of docs/delivery-promise.md that the record can tell about.

    1. Every notice due, and every letter, is sent; what was refused waits, or is still in doubt.
    2. Nothing counts as sent that the server did not take, and say so.
    3. Nobody gets two different mails for one day; a letter is one mail.
    4. A mail that was taken twice is the same mail, and for each time but the last there is a reason why its sender
       could not know or could not note it; no kill is the reason for two mails of the same sender.
    """
    verdict = Verdict()
    record = killer.mail.record
    _everything_is_sent(verdict, due, said, refused)
    _what_is_sent_was_taken(verdict, record, said)
    _one_mail_each(verdict, record)
    _twice_with_a_reason(verdict, killer)
    return verdict


def _everything_is_sent(verdict: Verdict, due: dict[str, Any], said: dict[str, Any], refused: str) -> None:
    """Every notice due, and every letter. What was refused waits, or stays in doubt where its mail had begun before."""
    doubted = {row["message_id"] for row in said["digests"] if row["state"] == "sending"}
    reminders = [
        {**row, "state": "waiting"} if row["state"] == "claimed" and row["message_id"] in doubted else row
        for row in said["notices"]
        if row["kind"] == "assignment_due"
    ]
    letters = [row for row in said["messages"] if row["is_letter"]]
    for name, rows, expected in (("notices", reminders, due["notices"]), ("letters", letters, due["letters"])):
        states = {(row["network"], row["address"]): row["state"] for row in rows}
        if len(states) != len(rows):
            verdict.wrong.append(f"There are {len(rows)} {name} where {len(expected)} were due")
        for network, address in expected:
            state, right = states.get((network, address)), "waiting" if address == refused else "sent"
            if state != right:
                verdict.wrong.append(f"Among the {name}, that to {address} in the network {network} is {state}")
    verdict.wrong += [
        f"A notice of the kind {row['kind']} to {row['address']} is {row['state']}"
        for row in said["notices"]
        if row["state"] in ("waiting", "claimed") and row["address"] != refused
    ]


def _what_is_sent_was_taken(verdict: Verdict, record: list[Taken], said: dict[str, Any]) -> None:
    answered = {taken.message_id for taken in record if taken.said is not None}
    for name, rows in said.items():
        verdict.wrong += [
            f"Among the {name}, {row['message_id']} is sent, and the server never said it took it"
            for row in rows
            if row["state"] == "sent" and row["message_id"] not in answered
        ]


def _one_mail_each(verdict: Verdict, record: list[Taken]) -> None:
    got: dict[str, set[str]] = defaultdict(set)
    for taken in record:
        got[str(taken.mail["To"])].add(taken.message_id)
    verdict.wrong += [f"{address} got {len(ids)} different mails" for address, ids in got.items() if len(ids) > 1]


def _twice_with_a_reason(verdict: Verdict, killer: Killer) -> None:
    used: Counter[tuple[int, int]] = Counter()
    by_id: dict[str, list[Taken]] = defaultdict(list)
    for taken in killer.mail.record:
        by_id[taken.message_id].append(taken)
    for message_id, takings in by_id.items():
        if len({_words(taken) for taken in takings}) > 1:
            verdict.wrong.append(f"{message_id} did not say the same each time")
        for first, second in pairwise(takings):
            reason, strike = _reason(killer, first, second)
            if not reason:
                verdict.wrong.append(f"{message_id} came again for no reason: {_story(killer, first, second)}")
                continue
            verdict.twice[reason] += 1
            if strike is not None:
                used[id(strike), killer.senders[first.talk]] += 1
    verdict.wrong += [f"One kill made {count} mails of one sender come twice" for count in used.values() if count > 1]


def _words(taken: Taken) -> tuple[str, str]:
    text = taken.mail.get_body(("plain",))
    return str(taken.mail["Subject"]), str(text.get_content()) if text else ""


def _reason(killer: Killer, first: Taken, second: Taken) -> tuple[str, Strike | None]:
    """Why the sender of the first could not know, or not note, that the mail was taken; "" where it could.

    The line was cut, or the server silent for too long, after the mail and before the answer. The sender was killed
    before it went on, and the mail was the last that it sent (what a sender has written, the server reads to its end
    also after the sender's death). Or the database was away when the answer was to be noted, and the sender, who tries
    to note it and does nothing else, was still trying when its claim was found old.
    """
    said = first.said or float("inf")
    if first.talk.cut_at is not None and first.talk.cut_at <= said and not first.went_on:
        return "the line was cut before the answer", None
    if said - first.at >= EMAIL_TIMEOUT and not first.went_on:
        return "the server took too long to answer", None
    sender = killer.senders[first.talk]
    next_mail = _next_mail(killer, first, sender)
    is_stuck = next_mail is None or next_mail - first.at > STALE / 2
    for strike in killer.strikes:
        if next_mail is None and sender in strike.died and first.began <= strike.at < second.at:
            return "the sender was killed before it noted the answer", strike
    for strike in killer.strikes:
        is_away = strike.at <= first.at + NOTING and first.began <= (strike.over or 0) + POOL
        if strike.hits_database and is_away and is_stuck:
            return "the database was away longer than a claim is young", strike
    return "", None


def _next_mail(killer: Killer, taken: Taken, sender: int) -> float | None:
    """When the same process sent another mail; None where it never did."""
    others = (each.at for each in killer.mail.record if each.at > taken.at and killer.senders[each.talk] == sender)
    return min(others, default=None)


def _story(killer: Killer, first: Taken, second: Taken) -> str:
    """The two mails, and the kills around the first, in seconds from its beginning."""

    def since(at: float | None) -> str:
        return "never" if at is None else f"{at - first.began:.3f}"

    blows = ", ".join(
        f"{strike.blow.victim} at {since(strike.at)}"
        for strike in killer.strikes
        if first.began - 5 <= strike.at <= second.at
    )
    told = f"taken at {since(first.at)}, answered at {since(first.said)}, line cut at {since(first.talk.cut_at)}"
    return f"{told}, went on: {first.went_on}, again at {since(second.at)}; {blows or 'nothing was killed'}"
