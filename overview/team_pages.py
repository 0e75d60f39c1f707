"""The teams of a network, and one of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from improvement.access import Place
from networks.access import NetworkRequest, has_role, is_completed, network_view
from networks.models import Network, Role
from overview.matrix import has_ended
from overview.team_work import read_team_work
from overview.work import Thing, Work, read_work
from posters.access import visible_editions
from sessions.models import Gathering
from sessions.progress import State
from sessions.sharing import shared_by
from supervision.meetings.queries import read_guiding
from supervision.questions.box import read_box
from supervision.scores.queries import read_pairs
from teams.access import own_teams, supervised_teams, visible_teams
from teams.models import Supervisor, Team, TeamMember

# Who meets the people of the teams by name: those who work with them. Leaders and observers read of the work.
MEETINGS = 3
"""Of the guidance meetings that were held, so many stand on the team's page."""

COLLEAGUES = (Role.COORDINATOR, Role.SUPERVISOR, Role.TEAM_MEMBER)


@dataclass(frozen=True)
class Person:
    """A person in a team or beside it, and what she does there."""

    name: str
    function: str
    unit: str = ""


@dataclass(frozen=True)
class TeamLine:
    """A team in the list: who leads and who guides it, and its work where the person may read that."""

    team: Team
    leader: str
    guides: list[str]
    work: Work | None


@dataclass(frozen=True)
class Step:
    """An assignment on the team's page, and where it leads."""

    thing: Thing
    address: str


@dataclass(frozen=True)
class Stretch:
    """The work before one gathering."""

    heading: str
    gathering: Gathering
    steps: list[Step]
    current: bool

    @property
    def done(self) -> int:
        return sum(step.thing.done for step in self.steps)

    @property
    def asked(self) -> int:
        return sum(step.thing.progress.state != State.EXEMPT for step in self.steps)


@network_view()
def teams(request: NetworkRequest) -> HttpResponse:
    """Every team by name; those that have ended stand apart."""
    today = timezone.localdate()
    found = list(_teams())
    working = [team for team in found if not _has_ended(team, today)]
    may_read = set(visible_teams(request).values_list("pk", flat=True))
    work = read_work([team for team in working if team.pk in may_read], today)
    leaders = _leaders(found)
    guides = read_guide_names(found, today)
    lines = [TeamLine(team, leaders.get(team.pk, ""), guides.get(team.pk, []), work.get(team.pk)) for team in working]
    return render(
        request,
        "overview/teams.html",
        {
            "lines": lines,
            "ended": [team for team in found if _has_ended(team, today)],
            "named": has_role(request, *COLLEAGUES),
            "any_work": bool(work),
        },
    )


@network_view()
def team(request: NetworkRequest, team_slug: str) -> HttpResponse:
    """One team: who it is, to everyone in the network; how far it has come, to those who may read its deliveries."""
    today = timezone.localdate()
    found = get_object_or_404(_teams(), slug=team_slug)
    may_read = visible_teams(request).filter(pk=found.pk).exists()
    work = read_work([found], today)[found.pk] if may_read else None
    goes_on = not is_completed(request.network) and not _has_ended(found, today)
    own = own_teams(request).filter(pk=found.pk).exists()
    guides = _guides(request, found)
    shown = read_team_work(request, found, work, own=own and goes_on, today=today) if work else None
    return render(
        request,
        "overview/team.html",
        {
            "team": found,
            "ended": _has_ended(found, today),
            "place": Place(found, may_write=own and goes_on, is_own=own),
            "shown": shown,
            "people": _people(found, today) if may_read or has_role(request, *COLLEAGUES) else [],
            "guides": read_guide_names([found], today).get(found.pk, []),
            "work": work,
            "stretches": _stretches(work, request.network) if work else [],
            "posters": _posters(request, found),
            "shared": shared_by(request, found) if work is None else [],
            "box": read_box(request, found, own=own, goes_on=goes_on),
            "guiding": read_guiding(request, found, shown=MEETINGS) if own or guides else None,
            "scored": read_pairs(request, found) if may_read else [],
            "may_log": goes_on and guides,
            "may_settle": not is_completed(request.network),
        },
    )


def _guides(request: NetworkRequest, team: Team) -> bool:
    """Whether the person reads and writes the team's log as somebody who guides or coordinates."""
    return has_role(request, Role.COORDINATOR) or supervised_teams(request).filter(pk=team.pk).exists()


def _teams() -> QuerySet[Team]:
    return Team.objects.select_related("participation__organisation__parent").order_by("sort_name", "pk")


def _has_ended(team: Team, today: date) -> bool:
    """The team itself, or with the organisation that left."""
    participation = team.participation
    return has_ended(team.ended_on, participation.withdrawn, participation.withdrawn_on, today)


def _places(today: date) -> QuerySet[TeamMember]:
    return TeamMember.objects.filter(Q(left_on=None) | Q(left_on__gt=today)).select_related("membership__user")


def _leaders(teams: Sequence[Team]) -> dict[int, str]:
    """The name of each team's leader, by the team's primary key."""
    places = TeamMember.objects.filter(team__in=teams, function=TeamMember.Function.LEADER, left_on=None)
    return dict(places.values_list("team_id", "membership__user__name"))


def read_guide_names(teams: Sequence[Team], today: date) -> dict[int, list[str]]:
    """The names of those who guide each team today, by the team's primary key."""
    rows = Supervisor.objects.filter(Q(until=None) | Q(until__gt=today), since__lte=today, team__in=teams)
    found: dict[int, list[str]] = {}
    for team_pk, name in rows.order_by("membership__user__name").values_list("team_id", "membership__user__name"):
        found.setdefault(team_pk, []).append(name)
    return found


def _people(team: Team, today: date) -> list[Person]:
    """The team's people: its leader first, then by what they do."""
    order = TeamMember.Function.values
    places = sorted(_places(today).filter(team=team), key=lambda place: (order.index(place.function), str(place)))
    return [Person(str(place), place.get_function_display(), place.unit) for place in places]


def _stretches(work: Work, network: Network) -> list[Stretch]:
    """The work gathering by gathering. What is current stands open: the next gathering's, and what is behind."""
    behind = {thing.assignment.gathering for thing in work.open if thing.progress.state in (State.LATE, State.RETURNED)}
    current = behind | {work.next_gathering}
    return [
        Stretch(heading, gathering, [Step(thing, thing.address(network)) for thing in things], gathering in current)
        for heading, gathering, things in work.by_gathering()
    ]


def _posters(request: NetworkRequest, team: Team) -> list[Gathering]:
    """The gatherings the team has handed in a poster for that the person may read."""
    found = visible_editions(request).filter(poster__team=team).order_by("poster__gathering__number")
    return [edition.poster.gathering for edition in found]
