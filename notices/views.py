"""The outbox: what the network's people have been sent. For its coordinators."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from networks.access import NetworkRequest, network_view
from networks.models import Role
from notices.access import visible_messages

PAGE_SIZE = 25


@network_view(Role.COORDINATOR)
def outbox(request: NetworkRequest) -> HttpResponse:
    """Every message about this network, newest first."""
    page = Paginator(visible_messages(request).defer("text"), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "notices/outbox.html", {"page": page})


@network_view(Role.COORDINATOR)
def message(request: NetworkRequest, message_pk: int) -> HttpResponse:
    """One message, as the recipient read it."""
    found = get_object_or_404(visible_messages(request), pk=message_pk)
    return render(request, "notices/message.html", {"message": found})
