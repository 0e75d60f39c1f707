"""The pages where a number is corrected, and where the corrections stand."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from improvement.charts.numbers import period
from improvement.measures.access import read_measure, write_measure
from improvement.measures.history import read_history
from improvement.measures.models import Observation
from improvement.measures.number_forms import CorrectForm
from improvement.measures.services import correct_number, remove_number
from networks.access import NetworkRequest, network_view
from networks.models import Role


@require_http_methods(["GET", "HEAD", "POST"])
@network_view(Role.TEAM_MEMBER, to_write=True)
def correct(request: NetworkRequest, team_slug: str, measure_pk: int, observation_pk: int) -> HttpResponse:
    """Correct one number or take it away. What it was is kept."""
    found = write_measure(request, team_slug, measure_pk, lock=request.method == "POST")
    row = get_object_or_404(Observation, pk=observation_pk, measure=found.measure)
    if request.method == "POST" and "remove" in request.POST:
        remove_number(row=row, by=request.user)
        messages.success(request, _("The number is taken away. What it was stands in the history."))
        return redirect("improvement:measure", *found.keys)
    form = CorrectForm(found.measure, request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        correct_number(row=Observation.objects.get(pk=row.pk), entry=form.entry(), by=request.user)
        messages.success(request, _("The number is corrected."))
        return redirect("improvement:measure", *found.keys)
    context: dict[str, Any] = {
        "place": found.place,
        "measure": found.measure,
        "row": row,
        "form": form,
        "when": period(row.on, found.measure.rhythm),
        "history": read_history(found.measure, on=row.on),
    }
    return render(request, "improvement/correct.html", context)


@require_safe
@network_view(Role.TEAM_MEMBER)
def history(request: NetworkRequest, team_slug: str, measure_pk: int) -> HttpResponse:
    """Every number that was changed or taken away. For the team: it may tell of few people."""
    found = read_measure(request, team_slug, measure_pk)
    if not found.place.is_own:
        raise Http404
    context = {"place": found.place, "measure": found.measure, "history": read_history(found.measure)}
    return render(request, "improvement/measure_history.html", context)
