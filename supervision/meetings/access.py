"""Who reads and writes the log of guidance meetings, and what was agreed.

A team reads the meetings it was part of, and what was agreed with itself; not what was agreed with the other teams of
a group. Those who guide one of the teams, and coordinators, read and write. Leaders and observers read nothing of it.
"""

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from networks.access import NetworkCompleted, NetworkRequest, has_role, is_completed
from networks.models import Role
from supervision.models import Agreement, Meeting
from teams.access import own_teams, reviewable_teams
from teams.models import Team

READERS = (Role.COORDINATOR, Role.SUPERVISOR, Role.TEAM_MEMBER)
WRITERS = (Role.COORDINATOR, Role.SUPERVISOR)


def log_teams(request: NetworkRequest) -> QuerySet[Team]:
    """The teams whose log the person reads: her own, those she guides, a coordinator's all."""
    teams = Team.objects.select_related("participation__organisation")
    if has_role(request, Role.COORDINATOR):
        return teams
    own, guided = own_teams(request).values("pk"), reviewable_teams(request).values("pk")
    return teams.filter(Q(pk__in=own) | Q(pk__in=guided))


def written_teams(request: NetworkRequest) -> QuerySet[Team]:
    """The teams whose log the person writes: those she guides, a coordinator's all."""
    return Team.objects.filter(pk__in=reviewable_teams(request).values("pk")).order_by("sort_name", "pk")


def readable_meetings(request: NetworkRequest) -> QuerySet[Meeting]:
    """The meetings, planned or held, that one of the person's teams is part of."""
    return Meeting.objects.filter(pk__in=_meetings_of(log_teams(request)))


def readable_agreements(request: NetworkRequest) -> QuerySet[Agreement]:
    """What was agreed with the person's teams."""
    return Agreement.objects.filter(team__in=log_teams(request).values("pk"))


def read_meeting(request: NetworkRequest, meeting_pk: int) -> Meeting:
    """The meeting for a person who may read it, else 404."""
    return get_object_or_404(readable_meetings(request).select_related("written_by", "follows"), pk=meeting_pk)


def write_meeting(request: NetworkRequest, meeting_pk: int) -> Meeting:
    """The meeting for a person who writes the log of one of its teams, locked; else 404."""
    if is_completed(request.network):
        raise NetworkCompleted(request.network)
    own = Meeting.objects.filter(pk__in=_meetings_of(written_teams(request)))
    return get_object_or_404(own.select_for_update(of=("self",)), pk=meeting_pk)


def may_write(request: NetworkRequest, meeting: Meeting) -> bool:
    """Whether the person may write on in it."""
    own = Meeting.objects.filter(pk=meeting.pk, pk__in=_meetings_of(written_teams(request)))
    return not is_completed(request.network) and own.exists()


def read_team(request: NetworkRequest, team_slug: str) -> Team:
    """The team for a person who may read its log, else 404."""
    return get_object_or_404(log_teams(request), slug=team_slug)


def _meetings_of(teams: QuerySet[Team]) -> QuerySet:  # type: ignore[type-arg]  # a subquery of keys
    return Meeting.objects.filter(teams__team__in=teams.order_by().values("pk")).values("pk")
