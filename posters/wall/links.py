"""A poster shown to everybody who has its link: signed, not kept, and void when team or coordinator takes it back.

It carries the network, because nothing of a poster can be read before its network is opened, and the number of the
link: a new number makes every earlier link of the same poster void.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from gpf import tenancy
from posters.models import Edition, Poster, PublicLink

SALT = "posters.public"


class UnknownLinkError(Exception):
    """Never one of ours, changed on its way, or of a poster that is gone."""


@dataclass(frozen=True)
class Consent:
    """Who has said yes to showing a poster to everybody, and its address while both have."""

    link: PublicLink | None
    address: str = ""


# Saying yes, and taking it back


@transaction.atomic
def say_yes(*, poster: Poster, by: User, for_the_team: bool) -> PublicLink:
    """The team's yes, or the coordinator's. Needs the network's scope. A second yes changes nothing."""
    PublicLink.objects.get_or_create(poster=poster, defaults={"network_id": poster.network_id})
    link: PublicLink = PublicLink.objects.select_for_update().get(poster=poster)
    if for_the_team and link.team_at is None:
        link.team_by, link.team_at = by, timezone.now()
    elif not for_the_team and link.coordinator_at is None:
        link.coordinator_by, link.coordinator_at = by, timezone.now()
    link.save()
    return link


@transaction.atomic
def withdraw(*, poster: Poster) -> None:
    """Take both yeses back and make the link void at once; who wants it shown again gets a new link."""
    link = PublicLink.objects.select_for_update().filter(poster=poster).first()
    if link is not None and (link.team_at or link.coordinator_at):
        link.number += 1
        link.team_by = link.team_at = link.coordinator_by = link.coordinator_at = None
        link.save()


def consent_to(poster: Poster) -> Consent:
    link = PublicLink.objects.filter(poster=poster).select_related("team_by", "coordinator_by").first()
    return Consent(link, public_url(link) if link and link.is_public else "")


# The link


def link_token(link: PublicLink) -> str:
    """What stands in the address."""
    return signing.Signer(salt=SALT).sign_object([link.network_id, link.pk, link.number])


def public_url(link: PublicLink) -> str:
    """The whole address, to be sent to others."""
    return settings.GPF_BASE_URL.rstrip("/") + reverse("public_poster:poster", args=[link_token(link)])


def linked_network(token: str) -> int:
    """The network a link belongs to; raises UnknownLinkError where it is none of ours."""
    return _read(token)[0]


def open_link(token: str) -> Edition | None:
    """What the poster's team handed in last; None where it is not shown any more. Raises UnknownLinkError."""
    network_pk, link_pk, number = _read(token)
    with tenancy.scope([network_pk]):
        link = PublicLink.objects.filter(pk=link_pk).first()
        if link is None:
            raise UnknownLinkError
        if link.number != number or not link.is_public:
            return None
        handed_in = Edition.objects.filter(poster=link.poster_id).exclude(version=None)
        newest = handed_in.select_related("poster__team", "poster__gathering", "network", "version")
        return newest.order_by("-version__delivered_at").first()


def _read(token: str) -> tuple[int, int, int]:
    try:
        read = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError):
        read = None
    match read:
        case [int(network_pk), int(link_pk), int(number)]:
            return network_pk, link_pk, number
    raise UnknownLinkError
