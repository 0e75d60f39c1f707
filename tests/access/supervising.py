"""Doors of supervision: the queue, answering deliveries, private notes, and questions."""

from tests.access.door import Door, nothing

#   anonymous, stranger, national, coordinator, supervisor, team leader, member, leader, observer, east's two
DOORS: list[Door] = [
    Door("supervision:queue", ">++++++++++", nothing),
    Door("supervision:next", ">++++++++++", nothing, is_page=False),
    Door("supervision:aside", ">mmmmmmmmmm", nothing, is_page=False),
    Door("supervision:aside", ">++++++++++", nothing, method="POST", is_page=False),
]
