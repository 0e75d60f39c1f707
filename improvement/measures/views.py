"""The pages of measures."""

from django.http import HttpResponse
from django.shortcuts import render

from improvement.access import READERS, read_place
from networks.access import NetworkRequest, network_view


@network_view(*READERS)
def measures(request: NetworkRequest, team_slug: str) -> HttpResponse:
    return render(request, "improvement/measures.html", {"place": read_place(request, team_slug)})


@network_view(*READERS)
def measure_add(request: NetworkRequest, team_slug: str) -> HttpResponse:
    return render(request, "improvement/measure_add.html", {"place": read_place(request, team_slug)})
