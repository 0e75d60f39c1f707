"""The pages where a team says what it measures."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from improvement.access import READERS, read_place, write_place
from improvement.charts.picture import Picture
from improvement.charts.svg import Shape, draw
from improvement.charts.table import point
from improvement.charts.words import sentence
from improvement.goals.models import Goal
from improvement.measures.access import write_measure
from improvement.measures.analysing import pictures_of
from improvement.measures.due import Due, due_of, next_of
from improvement.measures.forms import MeasureEditForm, MeasureForm
from improvement.measures.kinds import BY_KIND, EXPLAINED
from improvement.measures.library import BY_KEY, LIBRARY, Ready
from improvement.measures.models import Measure, Observation
from improvement.measures.services import (
    add_measure,
    change_measure,
    end_measure,
    move_measure,
    put_away,
    take_back,
)
from improvement.method.interview_views import tell_undo
from networks.access import NetworkRequest, network_view
from networks.models import Role
from teams.models import Team

STEPS = {"up": -1, "down": 1}


@dataclass(frozen=True)
class Line:
    """A measure in the list: its chart and what it says, the newest number, and what is missing or comes next."""

    measure: Measure
    chart: SafeString
    sentence: str
    newest: str
    due: Due | None
    next: str


@network_view(*READERS)
def measures(request: NetworkRequest, team_slug: str) -> HttpResponse:
    """What the team measures, with each chart and what it says."""
    place = read_place(request, team_slug)
    found = list(Measure.with_put_away.filter(team=place.team).select_related("goal", "team"))
    going = [each for each in found if each.put_away_at is None and each.ended_on is None]
    pictures = pictures_of(going, own=place.is_own)
    lines = [_line(each, pictures[each.pk], timezone.localdate()) for each in going]
    context = {
        "place": place,
        "lines": lines,
        "ended": [each for each in found if each.put_away_at is None and each.ended_on is not None],
        "away": [each for each in found if each.put_away_at is not None] if place.may_write else [],
        "first": next((line for line in lines if line.due), None),
    }
    return render(request, "improvement/measures.html", context)


def _line(measure: Measure, picture: Picture, today: date) -> Line:
    due = due_of(measure, picture.days, today)
    return Line(
        measure=measure,
        chart=draw(picture, shape=Shape.SMALL) if picture.present else SafeString(),
        sentence=sentence(picture),
        newest=point(picture, picture.last) if picture.last is not None and len(picture.present) > 1 else "",
        due=due,
        next="" if due else next_of(measure, picture.days, today),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@network_view(Role.TEAM_MEMBER, to_write=True)
def measure_add(request: NetworkRequest, team_slug: str) -> HttpResponse:
    """Choose one that is ready, or a kind to define one's own of; then the form, filled or empty."""
    place = write_place(request, team_slug)
    place.team.network = request.network
    ready = BY_KEY.get(request.GET.get("library", ""))
    kind = str(ready.kind) if ready else request.GET.get("own", "")
    if kind not in BY_KIND:
        context = {"place": place, "library": LIBRARY, "kinds": EXPLAINED, "taken": _taken(place.team)}
        return render(request, "improvement/measure_choose.html", context)
    new = Measure(kind=kind, library_key=ready.key if ready else "", unit=_in_teams_language(place.team, ready, "unit"))
    start = _start(request, place.team, ready)
    form = MeasureForm(place.team, request.network, request.POST or None, instance=new, initial=start)
    if request.method == "POST" and form.is_valid():
        kept = add_measure(team=place.team, measure=form.save(commit=False), is_shared=form.is_shared, by=request.user)
        messages.success(request, _("The measure is defined. Type in the first numbers."))
        return redirect("improvement:enter", request.network.slug, place.team.slug, kept.pk)
    context = {"place": place, "form": form, "ready": ready, "told": BY_KIND[kind]}
    return render(request, "improvement/measure_add.html", context)


def _taken(team: Team) -> set[str]:
    """Which ready measures the team has."""
    return set(Measure.objects.filter(team=team).values_list("library_key", flat=True))


def _start(request: NetworkRequest, team: Team, ready: Ready | None) -> dict[str, Any]:
    """What the form begins with: the ready measure's words in the team's language, the goal that was asked for."""
    start: dict[str, Any] = {"shared": True}
    goal = request.GET.get("goal", "")
    if goal.isascii() and goal.isdigit() and Goal.objects.filter(team=team, pk=int(goal)).exists():
        start["goal"] = int(goal)
    if ready:
        start |= {name: getattr(ready, name) for name in ("direction", "role", "rhythm", "per", "target")}
        texts = ("title", "unit", "numerator", "denominator", "how")
        start |= {name: _in_teams_language(team, ready, name) for name in texts}
    return start


def _in_teams_language(team: Team, ready: Ready | None, name: str) -> str:
    with translation.override(team.language):
        return str(getattr(ready, name)) if ready else ""


@require_http_methods(["GET", "HEAD", "POST"])
@network_view(Role.TEAM_MEMBER, to_write=True)
def measure_edit(request: NetworkRequest, team_slug: str, measure_pk: int) -> HttpResponse:
    """Change how the measure is defined."""
    found = write_measure(request, team_slug, measure_pk, lock=request.method == "POST")
    has_numbers = Observation.objects.filter(measure=found.measure).exists()
    form = MeasureEditForm(request.network, request.POST or None, instance=found.measure, has_numbers=has_numbers)
    if request.method == "POST" and form.is_valid():
        change_measure(measure=form.save(commit=False), is_shared=form.is_shared)
        messages.success(request, _("The measure is changed."))
        return redirect("improvement:measure", *found.keys)
    kinds = json.dumps({kind: told.fields for kind, told in BY_KIND.items()})
    context = {"place": found.place, "measure": found.measure, "form": form, "kinds": kinds}
    return render(request, "improvement/measure_edit.html", context)


@require_POST
@network_view(Role.TEAM_MEMBER)
def measure_keep(request: NetworkRequest, team_slug: str, measure_pk: int) -> HttpResponse:
    """End a measure, take it up again, put it away, take it back, or move it: which, the button says."""
    found = write_measure(request, team_slug, measure_pk, lock=True)
    measure, act = found.measure, request.POST.get("act", "")
    name = {"measure": measure}
    if act in STEPS:
        move_measure(measure=measure, step=STEPS[act])
        return redirect(_list_of(found.keys, f"rekkefolge-{measure.pk}"))
    if act == "away":
        put_away(measure=measure)
        tell_undo(request, _("“%(measure)s” is put away, with its numbers.") % name, f"tilbake-maling-{measure.pk}")
        return redirect(_list_of(found.keys))
    if act == "back":
        take_back(measure=measure)
        messages.success(request, _("“%(measure)s” is back.") % name)
    elif act == "end":
        end_measure(measure=measure, on=timezone.localdate())
        messages.success(request, _("“%(measure)s” has ended. Its numbers stay.") % name)
    elif act == "resume":
        end_measure(measure=measure, on=None)
        messages.success(request, _("“%(measure)s” goes on.") % name)
    return redirect("improvement:measure", *found.keys)


def _list_of(keys: tuple[str, str, int], anchor: str = "") -> str:
    address = reverse("improvement:measures", args=keys[:2])
    return f"{address}#{anchor}" if anchor else address
