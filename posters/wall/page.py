"""The page of a poster, made of what is on it and what is said to it."""

from typing import Any

from django.urls import reverse

from networks.access import NetworkRequest, has_role, is_completed
from networks.models import Role
from posters.access import Place, Reading
from posters.pages import readable
from posters.present.queries import read_pictures
from posters.queries import read_files
from posters.services import poster_assignment
from posters.wall.forms import CommentForm, IdeaForm
from posters.wall.links import consent_to
from posters.wall.notes import read_talk
from posters.wall.queries import read_neighbours
from teams.access import own_teams


def poster_page(
    request: NetworkRequest, reading: Reading, *, idea: IdeaForm | None = None, comment: CommentForm | None = None
) -> dict[str, Any]:
    """What posters/poster.html shows. A form that was refused comes back with what was typed."""
    place, edition = reading.place, reading.edition
    before, after = read_neighbours(request, place.gathering, place.team)
    talk = read_talk(request, reading)
    return {
        "reading": reading,
        "place": place,
        "content": reading.content,
        "facts": readable(reading.content.sections, "fact"),
        "cards": readable(reading.content.sections, "card"),
        "files": read_files(edition).ready,
        "sheet": read_pictures([edition]).get(edition.pk) if edition else None,
        "delivered_at": edition.version.delivered_at if edition and edition.version else None,
        "delivery": _delivery_address(request, place) if reading.is_inner else "",
        "before": before,
        "after": after,
        "talk": talk,
        **_consent(request, reading),
        "idea": (idea or IdeaForm(teams=talk.taking)) if talk.taking else None,
        "comment": (comment or CommentForm()) if talk.may_comment else None,
    }


def _consent(request: NetworkRequest, reading: Reading) -> dict[str, Any]:
    """Who has said yes to showing a delivered poster to everybody, for those who may: its team and the coordinators."""
    place = reading.place
    team, coordinator = own_teams(request).filter(pk=place.team.pk).exists(), has_role(request, Role.COORDINATOR)
    if reading.edition is None or not (team or coordinator):
        return {}
    return {
        "consent": consent_to(reading.edition.poster),
        "sides": {"team": team, "coordinator": coordinator},
        "may_say_yes": not is_completed(request.network),
    }


def _delivery_address(request: NetworkRequest, place: Place) -> str:
    assignment = poster_assignment(place.gathering)
    if assignment is None:
        return ""
    where = {"network_slug": request.network.slug, "team_slug": place.team.slug, "assignment_pk": assignment.pk}
    return reverse("gatherings:delivery", kwargs=where)
