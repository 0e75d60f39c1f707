"""Doors of plans."""

from typing import Any

from gpf import tenancy
from improvement.plans.services import deliver_plan
from tests.access.door import Door, west
from tests.cast import Cast
from tests.improvement.plans.stage import ask_for_plan, write_work


def own_team(cast: Cast) -> dict[str, Any]:
    return west(cast) | {"team_slug": cast.west.team.slug}


def other_team(cast: Cast) -> dict[str, Any]:
    return west(cast) | {"team_slug": cast.west.other_team.slug}


def asked(cast: Cast) -> dict[str, Any]:
    """The work that asks Vinje for its plan."""
    with tenancy.scope([cast.west.network.pk]):
        return own_team(cast) | {"assignment_pk": ask_for_plan(cast.west).pk}


def others_asked(cast: Cast) -> dict[str, Any]:
    return asked(cast) | other_team(cast)


def edition(cast: Cast) -> dict[str, Any]:
    """Vinje's plan, handed in."""
    place = cast.west
    with tenancy.scope([place.network.pk]):
        write_work(place)
        kept = deliver_plan(team=place.team, assignment=ask_for_plan(place), by=place.member, comment="")
    return own_team(cast) | {"number": kept.number}


def own_with_edition(cast: Cast) -> dict[str, Any]:
    edition(cast)
    return own_team(cast)


def at_others(cast: Cast) -> dict[str, Any]:
    """The number of Vinje's edition at another team's address, which has none."""
    return edition(cast) | other_team(cast)


#   anonymous, stranger, national, coordinator, supervisor, team leader, member, leader, observer, east's two
DOORS: list[Door] = [
    Door("improvement:plan", ">0++++++-00", own_team),
    Door("improvement:plan", ">0++0000-00", other_team, note="another team's"),
    Door("improvement:plan_pdf", ">0++++++-00", own_team, is_page=False),
    Door("improvement:plan_pdf", ">0++++++-00", own_team, method="POST", is_page=False),
    Door("improvement:plan_pdf", ">0++0000-00", other_team, method="POST", is_page=False, note="another team's"),
    Door("improvement:plan_docx", ">0++++++-00", own_team, is_page=False),
    Door("improvement:plan_docx", ">0++0000-00", other_team, is_page=False, note="another team's"),
    Door("improvement:plan_deliver", ">0---++--00", asked),
    Door("improvement:plan_deliver", ">0---00--00", others_asked, note="another team's"),
    Door("improvement:plan_deliver", ">0---++--00", asked, method="POST", is_page=False),
    Door("improvement:plan_editions", ">0++++++-00", own_with_edition),
    Door("improvement:plan_editions", ">0++0000-00", other_team, note="another team's"),
    Door("improvement:plan_compare", ">0++++++-00", own_with_edition),
    Door("improvement:plan_compare", ">0++0000-00", other_team, note="another team's"),
    Door("improvement:plan_edition", ">0++++++-00", edition),
    Door("improvement:plan_edition", ">0000000-00", at_others, note="another team's"),
    Door("improvement:plan_edition_pdf", ">0++++++-00", edition, is_page=False),
    Door("improvement:plan_edition_pdf", ">0++++++-00", edition, method="POST", is_page=False),
    Door("improvement:plan_edition_pdf", ">0000000-00", at_others, method="POST", is_page=False, note="another team's"),
    Door("improvement:plan_edition_docx", ">0++++++-00", edition, is_page=False),
    Door("improvement:plan_edition_docx", ">0000000-00", at_others, is_page=False, note="another team's"),
]
