"""Giving points to goals, and the order of all lines."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from improvement.access import READERS, Place, read_place, write_place
from improvement.goals.finding import to_goals
from improvement.goals.models import Change, Goal, Need
from improvement.goals.points import (
    EACH_HAS,
    PointsForm,
    as_points,
    give_points,
    members_at_work,
    open_goals,
    points_given,
    standings,
)
from improvement.goals.services import choose_goal, move, put_away, take_back
from improvement.method.interview_views import tell_undo
from networks.access import NetworkRequest, network_view
from networks.models import Role

KINDS: dict[str, type[Need] | type[Goal] | type[Change]] = {"need": Need, "goal": Goal, "change": Change}
STEPS = {"up": -1, "down": 1}
LONGEST_KEY = 18  # digits
ANCHORS = {"need": "behov", "goal": "mal", "change": "tiltak"}


@network_view(*READERS)
def prioritise(request: NetworkRequest, team_slug: str) -> HttpResponse:
    """Ten points each: her own, or the whole team's at once (?alle=1), and the sum."""
    writes = request.method == "POST"
    place = write_place(request, team_slug) if writes else read_place(request, team_slug)
    if writes:
        list(Goal.objects.select_for_update().filter(team=place.team))  # two tables saved at once wait for each other
    goals, members = open_goals(place.team), members_at_work(place.team)
    given = points_given(goals, members)
    own = [one for one in members if one.membership.user_id == request.user.pk]
    shows_all = "alle" in request.GET or not own
    forms = [
        PointsForm(goals, one, given.get(one.pk, {}), request.POST if writes else None, is_own=one in own)
        for one in (members if shows_all else own)
    ]
    if writes and sum(not form.is_valid() for form in forms) == 0:  # each tells what is wrong with it
        return _save(request, place, forms)
    context = {
        "place": place,
        "goals": goals,
        "forms": forms if place.may_write else [],
        "rows": [(goal, [(form, form.cell(goal)) for form in forms], _sum(forms, goal)) for goal in goals],
        "shows_all": shows_all,
        "has_own": bool(own),
        "standings": standings(goals, given),
        "is_given": bool(given),
        "most": max([one.points for one in standings(goals, given)], default=0) or 1,
        "waiting": [one for one in members if one.pk not in given],
        "each_has": EACH_HAS,
    }
    return render(request, "improvement/prioritise.html", context)


def _sum(forms: Sequence[PointsForm], goal: Goal) -> int:
    """Of what stands in the goal's fields, as far as it is numbers."""
    texts = [str(form.cell(goal).value() or "") for form in forms]
    return sum(map(as_points, texts))


def _save(request: NetworkRequest, place: Place, forms: Sequence[PointsForm]) -> HttpResponse:
    give_points(team=place.team, forms=[form for form in forms if form.is_changed])
    messages.success(request, _("The points are saved. The goals stand in the order of their points now."))
    answer = redirect("improvement:prioritise", request.network.slug, place.team.slug)
    if "alle" in request.GET:
        answer["Location"] += "?alle=1"
    return answer


@network_view(Role.TEAM_MEMBER, to_write=True)
def arrange(request: NetworkRequest, team_slug: str) -> HttpResponse:
    """The order of needs, goals and changes: each moves up or down by a button."""
    place = write_place(request, team_slug)
    if request.method == "POST":
        name, line = _line(request, place)
        step = STEPS.get(request.POST.get("do", ""))
        if step is None:
            raise Http404
        move(line=line, step=step)
        answer = redirect("improvement:goals_arrange", request.network.slug, place.team.slug)
        answer["Location"] += f"#{ANCHORS[name]}-{line.pk}"
        return answer
    names = {"need": _("Needs"), "goal": _("Goals"), "change": _("Changes you try")}
    lists = [(name, names[name], ANCHORS[name], kind.objects.filter(team=place.team)) for name, kind in KINDS.items()]
    return render(request, "improvement/goals_arrange.html", {"place": place, "lists": lists})


@require_POST
@network_view(Role.TEAM_MEMBER)
def keep(request: NetworkRequest, team_slug: str) -> HttpResponse:
    """Put a line away, take it back, or choose a goal to work for."""
    place = write_place(request, team_slug)
    name, line = _line(request, place)
    if request.POST.get("do") == "choose" and isinstance(line, Goal):
        choose_goal(goal=line)
        messages.success(request, _("You work for “%(goal)s” now.") % {"goal": line})
        return redirect("improvement:prioritise", request.network.slug, place.team.slug)
    if request.POST.get("do") == "put_away":
        put_away(line=line)
        tell_undo(request, _("“%(line)s” is put away.") % {"line": line}, f"tilbake-{name}-{line.pk}")
        return to_goals(request, place)
    take_back(line=line)
    messages.success(request, _("“%(line)s” is back.") % {"line": line})
    return to_goals(request, place, f"{ANCHORS[name]}-{line.pk}")


def _line(request: NetworkRequest, place: Place) -> tuple[str, Need | Goal | Change]:
    name, key = request.POST.get("kind", ""), request.POST.get("pk", "")
    if name not in KINDS or not (key.isascii() and key.isdigit() and len(key) < LONGEST_KEY):
        raise Http404
    rows = KINDS[name].with_put_away.select_for_update().filter(team=place.team)
    line: Any = get_object_or_404(rows, pk=int(key))
    return name, line
