"""The wall, and a poster read on it."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from networks.access import NetworkRequest, is_completed, network_view
from posters.access import Place, read_poster
from posters.composing import gathering_name
from posters.pages import readable
from posters.present.queries import read_pictures
from posters.queries import read_files
from posters.services import poster_assignment
from posters.wall.queries import read_gatherings, read_neighbours, read_wall
from sessions.models import Gathering
from teams.access import own_teams


@require_safe
@network_view()
def wall(request: NetworkRequest) -> HttpResponse:
    """The posters of the newest gathering that has some, and the way to one's own."""
    gatherings = read_gatherings(request)
    return _wall(request, gatherings, gatherings[0][0] if gatherings else None)


@require_safe
@network_view()
def wall_of(request: NetworkRequest, gathering_number: int) -> HttpResponse:
    """The posters of another gathering."""
    gathering = get_object_or_404(Gathering, number=gathering_number, kind=Gathering.Kind.NETWORK)
    return _wall(request, read_gatherings(request), gathering)


@require_safe
@network_view()
def poster(request: NetworkRequest, team_slug: str, gathering_number: int) -> HttpResponse:
    """A poster as text, with its picture and files."""
    reading = read_poster(request, team_slug, gathering_number)
    place, edition = reading.place, reading.edition
    before, after = read_neighbours(request, place.gathering, place.team)
    context = {
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
    }
    return render(request, "posters/poster.html", context)


# What the pages are made of


def _wall(
    request: NetworkRequest, gatherings: list[tuple[Gathering, str]], gathering: Gathering | None
) -> HttpResponse:
    today = timezone.localdate()
    coming = None if is_completed(request.network) else _coming(today)
    shown = gathering or coming
    context = {
        "gatherings": gatherings,
        "wall": read_wall(request, shown) if shown else None,
        "coming": coming,
        "coming_name": gathering_name(coming) if coming else "",
        "own": own_teams(request).distinct().order_by("sort_name") if coming else [],
        "others_shown": request.network.posters_shown,
    }
    return render(request, "posters/wall.html", context)


def _coming(today: date) -> Gathering | None:
    """The next gathering, which a team makes its poster for."""
    ahead = Gathering.objects.filter(kind=Gathering.Kind.NETWORK, ends_on__gte=today)
    return ahead.order_by("starts_on").first()


def _delivery_address(request: NetworkRequest, place: Place) -> str:
    assignment = poster_assignment(place.gathering)
    if assignment is None:
        return ""
    where = {"network_slug": request.network.slug, "team_slug": place.team.slug, "assignment_pk": assignment.pk}
    return reverse("gatherings:delivery", kwargs=where)
