"""What the pages of gatherings and deliveries read."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from django.db.models import Prefetch, QuerySet

from accounts.models import User
from documents.models import Document
from networks.models import Change
from sessions.access import progress_of
from sessions.models import Assignment, Delivery, DeliveryVersion, Gathering, Reply, Review
from sessions.progress import Progress
from teams.models import Supervisor, Team


def read_gatherings() -> list[Gathering]:
    """Every gathering of the open network in order of time, with its assignments by deadline at hand."""
    assignments = Assignment.objects.order_by("due", "position", "pk")
    found = Gathering.objects.prefetch_related(Prefetch("assignments", assignments))
    return sorted(found, key=lambda gathering: (gathering.when or date.max, gathering.number or 0, gathering.pk))


@dataclass(frozen=True)
class TeamWork:
    """A team's work before a gathering: each assignment with how far the team has come."""

    team: Team
    lines: list[tuple[Assignment, Progress]]


def read_team_work(gathering: Gathering, teams: QuerySet[Team], today: date) -> list[TeamWork]:
    """How far these teams have come with the work before a gathering, in two queries."""
    assignments = list(gathering.assignments.all())
    chosen = list(teams.distinct().order_by("sort_name", "pk"))
    rows = Delivery.objects.filter(team__in=chosen, assignment__in=assignments)
    deliveries = {(delivery.team_id, delivery.assignment_id): delivery for delivery in rows}
    return [
        TeamWork(
            team,
            [
                (assignment, progress_of(team, assignment, deliveries.get((team.pk, assignment.pk)), today=today))
                for assignment in assignments
            ],
        )
        for team in chosen
    ]


@dataclass(frozen=True)
class Event:
    """Something in the history of a delivery: a version handed in, an answer to one, or a word between them.

    A reply is to no version; `from_team` says on which side it was written.
    """

    kind: Literal["delivered", "commented", "approved", "returned", "replied"]
    at: datetime
    who: User | None
    version: int
    text: str
    document: Document | None = None
    from_team: bool = False


def read_history(delivery: Delivery | None, versions: Sequence[DeliveryVersion]) -> list[Event]:
    """Everything that was handed in, answered and said in these versions of a delivery, newest first."""
    events = [
        Event("delivered", version.delivered_at, version.saved_by, version.number, version.comment, version.document)
        for version in versions
        if version.delivered_at
    ]
    answers = Review.objects.filter(version__in=versions).select_related("reviewed_by", "version")
    events += [
        Event(_KINDS[answer.verdict], answer.reviewed_at, answer.reviewed_by, answer.version.number, answer.text)
        for answer in answers
    ]
    events += [
        Event("replied", reply.written_at, reply.written_by, 0, reply.text, from_team=reply.from_team)
        for reply in Reply.objects.filter(delivery=delivery).select_related("written_by")
    ]
    return sorted(events, key=lambda event: event.at, reverse=True)


_KINDS: dict[str, Literal["commented", "approved", "returned"]] = {
    "commented": "commented",
    "approved": "approved",
    "returned": "returned",
}


@dataclass(frozen=True)
class Relief:
    """A later day or an exemption, given or taken back: by whom, when and why. `until` where a day was given."""

    kind: Literal["extended", "taken_back", "exempt", "asked_again"]
    at: datetime
    who: User | None
    reason: str
    until: date | None = None


def read_relief(delivery: Delivery | None) -> list[Relief]:
    """What the record of changes says of a delivery's extensions and exemptions, newest first."""
    if delivery is None:
        return []
    rows = Change.objects.filter(table=Delivery._meta.db_table, row=delivery.pk).order_by("at", "pk")
    return list(_relief(rows.select_related("actor")))[::-1]


def _relief(rows: Iterable[Change]) -> Iterator[Relief]:
    """A row tells only of what changed in it, so what stood before is kept along."""
    now: dict[str, Any] = {}
    for row in rows:
        before, now = now, {**now, **row.after}
        if now.get("extended_to") != before.get("extended_to"):
            until = now["extended_to"]
            day = date.fromisoformat(until) if until else None
            yield Relief("extended" if until else "taken_back", row.at, row.actor, now["extension_reason"], day)
        if bool(now.get("exempt")) != bool(before.get("exempt")):
            kind: Literal["exempt", "asked_again"] = "exempt" if now["exempt"] else "asked_again"
            yield Relief(kind, row.at, row.actor, now["exempt_reason"])


def read_supervisors(team: Team, today: date) -> list[str]:
    """The names of those who guide the team today."""
    guides = Supervisor.objects.filter(team=team, since__lte=today).exclude(until__lte=today)
    return list(guides.order_by("membership__user__name").values_list("membership__user__name", flat=True))
