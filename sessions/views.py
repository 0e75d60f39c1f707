"""The pages of gatherings."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from networks.access import NetworkRequest, network_view
from sessions import queries
from sessions.cycle import draw_cycle
from sessions.models import Gathering
from teams.access import own_teams


@network_view()
def gathering_list(request: NetworkRequest) -> HttpResponse:
    """Every gathering of the network on one line, and each with its days, place and deadlines."""
    today = timezone.localdate()
    gatherings = queries.read_gatherings()
    timeline = draw_cycle(request.network, gatherings, today=today)
    return render(request, "sessions/gatherings.html", {"gatherings": gatherings, "timeline": timeline})


@network_view()
def gathering(request: NetworkRequest, gathering_pk: int) -> HttpResponse:
    """One gathering: days, place, programme, the work before it, and how far the person's own teams have come."""
    found = get_object_or_404(Gathering, pk=gathering_pk)
    today = timezone.localdate()
    context = {
        "gathering": found,
        "assignments": found.assignments.order_by("due", "position", "pk"),
        "work": queries.read_team_work(found, own_teams(request), today),
        "today": today,
    }
    return render(request, "sessions/gathering.html", context)
