"""The networks a person belongs to, on the pages that belong to no single one.

The transaction must know the person (`gpf.declare.signed_in` sees to it).
"""

from collections.abc import Iterable, Sequence

from django.http import HttpRequest

from accounts.models import User
from networks.models import Membership, Network, Role


def own_memberships(user: User) -> list[Membership]:
    """The person's roles today, each with its network, in the networks' own order."""
    found = Membership.objects.active().filter(user=user).select_related("network__programme", "network__template")
    return list(found.order_by("network__sort_name", "network", "role"))


def networks_of(memberships: Iterable[Membership], *roles: Role) -> list[Network]:
    """The networks where the person has one of the roles (any, when none is named), each once."""
    found = {row.network_id: row.network for row in memberships if not roles or row.role in roles}
    return list(found.values())


def enter(request: HttpRequest, memberships: Sequence[Membership], networks: Sequence[Network]) -> None:
    """Give the page frame the person's networks, and her only one's menu where the page concerns just that."""
    own = networks_of(memberships)
    request.frame_networks = own  # type: ignore[attr-defined]  # read by gpf.context
    if len(own) == 1 and list(networks) == own:
        request.network = own[0]  # type: ignore[attr-defined]  # read by gpf.context
        request.roles = frozenset(Role(row.role) for row in memberships)  # type: ignore[attr-defined]  # likewise
