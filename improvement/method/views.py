"""The pages of method."""

from django.http import HttpResponse
from django.shortcuts import render

from improvement.access import READERS, read_place
from networks.access import NetworkRequest, network_view


@network_view(*READERS)
def phases(request: NetworkRequest, team_slug: str) -> HttpResponse:
    return render(request, "improvement/phases.html", {"place": read_place(request, team_slug)})


@network_view(*READERS)
def interviews(request: NetworkRequest, team_slug: str) -> HttpResponse:
    return render(request, "improvement/interviews.html", {"place": read_place(request, team_slug)})


@network_view(*READERS)
def guide(request: NetworkRequest, team_slug: str) -> HttpResponse:
    return render(request, "improvement/guide.html", {"place": read_place(request, team_slug)})


@network_view(*READERS)
def effect_goals(request: NetworkRequest, team_slug: str) -> HttpResponse:
    return render(request, "improvement/effect_goals.html", {"place": read_place(request, team_slug)})
