"""How the team sees itself on the five effect goals, gathering by gathering."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gpf.forms import Problem, problems
from improvement.access import READERS, read_place, write_place
from improvement.method import services
from improvement.method.effect_goals import EFFECT_GOALS, LEVEL_BY_SCORE
from improvement.method.forms import RatingForm
from improvement.method.models import EffectRating
from improvement.method.queries import gathering_to_rate, rated_gatherings, read_ratings
from improvement.method.rating_chart import draw_ratings
from networks.access import NetworkRequest, network_view
from networks.models import Role
from sessions.models import Gathering


@require_safe
@network_view(*READERS)
def effect_goals(request: NetworkRequest, team_slug: str) -> HttpResponse:
    """The five, and how the team's picture of itself has changed."""
    place = read_place(request, team_slug)
    gatherings = rated_gatherings()
    found = read_ratings(place.team)
    rows = [
        {
            "found": each,
            "drawing": draw_ratings(each, gatherings),
            "level": LEVEL_BY_SCORE[each.newest.score] if each.newest else None,
        }
        for each in found
    ]
    context = {
        "place": place,
        "rows": rows,
        "is_rated": any(each.ratings for each in found),
        "next": gathering_to_rate(gatherings, timezone.localdate()),
    }
    return render(request, "improvement/effect_goals.html", context)


@network_view(Role.TEAM_MEMBER, to_write=True)
def rate(request: NetworkRequest, team_slug: str, gathering_pk: int) -> HttpResponse:
    """Rate all five at one gathering, and save them together. Two who save at once do not overwrite each other."""
    place = write_place(request, team_slug)
    gatherings = rated_gatherings()
    gathering = get_object_or_404(Gathering, pk=gathering_pk, pk__in=[each.pk for each in gatherings])
    forms = _forms(request.POST or None, services.locked_ratings(team=place.team, gathering=gathering))
    if request.method == "POST" and all([form.is_valid() for form in forms]):  # noqa: C419  # every form is to speak
        services.save_ratings(
            team=place.team,
            gathering=gathering,
            by=request.user,
            ratings={form.goal.number: (form.cleaned_data["score"], form.cleaned_data["sentence"]) for form in forms},
        )
        messages.success(request, _("Your ratings are saved."))
        return redirect("improvement:effect_goals", network_slug=request.network.slug, team_slug=place.team.slug)
    context = {
        "place": place,
        "gathering": gathering,
        "gatherings": gatherings,
        "forms": forms,
        "problems": _problems(forms),
        "is_changed": any(form.meanwhile for form in forms),
    }
    return render(request, "improvement/effect_rate.html", context)


def _forms(data: QueryDict | None, rows: Mapping[int, EffectRating]) -> list[RatingForm]:
    return [RatingForm(data, instance=rows.get(goal.number), goal=goal) for goal in EFFECT_GOALS]


def _problems(forms: list[RatingForm]) -> list[Problem]:
    return [problem for form in forms if form.is_bound for problem in problems(form)]
