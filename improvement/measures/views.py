"""The pages where a team says what it measures."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from improvement.access import READERS, read_place, write_place
from improvement.charts.svg import Shape, draw
from improvement.charts.words import sentence
from improvement.goals.models import Goal
from improvement.measures.access import write_measure
from improvement.measures.analysing import pictures_of
from improvement.measures.due import Due, read_due
from improvement.measures.forms import MeasureEditForm, MeasureForm
from improvement.measures.library import BY_KEY, LIBRARY, Ready
from improvement.measures.models import Measure, Observation
from improvement.measures.services import add_measure, change_measure
from networks.access import NetworkRequest, network_view
from networks.models import Role
from teams.models import Team


@dataclass(frozen=True)
class Line:
    """A measure in the list: its chart, what it says, and what is missing."""

    measure: Measure
    chart: SafeString
    sentence: str
    due: Due | None


@network_view(*READERS)
def measures(request: NetworkRequest, team_slug: str) -> HttpResponse:
    """What the team measures, with each chart and what it says."""
    place = read_place(request, team_slug)
    found = list(Measure.objects.filter(team=place.team).select_related("goal", "team"))
    pictures = pictures_of(found, own=place.is_own)
    due = {each.measure_pk: each for each in read_due(place.team, timezone.localdate())} if place.may_write else {}
    lines = [
        Line(each, draw(pictures[each.pk], shape=Shape.SMALL), sentence(pictures[each.pk]), due.get(each.pk))
        for each in found
    ]
    context = {
        "place": place,
        "lines": [line for line in lines if line.measure.ended_on is None],
        "ended": [line for line in lines if line.measure.ended_on is not None],
        "first": next((line for line in lines if line.due), None),
    }
    return render(request, "improvement/measures.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@network_view(Role.TEAM_MEMBER, to_write=True)
def measure_add(request: NetworkRequest, team_slug: str) -> HttpResponse:
    """Choose from the library, or define one's own; the library fills the form."""
    place = write_place(request, team_slug)
    ready = BY_KEY.get(request.GET.get("library", ""))
    if request.method == "POST":
        form = MeasureForm(place.team, request.POST, instance=Measure(library_key=ready.key if ready else ""))
        if form.is_valid():
            kept = add_measure(
                team=place.team, measure=form.save(commit=False), is_shared=form.cleaned_data["shared"], by=request.user
            )
            messages.success(request, _("The measure is defined. Type in the first numbers."))
            return redirect("improvement:enter", request.network.slug, place.team.slug, kept.pk)
    else:
        form = MeasureForm(place.team, initial=_start(request, place.team, ready))
    own = "own" in request.GET
    context = {"place": place, "form": form, "ready": ready, "choosing": not ready and not own and not form.is_bound}
    return render(request, "improvement/measure_add.html", context | {"library": LIBRARY, "taken": _taken(place.team)})


def _taken(team: Team) -> set[str]:
    """Which ready measures the team has."""
    return set(Measure.objects.filter(team=team).values_list("library_key", flat=True))


def _start(request: NetworkRequest, team: Team, ready: Ready | None) -> dict[str, object]:
    """What the form begins with: the ready measure's words, the goal that was asked for."""
    goal = request.GET.get("goal", "")
    start: dict[str, object] = {"shared": request.network.work_shown != "never", "collected_by": request.user.name}
    if goal.isdigit() and Goal.objects.filter(team=team, pk=int(goal)).exists():
        start["goal"] = int(goal)
    if ready:
        names = (
            "title",
            "kind",
            "direction",
            "role",
            "rhythm",
            "unit",
            "per",
            "numerator",
            "denominator",
            "how",
            "target",
        )
        start |= {name: getattr(ready, name) for name in names}
    return start


@require_http_methods(["GET", "HEAD", "POST"])
@network_view(Role.TEAM_MEMBER, to_write=True)
def measure_edit(request: NetworkRequest, team_slug: str, measure_pk: int) -> HttpResponse:
    """Change how the measure is defined."""
    found = write_measure(request, team_slug, measure_pk, lock=request.method == "POST")
    has_numbers = Observation.objects.filter(measure=found.measure).exists()
    form = MeasureEditForm(request.POST or None, instance=found.measure, has_numbers=has_numbers)
    if request.method == "POST" and form.is_valid():
        change_measure(measure=form.save(commit=False), is_shared=form.cleaned_data["shared"])
        messages.success(request, _("The measure is changed."))
        return redirect("improvement:measure", *found.keys)
    return render(
        request, "improvement/measure_edit.html", {"place": found.place, "measure": found.measure, "form": form}
    )


@require_POST
@network_view(Role.TEAM_MEMBER)
def measure_keep(request: NetworkRequest, team_slug: str, measure_pk: int) -> HttpResponse:
    """End a measure, take it up again, put it away, take it back, or move it: which, the button says."""
    found = write_measure(request, team_slug, measure_pk, lock=True)
    measure, act = found.measure, request.POST.get("act", "")
    if act == "end":
        measure.ended_on = timezone.localdate()
        messages.success(request, _("“%(measure)s” has ended. Its numbers stay.") % {"measure": measure})
    elif act == "resume":
        measure.ended_on = None
        messages.success(request, _("“%(measure)s” goes on.") % {"measure": measure})
    elif act == "away":
        measure.put_away_at = timezone.now()
        messages.success(
            request, _("“%(measure)s” is put away with its numbers. You can take it back below.") % {"measure": measure}
        )
    elif act == "back":
        measure.put_away_at = None
        messages.success(request, _("“%(measure)s” is back.") % {"measure": measure})
    measure.save(update_fields=["ended_on", "put_away_at"])
    return redirect("improvement:measure", *found.keys)
