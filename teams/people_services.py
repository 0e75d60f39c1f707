"""What a coordinator does with a person in her network: ending a role, and putting a mistyped address right."""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from gpf import tenancy
from networks.models import Membership, Network, Role
from notices.troubles import put_right
from teams.leading import end_role


class LastCoordinatorError(Exception):
    """Nobody would coordinate the network after that."""


@transaction.atomic
def end_role_safely(*, network: Network, membership: Membership, on: date) -> None:
    """End a role. Raises LastCoordinatorError where it is the last coordinator's. Needs the network's scope.

    The network's row is held meanwhile, so that of two coordinators who end each other's role one is told no.
    """
    Network.objects.select_for_update().get(pk=network.pk)
    if membership.role == Role.COORDINATOR and not other_coordinators(membership):
        raise LastCoordinatorError
    end_role(membership=membership, on=on)


def other_coordinators(membership: Membership) -> bool:
    """Whether somebody else coordinates the network for as long as nothing is changed. Needs the network's scope."""
    others = Membership.objects.active().filter(
        Q(ends_on=None), network_id=membership.network_id, role=Role.COORDINATOR
    )
    return others.exclude(user=membership.user_id).exists()


def may_be_corrected(user: User, network: Network) -> bool:
    """Whether a coordinator of the network may put the name and address right.

    Only of somebody who has never been in, and whom no other network knows: an account is a person's own from the
    first time she signs in, and what one network writes must not let anybody into another.
    """
    if user.last_login is not None or not user.is_active or user.has_usable_password():
        return False
    with tenancy.scope(list(Network.objects.values_list("pk", flat=True))):
        elsewhere = Membership.objects.filter(user=user).exclude(network=network).exists()
    return not elsewhere and not hasattr(user, "national")


@transaction.atomic
def correct_person(*, user: User, name: str, email: str) -> bool:
    """Put a name and an address right. Says whether the address became another.

    1. Write them.
    2. Where the address became another, the links that went to the old one stop working, and that mail to it comes back
       no longer matters.
    """
    old, moved = user.email, user.email != email
    user.name, user.email = name, email
    user.save(update_fields=["name", "email"])
    if moved:
        now = timezone.now()
        user.invitations.filter(used_at=None, expires_at__gt=now).update(expires_at=now)
        put_right(old)
    return moved
