"""The page of the whole chain, and the driver diagram drawn from it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from improvement.access import READERS, read_place
from improvement.goals.drawing import draw_goal
from improvement.goals.models import Change, Goal, Need
from improvement.goals.page import lay_out
from improvement.goals.queries import read_chain
from improvement.goals.trees import as_content, trees
from improvement.method.models import Theme
from improvement.papers.models import Paper
from improvement.papers.services import request_paper
from improvement.papers.views import lead_to
from networks.access import NetworkRequest, network_view


@require_safe
@network_view(*READERS)
def goals(request: NetworkRequest, team_slug: str) -> HttpResponse:
    """Needs, goals, changes and measures on one page, with what is missing between them."""
    place = read_place(request, team_slug)
    chain = read_chain(place.team)
    context = {"place": place, "chain": chain, "page": lay_out(chain, place, request.network.slug)}
    if place.may_write:
        context["away"] = [
            (name, line)
            for name, kind in (("need", Need), ("goal", Goal), ("change", Change))
            for line in kind.with_put_away.filter(team=place.team).exclude(put_away_at=None)
        ]
        context["themes"] = Theme.objects.filter(team=place.team, need=None) if not chain.needs else []
    return render(request, "improvement/goals.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@network_view(*READERS, when_completed=True)
def diagram(request: NetworkRequest, team_slug: str) -> HttpResponse:
    """The goals with what drives them and what is tried, drawn; a POST asks for it on paper."""
    place = read_place(request, team_slug)
    chain = read_chain(place.team)
    if request.method == "POST":
        with translation.override(place.team.language):
            title = _("Driver diagram of %(team)s") % {"team": place.team}
            content = as_content(trees(chain), team=str(place.team), network=str(request.network))
        paper = request_paper(
            network=request.network,
            team=place.team,
            kind=Paper.Kind.DIAGRAM,
            content=content,
            language=place.team.language,
            title=title,
        )
        return lead_to(paper)
    drawn = [(tree, draw_goal(tree, number)) for number, tree in enumerate(trees(chain), start=1)]
    context = {"place": place, "drawn": drawn, "page": lay_out(chain, place, request.network.slug)}
    return render(request, "improvement/diagram.html", context)
