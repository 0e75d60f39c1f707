"""The pages where national coordinators look after the cycle templates."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gpf.timeline import Stop, Timeline, lay_out
from networks.access import national_view
from networks.cycle_templates import load_cycle_templates, missing_templates, pattern_of
from networks.models import CycleTemplate, Network
from networks.planning import NoDayError, PlannedCycle, PlannedGathering, add_months, plan_cycle
from networks.template_forms import CopyForm, ExampleForm, TemplateForm
from networks.template_services import copy_template, remove_template


@national_view
def template_list(request: HttpRequest) -> HttpResponse:
    """Every template under its programme, and the shipped ones that are not here."""
    if request.method == "POST":
        load_cycle_templates()
        messages.success(request, _("The templates are fetched."))
        return redirect("networks:templates")
    planned_from = Network.objects.exclude(template=None).values("template").annotate(number=Count("pk"))
    used = {row["template"]: row["number"] for row in planned_from}
    templates = (
        CycleTemplate.objects.select_related("programme")
        .prefetch_related("gatherings__assignments")
        .order_by("programme__name", "name_nb", "pk")
    )
    lines = [_line(template, used.get(template.pk, 0)) for template in templates]
    return render(request, "networks/templates.html", {"lines": lines, "missing": missing_templates()})


@dataclass(frozen=True)
class Line:
    """A template as the list shows it."""

    template: CycleTemplate
    gatherings: int
    months: int
    assignments: int
    networks: int


def _line(template: CycleTemplate, networks: int) -> Line:
    gatherings = list(template.gatherings.all())
    return Line(
        template=template,
        gatherings=len(gatherings),
        months=sum(gathering.months_after_previous for gathering in gatherings[1:]),
        assignments=sum(len(gathering.assignments.all()) for gathering in gatherings),
        networks=networks,
    )


@national_view
def template(request: HttpRequest, template_slug: str) -> HttpResponse:
    """A template: its gatherings and their work, and how it would lie from an example date."""
    found = get_object_or_404(CycleTemplate.objects.select_related("programme"), slug=template_slug)
    today = timezone.localdate()
    begins = add_months(today, found.preparation_months + 1)
    example = ExampleForm(request.GET if "fra" in request.GET else {"fra": begins.isoformat()}, auto_id="eksempel-%s")
    cycle = _example(found, example)
    planned = {plan.number: plan for plan in cycle.gatherings} if cycle else {}
    gatherings = [
        (gathering, planned.get(gathering.number)) for gathering in found.gatherings.prefetch_related("assignments")
    ]
    context = {
        "template": found,
        "gatherings": gatherings,
        "example": example,
        "timeline": _draw(cycle, today) if cycle else None,
        "used_by": Network.objects.filter(template=found).count(),
    }
    return render(request, "networks/template.html", context)


def _example(found: CycleTemplate, example: ExampleForm) -> PlannedCycle | None:
    """The template laid out from the date; none where there is nothing to lay out."""
    pattern = pattern_of(found)
    if not example.is_valid() or not pattern.gatherings:
        return None
    day: date = example.cleaned_data["fra"]
    try:
        return plan_cycle(pattern, day)
    except NoDayError:
        example.add_error("fra", _("There are no working days in a row near this date. Choose another one."))
        return None


def _draw(cycle: PlannedCycle, today: date) -> Timeline:
    stops = [Stop(_("Preparation"), cycle.preparation_starts_on, kind="preparation")]
    stops += [_stop(plan) for plan in cycle.all_gatherings]
    return lay_out(stops, today=today)


def _stop(plan: PlannedGathering) -> Stop:
    if not plan.number:
        return Stop(_("Experience gathering"), plan.starts_on, plan.ends_on, kind="extra")
    label = _("Gathering %(number)d") % {"number": plan.number}
    return Stop(label, plan.starts_on, plan.ends_on, number=plan.number, url=f"#samling-{plan.number}")


@national_view
def edit(request: HttpRequest, template_slug: str) -> HttpResponse:
    """The template's names, its preparation and its experience gathering."""
    found = get_object_or_404(CycleTemplate.objects.select_for_update(), slug=template_slug)
    form = TemplateForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        return back_to(found)
    context = {"template": found, "form": form, "may_remove": not Network.objects.filter(template=found).exists()}
    return render(request, "networks/template_edit.html", context)


@national_view
def copy(request: HttpRequest, template_slug: str) -> HttpResponse:
    """A new template that begins as this one is."""
    found = get_object_or_404(CycleTemplate, slug=template_slug)
    form = CopyForm(request.POST or None, initial={"programme": found.programme_id})
    if request.method == "POST" and form.is_valid():
        made = copy_template(template=found, **form.cleaned_data)
        messages.success(request, _("The copy is made. It can be changed without touching the one it came from."))
        return back_to(made)
    return render(request, "networks/template_copy.html", {"template": found, "form": form})


@national_view
@require_POST
def remove(request: HttpRequest, template_slug: str) -> HttpResponse:
    """Remove a template that no network was planned from."""
    found = get_object_or_404(CycleTemplate, slug=template_slug)
    if remove_template(template=found):
        messages.success(request, _("“%(template)s” is removed.") % {"template": found})
        return redirect("networks:templates")
    messages.warning(request, _("Networks were planned from this template, so it stays."))
    return back_to(found)


def back_to(found: CycleTemplate, anchor: str = "") -> HttpResponse:
    """The template's page, at one of its parts."""
    address = reverse("networks:template", args=[found.slug])
    return redirect(f"{address}#{anchor}" if anchor else address)
