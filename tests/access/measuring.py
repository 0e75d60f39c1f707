"""Doors of measuring."""

from tests.access.door import Door

#   anonymous, stranger, national, coordinator, supervisor, team leader, member, leader, observer, east's two
DOORS: list[Door] = []
