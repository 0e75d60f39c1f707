"""The parts of a cycle template: its gatherings, and the work before each."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from networks.access import national_view
from networks.models import CycleTemplate, TemplateAssignment, TemplateGathering
from networks.template_forms import AssignmentForm, GatheringForm
from networks.template_services import add_assignment, add_gathering, move_assignment, remove_gathering
from networks.template_views import back_to


@national_view
def new_gathering(request: HttpRequest, template_slug: str) -> HttpResponse:
    """A gathering at the end of the cycle."""
    found = get_object_or_404(CycleTemplate, slug=template_slug)
    number = found.gatherings.count() + 1
    form = GatheringForm(request.POST or None, number=number, initial={"months_after_previous": 3, "days": 2})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        made = add_gathering(
            template=found, months_after_previous=given.get("months_after_previous", 0), days=given["days"]
        )
        return back_to(found, f"samling-{made.number}")
    return render(request, "networks/template_gathering.html", {"template": found, "form": form, "number": number})


@national_view
def edit_gathering(request: HttpRequest, template_slug: str, number: int) -> HttpResponse:
    """When a gathering comes, and how long it lasts."""
    found = _gathering(template_slug, number)
    form = GatheringForm(request.POST or None, instance=found, number=number)
    if request.method == "POST" and form.is_valid():
        form.save()
        return back_to(found.template, f"samling-{number}")
    context = {"template": found.template, "form": form, "number": number, "gathering": found}
    return render(request, "networks/template_gathering.html", context)


@national_view
@require_POST
def drop_gathering(request: HttpRequest, template_slug: str, number: int) -> HttpResponse:
    """Take a gathering out, with its work."""
    found = _gathering(template_slug, number)
    remove_gathering(gathering=found)
    words = _("Gathering %(number)d is taken out, and those after it have new numbers.")
    messages.success(request, words % {"number": number})
    return back_to(found.template)


@national_view
def new_assignment(request: HttpRequest, template_slug: str, number: int) -> HttpResponse:
    """More work before a gathering."""
    gathering = _gathering(template_slug, number)
    form = AssignmentForm(request.POST or None, gathering=gathering)
    if request.method == "POST" and form.is_valid():
        made = add_assignment(gathering=gathering, **form.cleaned_data)
        return back_to(gathering.template, f"arbeid-{made.pk}")
    return render(request, "networks/template_assignment.html", {"gathering": gathering, "form": form})


@national_view
def edit_assignment(request: HttpRequest, template_slug: str, assignment_pk: int) -> HttpResponse:
    """Work before a gathering: its words in both languages, what is handed in, and when."""
    found = get_object_or_404(_assignments(template_slug).select_for_update(of=("self",)), pk=assignment_pk)
    form = AssignmentForm(request.POST or None, instance=found, gathering=found.gathering)
    if request.method == "POST" and form.is_valid():
        form.save()
        return back_to(found.gathering.template, f"arbeid-{found.pk}")
    context = {"gathering": found.gathering, "assignment": found, "form": form}
    return render(request, "networks/template_assignment.html", context)


@national_view
@require_POST
def shift_assignment(request: HttpRequest, template_slug: str, assignment_pk: int) -> HttpResponse:
    """Up or down one place; `way` says which."""
    found = get_object_or_404(_assignments(template_slug), pk=assignment_pk)
    move_assignment(assignment=found, up=request.POST.get("way") == "up")
    return back_to(found.gathering.template, f"arbeid-{found.pk}")


@national_view
@require_POST
def drop_assignment(request: HttpRequest, template_slug: str, assignment_pk: int) -> HttpResponse:
    """Take work out of the template."""
    found = get_object_or_404(_assignments(template_slug), pk=assignment_pk)
    template, number, title = found.gathering.template, found.gathering.number, found.title
    found.delete()
    messages.success(request, _("“%(work)s” is taken out of the template.") % {"work": title})
    return back_to(template, f"samling-{number}")


def _gathering(template_slug: str, number: int) -> TemplateGathering:
    """The gathering, held until the transaction ends."""
    rows = TemplateGathering.objects.select_related("template").select_for_update(of=("self",))
    return get_object_or_404(rows, template__slug=template_slug, number=number)


def _assignments(template_slug: str) -> QuerySet[TemplateAssignment]:
    rows = TemplateAssignment.objects.select_related("gathering__template")
    return rows.filter(gathering__template__slug=template_slug)
