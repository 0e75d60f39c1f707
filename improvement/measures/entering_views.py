"""The pages where numbers are typed in and corrected."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from improvement.charts.numbers import period
from improvement.charts.svg import Shape, draw
from improvement.charts.words import sentence
from improvement.measures.access import MeasurePlace, read_measure, write_measure
from improvement.measures.analysing import pictures_of
from improvement.measures.forms import CorrectForm, NumbersForm
from improvement.measures.history import read_history
from improvement.measures.models import Measure, Observation
from improvement.measures.periods import is_over, missing, period_of, preceding
from improvement.measures.services import Entry, correct_number, remove_number, save_numbers
from networks.access import NetworkRequest, network_view
from networks.models import Role

AT_ONCE = 8
"""So many periods are offered on one page."""


@require_http_methods(["GET", "HEAD", "POST"])
@network_view(Role.TEAM_MEMBER, to_write=True)
def enter(request: NetworkRequest, team_slug: str, measure_pk: int) -> HttpResponse:
    """Type in the number of the oldest period that is missing; more of them below."""
    found = write_measure(request, team_slug, measure_pk)
    today = timezone.localdate()
    offered = _sent_periods(request) if request.method == "POST" else _offered(request, found.measure, today)
    forms = [_form(request, found.measure, on) for on in offered]
    if request.method == "POST" and _are_valid(forms, found.measure):
        return _save(request, found, [form.entry() for form in forms if not form.is_passed_over])
    picture = pictures_of([found.measure], own=True)[found.measure.pk]
    context = {
        "place": found.place,
        "measure": found.measure,
        "first": forms[0] if forms else None,
        "others": forms[1:],
        "other_errors": any(form.errors for form in forms[1:]),
        "chart": draw(picture, shape=Shape.SMALL),
        "sentence": sentence(picture),
    }
    return render(request, "improvement/enter.html", context)


def _offered(request: NetworkRequest, measure: Measure, today: date) -> list[date | None]:
    """The periods without a number, the oldest first; the one that was asked for before them all."""
    if measure.rhythm == Measure.Rhythm.EVENT:
        return [None]
    taken = set(Observation.objects.filter(measure=measure).values_list("on", flat=True))
    anchor = min(taken, default=None)
    current = period_of(today, measure.rhythm, anchor)
    found = missing(measure.rhythm, taken, today)[-AT_ONCE:]
    found += [current] if current not in taken and not is_over(current, measure.rhythm, today) else []
    if not taken:  # a new measure: the newest period first, and those before it for what was counted earlier
        before = [preceding(current, measure.rhythm)]
        while len(before) < AT_ONCE:
            before.append(preceding(before[-1], measure.rhythm))
        found = [before[0], *before[1:], current]
    wanted = _asked_for(request, measure, anchor)
    return list(dict.fromkeys([wanted, *found] if wanted and wanted not in taken else found))


def _asked_for(request: NetworkRequest, measure: Measure, anchor: date | None) -> date | None:
    try:
        return period_of(date.fromisoformat(request.GET.get("on", "")), measure.rhythm, anchor)
    except ValueError:
        return None


def _sent_periods(request: NetworkRequest) -> list[date | None]:
    """The periods the form was shown with, as it carries them."""
    found: list[date | None] = []
    for text in request.POST.getlist("period")[: AT_ONCE + 3]:
        try:
            found.append(date.fromisoformat(text) if text else None)
        except ValueError:
            continue
    return found


def _form(request: NetworkRequest, measure: Measure, on: date | None) -> NumbersForm:
    prefix = f"{on:%Y%m%d}" if on else "new"
    form = NumbersForm(measure, on, request.POST if request.method == "POST" else None, prefix=prefix)
    form.name = period(on, measure.rhythm) if on else ""  # type: ignore[attr-defined]  # for the template
    return form


def _are_valid(forms: Sequence[NumbersForm], measure: Measure) -> bool:
    """Every form is right, none stands on a period that has a number, and something was written at all."""
    valid = [form.is_valid() for form in forms]
    if not forms or not all(valid):
        return False
    written = [form for form in forms if not form.is_passed_over]
    if not written:
        forms[0].add_error(None, _("Write the numbers first, or say that it was not measured."))
        return False
    entries = {form.entry().on: form for form in written}
    for row in Observation.objects.filter(measure=measure, on__in=entries):
        entries[row.on].add_error(
            None, _("There is a number for this already. Correct it in the table under the chart.")
        )
    return not any(form.errors for form in written)


def _save(request: NetworkRequest, found: MeasurePlace, entries: Sequence[Entry]) -> HttpResponse:
    save_numbers(measure=found.measure, entries=entries, by=request.user)
    picture = pictures_of([found.measure], own=True)[found.measure.pk]
    saved = ngettext("Saved: %(count)s number.", "Saved: %(count)s numbers.", len(entries)) % {"count": len(entries)}
    messages.success(request, f"{saved} {sentence(picture)}")
    return redirect("improvement:measure", *found.keys)


# Correcting


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


@network_view(Role.TEAM_MEMBER)
def history(request: NetworkRequest, team_slug: str, measure_pk: int) -> HttpResponse:
    """Every number that was changed or taken away. For the team: it may tell of few people."""
    found = read_measure(request, team_slug, measure_pk)
    if not found.place.is_own:
        found = write_measure(request, team_slug, measure_pk)
    context = {"place": found.place, "measure": found.measure, "history": read_history(found.measure)}
    return render(request, "improvement/measure_history.html", context)
