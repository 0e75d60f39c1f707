"""The pages of checklists."""

from django.http import HttpResponse
from django.shortcuts import render

from improvement.access import READERS, read_place
from networks.access import NetworkRequest, network_view


@network_view(*READERS)
def checklists(request: NetworkRequest, team_slug: str) -> HttpResponse:
    return render(request, "improvement/checklists.html", {"place": read_place(request, team_slug)})
