"""The page where numbers are typed in."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from improvement.charts.numbers import period
from improvement.charts.picture import Picture
from improvement.charts.svg import Shape, draw
from improvement.charts.table import point
from improvement.charts.words import sentence
from improvement.measures.access import MeasurePlace, write_measure
from improvement.measures.analysing import pictures_of
from improvement.measures.importing.judging import told
from improvement.measures.models import Measure, Observation
from improvement.measures.number_forms import NumbersForm
from improvement.measures.offering import AT_ONCE, offered
from improvement.measures.periods import is_over, period_of
from improvement.measures.services import Entry, save_numbers
from networks.access import NetworkRequest, network_view
from networks.models import Role

MOST_SENT = AT_ONCE + 3


@require_http_methods(["GET", "HEAD", "POST"])
@network_view(Role.TEAM_MEMBER, to_write=True)
def enter(request: NetworkRequest, team_slug: str, measure_pk: int) -> HttpResponse:
    """Type in the number of the period that is missing; the other missing ones in a table below."""
    found = write_measure(request, team_slug, measure_pk, lock=request.method == "POST")
    measure, today = found.measure, timezone.localdate()
    picture = pictures_of([measure], own=True)[measure.pk]
    asked = _asked_for(request, measure, picture)
    sent = _sent(request, found.measure) if request.method == "POST" else _periods(measure, picture, asked, today)
    data = request.POST if request.method == "POST" else None
    forms = [NumbersForm(measure, on, data) for on in sent]
    if request.method == "POST" and _are_valid(forms, measure):
        return _save(request, found, [form.entry() for form in forms if not form.is_passed_over])
    context: dict[str, Any] = {
        "place": found.place,
        "measure": measure,
        "first": forms[0] if forms else None,
        "others": forms[1:],
        "bound": [form for form in forms if form.errors],
        "other_errors": any(form.errors for form in forms[1:]),
        "there": Observation.objects.filter(measure=measure, on=asked).first() if asked else None,
        "chart": draw(picture, shape=Shape.SMALL) if picture.present else "",
        "sentence": sentence(picture),
        "saved": "lagret" in request.GET and request.method != "POST",
        "today": today,
    }
    if context["there"]:
        context |= {"when": period(context["there"].on, measure.rhythm), "said": told(measure, context["there"])}
    return render(request, "improvement/enter.html", context)


def _periods(measure: Measure, picture: Picture, asked: date | None, today: date) -> list[date | None]:
    """What is offered; the period the person asked for before all else, where it has no number yet."""
    found = offered(measure.rhythm, set(picture.days), today)
    if asked and asked not in picture.days:
        return [asked, *(on for on in found if on != asked)]
    return found


def _asked_for(request: NetworkRequest, measure: Measure, picture: Picture) -> date | None:
    day = _day(request.GET.get("dag", ""))
    if day is None or measure.rhythm == Measure.Rhythm.EVENT:
        return None
    return period_of(day, measure.rhythm, min(picture.days, default=None))


def _sent(request: NetworkRequest, measure: Measure) -> list[date | None]:
    """The periods the form was shown with, as it carries them: first days, and nothing in the middle of a week."""
    sent = [_day(text) for text in request.POST.getlist("period")[:MOST_SENT]]
    begins = [day for day in sent if day is None or period_of(day, measure.rhythm, day) == day]
    return list(dict.fromkeys(begins))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _are_valid(forms: Sequence[NumbersForm], measure: Measure) -> bool:
    """Every form is right, none stands on a period that has a number, and something was written at all."""
    valid = [form.is_valid() for form in forms]
    if not all(valid):
        return False
    written = {form.entry().on: form for form in forms if not form.is_passed_over}
    if forms and not written:
        forms[0].add_error(None, _("Write the numbers first, or say that it was not measured."))
    for row in Observation.objects.filter(measure=measure, on__in=written):
        written[row.on].tell_taken(row, told(measure, row))
    return bool(written) and not any(form.errors for form in written.values())


def _save(request: NetworkRequest, found: MeasurePlace, entries: Sequence[Entry]) -> HttpResponse:
    """Keep them; then the next one that waits, or the chart when none does."""
    measure = found.measure
    save_numbers(measure=measure, entries=entries, by=request.user)
    picture = pictures_of([measure], own=True)[measure.pk]
    newest = max(entry.on for entry in entries)
    said = _("Saved: %(number)s.") % {"number": point(picture, picture.days.index(newest))}
    if len(entries) > 1:
        count = ngettext("%(count)s number is saved.", "%(count)s numbers are saved.", len(entries))
        said = count % {"count": len(entries)}
    messages.success(request, said)
    today = timezone.localdate()
    following = offered(measure.rhythm, set(picture.days), today)[:1]
    if any(on is not None and is_over(on, measure.rhythm, today) for on in following):
        return redirect(f"{reverse('improvement:enter', args=found.keys)}?lagret=1")
    return redirect("improvement:measure", *found.keys)
