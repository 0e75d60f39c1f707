"""Moving a gathering: the new days, all that follows from them, and then the move itself. And calling one off."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gpf import dates
from networks.access import NetworkRequest, network_view
from networks.models import Network, Role
from notices.tasks import send_letters
from sessions.concerned import grouped, read_concerned
from sessions.gathering_days import days_of
from sessions.models import Gathering
from sessions.moving import Placed, followers, foresee
from sessions.moving_page import in_words, read_move_page
from sessions.moving_services import (
    MeanwhileError,
    MisplacedError,
    NothingToMoveError,
    cancel_gathering,
    move_gathering,
    read_plan,
    restore_gathering,
    sign,
)
from sessions.plan_forms import MoveForm, ReasonForm


@network_view(Role.COORDINATOR, to_write=True)
def move(request: NetworkRequest, gathering_pk: int) -> HttpResponse:
    """New days; then everything that follows from them, before anything is saved."""
    is_answer = request.method == "POST"
    plan = read_plan(hold=is_answer)
    gathering = next((each.gathering for each in plan if each.gathering.pk == gathering_pk), None)
    if gathering is None:
        raise Http404
    if gathering.state != Gathering.State.PLANNED:
        messages.warning(request, _not_movable(gathering))
        return _to(request, gathering)
    if is_answer:
        return _move(request, gathering, plan)
    asked = request.GET if "starts_on" in request.GET else None
    return _page(request, gathering, plan, _form(gathering, plan, asked))


def _move(request: NetworkRequest, gathering: Gathering, plan: list[Placed]) -> HttpResponse:
    """Move it, or show the page again and say why not."""
    form, reason = _form(gathering, plan, request.POST), ReasonForm(request.POST)
    if not form.is_valid() or not reason.is_valid():
        return _page(request, gathering, plan, form, reason=reason)
    try:
        preview, told = move_gathering(
            network=request.network,
            gathering=gathering.pk,
            to=form.days,
            along=form.cleaned_data.get("along", False),
            reason=reason.cleaned_data["reason"],
            by=request.user,
            seen=request.POST.get("seen", ""),
        )
    except MeanwhileError as error:
        return _page(request, gathering, plan, form, reason=reason, meanwhile=in_words(error.changed))
    except (MisplacedError, NothingToMoveError):
        return _page(request, gathering, plan, form, reason=reason)
    _send_letters(request.network, told)
    words = {"gathering": capfirst(str(gathering)), "days": dates.date_range(*preview.first.after)}
    moved = _("%(gathering)s is moved to %(days)s.") % words
    messages.success(request, f"{moved} {_said_told(told)}")
    return _to(request, gathering)


def _form(gathering: Gathering, plan: list[Placed], data: Any) -> MoveForm:
    after = [each.gathering for each in followers(plan, gathering.pk)]
    initial = {"starts_on": gathering.starts_on, "ends_on": gathering.ends_on}
    return MoveForm(gathering, after, data, initial=initial)


def _page(
    request: NetworkRequest, gathering: Gathering, plan: list[Placed], form: MoveForm, **more: Any
) -> HttpResponse:
    today = timezone.localdate()
    preview = None
    if form.is_bound and form.is_valid():
        along = form.cleaned_data.get("along", False)
        preview = foresee(plan, gathering.pk, form.days, along=along, today=today)
    context = {
        "gathering": gathering,
        "form": form,
        "page": read_move_page(request.network, request.user, plan, preview) if preview else None,
        "reason": ReasonForm(),
        "seen": sign(plan),
        **more,
    }
    return render(request, "sessions/move.html", context)


@network_view(Role.COORDINATOR, to_write=True)
def cancel(request: NetworkRequest, gathering_pk: int) -> HttpResponse:
    """Call a gathering off: who is told, why, and then it is done."""
    gathering = get_object_or_404(Gathering.objects.select_for_update(), pk=gathering_pk)
    if gathering.state != Gathering.State.PLANNED:
        messages.warning(request, _not_movable(gathering))
        return _to(request, gathering)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = cancel_gathering(network=request.network, gathering=gathering, reason=form.cleaned_data["reason"])
        _send_letters(request.network, told)
        said = _("%(gathering)s is cancelled.") % {"gathering": capfirst(str(gathering))}
        messages.success(request, f"{said} {_said_told(told)}")
        return _to(request, gathering)
    groups = [] if _is_over(gathering) else grouped(read_concerned(timezone.localdate()))
    context = {
        "gathering": gathering,
        "form": form,
        "groups": groups,
        "people": sum(len(group.people) for group in groups),
        "work": gathering.assignments.count(),
    }
    return render(request, "sessions/move_cancel.html", context)


@network_view(Role.COORDINATOR)
def restore(request: NetworkRequest, gathering_pk: int) -> HttpResponse:
    """Hold a cancelled gathering after all."""
    gathering = get_object_or_404(Gathering.objects.select_for_update(), pk=gathering_pk)
    if request.method == "POST" and gathering.state == Gathering.State.CANCELLED:
        told = restore_gathering(network=request.network, gathering=gathering)
        _send_letters(request.network, told)
        said = _("%(gathering)s is held after all.") % {"gathering": capfirst(str(gathering))}
        messages.success(request, f"{said} {_said_told(told)}")
    return _to(request, gathering)


def _is_over(gathering: Gathering) -> bool:
    days = days_of(gathering)
    return days is None or days.ends_on < timezone.localdate()


def _not_movable(gathering: Gathering) -> str:
    words = {"gathering": capfirst(str(gathering))}
    if gathering.state == Gathering.State.CANCELLED:
        return _("%(gathering)s is cancelled. Hold it after all first.") % words
    return _("%(gathering)s has been held, and stays where it is.") % words


def _said_told(told: int) -> str:
    if not told:
        return _("Nobody is told, since the days have been.")
    return ngettext(
        "%(count)d person gets a letter with it for the calendar.",
        "%(count)d people get a letter with it for their calendars.",
        told,
    ) % {"count": told}


def _send_letters(network: Network, told: int) -> None:
    if told:
        transaction.on_commit(partial(send_letters.delay, network.pk))


def _to(request: NetworkRequest, gathering: Gathering) -> HttpResponseRedirect:
    return redirect("gatherings:gathering", request.network.slug, gathering.pk)
