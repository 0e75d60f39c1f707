"""The pages of gatherings."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from networks.access import NetworkRequest, has_role, is_completed, network_view
from networks.models import Role
from sessions import queries
from sessions.calendar import CONTENT_TYPE, calendar_of
from sessions.cycle import draw_cycle
from sessions.models import Gathering
from sessions.programme import how_many_are_told, may_be_published
from sessions.sharing import shared_before
from teams.access import own_teams


@network_view()
def gathering_list(request: NetworkRequest) -> HttpResponse:
    """Every gathering of the network on one line, and each with its days, place and deadlines."""
    today = timezone.localdate()
    gatherings = queries.read_gatherings()
    timeline = draw_cycle(request.network, gatherings, today=today)
    context = {"gatherings": gatherings, "timeline": timeline, "may_plan": has_role(request, Role.COORDINATOR)}
    return render(request, "sessions/gatherings.html", context)


@network_view()
def gathering(request: NetworkRequest, gathering_pk: int) -> HttpResponse:
    """One gathering: days, place, programme, the work before it, and how far the person's own teams have come."""
    found = get_object_or_404(Gathering, pk=gathering_pk)
    today = timezone.localdate()
    may_plan = has_role(request, Role.COORDINATOR) and not is_completed(request.network)
    may_publish = may_plan and may_be_published(found)
    context = {
        "gathering": found,
        "programme": found.programme if has_role(request, Role.COORDINATOR) else found.shown_programme,
        "may_publish": may_publish,
        "told": how_many_are_told(found, today) if may_publish else 0,
        "assignments": found.assignments.order_by("due", "position", "pk"),
        "work": queries.read_team_work(found, own_teams(request), today),
        "shared": shared_before(request, found),
        "moves": found.moves.select_related("moved_by"),
        "may_plan": may_plan,
        "today": today,
    }
    return render(request, "sessions/gathering.html", context)


@network_view()
def calendar(request: NetworkRequest, gathering_pk: int) -> HttpResponse:
    """The gathering for the person's own calendar, as it stands now."""
    found = get_object_or_404(Gathering, pk=gathering_pk)
    if found.starts_on is None:
        raise Http404
    return HttpResponse(
        calendar_of([found], network=request.network, method="PUBLISH"),
        content_type=CONTENT_TYPE,
        headers={"Content-Disposition": f'attachment; filename="samling-{found.pk}.ics"'},
    )
