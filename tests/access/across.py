"""Doors of what teams share of their measures."""

from typing import Any

from django.utils import timezone

from gpf import tenancy
from improvement.models import Measure
from tests.access.door import Door, west
from tests.access.measuring import own_measure
from tests.cast import Cast


def shared(cast: Cast) -> dict[str, Any]:
    """A measure of Vinje's that is shared."""
    pk = own_measure(cast)["measure_pk"]
    with tenancy.scope([cast.west.network.pk]):
        Measure.objects.filter(pk=pk).update(shared_at=timezone.now(), library_key="hph2-3-days")
    return west(cast) | {"measure_pk": pk}


def shared_key(cast: Cast) -> dict[str, Any]:
    shared(cast)
    return west(cast) | {"key": "hph2-3-days"}


def anything_shared(cast: Cast) -> dict[str, Any]:
    shared(cast)
    return west(cast)


def unshared(cast: Cast) -> dict[str, Any]:
    return west(cast) | {"measure_pk": own_measure(cast)["measure_pk"]}


#   anonymous, stranger, national, coordinator, supervisor, team leader, member, leader, observer, east's two
DOORS: list[Door] = [
    Door("improvement:across", ">0+++++++00", anything_shared),
    Door("improvement:across_measure", ">0+++++++00", shared_key),
    Door("improvement:shared_measure", ">0+++++++00", shared),
    Door("improvement:shared_measure", ">0000000000", unshared, note="not shared"),
    Door("improvement:workshop", ">0+++++++00", anything_shared),
]
