"""Doors of settings, phases, changes and exports."""

from tests.access.door import Door, west

#   anonymous, stranger, national, coordinator, supervisor, team leader, member, leader, observer, east's two
DOORS: list[Door] = [
    Door("overview:settings", ">0++-----00", west),
    Door("overview:phase", ">0++-----00", west),
    Door("overview:changes", ">0++-----00", west),
    Door("overview:export_xlsx", ">0++-----00", west, is_page=False),
    Door("overview:export_json", ">0++-----00", west, is_page=False),
]
