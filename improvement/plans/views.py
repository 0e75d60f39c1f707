"""The plan as it stands today: on screen, as PDF, as a Word file."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from improvement.access import READERS, read_place
from improvement.goals.queries import read_chain
from improvement.papers.views import lead_to
from improvement.plans.composing import compose
from improvement.plans.labels import file_name
from improvement.plans.page import body, in_its_language, missing, word_file
from improvement.plans.queries import next_asked, read_asked, read_earlier, read_editions
from improvement.plans.services import request_plan_paper
from networks.access import NetworkRequest, network_view

SHOWN = 3


@require_safe
@network_view(*READERS)
def plan(request: NetworkRequest, team_slug: str) -> HttpResponse:
    """The plan as it writes itself: what has changed, what stands in it, and what is still missing."""
    place = read_place(request, team_slug)
    today = timezone.localdate()
    chain = read_chain(place.team)
    whole = compose(chain, today=today)
    asked = read_asked(place.team, today)
    lacks = missing(chain)
    words = in_its_language(whole, read_earlier(place.team), place.team.language)
    context = {
        "place": place,
        "words": words,
        "is_empty": whole.is_empty,
        "body": body(words, place.team.language),
        "missing": lacks[:SHOWN],
        "more_missing": max(0, len(lacks) - SHOWN),
        "next": next_asked(asked),
        "handed_in": [each for each in asked if each.is_done],
        "editions": read_editions(place.team),
    }
    return render(request, "improvement/plan.html", context)


@network_view(*READERS, when_completed=True)
def plan_pdf(request: NetworkRequest, team_slug: str) -> HttpResponse:
    """Ask for the plan as PDF."""
    place = read_place(request, team_slug)
    if request.method != "POST":
        return redirect("improvement:plan", request.network.slug, team_slug)
    whole = compose(read_chain(place.team), today=timezone.localdate())
    paper = request_plan_paper(
        team=place.team, plan=whole, language=place.team.language, earlier=read_earlier(place.team)
    )
    return lead_to(paper)


@require_safe
@network_view(*READERS)
def plan_docx(request: NetworkRequest, team_slug: str) -> HttpResponse:
    """The plan as a Word file."""
    team = read_place(request, team_slug).team
    whole = compose(read_chain(team), today=timezone.localdate())
    words = in_its_language(whole, read_earlier(team), team.language)
    name = file_name(team.name, whole.made_on.isoformat(), team.language)
    return word_file(words, language=team.language, made_on=whole.made_on, name=name)
