"""How the network's posters look: design, sheet, colour, logo."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from documents.content import Refused
from documents.serving import serve
from networks.access import NetworkRequest, network_view
from networks.models import Network, Role
from posters.template import services
from posters.template.colours import ENOUGH, contrast_with_white, read_colour
from posters.template.example_views import current_example, with_example
from posters.template.forms import LookForm
from posters.template.logos import keep_logo
from posters.template.models import PosterLook
from posters.template.resolving import look_of

EXAMPLE_OF = 3
"""The stage whose poster has something of everything: goals, numbers and a chart."""


@network_view(Role.COORDINATOR, to_write=True)
def look(request: NetworkRequest) -> HttpResponse:
    """Chosen with one button, beside the sheet as it becomes."""
    if request.method == "POST":
        services.hold(request.network)
    form = LookForm(_given(request), request.FILES or None, instance=_row(request.network))
    if request.method == "POST" and form.is_valid() and _save(request, form):
        messages.success(request, _("The look is saved. Posters made from now on have it."))
        return redirect("posters:template_look", network_slug=request.network.slug)
    context = {"form": form, "look": look_of(request.network), "shown": current_example(request.network, EXAMPLE_OF)}
    return render(request, "posters/template/look.html", context)


@require_POST
@network_view(Role.COORDINATOR)
def try_look(request: NetworkRequest) -> HttpResponse:
    """The sheet as it would be with what is chosen in the form; nothing is saved."""
    now, chosen = look_of(request.network), request.POST
    changed: dict[str, Any] = {}
    if chosen.get("design") in PosterLook.Design.values:
        changed["design"] = chosen["design"]
    if chosen.get("orientation") in PosterLook.Orientation.values:
        changed["orientation"] = chosen["orientation"]
    colour = read_colour(chosen.get("colour", ""))
    if not chosen.get("colour", "").strip():
        changed["colour"] = ""
    elif colour and contrast_with_white(colour) >= ENOUGH:
        changed["colour"] = colour
    return with_example(request, current_example(request.network, EXAMPLE_OF, look=replace(now, **changed)))


@require_safe
@network_view(Role.COORDINATOR)
def logo(request: NetworkRequest) -> HttpResponseBase:
    """The logo as it is printed."""
    found = look_of(request.network).logo
    if found is None:
        raise Http404
    return serve(found)


def _given(request: NetworkRequest) -> Any:
    """What came in, with the suggested colour where its button was pressed."""
    if request.method != "POST":
        return None
    given = request.POST.copy()
    taken = request.POST.get("take")
    if taken:
        given["colour"] = taken
    return given


def _save(request: NetworkRequest, form: LookForm) -> bool:
    """Save the row, with the logo where one came. Says whether it went; if not, the form says why."""
    found: PosterLook = form.save(commit=False)
    if form.cleaned_data.get("no_logo"):
        found.logo, found.logo_width, found.logo_height = None, 0, 0
    upload = form.cleaned_data.get("logo_file")
    if upload:
        try:
            kept = keep_logo(network=request.network, by=request.user, upload=upload)
        except Refused as refused:
            form.add_error("logo_file", refused)
            return False
        found.logo, found.logo_width, found.logo_height = kept.document, kept.width, kept.height
    found.save()
    return True


def _row(network: Network) -> PosterLook:
    """The network's own look, or an unsaved one."""
    return PosterLook.objects.select_related("logo").filter(network=network).first() or PosterLook(network=network)
