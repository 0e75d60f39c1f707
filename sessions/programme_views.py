"""Publishing a gathering's programme, telling again that it has changed, and taking it back."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from networks.access import NetworkRequest, network_view
from networks.models import Role
from sessions import programme as services
from sessions.models import Gathering


@network_view(Role.COORDINATOR)
def programme(request: NetworkRequest, gathering_pk: int) -> HttpResponse:
    """Let everybody read it and tell those who take part, or let only the coordinators read it again."""
    gathering = get_object_or_404(Gathering.objects.select_for_update(), pk=gathering_pk)
    do = request.POST.get("do")
    if do == "publish":
        _publish(request, gathering)
    elif do == "hide":
        services.take_back(gathering=gathering)
        messages.success(request, _("Only you who coordinate see the programme now."))
    address = reverse("gatherings:gathering", args=[request.network.slug, gathering.pk])
    return HttpResponseRedirect(f"{address}#program")


def _publish(request: NetworkRequest, gathering: Gathering) -> None:
    try:
        told = services.publish(gathering=gathering)
    except services.NothingToPublishError:
        messages.warning(request, _("Write the programme first, and give the gathering its days."))
        return
    if not told:
        messages.success(request, _("Everybody in the network can read the programme."))
        return
    said = ngettext(
        "The programme is published. %(number)d person is told in the day’s mail.",
        "The programme is published. %(number)d people are told in the day’s mail.",
        told,
    )
    messages.success(request, said % {"number": told})
