"""Doors of what the mail says, and of mail that comes back."""

from typing import Any

from gpf import tenancy
from notices.models import Trouble, Wording
from tests.access.door import Door, nothing, west
from tests.cast import Cast


def _trouble(cast: Cast) -> dict[str, Any]:
    found = Trouble.objects.create(address=cast.west.member.email, kind=Trouble.Kind.BOUNCED)
    return west(cast) | {"trouble_pk": found.pk}


def _other_networks(cast: Cast) -> dict[str, Any]:
    found = Trouble.objects.create(address=cast.east.member.email, kind=Trouble.Kind.BOUNCED)
    return west(cast) | {"trouble_pk": found.pk}


def _troubled(cast: Cast) -> dict[str, Any]:
    """With something to look at."""
    Trouble.objects.create(address=cast.west.member.email, kind=Trouble.Kind.BOUNCED, code="550")
    Trouble.objects.create(address=cast.west.leader.email, kind=Trouble.Kind.COMPLAINED)
    return west(cast)


def _worded(cast: Cast) -> dict[str, Any]:
    """Worded in one language."""
    with tenancy.scope([cast.west.network.pk]):
        Wording.objects.create(
            network=cast.west.network,
            name="gathering:cancelled",
            subject_nb="{samling} blir ikke noe av",
            changed_by=cast.west.coordinator,
        )
    return west(cast) | {"name": "gathering:cancelled"}


#   anonymous, stranger, national, coordinator, supervisor, team leader, member, leader, observer, east's two
DOORS: list[Door] = [
    Door("mail_service:events", "00000000000", nothing, note="no mail service is named in these tests"),
    Door("notices:wordings", ">0++-----00", west),
    Door("notices:wording", ">0++-----00", _worded),
    Door("notices:wording", ">0++-----00", _worded, method="POST", is_page=False),
    Door("notices:addresses", ">0++-----00", _troubled),
    Door("notices:address_right", ">0++-----00", _trouble, is_page=False),
    Door("notices:address_right", ">0++-----00", _trouble, method="POST", is_page=False),
    Door("notices:address_right", ">000-----00", _other_networks, note="another network's", is_page=False),
]
