"""Finding a team's lines for the pages, and the way back to the page of the chain."""

from typing import TypeVar

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from improvement.access import Place
from improvement.goals.models import Change, Goal, Need
from networks.access import NetworkRequest

Line = TypeVar("Line", Need, Goal, Change)


def own_line(kind: type[Line], place: Place, pk: int) -> Line:
    """The team's line, else 404."""
    rows: QuerySet[Line] = kind.objects.filter(team=place.team)
    return get_object_or_404(rows, pk=pk)


def held_line(kind: type[Line], place: Place, pk: int) -> Line:
    """The team's line, kept from others until the transaction ends, else 404."""
    rows: QuerySet[Line] = kind.objects.select_for_update().filter(team=place.team)
    return get_object_or_404(rows, pk=pk)


def asked_for(kind: type[Line], request: NetworkRequest, place: Place) -> list[Line]:
    """The team's line that the address names (?goal=3): what a new one is to hang on. Nothing where it names none."""
    named = request.GET.get(kind.__name__.lower(), "")
    return list(kind.objects.filter(team=place.team, pk=int(named))) if named.isascii() and named.isdigit() else []


def to_goals(request: NetworkRequest, place: Place, anchor: str = "") -> HttpResponse:
    """Back to the page of the chain, at the spot the person worked."""
    address = reverse("improvement:goals", args=[request.network.slug, place.team.slug])
    return HttpResponseRedirect(f"{address}#{anchor}" if anchor else address)
