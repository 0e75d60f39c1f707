"""What a new round of a network takes along from the old one."""

from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import get_language

from documents.models import LibraryDocument
from gpf import tenancy
from networks.models import Network, SupervisingBody
from networks.planning import due_day
from sessions.models import Assignment, Gathering
from sessions.new_network_extras import Extra, read_extras
from sessions.plans import FROM_TEMPLATE, Meeting, Outline, Work


@dataclass(frozen=True)
class Change:
    """Something the old network did otherwise than the template, before the gathering of this number."""

    number: int
    title: str


@dataclass(frozen=True)
class TakenAlong:
    """What the new round has from the old one, for the page that says so before anything is written."""

    network: Network
    rewritten: tuple[Change, ...]
    added: tuple[Change, ...]
    hidden: tuple[Change, ...]
    left_out: tuple[Change, ...]
    documents: int
    in_package: int
    extras: tuple[Extra, ...] = ()

    @property
    def changes(self) -> bool:
        return bool(self.rewritten or self.added or self.hidden)


def supervising_bodies(network: Network) -> list[int]:
    """The keys of the organisations that supervise a network. Opens it for this alone."""
    with tenancy.scope([network.pk]):
        return list(SupervisingBody.objects.order_by("pk").values_list("organisation", flat=True))


def take_along(outline: Outline, old: Network) -> tuple[Outline, TakenAlong]:
    """The outline with the old network's own ways in it, and what they are. Opens the old network for this alone.

    An assignment is known by its gathering's number and its slug. What was rewritten keeps the fields that were
    rewritten and takes the rest from the template of today; what was hidden is hidden; what was added is added, where
    the new cycle has that gathering. What it had by the side of the cycle comes along too (`new_network_extras`).
    """
    with tenancy.scope([old.pk]):
        rows = list(
            Assignment.with_hidden.filter(gathering__kind=Gathering.Kind.NETWORK, gathering__number__isnull=False)
            .select_related("gathering")
            .order_by("gathering__number", "position", "pk")
        )
        library = list(LibraryDocument.objects.values_list("in_package", flat=True))
        extras = read_extras()
    merged = _Merged(outline)
    for row in rows:
        merged.take(row)
    return merged.outline(), TakenAlong(
        network=old,
        rewritten=tuple(merged.rewritten),
        added=tuple(merged.added),
        hidden=tuple(merged.hidden),
        left_out=tuple(merged.left_out),
        documents=len(library),
        in_package=sum(library),
        extras=tuple(extras),
    )


class _Merged:
    """An outline being changed, assignment by assignment."""

    def __init__(self, outline: Outline) -> None:
        self._template = outline.template
        self._meetings = {meeting.number: meeting for meeting in outline.meetings}
        self.rewritten: list[Change] = []
        self.added: list[Change] = []
        self.hidden: list[Change] = []
        self.left_out: list[Change] = []

    def outline(self) -> Outline:
        return Outline(self._template, tuple(self._meetings.values()))

    def take(self, row: Assignment) -> None:
        """Let one assignment of the old network count."""
        number = row.gathering.number or 0
        meeting = self._meetings.get(number)
        known = next((work for work in meeting.work if work.slug == row.slug), None) if meeting else None
        if meeting and known:
            self._put(meeting, self._changed(number, known, row))
        elif row.planned is None and not row.hidden:
            self._add(number, meeting, row)

    def _changed(self, number: int, work: Work, row: Assignment) -> Work:
        """The template's assignment as the old network had it.

        Where nothing was kept of what the template said then, the old words count as the network's own.
        """
        own = _words(row)
        before: dict[str, Any] = row.planned if row.planned is not None else work.words
        words = work.words | {name: own[name] for name in FROM_TEMPLATE if own[name] != before.get(name, own[name])}
        if row.hidden:
            self.hidden.append(Change(number, _title(words)))
        elif words != work.words:
            self.rewritten.append(Change(number, _title(words)))
        return replace(work, words=words, hidden=row.hidden)

    def _add(self, number: int, meeting: Meeting | None, row: Assignment) -> None:
        words = _words(row)
        change = Change(number, _title(words))
        if meeting is None:
            self.left_out.append(change)
            return
        self.added.append(change)
        work = Work(slug=row.slug, position=row.position, words=words, planned=None)
        self._meetings[number] = replace(meeting, work=(*meeting.work, work))

    def _put(self, meeting: Meeting, changed: Work) -> None:
        work = tuple(changed if each.slug == changed.slug else each for each in meeting.work)
        self._meetings[meeting.number] = replace(meeting, work=work)


def _words(row: Assignment) -> dict[str, Any]:
    """What the assignment says; its distance to the gathering as it really was, where the deadline was put by hand."""
    words = {name: getattr(row, name) for name in FROM_TEMPLATE}
    starts_on = row.gathering.starts_on
    if starts_on and starts_on >= row.due and due_day(starts_on, row.days_before) != row.due:
        words["days_before"] = (starts_on - row.due).days
    return words


def _title(words: dict[str, Any]) -> str:
    return str((words["title_nn"] if get_language() == "nn" else "") or words["title_nb"])
