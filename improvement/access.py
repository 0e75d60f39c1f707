"""Whose improvement work a person reads and writes in the network she is in.

The team writes. The team, its supervisors, its own leader and the coordinators read. Everybody else in the network sees
only what the team has shared, on pages that show nothing else.
"""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from networks.access import NetworkCompleted, NetworkRequest, has_role, is_completed
from networks.models import Network, Role
from teams.access import own_teams, visible_teams
from teams.models import Team

READERS = (Role.COORDINATOR, Role.SUPERVISOR, Role.TEAM_MEMBER, Role.LEADER)
"""Roles that can have a team to read: what the pages of a team's work declare."""

SHARED_READERS = (Role.COORDINATOR, Role.SUPERVISOR, Role.TEAM_MEMBER, Role.OBSERVER)
"""Who reads what other teams share. A leader reads her own organisation's teams, shared or not."""


@dataclass(frozen=True)
class Place:
    """A team whose work the person may read, and what she may do there."""

    team: Team
    may_write: bool
    is_own: bool


def read_place(request: NetworkRequest, team_slug: str) -> Place:
    """The team for a person who may read all its work, else 404."""
    team = get_object_or_404(_with_organisation(visible_teams(request)), slug=team_slug)
    is_own = own_teams(request).filter(pk=team.pk).exists()
    goes_on = team.goes_on(timezone.localdate()) and not is_completed(request.network)
    return Place(team, may_write=is_own and goes_on, is_own=is_own)


def write_place(request: NetworkRequest, team_slug: str) -> Place:
    """The team for a person who works in it, else 404. In a completed network nobody writes."""
    if is_completed(request.network):
        raise NetworkCompleted(request.network)
    team = get_object_or_404(_with_organisation(own_teams(request)), slug=team_slug)
    return Place(team, may_write=True, is_own=True)


def shows_work(request: NetworkRequest) -> bool:
    """Whether the network lets its members see what other teams share, and the person is among those who may."""
    return request.network.work_shown != Network.WorkSight.NEVER and has_role(request, *SHARED_READERS)


def _with_organisation(teams: QuerySet[Team]) -> QuerySet[Team]:
    return teams.select_related("participation__organisation").distinct()
