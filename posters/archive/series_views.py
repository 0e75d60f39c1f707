"""A team's posters side by side."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from networks.access import NetworkRequest, is_completed, network_view
from posters.archive.series import read_series
from teams.access import own_teams
from teams.models import Team


@require_safe
@network_view()
def series(request: NetworkRequest, team_slug: str) -> HttpResponse:
    """From the first gathering to the last, section by section, with what has changed."""
    team = get_object_or_404(Team.objects.select_related("participation__organisation"), slug=team_slug)
    found = read_series(request, team)
    works_here = not is_completed(request.network) and own_teams(request).filter(pk=team.pk).exists()
    context = {"team": team, "series": found, "works_here": works_here}
    return render(request, "posters/archive/series.html", context)
