"""Doors of a network's plan: its assignments, its gatherings and their moves."""

from tests.access.door import Door

#   anonymous, stranger, national, coordinator, supervisor, team leader, member, leader, observer, east's two
DOORS: list[Door] = []
