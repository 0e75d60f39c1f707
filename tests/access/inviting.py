"""Doors of invitation rounds, organisations and health communities."""

from typing import Any

from django.utils import timezone

from networks.models import HealthCommunity
from tests.access.door import Door, nothing, west
from tests.cast import Cast
from tests.signup.inviting import invite, load_register, make_round


def letters(cast: Cast) -> dict[str, Any]:
    """A round with one in it."""
    load_register()
    found = make_round(cast.west)
    invite(found, "9108")
    return west(cast) | {"round_pk": found.pk}


def invitee(cast: Cast) -> dict[str, Any]:
    load_register()
    (found,) = invite(make_round(cast.west), "9108", sent_at=timezone.now(), opened_at=timezone.now())
    return west(cast) | {"invitee_pk": found.pk}


def full_list(cast: Cast) -> dict[str, Any]:
    letters(cast)
    return west(cast)


def register(cast: Cast) -> dict[str, Any]:
    load_register()
    return {}


def community(cast: Cast) -> dict[str, Any]:
    return {"community_slug": HealthCommunity.objects.create(slug="vest", name="Vest").slug}


def one_community(cast: Cast) -> dict[str, Any]:
    community(cast)
    return {}


#   anonymous, stranger, national, coordinator, supervisor, team leader, member, leader, observer, east's two
DOORS: list[Door] = [
    Door("signup:rounds", ">0++-----00", west, note="none yet"),
    Door("signup:rounds", ">0++-----00", full_list),
    Door("signup:round_new", ">0++-----00", west),
    Door("signup:round_draft", ">0++-----00", west, method="POST", is_page=False),
    Door("signup:round", ">0++-----00", letters),
    Door("signup:round_edit", ">0++-----00", letters),
    Door("signup:round_choose", ">0++-----00", letters),
    Door("signup:round_people", ">0++-----00", letters),
    Door("signup:round_paste", ">0++-----00", letters),
    Door("signup:round_send", ">0++-----00", letters),
    Door("signup:round_remind", ">0++-----00", letters),
    Door("signup:round_delete", ">0++-----00", letters, method="POST", is_page=False),
    Door("signup:invitee", ">0++-----00", invitee),
    Door("signup:invitee_letter", ">0++-----00", invitee),
    Door("signup:invitee_pdf", ">0++-----00", invitee, is_page=False),
    Door("signup:invitee_remind", ">0++-----00", invitee, method="POST", is_page=False),
    Door("signup:invitee_withdraw", ">0++-----00", invitee, method="POST", is_page=False),
    Door("signup:invitee_extend", ">0++-----00", invitee, method="POST", is_page=False),
    Door("signup:invitee_replace", ">0++-----00", invitee, method="POST", is_page=False),
    Door("networks:organisations", ">0++00000+0", nothing, note="without a register"),
    Door("networks:organisations", ">0++00000+0", register),
    Door("networks:health_communities", ">0++00000+0", nothing, note="none yet"),
    Door("networks:health_communities", ">0++00000+0", one_community),
    Door("networks:health_community_new", ">0+00000000", nothing),
    Door("networks:health_community_edit", ">0+00000000", community),
    Door("networks:health_communities_fetch", ">0+00000000", nothing, method="POST", is_page=False),
]
