"""Doors of checklists: a team's, and the network's."""

from typing import Any

from tests.access.door import Door, west
from tests.cast import Cast


def own(cast: Cast) -> dict[str, Any]:
    return west(cast) | {"team_slug": cast.west.team.slug}


def others(cast: Cast) -> dict[str, Any]:
    return west(cast) | {"team_slug": cast.west.other_team.slug}


def one(cast: Cast) -> dict[str, Any]:
    return own(cast) | {"step": "hph2"}


def others_one(cast: Cast) -> dict[str, Any]:
    return others(cast) | {"step": "hph2"}


def version(cast: Cast) -> dict[str, Any]:
    return one(cast) | {"token": "start"}


def networks_one(cast: Cast) -> dict[str, Any]:
    return west(cast) | {"step": "hph2"}


def networks_version(cast: Cast) -> dict[str, Any]:
    return networks_one(cast) | {"token": "start"}


#   anonymous, stranger, national, coordinator, supervisor, team leader, member, leader, observer, east's two
DOORS: list[Door] = [
    Door("improvement:checklists", ">0++++++-00", own),
    Door("improvement:checklists", ">0++0000-00", others, note="another team's"),
    Door("improvement:checklist", ">0++++++-00", one),
    Door("improvement:checklist", ">0++0000-00", others_one, note="another team's"),
    Door("improvement:checklist_edit", ">0---++--00", one),
    Door("improvement:checklist_edit", ">0---00--00", others_one, note="another team's"),
    Door("improvement:checklist_version", ">0++++++-00", version),
    Door("improvement:checklist_restore", ">0---++--00", version, method="POST"),
    Door("improvement:checklist_pdf", ">0++++++-00", one, method="POST"),
    Door("improvement:checklist_docx", ">0++++++-00", one, is_page=False),
    Door("improvement:checklist_docx", ">0++0000-00", others_one, note="another team's", is_page=False),
    Door("improvement:network_checklists", ">0+++++++00", west),
    Door("improvement:network_checklist", ">0+++++++00", networks_one),
    Door("improvement:network_checklist_edit", ">0++-----00", networks_one),
    Door("improvement:network_checklist_version", ">0+++++++00", networks_version),
    Door("improvement:network_checklist_restore", ">0++-----00", networks_version, method="POST"),
    Door("improvement:network_checklist_pdf", ">0+++++++00", networks_one, method="POST"),
    Door("improvement:network_checklist_docx", ">0+++++++00", networks_one, is_page=False),
]
