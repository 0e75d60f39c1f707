"""Every change in a network as a person reads it: who did what and when, transaction by transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Max, QuerySet, Window
from django.db.models.functions import RowNumber, TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from networks.models import Change, Network
from overview.changes_kinds import ALWAYS_LEFT_OUT, KINDS
from overview.changes_names import Names
from overview.changes_values import in_words

PAGE_SIZE = 25
ROWS_READ = 200  # of one transaction; a network made in one has thousands
SHOWN = 5
MOVE = "gatherings_gatheringmove"
THROUGH_THE_LINK = frozenset({"opened_at", "declined_at", "decline_reason"})


@dataclass(frozen=True)
class Field:
    """A column that differs, by its name on the pages. `is_new`: there was nothing before."""

    label: str
    before: str
    after: str

    @property
    def is_long(self) -> bool:
        return len(self.before) + len(self.after) > 120


@dataclass(frozen=True)
class Line:
    """One thing that was changed. `is_open`: its fields say what happened, and are not folded away."""

    action: str
    sentence: str
    address: str
    fields: list[Field]
    is_open: bool


@dataclass(frozen=True)
class Deed:
    """What one person did in one go. `untold` counts what is left out of a very large one."""

    at: datetime
    who: str
    lines: list[Line] = field(default_factory=list)
    untold: int = 0

    @property
    def first(self) -> list[Line]:
        return self.lines if len(self.lines) <= SHOWN + 1 else self.lines[:SHOWN]

    @property
    def rest(self) -> list[Line]:
        return self.lines[len(self.first) :]


@dataclass(frozen=True)
class Day:
    """The deeds of one day, newest first."""

    day: date
    deeds: list[Deed]


def read_page(network: Network, chosen: QuerySet[Change], number: str | None) -> tuple[Page[Any], list[Day]]:
    """One page of these changes, newest first. As many queries whatever was changed; see `changes_names`."""
    deeds = chosen.values("batch", day=TruncDate("at")).annotate(last=Max("pk"), count=Count("pk")).order_by("-last")
    page = Paginator(deeds, PAGE_SIZE).get_page(number)
    rows = _rows(chosen, [deed["batch"] for deed in page.object_list])
    names = Names(network, rows)
    people = User.objects.in_bulk({row.actor_id for row in rows if row.actor_id})
    by_deed: dict[tuple[int, date], list[Change]] = {}
    for row in rows:
        by_deed.setdefault((row.batch, timezone.localdate(row.at)), []).append(row)
    days: dict[date, list[Deed]] = {}
    for found in page.object_list:
        told = by_deed[found["batch"], found["day"]]
        deed = _deed(told, names, people, untold=found["count"] - len(told))
        if deed.lines:
            days.setdefault(found["day"], []).append(deed)
    return page, [Day(day, deeds) for day, deeds in days.items()]


def _rows(chosen: QuerySet[Change], batches: Sequence[int]) -> list[Change]:
    place = Window(RowNumber(), partition_by=[F("batch")], order_by="pk")
    found = chosen.filter(batch__in=batches).annotate(place=place).filter(place__lte=ROWS_READ)
    return list(found.order_by("pk"))


def _deed(rows: Sequence[Change], names: Names, people: dict[int, User], *, untold: int) -> Deed:
    lines = [_line(change, names) for change in _in_order(_merged(rows))]
    return Deed(rows[-1].at, who(rows, people), [line for line in lines if line], untold)


def who(rows: Sequence[Change], people: dict[int, User]) -> str:
    """The person; without one it was the product's own work, or somebody with a personal link."""
    actor = rows[0].actor_id
    if actor is not None:
        return str(people[actor]) if actor in people else _("Somebody who has no account any more")
    if any(_is_through_the_link(row) for row in rows):
        return _("Through the personal link")
    return _("The product itself")


def _is_through_the_link(row: Change) -> bool:
    if row.table == "signup_registration":
        return True
    return row.table == "signup_invitee" and not THROUGH_THE_LINK.isdisjoint(row.after)


def _merged(rows: Iterable[Change]) -> list[Change]:
    """One change for each thing: what it was before all of them, and what it became."""
    found: dict[tuple[str, int], Change] = {}
    for row in rows:
        key = (row.table, row.row)
        earlier = found.get(key)
        if earlier is None:
            found[key] = row
        elif row.action == Change.Action.REMOVED:
            if found.pop(key).action != Change.Action.ADDED:
                found[key] = row
        else:
            earlier.before = {**row.before, **earlier.before} if earlier.action == "changed" else {}
            earlier.after = {**earlier.after, **row.after}
    return [row for row in found.values() if row.action != "changed" or row.before != row.after]


def _in_order(rows: Iterable[Change]) -> list[Change]:
    """A move first, and then what followed from it."""
    return sorted(rows, key=lambda row: (row.table != MOVE, row.pk))


def _line(change: Change, names: Names) -> Line | None:
    """The change in words; None where nothing in it concerns a reader, or other lines of the same deed say it."""
    kind = KINDS.get(change.table)
    if kind is None or _follows_from_an_answer(change):
        return None
    left_out = kind.left_out | ALWAYS_LEFT_OUT
    columns = [column for column in kind.labels if column in change.before or column in change.after]
    fields = [_field(change, column, str(kind.labels[column]), names) for column in columns if column not in left_out]
    fields = [each for each in fields if each.before != each.after]
    if change.action == "changed" and not fields:
        return None
    thing = names.of(change.table, change.row)
    sentence = str(kind.sentence(change)) % {"name": thing.name, "within": thing.within or "–"}
    is_open = change.action == "changed" or change.table == MOVE
    return Line(change.action, sentence, thing.address, fields, is_open)


def _follows_from_an_answer(change: Change) -> bool:
    """A delivery approved or sent back: the answer to it is a line of its own."""
    return (
        change.table == "gatherings_delivery"
        and set(change.after) == {"state"}
        and change.after["state"] in ("approved", "returned")
    )


def _field(change: Change, column: str, label: str, names: Names) -> Field:
    return Field(
        label=label,
        before=in_words(change.table, column, change.before.get(column), names),
        after=in_words(change.table, column, change.after.get(column), names),
    )
