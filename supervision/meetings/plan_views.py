"""A meeting people are asked to: planning it, moving it, calling it off."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from networks.access import NetworkRequest, network_view
from notices.tasks import send_letters
from supervision.meetings import access, services
from supervision.meetings.forms import CancelForm, PlanForm, as_typed
from supervision.meetings.letters import when
from supervision.meetings.page import PEOPLE, asked_teams, offered_teams
from supervision.models import Meeting


@network_view(*access.WRITERS, to_write=True)
def plan(request: NetworkRequest) -> HttpResponse:
    """Ask the people of some teams to a meeting."""
    return _plan(request, Meeting(network=request.network))


@network_view(*access.WRITERS, to_write=True)
def replan(request: NetworkRequest, meeting_pk: int) -> HttpResponse:
    """Another day, another place, other people."""
    meeting = access.write_meeting(request, meeting_pk)
    if meeting.state != Meeting.State.PLANNED:
        return redirect("supervision:meeting", request.network.slug, meeting.pk)
    return _plan(request, meeting)


def _plan(request: NetworkRequest, meeting: Meeting) -> HttpResponse:
    is_new = meeting.pk is None
    form = PlanForm(
        request.POST or None,
        instance=meeting,
        offered=offered_teams(request, meeting),
        by=request.user,
        initial=asked_teams(request) if is_new else None,
    )
    if PEOPLE in request.POST:
        as_typed(form)
        form.tick_who_is_new()
    elif request.method == "POST" and form.is_valid():
        count = _save(request, form, is_new=is_new)
        transaction.on_commit(lambda: send_letters.delay(request.network.pk))
        messages.success(request, _said(count))
        return redirect("supervision:meeting", request.network.slug, form.instance.pk)
    return render(request, "supervision/meeting_plan.html", {"form": form, "meeting": meeting, "is_new": is_new})


def _save(request: NetworkRequest, form: PlanForm, *, is_new: bool) -> int:
    meeting: Meeting = form.save(commit=False)
    names = form.names
    people = {int(key): names[int(key)] for key in form.cleaned_data["people"]}
    teams = list(form.cleaned_data["teams"])
    if is_new:
        return services.plan_meeting(
            meeting=meeting, teams=teams, people=people, by=request.user, network=request.network
        )
    return services.replan_meeting(
        meeting=meeting, teams=teams, fixed=form.fixed, people=people, network=request.network
    )


def _said(count: int) -> str:
    return ngettext(
        "A mail with a calendar file is on its way to %(count)d person.",
        "A mail with a calendar file is on its way to %(count)d people.",
        count,
    ) % {"count": count}


@network_view(*access.WRITERS, to_write=True)
def cancel(request: NetworkRequest, meeting_pk: int) -> HttpResponse:
    """Call a planned meeting off, once it has been seen who is told."""
    meeting = access.write_meeting(request, meeting_pk)
    if meeting.state != Meeting.State.PLANNED:
        return redirect("supervision:meeting", request.network.slug, meeting.pk)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.cancel_meeting(meeting=meeting, network=request.network, reason=form.cleaned_data["reason"])
        transaction.on_commit(lambda: send_letters.delay(request.network.pk))
        messages.success(request, _("The meeting is cancelled. Those who were asked get a mail."))
        return redirect("supervision:log", request.network.slug)
    people = list(meeting.people.order_by("name", "pk"))
    context = {"form": form, "meeting": meeting, "people": people, "when": when(meeting)}
    return render(request, "supervision/meeting_cancel.html", context)
