"""What a team shows of its delivered work to the rest of the network.

The network's own setting decides: when the team shares it, as soon as it is delivered, or never. Only what is handed in
is shown: no draft, and no answer to it. Posters have a setting and pages of their own (`posters.access`).
"""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from networks.access import NetworkRequest, has_role
from networks.models import AssignmentKind, Network, Role
from sessions.models import Delivery, DeliveryVersion, Gathering
from teams.access import own_teams, visible_teams
from teams.models import Team

Sight = Network.WorkSight
READERS = (Role.COORDINATOR, Role.SUPERVISOR, Role.TEAM_MEMBER, Role.OBSERVER)
"""Who reads the other teams' work. A leader reads that of her own organisation's teams, shared or not."""


@dataclass(frozen=True)
class Shared:
    """A delivery as others read it: the newest version handed in."""

    delivery: Delivery
    version: DeliveryVersion


def handed_in() -> QuerySet[Delivery]:
    """Deliveries that can be shown to others at all."""
    found = Delivery.objects.exclude(delivered_at=None).exclude(assignment__kind=AssignmentKind.POSTER)
    return found.filter(assignment__hidden=False).select_related("team", "assignment__gathering")


def shared_deliveries(request: NetworkRequest) -> QuerySet[Delivery]:
    """What the person may read as a member of the network, whichever team it is of."""
    if request.network.work_shown == Sight.NEVER or not has_role(request, *READERS):
        return Delivery.objects.none()
    shown = Q(shared_at__isnull=False)
    if request.network.work_shown == Sight.WHEN_DELIVERED:
        shown |= Q(state__in=(Delivery.State.DELIVERED, Delivery.State.APPROVED))
    return handed_in().filter(shown)


def read_shared(request: NetworkRequest, team_slug: str, assignment_pk: int) -> Shared:
    """What was handed in last, for a person who may read it, else 404."""
    may_read = Q(pk__in=shared_deliveries(request).values("pk")) | Q(team__in=visible_teams(request))
    delivery = get_object_or_404(
        handed_in().filter(may_read).distinct(), team__slug=team_slug, assignment=assignment_pk
    )
    versions = DeliveryVersion.objects.filter(delivery=delivery).exclude(delivered_at=None)
    return Shared(delivery, versions.select_related("document", "saved_by").order_by("-number")[0])


def shared_before(request: NetworkRequest, gathering: Gathering) -> QuerySet[Delivery]:
    """What the other teams show of their work before a gathering, by assignment and team."""
    found = shared_deliveries(request).filter(assignment__gathering=gathering).exclude(team__in=own_teams(request))
    return found.order_by("assignment__due", "assignment__position", "assignment", "team__sort_name", "team")


def shared_by(request: NetworkRequest, team: Team) -> QuerySet[Delivery]:
    """What the team shows of its work, in the order it was due."""
    return shared_deliveries(request).filter(team=team).order_by("assignment__due", "assignment__position", "pk")
