"""The first page: for each part a person has, what it is that she comes for."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.models import User
from gpf import tenancy
from gpf.declare import signed_in
from networks.access import is_completed, is_national
from networks.belonging import enter, networks_of, own_memberships
from networks.models import Membership, Network, Role
from overview.access import teams_answered_for, teams_worked_in
from overview.matrix import read_matrices, sentence
from overview.team_home import team_homes
from overview.team_pages import read_guide_names
from overview.waiting import read_waiting
from overview.work import Work, read_work
from teams.models import Team


@dataclass(frozen=True)
class LeaderTeam:
    """A team as the leader who committed the organisation reads about it."""

    team: Team
    network: Network
    work: Work
    guides: list[str]


@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """Lead each to her own: national and coordinator to the networks, the supervisor to the queue, others stay."""
    assert isinstance(request.user, User)  # LoginRequiredMiddleware stands before every view that is not public
    if is_national(request.user):
        return redirect("overview:networks")
    memberships = own_memberships(request.user)
    coordinated = networks_of(memberships, Role.COORDINATOR)
    if len(coordinated) == 1:
        return redirect("overview:matrix", network_slug=coordinated[0].slug)
    if coordinated:
        return _coordinator(request, memberships, coordinated)
    if networks_of(memberships, Role.SUPERVISOR):
        return redirect("supervision:queue")
    if not memberships:
        return render(request, "overview/no_network.html")
    return _member(request, memberships)


def _coordinator(request: HttpRequest, memberships: Sequence[Membership], networks: list[Network]) -> HttpResponse:
    """Several networks: how each of them stands, in a sentence."""
    enter(request, memberships, networks)
    today = timezone.localdate()
    with tenancy.scope([network.pk for network in networks]):
        matrices = read_matrices([network.pk for network in networks], today=today)
        waiting = read_waiting(networks)
    lines = [(network, sentence(matrices[network.pk])) for network in networks]
    return render(request, "overview/home_coordinator.html", {"lines": lines, "waiting": waiting})


def _member(request: HttpRequest, memberships: Sequence[Membership]) -> HttpResponse:
    """A team's next thing to do, a leader's teams, and what an observer may read."""
    networks = networks_of(memberships)
    enter(request, memberships, networks)
    with tenancy.scope([network.pk for network in networks]):
        completed = [network for network in networks_of(memberships, Role.TEAM_MEMBER) if is_completed(network)]
        teams = list(teams_worked_in(memberships).exclude(network__in=completed))
        led = [team for team in teams_answered_for(memberships) if team not in teams]
        by_key = {network.pk: network for network in networks}
        today = timezone.localdate()
        work = read_work([*teams, *led], today)
        guides = read_guide_names(led, today)
        return render(
            request,
            "overview/home.html",
            {
                "homes": team_homes(teams, work, by_key, today),
                "led": [
                    LeaderTeam(team, by_key[team.network_id], work[team.pk], guides.get(team.pk, [])) for team in led
                ],
                "observed": networks_of(memberships, Role.OBSERVER),
                "teamless": networks_of(memberships, Role.TEAM_MEMBER) if not teams and not completed else [],
                "completed_networks": completed,
                "completed": False,  # the page says so itself
            },
        )
