"""A row of the queue, and the queue itself. Pure: nothing is read here."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from networks.models import Network
from teams.models import Team

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Place = tuple[int, datetime, str, str]


class Kind(StrEnum):
    """What a row is about; the value stands in addresses. The first three wait for an answer, the rest for a look."""

    DELIVERY = "levering"
    QUESTION = "sporsmal"
    REPLY = "svar"
    POSTER = "plakat"
    SIGNAL = "maling"
    SILENT = "stille"
    LEADERLESS = "leder"


SHOWN = 40
"""So many of what waits, and of what is to be looked after, stand on the page."""

ANSWERED = (Kind.DELIVERY, Kind.QUESTION, Kind.REPLY)
"""Somebody waits for the answer to these: they stand before what is only to be looked after."""

LABELS: dict[Kind, str | Promise] = {
    Kind.DELIVERY: _("Deliveries"),
    Kind.QUESTION: _("Questions"),
    Kind.REPLY: _("Replies"),
    Kind.POSTER: _("Posters"),
    Kind.SIGNAL: _("Measures"),
    Kind.SILENT: _("Silent teams"),
    Kind.LEADERLESS: _("Without a leader"),
}

TAGS: dict[Kind, str | Promise] = {
    Kind.DELIVERY: _("delivery"),
    Kind.QUESTION: _("question"),
    Kind.REPLY: _("reply"),
    Kind.POSTER: _("poster"),
    Kind.SIGNAL: _("measure"),
    Kind.SILENT: _("silent team"),
    Kind.LEADERLESS: _("team leader"),
}


@dataclass(frozen=True)
class Said:
    """A row in words: a sentence, where it is answered, how long it has waited, and what more there is to know."""

    sentence: str
    address: str
    how_long: str
    note: str = ""


@dataclass(frozen=True)
class Row:
    """One thing that waits: what it is (`kind` and `key`), and since when. It is put into words when it is shown.

    `newest` is when the newest of it came: what was put aside comes back when that changes.
    """

    kind: Kind
    key: str
    team: Team
    network: Network
    since: datetime
    say: Callable[[], Said] = field(compare=False)
    newest: datetime | None = None

    @cached_property
    def said(self) -> Said:
        return self.say()

    @property
    def sentence(self) -> str:
        return self.said.sentence

    @property
    def note(self) -> str:
        return self.said.note

    @property
    def how_long(self) -> str:
        return self.said.how_long

    @property
    def place(self) -> Place:
        """Where it stands, told by what it is: it stays there when others come and go."""
        return place(self.kind, self.key, self.since)

    @property
    def link(self) -> str:
        """Its address, with its place in the queue, so that the next can be found from there."""
        return f"{self.said.address}?ko={self.mark}"

    @property
    def tag(self) -> str:
        return str(TAGS[self.kind])

    @property
    def mark(self) -> str:
        """Its place as it stands in an address."""
        return written(self.place)

    @property
    def may_be_put_aside(self) -> bool:
        """Whether it can be seen to without an answer here: a call, a word at the gathering, nothing at all."""
        return self.kind not in (Kind.DELIVERY, Kind.QUESTION)

    @property
    def is_long(self) -> bool:
        """Whether somebody has waited so long for an answer that it is said louder."""
        return self.kind in ANSWERED and timezone.now() - self.since > timedelta(days=14)


@dataclass(frozen=True)
class Queue:
    """Everything that waits, in order, and what she has put aside. `kind` is what she has chosen to see of it.

    So many of each are shown that nobody answers more in a day; those after them move up, or are asked for (`whole`).
    """

    every: Sequence[Row]
    away: Sequence[Row] = ()
    kind: Kind | None = None
    whole: bool = False

    @property
    def rows(self) -> list[Row]:
        return [row for row in self.every if self.kind in (None, row.kind)]

    @cached_property
    def waiting(self) -> list[Row]:
        return [row for row in self.rows if row.kind in ANSWERED]

    @cached_property
    def looked_after(self) -> list[Row]:
        return [row for row in self.rows if row.kind not in ANSWERED]

    @property
    def shown(self) -> list[Row]:
        """The oldest of what waits for an answer."""
        return self.waiting if self.whole else self.waiting[:SHOWN]

    @property
    def shown_after(self) -> list[Row]:
        """The oldest of what is to be looked after."""
        return self.looked_after if self.whole else self.looked_after[:SHOWN]

    @property
    def choices(self) -> list[tuple[str, str, int, bool]]:
        """The kinds there is something of: value, label, how many, whether it is the chosen one."""
        counts = Counter(row.kind for row in self.every)
        return [
            (kind.value, str(label), counts[kind], kind == self.kind)
            for kind, label in LABELS.items()
            if counts[kind] or kind == self.kind
        ]

    def after(self, here: Place | None) -> Row | None:
        """The row after a place in the queue; the first again after the last; None where nothing else waits."""
        others = [row for row in self.rows if row.place != here]
        if here is None:
            return others[0] if others else None
        return next((row for row in others if row.place > here), others[0] if others else None)


def in_order(rows: Sequence[Row]) -> list[Row]:
    """What waits for an answer first, then what is to be looked after; each the oldest first."""
    return sorted(rows, key=lambda row: row.place)


def place(kind: Kind, key: str, since: datetime) -> Place:
    """Where a thing stands: what waits for an answer first, each the oldest first."""
    return int(kind not in ANSWERED), since, kind.value, key


def written(here: Place) -> str:
    """The place as it stands in an address."""
    later, since, kind, key = here
    return f"{later}-{(since - EPOCH) // timedelta(microseconds=1)}-{kind}-{key}"


def read_place(text: str) -> Place | None:
    """The place that stands in an address; None where what stands there is none."""
    match text.split("-"):
        case [("0" | "1") as later, since, kind, key] if _is_number(since) and _is_key(key) and kind in set(Kind):
            return int(later), EPOCH + timedelta(microseconds=int(since)), kind, key
    return None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 16


def _is_key(text: str) -> bool:
    return len(text) <= 40 and all(_is_number(part) for part in text.split("."))


def at_midnight(day: date) -> datetime:
    """A day as a moment, to sort by."""
    return timezone.make_aware(datetime.combine(day, time()))


def waited(since: datetime) -> str:
    """As "has waited 3 days"."""
    days = (timezone.localdate() - timezone.localtime(since).date()).days
    if days < 1:
        return str(_("came today"))
    return ngettext("has waited %(days)s day", "has waited %(days)s days", days) % {"days": days}
