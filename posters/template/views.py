"""The network's own poster template: its four stages, and one of them."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from networks.access import NetworkRequest, is_completed, network_view
from networks.models import Network, Role
from posters.template import queries, services
from posters.template.example_views import current_example
from posters.template.resolving import look_of


@require_safe
@network_view(Role.COORDINATOR)
def stages(request: NetworkRequest) -> HttpResponse:
    """What the posters ask for, gathering by gathering, and how they look."""
    context = {
        "steps": queries.read_steps(request.network),
        "look": look_of(request.network),
        "closed": is_completed(request.network),
        "programme": request.network.programme,
    }
    return render(request, "posters/template/stages.html", context)


@require_safe
@network_view(Role.COORDINATOR)
def stage(request: NetworkRequest, stage: int) -> HttpResponse:
    """The sections of one stage in order, beside the sheet as they make it."""
    check_stage(stage)
    closed = is_completed(request.network)
    context = {
        "stage": queries.read_stage(request.network, stage),
        "closed": closed,
        "programme": request.network.programme,
        "shown": None if closed else current_example(request.network, stage),
    }
    return render(request, "posters/template/stage.html", context)


@require_POST
@network_view(Role.COORDINATOR)
def use_programmes(request: NetworkRequest, stage: int) -> HttpResponse:
    """Back to what the programme asks for."""
    check_stage(stage)
    services.use_programmes(network=request.network, stage=stage)
    messages.success(request, _("The programme’s sections hold again. Your own are put away, and can be taken back."))
    return back_to(request.network, stage)


@require_POST
@network_view(Role.COORDINATOR)
def take_back(request: NetworkRequest, stage: int) -> HttpResponse:
    """The sections that were put away last hold again."""
    check_stage(stage)
    if services.take_back(network=request.network, stage=stage):
        messages.success(request, _("The sections are as they were before."))
    return back_to(request.network, stage)


def check_stage(stage: int) -> None:
    """Raises Http404 for a stage there is none of."""
    if stage not in services.STAGES:
        raise Http404


def back_to(network: Network, stage: int, key: str = "") -> HttpResponse:
    """The stage's page, at one of its sections."""
    found = redirect("posters:template_stage", network_slug=network.slug, stage=stage)
    if key:
        found["Location"] += f"#del-{key}"
    return found
