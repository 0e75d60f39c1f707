"""The first page: for each part a person has, what it is that she comes for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.models import User
from gpf import tenancy
from gpf.declare import signed_in
from gpf.timeline import Timeline
from networks.access import is_national
from networks.models import AssignmentKind, Membership, Network, Role
from overview.access import networks_of, own_memberships, teams_answered_for, teams_worked_in
from overview.frame import enter
from overview.gatherings import in_order
from overview.matrix import read_matrices, sentence
from overview.team_pages import read_guide_names
from overview.work import Thing, Work, read_work
from sessions.cycle import draw_cycle
from sessions.models import Delivery, Gathering, Review
from teams.models import Team

NEW_ANSWERS = timedelta(days=14)
NEWLY_SHARED = timedelta(days=30)


@dataclass(frozen=True)
class Step:
    """A thing to do, with the words and the address of its button."""

    thing: Thing
    address: str


@dataclass(frozen=True)
class Answer:
    """What the supervisor has said about the newest version of something."""

    review: Review
    thing: Thing
    address: str


@dataclass(frozen=True)
class TeamHome:
    """All that one team's part of the page shows."""

    team: Team
    network: Network
    work: Work
    steps: list[Step]
    answers: list[Answer]
    shared: list[Delivery]
    cycle: Timeline | None


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
        return redirect("overview:queue")
    if not memberships:
        return render(request, "overview/no_network.html")
    return _member(request, memberships)


def _coordinator(request: HttpRequest, memberships: Sequence[Membership], networks: list[Network]) -> HttpResponse:
    """Several networks: how each of them stands, in a sentence."""
    enter(request, memberships, networks)
    today = timezone.localdate()
    with tenancy.scope([network.pk for network in networks]):
        matrices = read_matrices([network.pk for network in networks], today=today)
    lines = [(network, sentence(matrices[network.pk])) for network in networks]
    return render(request, "overview/home_coordinator.html", {"lines": lines})


def _member(request: HttpRequest, memberships: Sequence[Membership]) -> HttpResponse:
    """A team's next thing to do, a leader's teams, and what an observer may read."""
    networks = networks_of(memberships)
    enter(request, memberships, networks)
    with tenancy.scope([network.pk for network in networks]):
        teams = list(teams_worked_in(memberships))
        led = [team for team in teams_answered_for(memberships) if team not in teams]
        by_key = {network.pk: network for network in networks}
        today = timezone.localdate()
        work = read_work([*teams, *led], today)
        guides = read_guide_names(led, today)
        return render(
            request,
            "overview/home.html",
            {
                "homes": team_homes(teams, work, by_key),
                "led": [
                    LeaderTeam(team, by_key[team.network_id], work[team.pk], guides.get(team.pk, [])) for team in led
                ],
                "observed": networks_of(memberships, Role.OBSERVER),
                "teamless": networks_of(memberships, Role.TEAM_MEMBER) if not teams else [],
            },
        )


def team_homes(teams: Sequence[Team], work: dict[int, Work], networks: dict[int, Network]) -> list[TeamHome]:
    """Each team's part of the page; the queries are as many for three teams as for one."""
    cycles = _cycles([networks[key] for key in {team.network_id for team in teams}])
    answers = _answers(teams, work, networks)
    shared = _shared(teams)
    return [
        TeamHome(
            team=team,
            network=networks[team.network_id],
            work=work[team.pk],
            steps=[Step(t, t.field_address(networks[team.network_id])) for t in work[team.pk].open[:3]],
            answers=[answer for answer in answers if answer.thing.team == team][:3],
            shared=[delivery for delivery in shared if delivery.network_id == team.network_id][:5],
            cycle=cycles.get(team.network_id),
        )
        for team in teams
    ]


def _cycles(networks: Sequence[Network]) -> dict[int, Timeline | None]:
    """The line of each of these networks, by primary key, in one query."""
    ordered = in_order(Gathering.objects.filter(network__in=networks))
    return {
        network.pk: draw_cycle(
            network, [each for each in ordered if each.network_id == network.pk], today=timezone.localdate()
        )
        for network in networks
    }


def _answers(teams: Sequence[Team], work: dict[int, Work], networks: dict[int, Network]) -> list[Answer]:
    """The answers of the last two weeks that the team has not delivered anew after, newest first."""
    things = {(t.team.pk, t.assignment.pk): t for each in work.values() for t in each.things}
    reviews = (
        Review.objects.filter(
            version__delivery__team__in=[team.pk for team in teams],
            version__delivered_at=F("version__delivery__delivered_at"),
            reviewed_at__gte=timezone.now() - NEW_ANSWERS,
        )
        .select_related("version__delivery", "reviewed_by")
        .order_by("-reviewed_at")
    )
    found = []
    for review in reviews:
        delivery = review.version.delivery
        thing = things.get((delivery.team_id, delivery.assignment_id))
        if thing:
            found.append(Answer(review, thing, thing.address(networks[delivery.network_id])))
    return found


def _shared(teams: Sequence[Team]) -> list[Delivery]:
    """Posters that other teams of the same networks have handed in lately, newest first."""
    return list(
        Delivery.objects.filter(
            network__in={team.network_id for team in teams},
            assignment__kind=AssignmentKind.POSTER,
            state__in=[Delivery.State.DELIVERED, Delivery.State.APPROVED],
            delivered_at__gte=timezone.now() - NEWLY_SHARED,
        )
        .exclude(team__in=[team.pk for team in teams])
        .select_related("team", "assignment__gathering")
        .order_by("-delivered_at")[:50]
    )
