"""Doors of what is told, and when: the rules for reminders, and publishing a programme."""

from typing import Any

from tests.access.door import Door, west
from tests.cast import Cast


def coming(cast: Cast) -> dict[str, Any]:
    return west(cast) | {"gathering_pk": cast.west.gatherings[1].pk}


#   anonymous, stranger, national, coordinator, supervisor, team leader, member, leader, observer, east's two
DOORS: list[Door] = [
    Door("gatherings:reminder_rules", ">0++-----00", west),
    Door("gatherings:programme", ">0++-----00", coming, method="POST", is_page=False),
]
