"""Which teams a person guides across her networks, and who reads what is written about a team and not to it.

A private note is read by those who guide the team and by coordinators. Never by the team's own people, whatever else
they are: who works in the team, or has committed its organisation, reads no note about it, as a coordinator neither.
"""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from networks.access import NetworkRequest
from networks.models import Membership, ParticipationLeader, Role
from supervision.models import PrivateNote
from teams.access import reviewable_teams
from teams.models import Supervisor, Team, TeamMember

GUIDES = (Role.COORDINATOR, Role.SUPERVISOR)
"""Roles that can have a team to answer and to write notes about: what the pages declare."""


def teams_guided(memberships: Iterable[Membership]) -> QuerySet[Team]:
    """The teams at work that the person guides today, or stands in for somebody with. Her networks must be open."""
    own = [row.pk for row in memberships if row.role == Role.SUPERVISOR]
    guided = Supervisor.objects.guiding().filter(membership__in=own)
    return Team.objects.going_on().filter(pk__in=guided.values("team")).order_by("sort_name", "pk")


def noted_teams(request: NetworkRequest) -> QuerySet[Team]:
    """The teams the person may read and write private notes about."""
    here = Q(left_on=None) | Q(left_on__gt=timezone.localdate())
    works_in = TeamMember.objects.filter(here, membership__user=request.user)
    answers_for = ParticipationLeader.objects.filter(user=request.user)
    return (
        Team.objects.filter(pk__in=reviewable_teams(request).values("pk"))
        .exclude(pk__in=works_in.values("team"))
        .exclude(participation__in=answers_for.values("participation"))
    )


def noted_team(request: NetworkRequest, team_slug: str) -> Team:
    """The team for a person who may read private notes about it, else 404."""
    teams = noted_teams(request).select_related("participation__organisation")
    found: Team = get_object_or_404(teams, slug=team_slug)
    return found


def readable_notes(request: NetworkRequest) -> QuerySet[PrivateNote]:
    """The private notes the person may read in the network she is in. Every page with notes takes them from here."""
    return PrivateNote.objects.filter(team__in=noted_teams(request).values("pk"))
