"""Who reads and answers a team's questions: the team itself, those who guide it, and coordinators. Nobody else."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from networks.access import NetworkRequest, is_completed
from networks.models import Role
from supervision.models import Question
from teams.access import own_teams, reviewable_teams
from teams.models import Team

READERS = (Role.COORDINATOR, Role.SUPERVISOR, Role.TEAM_MEMBER)


@dataclass(frozen=True)
class Seat:
    """Where the person sits when a team asks: in the team (`is_own`) or on the other side; whether she may write."""

    team: Team
    is_own: bool
    may_write: bool


def read_seat(request: NetworkRequest, team_slug: str) -> Seat:
    """The team for a person who may read its questions, else 404."""
    found = Team.objects.select_related("participation__organisation").filter(pk__in=talking_teams(request))
    return seat_in(request, get_object_or_404(found, slug=team_slug))


def seat_in(request: NetworkRequest, team: Team) -> Seat:
    """The person's seat, in a team whose questions she may read. Reads the team's participation."""
    is_own = own_teams(request).filter(pk=team.pk).exists()
    goes_on = not is_completed(request.network) and team.goes_on(timezone.localdate())
    return Seat(team, is_own, goes_on)


def talking_teams(request: NetworkRequest) -> QuerySet:  # type: ignore[type-arg]  # a subquery of keys
    """The teams whose questions the person may read."""
    own, guided = own_teams(request).values("pk"), reviewable_teams(request).values("pk")
    return Team.objects.filter(Q(pk__in=own) | Q(pk__in=guided)).values("pk")


def readable_questions(request: NetworkRequest) -> QuerySet[Question]:
    """The questions the person may read, with what was said to them."""
    found = Question.objects.filter(team__in=talking_teams(request)).select_related("asked_by")
    return found.prefetch_related("answers__written_by")
