"""The pages where a network's teams see their measures beside one another."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from improvement.across.queries import (
    Panel,
    Silence,
    read_groups,
    read_side,
    read_silent,
    shared_measures,
    shared_pictures,
)
from improvement.charts.svg import Frame, Shape, draw
from improvement.charts.table import rows
from improvement.charts.words import sentence
from networks.access import NetworkRequest, has_role, network_view
from networks.models import Role
from teams.access import own_teams, visible_teams

QUIET_WEEKS = 6
"""So many weeks without a number, and a team stands among the silent."""


@dataclass(frozen=True)
class Shown:
    """A team's chart on the page, what it says, and where more of it is."""

    team: str
    chart: SafeString
    sentence: str
    address: str
    is_own: bool


@require_safe
@network_view()
def across(request: NetworkRequest) -> HttpResponse:
    """What the network measures, and for those who guide, who has not measured for long."""
    guides = has_role(request, Role.COORDINATOR, Role.SUPERVISOR)
    silent = read_silent(request, timezone.localdate()) if guides else []
    context = {
        "groups": read_groups(request),
        "guides": guides,
        "silent": [each for each in silent if _is_quiet(each)],
        "teams": len(silent),
    }
    return render(request, "improvement/across.html", context)


def _is_quiet(each: Silence) -> bool:
    return each.weeks is None or each.weeks >= QUIET_WEEKS


@require_safe
@network_view()
def across_measure(request: NetworkRequest, key: str) -> HttpResponse:
    """One measure: each team's chart beside the others', on one scale."""
    own = set(own_teams(request).values_list("pk", flat=True))
    side = read_side(request, key, own)
    if side is None:
        raise Http404
    readable = set(visible_teams(request).values_list("pk", flat=True))
    context = {
        "side": side,
        "panels": [_shown(request, panel, side.frame, readable) for panel in side.panels],
        "apart": [_shown(request, panel, None, readable) for panel in side.apart],
    }
    return render(request, "improvement/across_measure.html", context)


def _shown(request: NetworkRequest, panel: Panel, frame: Frame | None, readable: set[int]) -> Shown:
    team, measure = panel.measure.team, panel.measure
    if team.pk in readable:
        address = reverse("improvement:measure", args=[request.network.slug, team.slug, measure.pk])
    else:
        address = reverse("improvement:shared_measure", args=[request.network.slug, measure.pk])
    drawn = draw(panel.picture, shape=Shape.SMALL, frame=frame)
    return Shown(team.name, drawn, sentence(panel.picture), address, panel.is_own)


@require_safe
@network_view()
def shared_measure(request: NetworkRequest, measure_pk: int) -> HttpResponse:
    """One team's shared chart, large, with its numbers."""
    measure = get_object_or_404(shared_measures(request), pk=measure_pk)
    picture = shared_pictures([measure])[measure.pk]
    context = {
        "measure": measure,
        "picture": picture,
        "chart": draw(picture),
        "phone_chart": draw(picture, shape=Shape.PHONE),
        "sentence": sentence(picture),
        "rows": rows(picture),
        "flags": list(enumerate(picture.marks, start=1)),
    }
    return render(request, "improvement/shared_measure.html", context)


@require_safe
@network_view()
def workshop(request: NetworkRequest) -> HttpResponse:
    """Måleverksted: one team's chart at a time, large enough for a room, with what to talk about."""
    groups = read_groups(request)
    key = request.GET.get("maling", "")
    side = read_side(request, key, set()) if key else None
    if key and side is None:
        raise Http404
    context: dict[str, object] = {"groups": groups, "side": side}
    if side is not None:
        at = _place(request.GET.get("nr", "1"), len(side.panels))
        panel = side.panels[at - 1]
        context |= {
            "team": panel.measure.team,
            "chart": draw(panel.picture, shape=Shape.POSTER, frame=side.frame),
            "sentence": sentence(panel.picture),
            "at": at,
            "before": at - 1,
            "after": at + 1 if at < len(side.panels) else 0,
        }
    return render(request, "improvement/workshop.html", context)


def _place(text: str, count: int) -> int:
    return min(max(1, int(text)), count) if text.isascii() and text.isdigit() and len(text) < 4 else 1
