"""Doors of the wall, and of what is said on it."""

from typing import Any

from gpf import tenancy
from posters.models import Poster, WallNote
from posters.wall import links, services
from tests.access.door import Door, west
from tests.cast import Cast
from tests.posters import stage


def hung(cast: Cast) -> None:
    """Vinje's poster is delivered, and the deadline has passed."""
    with tenancy.scope([cast.west.network.pk]):
        stage.hand_in(cast.west)
        stage.past(cast.west.poster)


def wall_of(cast: Cast) -> dict[str, Any]:
    hung(cast)
    return west(cast) | {"gathering_number": 2}


def own_team(cast: Cast) -> dict[str, Any]:
    return west(cast) | {"team_slug": cast.west.team.slug}


def poster(cast: Cast) -> dict[str, Any]:
    return wall_of(cast) | own_team(cast)


def begun(cast: Cast) -> dict[str, Any]:
    """Written, not delivered."""
    with tenancy.scope([cast.west.network.pk]):
        stage.write(cast.west)
    return own_team(cast) | {"gathering_number": 2}


def own_note(cast: Cast) -> dict[str, Any]:
    """A comment by the member of the poster's own team."""
    place = poster(cast)
    with tenancy.scope([cast.west.network.pk]):
        note = services.comment(poster=Poster.objects.get(), team=cast.west.team, by=cast.west.member, text="Takk!")
    return place | {"note_pk": note.pk}


def own_idea(cast: Cast) -> dict[str, Any]:
    """What Vinje takes with it from Tokke's poster."""
    with tenancy.scope([cast.west.network.pk]):
        tokke = Poster.objects.create(
            network=cast.west.network, team=cast.west.other_team, gathering=cast.west.gatherings[0]
        )
        note: WallNote = services.take_along(
            poster=tokke, team=cast.west.team, by=cast.west.member, text="Ring dagen etter"
        )
    return own_team(cast) | {"note_pk": note.pk}


def others_idea(cast: Cast) -> dict[str, Any]:
    return own_idea(cast) | {"team_slug": cast.west.other_team.slug}


def other_team(cast: Cast) -> dict[str, Any]:
    return west(cast) | {"team_slug": cast.west.other_team.slug}


def shown(cast: Cast) -> dict[str, Any]:
    """Vinje's poster is shown to everybody."""
    hung(cast)
    with tenancy.scope([cast.west.network.pk]):
        poster = Poster.objects.get()
        links.say_yes(poster=poster, by=cast.west.member, for_the_team=True)
        link = links.say_yes(poster=poster, by=cast.west.coordinator, for_the_team=False)
    return {"token": links.link_token(link)}


def shown_photo(cast: Cast) -> dict[str, Any]:
    return shown(cast) | {"sha256": "0" * 64}


#   anonymous, stranger, national, coordinator, supervisor, team leader, member, leader, observer, east's two
DOORS: list[Door] = [
    Door("posters:wall_of", ">0+++++++00", wall_of),
    Door("posters:wall_of", ">0+++++++00", lambda cast: west(cast) | {"gathering_number": 1}, note="with no poster"),
    Door("posters:take_along", ">000000--00", poster, method="POST", is_page=False, note="who has no other team"),
    Door("posters:comment", ">0+++++--00", poster, method="POST", is_page=False),
    Door("posters:comment", ">000000--00", begun, method="POST", is_page=False, note="to what is being written"),
    Door("posters:note", ">00000+--00", own_note, method="POST", is_page=False),
    Door("posters:let_comment", ">0---++--00", poster, method="POST", is_page=False),
    Door("posters:let_comment_all", ">0++-----00", west, method="POST", is_page=False),
    Door("posters:show_to_all", ">000-00--00", poster, method="POST", is_page=False, note="for nobody"),
    Door("public_poster:poster", "+++++++++++", shown),
    Door("public_poster:pdf", "+++++++++++", shown, is_page=False),
    Door("public_poster:picture", "+++++++++++", shown, is_page=False),
    Door("public_poster:photo", "00000000000", shown_photo, is_page=False, note="of another poster"),
    Door("posters:ideas", ">0++++++-00", own_team),
    Door("posters:ideas", ">0++0000-00", other_team, note="another team's"),
    Door("posters:idea", ">0---++--00", own_idea, method="POST", is_page=False),
    Door("posters:idea", ">0---00--00", others_idea, method="POST", is_page=False, note="another team's"),
]
