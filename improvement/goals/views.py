"""The pages of goals."""

from django.http import HttpResponse
from django.shortcuts import render

from improvement.access import READERS, read_place
from networks.access import NetworkRequest, network_view


@network_view(*READERS)
def goals(request: NetworkRequest, team_slug: str) -> HttpResponse:
    return render(request, "improvement/goals.html", {"place": read_place(request, team_slug)})


@network_view(*READERS)
def diagram(request: NetworkRequest, team_slug: str) -> HttpResponse:
    return render(request, "improvement/diagram.html", {"place": read_place(request, team_slug)})
