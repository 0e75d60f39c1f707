"""Which teams' work a person sees in the network she is in."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from networks.access import NetworkRequest, has_role
from networks.models import Role
from teams.models import Supervisor, Team


def visible_teams(request: NetworkRequest) -> QuerySet[Team]:
    """The teams whose deliveries the person may read: her own, those she guides or answers for, a coordinator's all."""
    teams = Team.objects.select_related("participation__organisation")
    if has_role(request, Role.COORDINATOR):
        return teams
    return teams.filter(
        Q(pk__in=own_teams(request)) | Q(pk__in=supervised_teams(request)) | Q(pk__in=led_teams(request))
    )


def own_teams(request: NetworkRequest) -> QuerySet[Team]:
    """The teams the person works in, and may write and deliver for."""
    today = timezone.localdate()
    return Team.objects.going_on(today).filter(
        Q(members__left_on=None) | Q(members__left_on__gt=today),
        members__membership__in=_memberships(request, Role.TEAM_MEMBER),
    )


def supervised_teams(request: NetworkRequest) -> QuerySet[Team]:
    """The teams the person guides, or stands in for somebody with, and may review."""
    own = Supervisor.objects.guiding().filter(membership__in=_memberships(request, Role.SUPERVISOR))
    return Team.objects.filter(pk__in=own.values("team"))


def led_teams(request: NetworkRequest) -> QuerySet[Team]:
    """The teams of the organisations the person committed, and reads about."""
    if not has_role(request, Role.LEADER):
        return Team.objects.none()
    return Team.objects.going_on().filter(participation__leaders__user=request.user)


def reviewable_teams(request: NetworkRequest) -> QuerySet[Team]:
    """The teams whose deliveries the person may review: a coordinator's all, a supervisor's own."""
    return Team.objects.all() if has_role(request, Role.COORDINATOR) else supervised_teams(request)


def _memberships(request: NetworkRequest, role: Role) -> QuerySet:  # type: ignore[type-arg]  # a subquery of keys
    return request.user.memberships.active().filter(role=role, network=request.network).values("pk")
