"""Whose deliveries a person reads, writes and answers in the network she is in."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from networks.access import NetworkRequest, has_role, is_completed
from networks.models import AssignmentKind, Role
from sessions.models import Assignment, Delivery, DeliveryVersion
from sessions.progress import Facts, Progress, progress
from teams.access import own_teams, reviewable_teams, visible_teams
from teams.models import Team


@dataclass(frozen=True)
class Pair:
    """A team and an assignment, with the delivery where there is one, and what the person may do with it."""

    team: Team
    assignment: Assignment
    delivery: Delivery | None
    may_deliver: bool = False
    may_review: bool = False
    may_relieve: bool = False

    def progress(self, today: date) -> Progress:
        """How far the team has come."""
        return progress_of(self.team, self.assignment, self.delivery, today=today)

    def has_file(self) -> bool:
        """Whether a file is there already: in the draft, or in what was handed in and goes along to a new version.

        The file of a plan that was written here does not: it says how the work stood then.
        """
        found = DeliveryVersion.objects.filter(delivery=self.delivery).exclude(document=None)
        return (found.filter(delivered_at=None) if self.is_plan else found).exists()

    @property
    def is_plan(self) -> bool:
        """Whether the improvement plan is asked for, which writes itself from the team's work."""
        return self.assignment.kind == AssignmentKind.PLAN

    def versions(self) -> QuerySet[DeliveryVersion]:
        """What the person may read, newest first: a draft only where she may deliver."""
        found = DeliveryVersion.objects.filter(delivery=self.delivery).select_related("document", "saved_by")
        return found if self.may_deliver else found.exclude(delivered_at=None)


def progress_of(team: Team, assignment: Assignment, delivery: Delivery | None, *, today: date) -> Progress:
    """How far the team has come with the assignment."""
    facts = Facts(delivery.state, delivery.begun, delivery.exempt, delivery.extended_to) if delivery else None
    return progress(facts, due=assignment.due, today=today, joined_on=team.joined_on)


def read_pair(request: NetworkRequest, team_slug: str, assignment_pk: int) -> Pair:
    """The pair for a person who may read the team's deliveries, else 404.

    What was handed in before the network hid the work can still be read.
    """
    return _pair(request, visible_teams(request), team_slug, assignment_pk, hidden_too=True)


def write_pair(request: NetworkRequest, team_slug: str, assignment_pk: int) -> Pair:
    """The pair for a person who works in the team, else 404."""
    return _pair(request, own_teams(request), team_slug, assignment_pk)


def review_pair(request: NetworkRequest, team_slug: str, assignment_pk: int) -> Pair:
    """The pair for a person who may answer the team's deliveries, else 404."""
    return _pair(request, reviewable_teams(request), team_slug, assignment_pk)


def _pair(
    request: NetworkRequest, teams: QuerySet[Team], team_slug: str, assignment_pk: int, *, hidden_too: bool = False
) -> Pair:
    team = get_object_or_404(teams.select_related("participation__organisation").distinct(), slug=team_slug)
    work = Assignment.with_hidden.filter(
        Q(hidden=False) | Q(deliveries__team=team, deliveries__delivered_at__isnull=False)
    )
    found = work.distinct() if hidden_too else Assignment.objects.all()
    assignment = get_object_or_404(found.select_related("gathering"), pk=assignment_pk)
    is_open = not assignment.hidden and not is_completed(request.network)
    goes_on = is_open and team.goes_on(timezone.localdate())
    return Pair(
        team=team,
        assignment=assignment,
        delivery=Delivery.objects.filter(team=team, assignment=assignment).first(),
        may_deliver=goes_on and own_teams(request).filter(pk=team.pk).exists(),
        may_review=is_open and reviewable_teams(request).filter(pk=team.pk).exists(),
        may_relieve=goes_on and has_role(request, Role.COORDINATOR),
    )
