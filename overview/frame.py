"""What the page frame shows on pages that belong to no single network."""

from collections.abc import Sequence

from django.http import HttpRequest

from networks.models import Membership, Network, Role
from overview.access import networks_of


def enter(request: HttpRequest, memberships: Sequence[Membership], networks: Sequence[Network]) -> None:
    """Give the frame the person's networks, and her only one's menu where the page concerns just that."""
    own = networks_of(memberships)
    request.frame_networks = own  # type: ignore[attr-defined]  # read by gpf.context
    if len(own) == 1 and list(networks) == own:
        request.network = own[0]  # type: ignore[attr-defined]  # read by gpf.context
        request.roles = frozenset(Role(row.role) for row in memberships)  # type: ignore[attr-defined]  # likewise
