"""What goes out on the next day with mail: to whom, what, and why. Nothing is written.

It is found as the run will find it: what waits, and what each kind says comes due that day. Only the people of one page
are checked and worded, as they will be then; how many there are in all is counted before that check, so it says how
many there are at most.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import TypeVar

from django.core.paginator import Page, Paginator
from django.utils import timezone, translation

from accounts.models import User
from gpf.norwegian import sort_key
from networks.models import Membership, Network, Role
from notices import hours, kinds, letters, pauses, wording
from notices.kinds import Handed, Line
from notices.models import Choice, Notice, Pause
from notices.recipients import AT_WORK, Recipient, read_recipients

PAGE_SIZE = 25

Told = Notice | Handed
"""A notice that waits, or one that will be handed over by then: it has no row yet."""

T = TypeVar("T", Notice, Told)


@dataclass(frozen=True)
class Narrowed:
    """What is looked at: a kind (by name), a team (primary key); empty: everything."""

    kind: str = ""
    team: int | None = None

    def takes(self, notice: "Told") -> bool:
        return self.kind in ("", notice.kind) and self.team in (None, notice.about.get("team"))


@dataclass(frozen=True)
class Item:
    """One thing in somebody's mail. `why` is what kind of notice it is; `handed` says that its row is written."""

    notice: Notice
    line: Line
    why: str
    way: Choice.Way

    @property
    def is_handed(self) -> bool:
        return self.notice.pk > 0


@dataclass(frozen=True)
class Mailed:
    """One person, what she is in the network, what she gets, and what one coordinator or a pause keeps back."""

    recipient: Recipient
    role: str
    items: Sequence[Item]
    held: Sequence[Item]
    paused: Sequence[Item]

    @property
    def gets_mail(self) -> bool:
        by_mail = any(item.way != Choice.Way.PRODUCT for item in self.items)
        return by_mail and not self.recipient.is_quiet and not self.recipient.is_unreachable


@dataclass(frozen=True)
class Coming:
    """A day's mail: how many people are told at most, of how many things, and one page of people.

    On the page are those for whom something is kept back, too; in the numbers they are not.
    """

    day: date
    people: int
    things: int
    page: Page[int]
    mailed: Sequence[Mailed]


def next_day(now: datetime) -> date:
    """The next day on which mail goes out: today before seven, else the next working day."""
    local = timezone.localtime(now)
    if local.time() < hours.OPENS:
        return timezone.localdate(hours.next_opening(now))
    midnight = timezone.make_aware(datetime.combine(local.date() + timedelta(days=1), time.min))
    return timezone.localdate(hours.next_opening(midnight))


def read_coming(network: Network, day: date, narrowed: Narrowed, number: str | None) -> Coming:
    """The day's mail of the network. A fixed number of queries. Needs the network's scope."""
    found = _by_person(notice for notice in find(network, day) if narrowed.takes(notice))
    names = dict(User.objects.filter(pk__in=found, is_active=True).values_list("pk", "name"))
    ordered = sorted(names, key=lambda pk: (sort_key(names[pk]), pk))
    lasting = list(pauses.lasting(network.pk, day))
    going = [sum(_goes(told, lasting) for told in found[pk]) for pk in ordered]
    page = Paginator(ordered, PAGE_SIZE).get_page(number)
    shown = _by_person(_as_notices(network, (told for pk in page.object_list for told in found[pk])))
    return Coming(
        day=day,
        people=sum(things > 0 for things in going),
        things=sum(going),
        page=page,
        mailed=_mailed(network, shown, day, lasting),
    )


def read_person(network: Network, day: date, person: int) -> tuple[Mailed, letters.Letter] | None:
    """What one person gets of this network, and her mail as she will read it; None where there is nothing.

    Where all of it is kept back, the mail she would have had.
    """
    own = _as_notices(network, (told for told in find(network, day) if told.recipient_id == person))
    lasting = list(pauses.lasting(network.pk, day))
    mailed = next(iter(_mailed(network, {person: own}, day, lasting)), None) if own else None
    if mailed is None:
        return None
    user = mailed.recipient.user
    by_mail = [item for item in mailed.items if item.way != Choice.Way.PRODUCT]
    told = [item.line for item in by_mail or mailed.items or [*mailed.paused, *mailed.held]]
    with translation.override(user.language):
        sections = letters.sections(user, ((network, line) for line in told), wording.own_words([network.pk]))
        return (mailed, letters.write(user, sections)) if sections else None


def find(network: Network, day: date) -> list[Told]:
    """What is to be told by the end of the day, waiting or not handed over yet."""
    if network.phase not in AT_WORK:
        return []
    end = timezone.make_aware(datetime.combine(day, hours.CLOSES))
    handed = {row.key: row for kind in kinds.registered() if kind.find is not None for row in kind.find(network, day)}
    known = dict(Notice.objects.filter(network=network, key__in=handed).values_list("key", "state"))
    waiting = Notice.objects.filter(network=network, state=Notice.State.WAITING, due_at__lte=end).order_by("pk")
    found: list[Told] = [notice for notice in waiting if not _is_superseded(handed.get(notice.key))]
    found += [
        row
        for row in handed.values()
        if not row.superseded and known.get(row.key, Notice.State.WITHDRAWN) == Notice.State.WITHDRAWN
    ]
    return found


def _is_superseded(row: Handed | None) -> bool:
    return row is not None and row.superseded


def _as_notices(network: Network, told: Iterable[Told]) -> list[Notice]:
    """A row for each: what has none yet gets one that is not written, with a primary key below zero."""
    number = count(1)
    return [each if isinstance(each, Notice) else _unwritten(network, each, -next(number)) for each in told]


def _unwritten(network: Network, row: Handed, pk: int) -> Notice:
    return Notice(
        pk=pk,
        network_id=network.pk,
        key=row.key,
        recipient_id=row.recipient_id,
        kind=row.kind,
        about=row.about,
        due_at=row.due_at,
    )


def _by_person(notices: Iterable[T]) -> dict[int, list[T]]:
    found: dict[int, list[T]] = defaultdict(list)
    for notice in notices:
        found[notice.recipient_id].append(notice)
    return found


def _goes(told: Told, lasting: Sequence[Pause]) -> bool:
    """Nobody keeps it back, neither this one nor all of its kin."""
    is_held = isinstance(told, Notice) and told.held_at is not None
    return not is_held and not any(pauses.covers(pause, told.about) for pause in lasting)


def _mailed(
    network: Network, found: Mapping[int, Sequence[Notice]], day: date, lasting: Sequence[Pause]
) -> list[Mailed]:
    """These people's mail, in their order, checked and worded as it will be on the day."""
    recipients = read_recipients(list(found), [network.pk], day)
    lines = _lines(network, found, recipients, day)
    roles = _roles(network, list(found))
    mailed = []
    for person, notices in found.items():
        recipient = recipients[person]
        items = [
            Item(notice, lines[notice.pk], _why(notice), recipient.way(notice))
            for notice in notices
            if notice.pk in lines
        ]
        if items:
            held = [item for item in items if item.notice.held_at]
            told = [item for item in items if _goes(item.notice, lasting)]
            paused = [item for item in items if item not in held and item not in told]
            mailed.append(Mailed(recipient, roles.get(person, ""), told, held, paused))
    return mailed


def _lines(
    network: Network, found: Mapping[int, Sequence[Notice]], recipients: Mapping[int, Recipient], day: date
) -> dict[int, Line]:
    """What is true, by the notice's key, each in its recipient's language and the network's own words."""
    own = wording.own_words([network.pk])
    by_language: dict[str, list[Notice]] = defaultdict(list)
    for person, notices in found.items():
        recipient = recipients[person]
        by_language[recipient.user.language] += [notice for notice in notices if recipient.is_told(notice)]
    lines: dict[int, Line] = {}
    for language, notices in by_language.items():
        with translation.override(language):
            told = kinds.tell(notices, day)
            for notice in notices:
                if notice.pk in told:
                    values = wording.common(recipients[notice.recipient_id].user, network)
                    lines[notice.pk] = wording.worded(told[notice.pk], network.pk, own, values)
    return lines


def _roles(network: Network, people: Sequence[int]) -> dict[int, str]:
    rows = Membership.objects.active().filter(network=network, user__in=people).values_list("user", "role")
    found: dict[int, list[str]] = defaultdict(list)
    for person, role in rows:
        found[person].append(str(Role(role).label))
    return {person: ", ".join(sorted(roles)) for person, roles in found.items()}


def _why(notice: Notice) -> str:
    kind = kinds.find(notice.kind)
    return str(kind.label) if kind else ""
