"""The page of the five phases: what is done, where the team is, or that it works another way."""

import json

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from improvement.access import READERS, Place, read_place, write_place
from improvement.method import services
from improvement.method.forms import OtherModelForm
from improvement.method.models import TeamMethod
from improvement.method.phases import PHASES, STEPS
from improvement.method.queries import read_wheel
from networks.access import NetworkRequest, network_view
from networks.models import Role


@require_safe
@network_view(*READERS)
def phases(request: NetworkRequest, team_slug: str) -> HttpResponse:
    """The wheel, and the steps of each phase."""
    place = read_place(request, team_slug)
    return render(request, "improvement/phases.html", {"place": place, "wheel": read_wheel(place.team)})


@require_POST
@network_view(Role.TEAM_MEMBER)
def mark_step(request: NetworkRequest, team_slug: str, step: str) -> HttpResponse:
    """Mark a step as done, or take the mark away."""
    place = write_place(request, team_slug)
    if step not in STEPS:
        raise Http404
    done = request.POST.get("done") == "1"
    services.mark_step(team=place.team, step=step, done=done, by=request.user)
    words = _("“%(step)s” is marked as done.") if done else _("The mark is taken away from “%(step)s”.")
    return _answer(request, place, words % {"step": STEPS[step].name}, f"steg-{step}")


@require_POST
@network_view(Role.TEAM_MEMBER)
def stand_in_phase(request: NetworkRequest, team_slug: str) -> HttpResponse:
    """Say which phase the team is in."""
    place = write_place(request, team_slug)
    chosen = next((phase for phase in PHASES if str(phase.number) == request.POST.get("phase")), None)
    if chosen is None:
        raise Http404
    services.stand_in_phase(team=place.team, phase=chosen.number)
    return _answer(request, place, _("You are in the phase “%(phase)s”.") % {"phase": chosen.name}, "hjul")


@network_view(Role.TEAM_MEMBER, to_write=True)
def other_model(request: NetworkRequest, team_slug: str) -> HttpResponse:
    """Say that the team works by another model, and what it is called."""
    place = write_place(request, team_slug)
    sent = request.method == "POST"
    method = services.locked_method(team=place.team) if sent else TeamMethod.objects.filter(team=place.team).first()
    form = OtherModelForm(request.POST or None, instance=method)
    if sent and form.is_valid():
        form.save()
        return _to_page(request, place)
    return render(request, "improvement/phases_model.html", {"place": place, "form": form})


@require_POST
@network_view(Role.TEAM_MEMBER)
def back_to_wheel(request: NetworkRequest, team_slug: str) -> HttpResponse:
    """Take the wheel out again; what was marked on it is still there."""
    place = write_place(request, team_slug)
    method = services.locked_method(team=place.team)
    method.other_model = ""
    method.save(update_fields=["other_model"])
    messages.success(request, _("The wheel is back, with what you had marked."))
    return _to_page(request, place)


def _answer(request: NetworkRequest, place: Place, said: str, anchor: str) -> HttpResponse:
    """The wheel anew where the browser asked for that alone, else the page, at the same spot."""
    if not request.headers.get("HX-Request"):
        return _to_page(request, place, anchor)
    context = {"place": place, "wheel": read_wheel(place.team)}
    response = render(request, "improvement/parts/wheel.html", context)
    response["HX-Trigger"] = json.dumps({"announce": said})
    return response


def _to_page(request: NetworkRequest, place: Place, anchor: str = "") -> HttpResponse:
    response = redirect("improvement:phases", network_slug=request.network.slug, team_slug=place.team.slug)
    if anchor:
        response["Location"] += f"#{anchor}"
    return response
