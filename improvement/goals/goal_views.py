"""Setting goals and saying what became of them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from improvement.access import READERS, Place, read_place, write_place
from improvement.goals.finding import asked_for, held_line, own_line, to_goals
from improvement.goals.forms import GoalForm
from improvement.goals.models import Goal, Need
from improvement.goals.page import lay_out
from improvement.goals.queries import read_chain
from improvement.goals.services import save_goal
from networks.access import NetworkRequest, network_view
from networks.models import Role


@require_safe
@network_view(*READERS)
def goal(request: NetworkRequest, team_slug: str, goal_pk: int) -> HttpResponse:
    """A goal with all that hangs on it."""
    place = read_place(request, team_slug)
    found = own_line(Goal, place, goal_pk)
    shown = lay_out(read_chain(place.team), place, request.network.slug).goal(found.pk)
    return render(request, "improvement/goal.html", {"place": place, "shown": shown})


@network_view(Role.TEAM_MEMBER, to_write=True)
def add(request: NetworkRequest, team_slug: str) -> HttpResponse:
    """A new goal, for a need where the address names one (?need=)."""
    place = write_place(request, team_slug)
    answers = asked_for(Need, request, place)
    form = GoalForm(request.POST or None, team=place.team, initial={"needs": [need.pk for need in answers]})
    if request.method == "POST" and form.is_valid():
        return _save(request, place, form)
    return render(request, "improvement/goal_form.html", {"place": place, "form": form, "answers": answers})


@network_view(Role.TEAM_MEMBER, to_write=True)
def edit(request: NetworkRequest, team_slug: str, goal_pk: int) -> HttpResponse:
    """Rewrite a goal, choose what it serves, say how it is going."""
    place = write_place(request, team_slug)
    form = GoalForm(request.POST or None, team=place.team, instance=held_line(Goal, place, goal_pk))
    if request.method == "POST" and form.is_valid():
        return _save(request, place, form)
    return render(request, "improvement/goal_form.html", {"place": place, "form": form, "line": form.instance})


def _save(request: NetworkRequest, place: Place, form: GoalForm) -> HttpResponse:
    saved = save_goal(team=place.team, goal=form.save(commit=False), needs=form.chosen("needs"))
    messages.success(request, _("The goal is written down: “%(goal)s”.") % {"goal": saved})
    return to_goals(request, place, f"mal-{saved.pk}")
