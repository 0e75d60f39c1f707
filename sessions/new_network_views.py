"""The page a new network is planned on: what it is, then its whole cycle, and nothing is written before she says so."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from networks.access import coordinated_networks, is_national, planner_view
from networks.models import CycleTemplate, Network
from networks.planning import NoDayError, PlannedCycle, plan_cycle
from sessions.new_network_copy import TakenAlong, supervising_bodies, take_along
from sessions.new_network_dates import PlanForm, stamp_of
from sessions.new_network_forms import SetupForm
from sessions.new_network_page import read_cycle_page
from sessions.new_network_services import create_network, namesakes
from sessions.plans import Outline, outline_of

LAY_OUT, CREATE = "lay_out", "create"


@planner_view
def new(request: HttpRequest) -> HttpResponse:
    """Ask what the network is; show its cycle; change it as she likes; create it.

    Everything travels in the form, so that leaving the page leaves nothing behind.
    """
    assert isinstance(request.user, User)  # planner_view lets in nobody else
    if request.method != "POST":
        return _ask(request, SetupForm(request.user, initial=_begin(request.user, request.GET.get("fra", ""))))
    setup = SetupForm(request.user, request.POST)
    if not setup.is_valid():
        return _ask(request, setup)
    draft = _draft(setup)
    if draft is None:
        setup.add_error("first", _("There are no working days in a row near this date. Choose another one."))
        return _ask(request, setup)
    known = request.POST.get("laid_out") == draft.stamp
    asked = request.POST.get("do", "")
    shown = request.POST if known and asked != LAY_OUT else None
    plan = PlanForm(draft.outline, draft.planned, shown, stamp=draft.stamp)
    if asked == CREATE and known and plan.is_valid() and not plan.followed:
        return _create(request, setup, draft, plan)
    return _show(request, setup, draft, plan, again=not known and "laid_out" in request.POST)


@dataclass(frozen=True)
class Draft:
    """A cycle laid out from what was asked for."""

    outline: Outline
    planned: PlannedCycle
    taken: TakenAlong | None
    stamp: str


def _draft(setup: SetupForm) -> Draft | None:
    """The cycle as the planner lays it out, with the old round's own ways in it; None where no days are to be found."""
    first, old = setup.cleaned_data["first"], setup.cleaned_data["copied_from"]
    outline, taken = outline_of(setup.cleaned_data["template"]), None
    if old:
        outline, taken = take_along(outline, old)
    try:
        planned = plan_cycle(outline.pattern, first)
    except NoDayError:
        return None
    return Draft(outline, planned, taken, stamp_of(outline, first, old))


def _begin(user: User, slug: str) -> dict[str, Any]:
    """What the form holds at first: what the old network is, where it is to be a new round of one."""
    old = coordinated_networks(user).filter(slug=slug).first() if slug else None
    if old is None:
        return {}
    return {
        "copied_from": old.pk,
        "template": old.template_id or _only_template(old),
        "name": old.name,
        "region": old.region,
        "language": old.language,
        "health_community": old.health_community_id,
        "supervised_by": supervising_bodies(old),
    }


def _only_template(network: Network) -> int | None:
    """The template of the network's programme, where there is just one."""
    found = list(CycleTemplate.objects.filter(programme=network.programme_id).values_list("pk", flat=True)[:2])
    return found[0] if len(found) == 1 else None


def _ask(request: HttpRequest, setup: SetupForm) -> HttpResponse:
    """The first step."""
    assert isinstance(request.user, User)
    rounds = coordinated_networks(request.user).order_by("sort_name", "-from_year", "pk")
    context = {
        "form": setup,
        "rounds": rounds,
        "old": _old(request.user, setup),
        "may_edit_templates": is_national(request.user),
    }
    return render(request, "sessions/new_network.html", context)


def _old(user: User, setup: SetupForm) -> Network | None:
    """The network this is to be a new round of, as the form has it now."""
    key = setup["copied_from"].value()
    return coordinated_networks(user).filter(pk=key).first() if str(key or "").isdecimal() else None


def _show(request: HttpRequest, setup: SetupForm, draft: Draft, plan: PlanForm, *, again: bool) -> HttpResponse:
    """The second step: the whole cycle, with what speaks against its days."""
    assert isinstance(request.user, User)
    page = read_cycle_page(plan, wanted=setup.cleaned_data["first"], user=request.user, today=timezone.localdate())
    context = {
        "setup": setup,
        "plan": plan,
        "page": page,
        "taken": draft.taken,
        "namesakes": namesakes(setup.cleaned_data["name"]),
        "chosen": setup.cleaned_data,
        "again": again,
        "supervised_by": [body.name for body in setup.cleaned_data.get("supervised_by") or ()],
    }
    return render(request, "sessions/new_network_plan.html", context)


def _create(request: HttpRequest, setup: SetupForm, draft: Draft, plan: PlanForm) -> HttpResponseRedirect:
    assert isinstance(request.user, User)
    asked = setup.cleaned_data
    made = create_network(
        by=request.user,
        name=asked["name"],
        outline=draft.outline,
        planned=draft.planned,
        chosen=plan.chosen(),
        today=timezone.localdate(),
        language=asked["language"],
        region=asked["region"],
        health_community=asked.get("health_community"),
        supervised_by=list(asked.get("supervised_by") or ()),
        copied_from=asked["copied_from"],
        extras=draft.taken.extras if draft.taken else (),
    )
    messages.success(request, _("%(network)s is made, and you coordinate it.") % {"network": made.network})
    if made.missing:
        words = _("These documents could not be copied, for their files are gone: %(titles)s.")
        messages.warning(request, words % {"titles": ", ".join(made.missing)})
    return redirect(_plan_address(made.network))


def _plan_address(network: Network) -> str:
    try:
        return reverse("gatherings:plan", args=[network.slug])
    except NoReverseMatch:
        return reverse("overview:network", args=[network.slug])
