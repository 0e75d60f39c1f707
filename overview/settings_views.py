"""The network's settings: what it is called, what its members see of each other, and the way to all that is kept."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from networks.access import NetworkRequest, is_completed, network_view
from networks.models import Network, Role
from overview.settings_forms import SettingsForm


@network_view(Role.COORDINATOR)
def page(request: NetworkRequest) -> HttpResponse:
    """Change them all with one button. Of a completed network they are read."""
    if request.method != "POST":
        return _page(request, SettingsForm(instance=request.network))
    network = Network.objects.select_for_update().get(pk=request.network.pk)
    form = SettingsForm(request.POST, instance=network)
    if form.is_valid():
        form.save()
        messages.success(request, _("The settings are saved."))
        return redirect("overview:settings", network_slug=network.slug)
    return _page(request, form)


def _page(request: NetworkRequest, form: SettingsForm) -> HttpResponse:
    context = {"network": request.network, "form": form, "closed": is_completed(request.network)}
    return render(request, "overview/settings.html", context)
