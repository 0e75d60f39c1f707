"""Saying that what was agreed is done, or is not after all."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from networks.access import NetworkRequest, network_view
from supervision.meetings import access
from supervision.meetings.services import settle_agreement

DONE, OPEN = "ferdig", "ikke"


@require_POST
@network_view(*access.READERS)
def settle(request: NetworkRequest, agreement_pk: int) -> HttpResponse:
    """By the team or who guides it. Leads back to where the button stood."""
    rows = access.readable_agreements(request).select_for_update(of=("self",))
    agreement = get_object_or_404(rows.select_related("team"), pk=agreement_pk)
    done = request.POST.get("state") != OPEN
    settle_agreement(agreement=agreement, by=request.user, done=done)
    said = _("Done: “%(what)s”.") if done else _("Not done after all: “%(what)s”.")
    messages.success(request, said % {"what": agreement})
    if request.POST.get("from") == "home":
        return redirect("overview:home")
    if request.POST.get("from") == "meeting":
        return redirect("supervision:meeting", request.network.slug, agreement.meeting_id)
    if request.POST.get("from") == "team":
        return redirect("overview:team", request.network.slug, agreement.team.slug)
    return redirect("supervision:team_log", request.network.slug, agreement.team.slug)
