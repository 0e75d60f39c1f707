"""Earlier editions of the plan: the list, each as it was, two compared."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from improvement.access import READERS, read_place
from improvement.goals.queries import read_chain
from improvement.papers.views import lead_to
from improvement.plans.composing import compose
from improvement.plans.content import Plan, from_json
from improvement.plans.deliver_views import start_making
from improvement.plans.difference import compare
from improvement.plans.forms import NOW, CompareForm
from improvement.plans.labels import file_name
from improvement.plans.models import PlanEdition
from improvement.plans.page import body, in_its_language, word_file
from improvement.plans.queries import file_state, read_earlier, read_editions
from improvement.plans.services import request_edition_paper
from improvement.plans.telling import in_words
from networks.access import NetworkRequest, network_view
from teams.models import Team


@require_safe
@network_view(*READERS)
def plan_editions(request: NetworkRequest, team_slug: str) -> HttpResponse:
    """Every plan the team has handed in, the newest first."""
    place = read_place(request, team_slug)
    editions = read_editions(place.team)
    first = {"first": editions[0].number, "second": NOW} if editions else {}
    context = {"place": place, "editions": editions, "form": CompareForm(editions, initial=first)}
    return render(request, "improvement/plan_editions.html", context)


@require_safe
@network_view(*READERS)
def plan_compare(request: NetworkRequest, team_slug: str) -> HttpResponse:
    """What is different in the later of two editions."""
    place = read_place(request, team_slug)
    editions = read_editions(place.team)
    form = CompareForm(editions, request.GET)
    context = {"place": place, "editions": editions, "form": form}
    if form.is_valid():
        numbers = sorted((form.cleaned_data["first"], form.cleaned_data["second"]), key=lambda number: number or 10**6)
        earlier, later = (_plan(place.team, number) for number in numbers)
        with translation.override(place.team.language):
            told = in_words(compare(earlier, later))
        context |= {"earlier": earlier, "later": later, "told": told, "is_now": numbers[1] == NOW, "numbers": numbers}
    return render(request, "improvement/plan_compare.html", context)


def _plan(team: Team, number: int) -> Plan:
    if number == NOW:
        return compose(read_chain(team), today=timezone.localdate())
    return from_json(PlanEdition.objects.get(team=team, number=number).content)


@require_safe
@network_view(*READERS)
def plan_edition(request: NetworkRequest, team_slug: str, number: int) -> HttpResponse:
    """The plan as it was handed in."""
    place = read_place(request, team_slug)
    edition = _edition(place.team, number)
    words = in_its_language(from_json(edition.content), read_earlier(place.team, before=edition), edition.language)
    context = {
        "place": place,
        "edition": edition,
        "words": words,
        "body": body(words, edition.language),
        "state": file_state(edition),
    }
    return render(request, "improvement/plan_edition.html", context)


@network_view(*READERS, when_completed=True)
def plan_edition_pdf(request: NetworkRequest, team_slug: str, number: int) -> HttpResponse:
    """Make the edition's PDF: the one that was handed in where that is wanting, else a copy to keep."""
    place = read_place(request, team_slug)
    edition = _edition(place.team, number)
    if request.method == "POST":
        if edition.version is None:
            return lead_to(request_edition_paper(edition=edition))
        start_making(edition)
        messages.info(request, _("The PDF is being made."))
    return redirect("improvement:plan_edition", request.network.slug, team_slug, number)


@require_safe
@network_view(*READERS)
def plan_edition_docx(request: NetworkRequest, team_slug: str, number: int) -> HttpResponse:
    """The edition as a Word file."""
    team = read_place(request, team_slug).team
    edition = _edition(team, number)
    whole = from_json(edition.content)
    words = in_its_language(whole, read_earlier(team, before=edition), edition.language)
    name = file_name(whole.team, number, edition.language)
    return word_file(words, language=edition.language, made_on=whole.made_on, name=name)


def _edition(team: Team, number: int) -> PlanEdition:
    whole = PlanEdition.objects.select_related(
        "team__network", "made_by", "version__document", "version__delivery__assignment__gathering"
    )
    return get_object_or_404(whole, team=team, number=number)
