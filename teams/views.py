"""The people of a network."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.tasks import send_invitation
from networks.access import NetworkRequest, network_view
from networks.models import Role
from teams.forms import InviteForm
from teams.models import Team
from teams.queries import read_people
from teams.services import add_person


@network_view(Role.COORDINATOR)
def people(request: NetworkRequest) -> HttpResponse:
    """Everyone in the network, and the form that invites one more."""
    form = InviteForm(request.POST or None, teams=Team.objects.order_by("sort_name"))
    if request.method == "POST" and form.is_valid():
        _invite(request, form)
        return redirect("teams:people", network_slug=request.network.slug)
    return render(request, "teams/people.html", {"form": form, "people": read_people(timezone.localdate())})


def _invite(request: NetworkRequest, form: InviteForm) -> None:
    user = add_person(network=request.network, **form.cleaned_data)
    invitation = (user.pk, "/", request.network.name, request.user.pk)
    transaction.on_commit(lambda: send_invitation.delay(*invitation))
    messages.success(request, _("%(name)s is invited. The mail is on its way.") % {"name": user})
