"""The sections of a stage: written in both languages, moved, shown or not, added and taken out."""

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from networks.access import NetworkRequest, network_view
from networks.models import Network, Role
from posters.sections import Section
from posters.template import queries, services
from posters.template.example_views import current_example, with_example
from posters.template.forms import SectionForm
from posters.template.models import PosterTemplate
from posters.template.resolving import template_sections
from posters.template.views import back_to, check_stage


@network_view(Role.COORDINATOR, to_write=True)
def new(request: NetworkRequest, stage: int) -> HttpResponse:
    """A section of the network's own, last."""
    check_stage(stage)
    form = SectionForm(request.POST or None, instance=_row(request.network, stage))
    if request.method == "POST" and form.is_valid():
        try:
            later = form.cleaned_data["everywhere"]
            key = services.add_section(network=request.network, stage=stage, later=later, **form.words())
        except services.TooManySectionsError:
            form.add_error(None, _("There are very many sections already. Take one out first."))
        else:
            messages.success(request, _("The section is added, last. Move it to where it belongs."))
            return back_to(request.network, stage, key)
    context = {"stage": queries.read_stage(request.network, stage), "form": form, "part": None}
    return render(request, "posters/template/section.html", context)


@network_view(Role.COORDINATOR, to_write=True)
def edit(request: NetworkRequest, stage: int, key: str) -> HttpResponse:
    """What a section is called and asks for, beside the sheet."""
    if request.method == "POST":
        services.hold(request.network)
    found = _section(request, stage, key)
    form = SectionForm(request.POST or None, instance=_row(request.network, stage), section=found)
    if request.method == "POST" and form.is_valid():
        everywhere = form.cleaned_data["everywhere"]
        services.change_section(network=request.network, stage=stage, key=key, everywhere=everywhere, **form.words())
        messages.success(request, _("The section is saved."))
        return back_to(request.network, stage, key)
    read = queries.read_stage(request.network, stage)
    context = {
        "stage": read,
        "form": form,
        "part": next(part for part in read.parts if part.section.key == key),
        "shown": current_example(request.network, stage),
    }
    return render(request, "posters/template/section.html", context)


@require_POST
@network_view(Role.COORDINATOR)
def try_section(request: NetworkRequest, stage: int, key: str) -> HttpResponse:
    """The sheet as it would be with what is in the form; nothing is saved."""
    found = _section(request, stage, key)
    form = SectionForm(request.POST, instance=_row(request.network, stage), section=found)
    form.is_valid()
    if not {"heading_nb", "heading_nn", "prompt_nb", "prompt_nn", "kind", "fewest", "most"} <= set(form.cleaned_data):
        return HttpResponse(status=204)  # half a word; the example stays as it is
    tried = replace(found, **form.words(), hidden=False)
    sections = [tried if each.key == key else each for each in template_sections(request.network, stage)]
    return with_example(request, current_example(request.network, stage, sections=sections))


@require_POST
@network_view(Role.COORDINATOR)
def shift(request: NetworkRequest, stage: int, key: str) -> HttpResponse:
    """Up or down one place; `way` says which."""
    _section(request, stage, key)
    services.shift_section(network=request.network, stage=stage, key=key, up=request.POST.get("way") == "up")
    return back_to(request.network, stage, key)


@require_POST
@network_view(Role.COORDINATOR)
def show(request: NetworkRequest, stage: int, key: str) -> HttpResponse:
    """Ask for a section, or no longer; `shown` says which."""
    found = _section(request, stage, key)
    shown = request.POST.get("shown") == "yes"
    services.show_section(network=request.network, stage=stage, key=key, shown=shown)
    words = (
        _("“%(section)s” is asked for again.")
        if shown
        else _("“%(section)s” is asked for no longer. Posters that have words in it keep them.")
    )
    messages.success(request, words % {"section": found.named(request.network.language)})
    return back_to(request.network, stage, key)


@require_POST
@network_view(Role.COORDINATOR)
def drop(request: NetworkRequest, stage: int, key: str) -> HttpResponse:
    """Take a section of the network's own out of a stage."""
    found = _section(request, stage, key)
    if not key.startswith(services.OWN):
        raise Http404
    services.drop_section(network=request.network, stage=stage, key=key)
    words = _("“%(section)s” is taken out. Posters that have words in it keep them, and you can take it back below.")
    messages.success(request, words % {"section": found.named(request.network.language)})
    return back_to(request.network, stage)


def _section(request: NetworkRequest, stage: int, key: str) -> Section:
    """The section as it is now, or 404."""
    check_stage(stage)
    found = next((each for each in template_sections(request.network, stage) if each.key == key), None)
    if found is None:
        raise Http404
    return found


def _row(network: Network, stage: int) -> PosterTemplate:
    """The stage's own template, or an unsaved one."""
    found = PosterTemplate.objects.filter(network=network, stage=stage).first()
    return found or PosterTemplate(network=network, stage=stage)
