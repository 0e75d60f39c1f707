"""Changes, and the rounds in which they are tried."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from improvement.access import READERS, Place, read_place, write_place
from improvement.goals.finding import asked_for, held_line, own_line, to_goals
from improvement.goals.forms import ChangeForm
from improvement.goals.models import Change, Goal, Need, PdsaRound
from improvement.goals.queries import round_line
from improvement.goals.rounds import RoundForm, begin_round, settle
from improvement.goals.services import save_change
from improvement.goals.words import round_state
from networks.access import NetworkRequest, network_view
from networks.models import Role


@require_safe
@network_view(*READERS)
def change(request: NetworkRequest, team_slug: str, change_pk: int) -> HttpResponse:
    """A change with its rounds, the newest first, and the next step of it."""
    place = read_place(request, team_slug)
    found = own_line(Change, place, change_pk)
    rounds = list(found.rounds.order_by("-number"))
    context = {
        "place": place,
        "change": found,
        "need": found.need if found.need and found.need.put_away_at is None else None,
        "goals": Goal.objects.filter(change_links__change=found),
        "rounds": [(one, round_state(round_line(one))) for one in rounds],
        "newest": rounds[0] if rounds else None,
    }
    return render(request, "improvement/change.html", context)


@network_view(Role.TEAM_MEMBER, to_write=True)
def add(request: NetworkRequest, team_slug: str) -> HttpResponse:
    """A new change, for a goal or a need where the address names one (?goal=, ?need=), with the words it brings
    (?text=, ?about=)."""
    place = write_place(request, team_slug)
    goals, needs = asked_for(Goal, request, place), asked_for(Need, request, place)
    initial = {"goals": [goal.pk for goal in goals], "need": needs[0].pk if needs else None}
    begun = {name: request.GET[name].replace("\0", "") for name in ("text", "about") if name in request.GET}
    form = ChangeForm(request.POST or None, team=place.team, initial=initial | begun)
    if request.method == "POST" and form.is_valid():
        saved = save_change(team=place.team, change=form.save(commit=False), goals=form.chosen("goals"))
        messages.success(request, _("The change is written down: “%(change)s”.") % {"change": saved})
        return to_goals(request, place, f"mal-{goals[0].pk}" if goals else f"tiltak-{saved.pk}")
    return render(request, "improvement/change_form.html", {"place": place, "form": form, "serves": goals})


@network_view(Role.TEAM_MEMBER, to_write=True)
def edit(request: NetworkRequest, team_slug: str, change_pk: int) -> HttpResponse:
    """Rewrite a change, and choose what it is to move."""
    place = write_place(request, team_slug)
    form = ChangeForm(request.POST or None, team=place.team, instance=held_line(Change, place, change_pk))
    if request.method == "POST" and form.is_valid():
        saved = save_change(team=place.team, change=form.save(commit=False), goals=form.chosen("goals"))
        messages.success(request, _("The change is written down: “%(change)s”.") % {"change": saved})
        return _to_change(request, place, saved)
    return render(request, "improvement/change_form.html", {"place": place, "form": form, "line": form.instance})


@require_POST
@network_view(Role.TEAM_MEMBER)
def begin(request: NetworkRequest, team_slug: str, change_pk: int) -> HttpResponse:
    """The next round; where one is going on, that one."""
    place = write_place(request, team_slug)
    begun = begin_round(change=own_line(Change, place, change_pk), by=request.user)
    return redirect("improvement:pdsa", request.network.slug, place.team.slug, change_pk, begun.number)


@require_POST
@network_view(Role.TEAM_MEMBER)
def decide(request: NetworkRequest, team_slug: str, change_pk: int) -> HttpResponse:
    """Take the change into use, or stop it."""
    place = write_place(request, team_slug)
    held = held_line(Change, place, change_pk)
    said = {
        Change.State.IN_USE: _("“%(change)s” is in use now."),
        Change.State.STOPPED: _("“%(change)s” is stopped. What you learned from it is kept."),
    }
    state = request.POST.get("state", "")
    if state not in said:
        raise Http404
    settle(change=held, state=Change.State(state))
    messages.success(request, said[Change.State(state)] % {"change": held})
    return _to_change(request, place, held)


@network_view(Role.TEAM_MEMBER, to_write=True)
def pdsa(request: NetworkRequest, team_slug: str, change_pk: int, number: int) -> HttpResponse:
    """Write on in a round: the plan first, the rest as the team gets there."""
    place = write_place(request, team_slug)
    found = own_line(Change, place, change_pk)
    row = get_object_or_404(PdsaRound.objects.select_for_update(), change=found, number=number)
    form = RoundForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        saved = form.save(commit=False)
        saved.saved_by, saved.saved_at = request.user, timezone.now()
        saved.save()
        messages.success(request, _("Round %(number)d is saved.") % {"number": number})
        return _to_change(request, place, found, f"runde-{number}")
    return render(request, "improvement/pdsa_form.html", {"place": place, "form": form, "change": found, "round": row})


def _to_change(request: NetworkRequest, place: Place, change: Change, anchor: str = "") -> HttpResponse:
    response = redirect("improvement:change", request.network.slug, place.team.slug, change.pk)
    if anchor:
        response["Location"] += f"#{anchor}"
    return response
