"""A batch of mails: claimed, checked and written in one transaction, so that a mail costs few queries.

The people of a batch have something waiting in exactly the same networks, and the transaction opens those. What it
found to be true grows old while the mails go out one by one, so a batch is small, and what could not be begun while it
was fresh is given back (`notices.digests`).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.mail import EmailMessage
from django.utils import timezone, translation

from gpf import tenancy
from notices import claims, kinds, ledger, letters, parts, wording
from notices.claims import Claim
from notices.kinds import Line
from notices.models import Choice, Notice
from notices.parts import Part
from notices.pauses import not_paused
from notices.recipients import Recipient, read_recipients


@dataclass(frozen=True)
class Occasion:
    """Why mails are written: the day's run, or what is told `at_once`.

    `since` is when it was found out for whom there is something. `at` says as of when, where that is not now. With
    `is_everything`, what is for the day's mail is told at once too.
    """

    since: datetime
    at: datetime | None = None
    at_once: bool = False
    is_everything: bool = False

    @property
    def now(self) -> datetime:
        return self.at or timezone.now()

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)


@dataclass(frozen=True)
class Draft:
    """A claimed mail, and what it could say."""

    claim: Claim
    recipient: Recipient
    notices: Sequence[Notice]


@dataclass(frozen=True)
class Ready:
    """A claimed mail, written and committed."""

    claim: Claim
    mail: EmailMessage


def prepare(people: Collection[int], networks: Collection[int], occasion: Occasion) -> list[Ready]:
    """Write to these people (primary keys) what waits for them in these networks. A fixed number of queries.

    1. Catch up with what a dead sender left.
    2. Take over mails in doubt; they go again as they were. Lock what waits, and claim the day's mails for it.
    3. Let the kinds word all of it, and withdraw what is no longer true. Show what is wanted in the product only.
    4. Write the mails, and each network's part of them.
    """
    with tenancy.scope(networks):
        ledger.catch_up(people, networks)
        recipients = read_recipients(people, networks, occasion.today)
        again = [] if occasion.at_once else _again(recipients, networks, occasion)
        anew, shown = _anew(recipients, networks, occasion)
        drafts = [*again, *anew]
        lines = _tell([*shown, *(notice for draft in drafts for notice in draft.notices)], recipients, occasion)
        _show(notice.pk for notice in shown if notice.pk in lines)
        return _write(drafts, lines, networks, occasion) if drafts else []


# What there is to say


def _again(recipients: Mapping[int, Recipient], networks: Collection[int], occasion: Occasion) -> list[Draft]:
    """The mails in doubt, with what they said. Where any of it must not be told today, the mail stays in doubt."""
    awake = [pk for pk, recipient in recipients.items() if not recipient.is_quiet]
    left = claims.in_doubt(awake, occasion.since)
    if not left:
        return []
    said = Notice.objects.filter(message__digest__in=left, network__in=networks, state=Notice.State.CLAIMED)
    locked = list(said.select_related("message").order_by("pk").select_for_update(of=["self"]))
    told = set(not_paused(said, occasion.today).values_list("pk", flat=True))
    by_digest: dict[int | None, list[Notice]] = defaultdict(list)
    for notice in locked:
        by_digest[notice.message.digest_id if notice.message else None].append(notice)
    free = [digest for digest in left if all(notice.pk in told for notice in by_digest[digest.pk])]
    return [Draft(claim, recipients[claim.recipient], by_digest[claim.digest]) for claim in claims.take_over(free)]


def _anew(
    recipients: Mapping[int, Recipient], networks: Collection[int], occasion: Occasion
) -> tuple[list[Draft], list[Notice]]:
    """What waits, in the mails that could be claimed for it; and what is not for a mail."""
    today = occasion.today
    by_way: dict[Choice.Way, dict[int, list[Notice]]] = {way: defaultdict(list) for way in Choice.Way}
    for notice in _waiting(recipients, networks, occasion):
        way = recipients[notice.recipient_id].way(notice)
        if occasion.is_everything and way == Choice.Way.DIGEST:
            way = Choice.Way.AT_ONCE
        by_way[way][notice.recipient_id].append(notice)
    wanted = {}
    for person, own in by_way[Choice.Way.AT_ONCE].items():
        wanted[person, 1] = own
    if wanted:
        parts = claims.next_parts([person for person, _ in wanted], today)
        wanted = {(person, parts[person]): own for (person, _), own in wanted.items() if person in parts}
    if not occasion.at_once:
        wanted |= {(person, 0): own for person, own in by_way[Choice.Way.DIGEST].items()}
    mailed = {key: own for key, own in wanted.items() if not recipients[key[0]].is_quiet}
    claimed = claims.claim(mailed, today)
    drafts = [Draft(claim, recipients[key[0]], mailed[key]) for key, claim in sorted(claimed.items())]
    shown = [] if occasion.at_once else [n for own in by_way[Choice.Way.PRODUCT].values() for n in own]
    return drafts, shown


def _waiting(people: Collection[int], networks: Collection[int], occasion: Occasion) -> list[Notice]:
    """What waits and is due, locked: what is withdrawn at this moment is either gone or too late."""
    waiting = Notice.objects.filter(
        recipient__in=people, network__in=networks, state=Notice.State.WAITING, due_at__lte=occasion.now
    )
    return list(not_paused(waiting, occasion.today).order_by("pk").select_for_update(of=["self"]))


# Checking


def _tell(notices: Sequence[Notice], recipients: Mapping[int, Recipient], occasion: Occasion) -> dict[int, Line]:
    """What is still true, in its recipient's language; the rest is withdrawn."""
    lines: dict[int, Line] = {}
    by_language: dict[str, list[Notice]] = defaultdict(list)
    for notice in notices:
        recipient = recipients[notice.recipient_id]
        if recipient.is_told(notice):
            by_language[recipient.user.language].append(notice)
    for language, own in by_language.items():
        with translation.override(language):
            lines |= kinds.tell(own, occasion.today)
    untrue = [notice.pk for notice in notices if notice.pk not in lines]
    if untrue:
        Notice.objects.filter(pk__in=untrue).update(state=Notice.State.WITHDRAWN, closed_at=timezone.now())
    return lines


def _show(notices: Iterable[int]) -> None:
    keys = list(notices)
    if keys:
        Notice.objects.filter(pk__in=keys).update(state=Notice.State.SHOWN, closed_at=timezone.now())


# Writing


def _write(
    drafts: Sequence[Draft], lines: Mapping[int, Line], networks: Collection[int], occasion: Occasion
) -> list[Ready]:
    """The mails of those drafts in which something is true, and is for a mail.

    Each network keeps the mail as it would be had the person this network only: what its coordinators may read.
    """
    own = wording.own_words(networks)
    ready: list[Ready] = []
    kept: list[Part] = []
    silent: list[Claim] = []
    for draft in drafts:
        told = [notice for notice in draft.notices if notice.pk in lines]
        if not told or draft.recipient.is_unreachable:
            silent.append(draft.claim)
            _show(notice.pk for notice in told)
            continue
        with translation.override(draft.recipient.user.language):
            mail, own_parts = _compose(draft, [(notice, lines[notice.pk]) for notice in told], own, occasion)
        ready.append(Ready(draft.claim, mail))
        kept += own_parts
    claims.give_up(silent)
    rows = parts.keep(kept, occasion.now)
    parts.leave_out([draft.claim.digest for draft in drafts if draft.claim.again], rows)
    return ready


def _compose(
    draft: Draft, told: Sequence[tuple[Notice, Line]], own: wording.Own, occasion: Occasion
) -> tuple[EmailMessage, list[Part]]:
    """The mail, and each network's part of it; in the language that is active."""
    recipient = draft.recipient
    sections = letters.sections(
        recipient.user, ((recipient.networks[notice.network_id], line) for notice, line in told), own
    )
    whole = letters.write(recipient.user, sections, at_once=occasion.at_once)
    own_parts = []
    for section in sections:
        said = whole if len(sections) == 1 else letters.write(recipient.user, [section], at_once=occasion.at_once)
        key = section.network.pk
        notices = [notice.pk for notice, _line in told if notice.network_id == key]
        own_parts.append(Part(draft.claim, key, recipient.user.language, said.subject, said.text, notices))
    declinable = any(_may_decline(notice) for notice, _line in told)
    mail = letters.as_mail(recipient.user, whole, draft.claim.message_id, may_decline=declinable)
    return mail, own_parts


def _may_decline(notice: Notice) -> bool:
    kind = kinds.find(notice.kind)
    return kind is not None and kind.may_decline
