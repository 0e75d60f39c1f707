"""Who hands over teams, gets a stand-in or shares them: a supervisor with her own, a coordinator with everybody's."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from networks.access import NetworkRequest, has_role
from networks.models import Membership, Role
from teams.models import Supervisor

ROLES = (Role.COORDINATOR, Role.SUPERVISOR)


def guides(request: NetworkRequest) -> QuerySet[Membership]:
    """The supervisors whose teams the person may see to, by name."""
    found = active_guides(request)
    return found if has_role(request, Role.COORDINATOR) else found.filter(user=request.user)


def active_guides(request: NetworkRequest) -> QuerySet[Membership]:
    """Everybody who is a supervisor in the network today, by name."""
    found = Membership.objects.active().filter(network=request.network, role=Role.SUPERVISOR)
    return found.select_related("user").order_by("user__name", "pk")


def read_guide(request: NetworkRequest, membership_pk: int) -> Membership:
    """The supervisor for a person who may see to her teams, else 404."""
    return get_object_or_404(guides(request), pk=membership_pk)


def ended_by(request: NetworkRequest, row_pk: int) -> Supervisor:
    """A row that the person may end: her own, one of who stands in for her, a coordinator's any. Locked; else 404."""
    rows = Supervisor.objects.select_related("team", "membership__user", "stands_in_for__user")
    row = get_object_or_404(rows.select_for_update(of=("self",)), pk=row_pk)
    own = guides(request).filter(pk__in=[row.membership_id, row.stands_in_for_id or 0])
    if has_role(request, Role.COORDINATOR) or own.exists():
        return row
    return get_object_or_404(Supervisor.objects.none())
