"""Reading who takes part in a network, with which teams, and what is missing."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from networks.access import is_completed
from networks.models import Network, Organisation, Participation
from networks.organisation_search import namesakes
from teams.models import Team, TeamMember

Function = TeamMember.Function


@dataclass(frozen=True)
class Want:
    """Something that is missing, and where it is mended."""

    text: str
    address: str


@dataclass(frozen=True)
class TeamLine:
    """A team that goes on, who leads it, how many it has, and what it lacks."""

    team: Team
    leader: str
    people: int
    wants: list[Want]


@dataclass(frozen=True)
class Line:
    """An organisation in the network. `name` tells namesakes apart."""

    participation: Participation
    name: str
    units: list[str]
    committed: list[str]
    teams: list[TeamLine]
    ended: list[Team] = field(default_factory=list)
    wants: list[Want] = field(default_factory=list)

    @property
    def all_wants(self) -> list[Want]:
        return [*self.wants, *(want for team in self.teams for want in team.wants)]


@dataclass(frozen=True)
class Lists:
    """Those that take part, and those that have withdrawn, each in Norwegian order."""

    taking_part: list[Line]
    withdrawn: list[Line]

    @property
    def teams(self) -> int:
        return sum(len(line.teams) for line in self.taking_part)

    @property
    def wanting(self) -> int:
        return sum(bool(line.all_wants) for line in self.taking_part)


def read_participants(network: Network, today: date) -> Lists:
    """Every organisation of the network, in the same seven queries however many they are."""
    found = Participation.objects.select_related("organisation__parent").order_by("organisation__sort_name", "pk")
    lines = read_lines(network, list(found.prefetch_related("units__organisation", "leaders__user")), today)
    return Lists(
        [line for line in lines if not line.participation.has_withdrawn(today)],
        [line for line in lines if line.participation.has_withdrawn(today)],
    )


def read_lines(network: Network, participations: Sequence[Participation], today: date) -> list[Line]:
    """These organisations, which have their units and leaders at hand, with their teams."""
    teams: dict[int, list[Team]] = defaultdict(list)
    for team in Team.objects.filter(participation__in=participations).order_by("sort_name", "pk"):
        teams[team.participation_id].append(team)
    seats = _seats([team for own in teams.values() for team in own], today)
    names = names_apart([row.organisation for row in participations])
    return [_line(network, row, names[row.organisation_id], teams[row.pk], seats, today) for row in participations]


def names_apart(organisations: Iterable[Organisation]) -> dict[int, str]:
    """What to call each: its name, with the county where another municipality has the same."""
    organisations = list(organisations)
    twice = namesakes(organisations)
    return {
        row.pk: f"{row.name} ({row.county or row.number})" if row.sort_name in twice else row.name
        for row in organisations
    }


def _line(
    network: Network,
    participation: Participation,
    name: str,
    teams: Sequence[Team],
    seats: dict[int, list[TeamMember]],
    today: date,
) -> Line:
    going_on = [team for team in teams if team.ended_on is None or team.ended_on > today]
    units = sorted((unit.organisation for unit in participation.units.all()), key=lambda unit: unit.sort_name)
    committed = [place.user.name for place in participation.leaders.all()]
    at_work = not participation.has_withdrawn(today) and not is_completed(network)
    return Line(
        participation=participation,
        name=name,
        units=[unit.name for unit in units],
        committed=committed,
        teams=[_team_line(network, team, seats.get(team.pk, []), at_work) for team in going_on],
        ended=[team for team in teams if team not in going_on],
        wants=_wants(network, participation, bool(going_on), bool(committed)) if at_work else [],
    )


def _wants(network: Network, participation: Participation, has_team: bool, has_leader: bool) -> list[Want]:
    place = {"network_slug": network.slug, "participation_pk": participation.pk}
    found = []
    if not has_team:
        found.append(Want(_("no team yet"), reverse("teams:team_add", kwargs=place)))
    if not participation.anchored_by and not has_leader:
        found.append(Want(_("no leader has committed"), reverse("teams:participant_edit", kwargs=place)))
    return found


def _team_line(network: Network, team: Team, seats: Sequence[TeamMember], at_work: bool) -> TeamLine:
    functions = {seat.function for seat in seats}
    leader = next((seat.membership.user.name for seat in seats if seat.function == Function.LEADER), "")
    place = {"network_slug": network.slug, "team_slug": team.slug}
    lacking = {
        Function.LEADER: (_("no team leader"), reverse("teams:new_leader", kwargs=place)),
        Function.MEASUREMENT_LEAD: (_("no measurement lead"), _seat_address(place, Function.MEASUREMENT_LEAD)),
        Function.USER_REPRESENTATIVE: (_("no user representative"), _seat_address(place, Function.USER_REPRESENTATIVE)),
    }
    wants = [Want(*lack) for function, lack in lacking.items() if at_work and function not in functions]
    return TeamLine(team, leader, len(seats), wants)


def _seat_address(place: dict[str, str], function: Function) -> str:
    return f"{reverse('teams:seat_add', kwargs=place)}?funksjon={function.value}"


def _seats(teams: Sequence[Team], today: date) -> dict[int, list[TeamMember]]:
    """Who sits in each team today, by the team's primary key."""
    found: dict[int, list[TeamMember]] = defaultdict(list)
    seats = TeamMember.objects.filter(Q(left_on=None) | Q(left_on__gt=today), team__in=teams)
    for seat in seats.select_related("membership__user").order_by("membership__user__name", "pk"):
        found[seat.team_id].append(seat)
    return found
