"""Doors of goals."""

from typing import Any

from gpf import tenancy
from improvement.models import Change, Goal, Need, PdsaRound
from tests.access.door import Door, Needs, west
from tests.cast import Cast

KINDS: dict[str, type[Need] | type[Goal] | type[Change]] = {"need": Need, "goal": Goal, "change": Change}


def own_team(cast: Cast) -> dict[str, Any]:
    return west(cast) | {"team_slug": cast.west.team.slug}


def other_team(cast: Cast) -> dict[str, Any]:
    return west(cast) | {"team_slug": cast.west.other_team.slug}


def line(name: str, *, of_other: bool = False) -> Needs:
    """A need, goal or change of Vinje's, at Vinje's address; `of_other`: of Tokke's, still at Vinje's address."""

    def needs(cast: Cast) -> dict[str, Any]:
        place = cast.west
        team = place.other_team if of_other else place.team
        with tenancy.scope([place.network.pk]):
            row = KINDS[name].objects.create(network=place.network, team=team, text="Trygg første natt")
        return own_team(cast) | {f"{name}_pk": row.pk}

    return needs


def pdsa(cast: Cast) -> dict[str, Any]:
    """The first round of a change of Vinje's."""
    found = line("change")(cast)
    with tenancy.scope([cast.west.network.pk]):
        PdsaRound.objects.create(network=cast.west.network, change_id=found["change_pk"], number=1)
    return found | {"number": 1}


#   anonymous, stranger, national, coordinator, supervisor, team leader, member, leader, observer, east's two
DOORS: list[Door] = [
    Door("improvement:goals", ">0++++++-00", own_team),
    Door("improvement:goals", ">0++0000-00", other_team, note="another team's"),
    Door("improvement:goal_add", ">0---++--00", own_team),
    Door("improvement:goal_add", ">0---00--00", other_team, note="another team's"),
    Door("improvement:goal", ">0++++++-00", line("goal")),
    Door("improvement:goal", ">0000000-00", line("goal", of_other=True), note="another team's"),
    Door("improvement:goal_edit", ">0---++--00", line("goal")),
    Door("improvement:goal_edit", ">0---00--00", line("goal", of_other=True), note="another team's"),
    Door("improvement:goals_arrange", ">0---++--00", own_team),
    Door("improvement:goals_keep", ">0---00--00", own_team, method="POST", note="without saying what", is_page=False),
    Door("improvement:prioritise", ">0++++++-00", own_team),
    Door("improvement:prioritise", ">0000++0-00", own_team, method="POST", note="giving points"),
    Door("improvement:need_add", ">0---++--00", own_team),
    Door("improvement:need", ">0++++++-00", line("need")),
    Door("improvement:need", ">0000000-00", line("need", of_other=True), note="another team's"),
    Door("improvement:need_edit", ">0---++--00", line("need")),
    Door("improvement:need_edit", ">0---00--00", line("need", of_other=True), note="another team's"),
    Door("improvement:change_add", ">0---++--00", own_team),
    Door("improvement:change", ">0++++++-00", line("change")),
    Door("improvement:change", ">0000000-00", line("change", of_other=True), note="another team's"),
    Door("improvement:change_edit", ">0---++--00", line("change")),
    Door("improvement:change_decide", ">0---00--00", line("change"), method="POST", note="nothing", is_page=False),
    Door("improvement:pdsa_add", ">0---++--00", line("change"), method="POST", is_page=False),
    Door("improvement:pdsa_add", ">0---00--00", line("change", of_other=True), method="POST", note="another team's"),
    Door("improvement:pdsa", ">0---++--00", pdsa),
    Door("improvement:diagram", ">0++++++-00", own_team),
    Door("improvement:diagram", ">0++0000-00", other_team, note="another team's"),
]
