"""The personal link to a registration: signed, not kept.

It carries the network, because nothing of an invitation can be read before its network is opened, and the number of
the link: a new number makes every earlier link of the same invitation void.
"""

from datetime import date
from enum import StrEnum

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from gpf import tenancy
from signup.models import Invitee

SALT = "signup.links"


class LinkKind(StrEnum):
    """Why a link does not open the form."""

    UNKNOWN = "unknown"
    """Never one of ours, changed on its way, or of an invitation that is gone."""
    REPLACED = "replaced"
    """A newer one has been sent."""
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class LinkError(Exception):
    """The link does not open the form. `invitee` is whose it is, for the page that says whom to ask; it may be None."""

    def __init__(self, kind: LinkKind, invitee: Invitee | None = None) -> None:
        super().__init__(kind.value)
        self.kind = kind
        self.invitee = invitee


def link_token(invitee: Invitee) -> str:
    """What stands in the address. The same for the same invitation until its link is replaced."""
    return signing.Signer(salt=SALT).sign_object([invitee.network_id, invitee.pk, invitee.link_number])


def link_url(invitee: Invitee) -> str:
    """The whole address, as it stands in the letter."""
    return settings.GPF_BASE_URL + reverse("registration:form", args=[link_token(invitee)])


def linked_network(token: str) -> int:
    """The network a link belongs to: what to open before `open_link`. Raises LinkError where it is none of ours."""
    return _read(token)[0]


def open_link(token: str, today: date | None = None) -> Invitee:
    """The invitation behind the link, with its round, network and organisation; LinkError says why not.

    Opens the network only to find the invitation: the caller opens it for what comes after (`linked_network`).
    """
    network_pk, invitee_pk, link_number = _read(token)
    with tenancy.scope([network_pk]):
        whole = Invitee.objects.select_related("round", "network", "organisation")
        invitee = whole.filter(pk=invitee_pk).first()
    if invitee is None:
        raise LinkError(LinkKind.UNKNOWN)
    if invitee.withdrawn_at is not None:
        raise LinkError(LinkKind.WITHDRAWN, invitee)
    if invitee.link_number != link_number:
        raise LinkError(LinkKind.REPLACED, invitee)
    if not invitee.link_works(today or timezone.localdate()):
        raise LinkError(LinkKind.EXPIRED, invitee)
    return invitee


def _read(token: str) -> tuple[int, int, int]:
    try:
        read = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError):
        read = None
    match read:
        case [int(network_pk), int(invitee_pk), int(link_number)]:
            return network_pk, invitee_pk, link_number
    raise LinkError(LinkKind.UNKNOWN)
