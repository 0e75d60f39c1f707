"""The wall, and a poster read on it."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from networks.access import NetworkRequest, has_role, is_completed, network_view
from networks.models import Role
from posters.access import read_poster
from posters.composing import gathering_name
from posters.wall.notes import is_open, own_teams_of
from posters.wall.page import poster_page
from posters.wall.queries import read_gatherings, read_wall
from sessions.models import Gathering


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
    return render(
        request, "posters/poster.html", poster_page(request, read_poster(request, team_slug, gathering_number))
    )


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
        "own": own_teams_of(request),
        "may_close": has_role(request, Role.COORDINATOR) and not is_completed(request.network),
        "is_open": is_open(request.network),
        "others_shown": request.network.posters_shown,
    }
    return render(request, "posters/wall.html", context)


def _coming(today: date) -> Gathering | None:
    """The next gathering, which a team makes its poster for."""
    ahead = Gathering.objects.filter(kind=Gathering.Kind.NETWORK, ends_on__gte=today)
    return ahead.order_by("starts_on").first()
