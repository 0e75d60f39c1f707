"""Where a team stands, as it and its supervisor see it, and the page on which a side says so."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gpf import dates
from networks.access import NetworkCompleted, NetworkRequest, is_completed, network_view
from sessions.models import Gathering
from supervision.models import Score
from supervision.scores import access, services
from supervision.scores.chart import draw_scores
from supervision.scores.forms import ScoreForm
from supervision.scores.page import read_page
from supervision.scores.queries import scorable, scored_gatherings
from supervision.scores.scale import LEVELS
from teams.models import Team


@require_safe
@network_view(*access.READERS)
def scores(request: NetworkRequest, team_slug: str) -> HttpResponse:
    """What both sides said before each gathering, as far as the person may read it, and what is to be said now."""
    team = access.read_team(request, team_slug)
    page = read_page(request, team, timezone.localdate())
    context = {
        "team": team,
        "found": page,
        "levels": LEVELS,
        "drawing": draw_scores(page.drawn, team.name) if page.drawn else "",
    }
    return render(request, "supervision/scores.html", context)


@network_view(*access.SCORERS, to_write=True)
def score(request: NetworkRequest, team_slug: str, gathering_pk: int) -> HttpResponse:
    """Say where the team stands before a gathering: kept as a draft, or given to the other side."""
    team, side = _own_side(request, team_slug)
    today = timezone.localdate()
    gathering = get_object_or_404(
        Gathering, pk=gathering_pk, pk__in=[each.pk for each in scorable(scored_gatherings(), today)]
    )
    row = _row(team, gathering, side, locked=request.method == "POST")
    if row.pk is not None and access.is_revealed(row, today):
        messages.info(request, _("Both have read it now, so it stands as it is."))
        return redirect("supervision:scores", request.network.slug, team.slug)
    gives = "give" in request.POST
    form = ScoreForm(request.POST or None, instance=row, gives=gives)
    if request.method == "POST" and form.is_valid():
        services.save_score(score=form.save(commit=False), by=request.user, give=gives)
        messages.success(request, _said(gives, both=access.is_revealed(row, today)))
        return redirect("supervision:scores", request.network.slug, team.slug)
    context = {"team": team, "gathering": gathering, "form": form, "row": row, "is_own": side == Score.Side.TEAM}
    return render(request, "supervision/score.html", context)


def _own_side(request: NetworkRequest, team_slug: str) -> tuple[Team, Score.Side]:
    """The team, and the side the person scores for; 404 for whoever has none there."""
    if is_completed(request.network):
        raise NetworkCompleted(request.network)
    team = access.read_team(request, team_slug)
    side = access.side_of(request, team)
    if side is None or not team.goes_on(timezone.localdate()):
        raise Http404
    return team, side


def _row(team: Team, gathering: Gathering, side: Score.Side, *, locked: bool) -> Score:
    """The side's row, locked where it is to be written; one that is not there yet is not made by looking."""
    if locked:
        return services.locked_score(team=team, gathering=gathering, side=side)
    found = Score.objects.filter(team=team, gathering=gathering, side=side).first()
    return found or Score(network_id=team.network_id, team=team, gathering=gathering, side=side)


def _said(gives: bool, *, both: bool) -> str:
    if both:
        return _("Given. Both can read it now.")
    if gives:
        return _("Given. You may change it until the other side has given its own, or the gathering begins.")
    return _("Saved %(time)s.") % {"time": dates.clock(timezone.now())}
