"""Doors of the coordinator's desk."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from desk.coming import next_day
from desk.models import Circular
from gpf import tenancy
from notices.models import Message, Pause
from tests.access.door import Door, west
from tests.cast import Cast


def somebody(cast: Cast) -> dict[str, Any]:
    """The team's leader, whose work is due: she is told of it on the next day with mail."""
    place = cast.west
    with tenancy.scope([place.network.pk]):
        plan = place.document
        plan.due = next_day(timezone.now()) + timedelta(days=3)
        plan.save()
    return west(cast) | {"user_pk": place.team_leader.pk}


def a_pause(cast: Cast) -> dict[str, Any]:
    with tenancy.scope([cast.west.network.pk]):
        return west(cast) | {"pause_pk": Pause.objects.create(network=cast.west.network).pk}


def a_draft(cast: Cast) -> dict[str, Any]:
    with tenancy.scope([cast.west.network.pk]):
        made = Circular.objects.create(
            network=cast.west.network, subject_nb="Hei", text_nb="Hei, {navn}", written_by=cast.west.coordinator
        )
    return west(cast) | {"circular_pk": made.pk}


def a_letter(cast: Cast) -> dict[str, Any]:
    """One that came back."""
    with tenancy.scope([cast.west.network.pk]):
        made = Message.objects.create(
            network=cast.west.network,
            key="brev",
            address="borte@test.example",
            day=timezone.localdate(),
            message_id="<brev@test.example>",
            language="nb",
            subject="Hei",
            text="Hei",
            state=Message.State.BOUNCED,
        )
    return west(cast) | {"message_pk": made.pk}


#   anonymous, stranger, national, coordinator, supervisor, team leader, member, leader, observer, east's two
DOORS: list[Door] = [
    Door("desk:desk", ">0++-----00", west),
    Door("desk:person", ">0++-----00", somebody),
    Door("desk:letter", ">0++-----00", somebody, is_page=False),
    Door("desk:pause", ">0++-----00", west),
    Door("desk:pause", ">0++-----00", west, method="POST", is_page=False),
    Door("desk:resume", ">0++-----00", a_pause, method="POST", is_page=False),
    Door("desk:hold", ">0++-----00", west, method="POST", is_page=False),
    Door("desk:send", ">0++-----00", west),
    Door("desk:send", ">0++-----00", west, method="POST", is_page=False),
    Door("notices:message", ">0++-----00", a_letter, note="that came back"),
    Door("notices:message", ">0++-----00", a_letter, method="POST", is_page=False, note="that came back"),
    Door("desk:circulars", ">0++-----00", west),
    Door("desk:circular_begin", ">0++-----00", west, method="POST", is_page=False),
    Door("desk:circular", ">0++-----00", a_draft),
    Door("desk:circular_edit", ">0++-----00", a_draft),
    Door("desk:circular_edit", ">0++-----00", a_draft, method="POST", is_page=False),
    Door("desk:circular_send", ">0++-----00", a_draft, method="POST", is_page=False),
]
