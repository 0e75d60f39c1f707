"""What a person may read across her networks, on the pages that belong to no single one.

The transaction must know the person (`gpf.declare.signed_in` sees to it). Everything but `own_memberships` needs her
networks opened.
"""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from networks.models import Membership, Network, Role
from teams.models import Team


def own_memberships(user: User) -> list[Membership]:
    """The person's roles today, each with its network, in the networks' own order."""
    found = Membership.objects.active().filter(user=user).select_related("network__programme", "network__template")
    return list(found.order_by("network__sort_name", "network", "role"))


def networks_of(memberships: Iterable[Membership], *roles: Role) -> list[Network]:
    """The networks where the person has one of the roles (any, when none is named), each once."""
    found = {row.network_id: row.network for row in memberships if not roles or row.role in roles}
    return list(found.values())


def teams_worked_in(memberships: Iterable[Membership]) -> QuerySet[Team]:
    """The teams the person works in."""
    today = timezone.localdate()
    return _teams().filter(
        Q(members__left_on=None) | Q(members__left_on__gt=today),
        pk__in=Team.objects.going_on(today),
        members__membership__in=_with(memberships, Role.TEAM_MEMBER),
    )


def teams_guided(memberships: Iterable[Membership]) -> QuerySet[Team]:
    """The teams the person guides."""
    today = timezone.localdate()
    return _teams().filter(
        Q(supervisors__until=None) | Q(supervisors__until__gt=today),
        supervisors__since__lte=today,
        supervisors__membership__in=_with(memberships, Role.SUPERVISOR),
    )


def teams_answered_for(memberships: Iterable[Membership]) -> QuerySet[Team]:
    """The teams of the organisations the person committed."""
    leading = _with(memberships, Role.LEADER)
    return _teams().filter(
        pk__in=Team.objects.going_on(),
        network__in=[row.network_id for row in leading],
        participation__leaders__user__in=[row.user_id for row in leading],
    )


def _teams() -> QuerySet[Team]:
    return Team.objects.select_related("participation__organisation").order_by("network", "sort_name", "pk").distinct()


def _with(memberships: Iterable[Membership], role: Role) -> list[Membership]:
    return [row for row in memberships if row.role == role]
