"""An organisation's teams and the people in them, as a coordinator keeps them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from gpf import dates
from networks.access import NetworkRequest, network_view
from networks.models import Participation, Role
from teams.leading import change_leader, leader_of, leave_team
from teams.models import Team, TeamMember
from teams.participant_forms import TeamForm
from teams.participants import names_apart, read_lines
from teams.places import Ending, begin_memberships_again, effects
from teams.queries import read_guides, read_seats
from teams.seat_forms import NEW, NewLeaderForm, NewSeatForm, SeatForm
from teams.services import add_person, add_team
from teams.telling import invite, tell_new_leader, tell_old_leader


@network_view(Role.COORDINATOR, to_write=True)
def team_add(request: NetworkRequest, participation_pk: int) -> HttpResponse:
    """Give an organisation one more team."""
    found = get_object_or_404(Participation.objects.select_related("organisation"), pk=participation_pk)
    if found.has_withdrawn(timezone.localdate()):
        return redirect("teams:participant", request.network.slug, found.pk)
    new = Team(network=request.network, participation=found, language=request.network.language)
    new.joined_on = found.joined_on
    if not Team.objects.filter(participation=found).exists():
        new.name = found.organisation.name
    form = TeamForm(request.POST or None, instance=new, network=request.network)
    if request.method == "POST" and form.is_valid():
        team = add_team(participation=found, **form.cleaned_data)
        messages.success(request, _("%(team)s is a team now. Add the people in it.") % {"team": team})
        return redirect("teams:team", request.network.slug, team.slug)
    return render(request, "teams/team_add.html", {"form": form, "participation": found})


@network_view(Role.COORDINATOR)
def team(request: NetworkRequest, team_slug: str) -> HttpResponse:
    """One team: who is in it, and what a coordinator may change."""
    today = timezone.localdate()
    found = get_object_or_404(Team.objects.select_related("participation__organisation"), slug=team_slug)
    (line,) = read_lines(request.network, [found.participation], today)
    own = next((each for each in line.teams if each.team == found), None)
    seats = read_seats(found)
    return render(
        request,
        "teams/team.html",
        {
            "team": found,
            "wants": own.wants if own else [],
            "goes_on": found.goes_on(today),
            "seats": [seat for seat in seats if seat.left_on is None or seat.left_on > today],
            "left": [seat for seat in seats if seat.left_on is not None and seat.left_on <= today],
            "guides": read_guides(found, today),
            "organisation": names_apart([found.participation.organisation])[found.participation.organisation_id],
        },
    )


@network_view(Role.COORDINATOR, to_write=True)
def team_edit(request: NetworkRequest, team_slug: str) -> HttpResponse:
    """Rename a team, or say for whom and since when it works."""
    rows = Team.objects.select_related("participation__organisation").select_for_update(of=("self",))
    found = get_object_or_404(rows, slug=team_slug)
    form = TeamForm(request.POST or None, instance=found, network=request.network)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved %(time)s.") % {"time": dates.clock(timezone.now())})
        return redirect("teams:team", request.network.slug, found.slug)
    name = Team.objects.only("name").get(pk=found.pk).name
    return render(request, "teams/team_edit.html", {"form": form, "team": found, "name": name})


@network_view(Role.COORDINATOR, to_write=True)
def seat_add(request: NetworkRequest, team_slug: str) -> HttpResponse:
    """Let a person into the team, and invite her."""
    found = get_object_or_404(Team.objects.going_on(), slug=team_slug)
    wanted = {"function": request.GET.get("funksjon", TeamMember.Function.MEMBER)}
    form = NewSeatForm(request.POST or None, team=found, initial=wanted)
    if request.method == "POST" and form.is_valid():
        user = add_person(network=request.network, role=Role.TEAM_MEMBER, team=found, **form.cleaned_data)
        invite(request, user)
        messages.success(request, _("%(name)s is invited. The mail is on its way.") % {"name": user})
        return redirect("teams:team", request.network.slug, found.slug)
    return render(request, "teams/seat_add.html", {"form": form, "team": found})


@network_view(Role.COORDINATOR, to_write=True)
def seat(request: NetworkRequest, team_slug: str, seat_pk: int) -> HttpResponse:
    """Change what a person does in the team, or the day she leaves it."""
    rows = TeamMember.objects.select_related("team__participation", "membership__user")
    found = get_object_or_404(rows.select_for_update(of=("self",)), pk=seat_pk, team__slug=team_slug)
    left_on = found.left_on
    shown = effects(Ending(left_on or timezone.localdate(), seat=found.pk))
    form = SeatForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        if left_on is not None and found.left_on != left_on:
            begin_memberships_again([found.membership], ended_on=left_on)
        if found.left_on is not None and found.left_on != left_on:
            leave_team(place=found, on=found.left_on)
        messages.success(request, _("Saved %(time)s.") % {"time": dates.clock(timezone.now())})
        return redirect("teams:team", request.network.slug, team_slug)
    return render(request, "teams/seat.html", {"form": form, "seat": found, "team": found.team, "effects": shown})


@network_view(Role.COORDINATOR, to_write=True)
def new_leader(request: NetworkRequest, team_slug: str) -> HttpResponse:
    """Change the team's leader in one step: the new one, the old one, and what waits for her."""
    found = get_object_or_404(Team.objects.going_on().select_related("participation__organisation"), slug=team_slug)
    today = timezone.localdate()
    old = leader_of(found)
    seats = [one for one in read_seats(found) if one.left_on is None or one.left_on > today]
    members = [one for one in seats if one != old]
    shown = effects(Ending(today, seat=old.pk)) if old else None
    form = NewLeaderForm(request.POST or None, team=found, members=members, old=old)
    if request.method == "POST" and form.is_valid():
        new = _seat_of(request, found, form, members)
        stays = form.cleaned_data.get("old") == "stays"
        change_leader(team=found, to=new, old_stays=stays)
        tell_new_leader(request, new.membership.user, found)
        if old and shown:
            tell_old_leader(request, old.membership.user, new.membership.user, found, shown, stays=stays)
        messages.success(
            request, _("%(name)s leads %(team)s from today. The mail is on its way.") % {"name": new, "team": found}
        )
        return redirect("teams:team", request.network.slug, found.slug)
    return render(request, "teams/new_leader.html", {"form": form, "team": found, "old": old, "effects": shown})


def _seat_of(request: NetworkRequest, team: Team, form: NewLeaderForm, members: list[TeamMember]) -> TeamMember:
    """The place of who is to lead the team, made where she is new in it."""
    if form.cleaned_data["who"] != NEW:
        return next(one for one in members if str(one.pk) == form.cleaned_data["who"])
    person = {name: form.cleaned_data[name] for name in ("name", "email", "title", "unit")}
    language = form.cleaned_data["language"] or team.language
    here = team.members.filter(membership__user__email=person["email"].lower(), left_on=None)
    if here.exists():
        return here.select_related("membership__user").get()
    user = add_person(network=request.network, role=Role.TEAM_MEMBER, team=team, language=language, **person)
    return team.members.select_related("membership__user").get(membership__user=user)
