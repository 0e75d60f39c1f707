"""What a person may read across her networks, on the pages that belong to no single one.

Needs her networks opened.
"""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils import timezone

from networks.models import Membership, Role
from teams.models import Team


def teams_worked_in(memberships: Iterable[Membership]) -> QuerySet[Team]:
    """The teams the person works in."""
    today = timezone.localdate()
    return _teams().filter(
        Q(members__left_on=None) | Q(members__left_on__gt=today),
        pk__in=Team.objects.going_on(today),
        members__membership__in=_with(memberships, Role.TEAM_MEMBER),
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
