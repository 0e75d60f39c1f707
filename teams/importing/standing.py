"""How a network stands before a list is brought in: its organisations, teams and people, read once.

Only what is in this network is known here. A person of another network is new, and nothing of her is shown.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import Q
from django.utils import timezone

from gpf.norwegian import sort_key
from networks.models import Membership, Network, Participation, ParticipationLeader, RegisterMunicipality, Role
from teams.importing.reading import Row
from teams.models import Supervisor, Team, TeamMember

Function = TeamMember.Function


@dataclass
class Known:
    """A person who has a role in the network today. A team is its primary key, or what it will be where it is new."""

    name: str
    roles: set[Role] = field(default_factory=set)
    seats: dict[object, Function] = field(default_factory=dict)
    guides: set[object] = field(default_factory=set)
    commits: set[int] = field(default_factory=set)


@dataclass
class Standing:
    """The network as it is; teams and organisations by what they are called."""

    network: Network
    today: date
    people: dict[str, Known]
    participations: list[Participation]
    teams: list[Team]
    leaders: dict[int, tuple[str, str]]

    def team_called(self, name: str) -> list[Team]:
        key = sort_key(name)
        return [team for team in self.teams if team.sort_name == key]

    def teams_of(self, participation: Participation) -> list[Team]:
        """Those that go on."""
        own = [team for team in self.teams if team.participation_id == participation.pk]
        return [team for team in own if team.goes_on(self.today)]

    def participations_called(self, words: str) -> list[Participation]:
        """By municipality or organisation number, or by name, with the county or the word for municipality or not."""
        digits = "".join(words.split())
        if digits.isdigit():
            numbers = {digits, digits.zfill(4)}
            return [row for row in self.participations if numbers & {row.organisation.number, row.organisation.orgnr}]
        key = sort_key(words)
        found = [row for row in self.participations if key in _names(row)]
        return found or [row for row in self.participations if key == f"{_numbered(row)}"]

    def successors(self, words: str) -> str:
        """The names of what took over from a municipality that is no more, by its old name or number; else nothing."""
        digits = "".join(words.split())
        return self._ended.get(digits.zfill(4) if digits.isdigit() else sort_key(words), "")

    @cached_property
    def _ended(self) -> dict[str, str]:
        """The municipalities that have got another name, by old number and name."""
        found: dict[str, str] = {}
        for row in RegisterMunicipality.objects.exclude(valid_to=None).prefetch_related("successors"):
            heirs = sorted({heir.name for heir in row.successors.all()} - {row.name})
            if heirs:
                found |= dict.fromkeys((row.number, row.sort_name), ", ".join(heirs))
        return found


def read_standing(network: Network, rows: Iterable[Row]) -> Standing:
    """What a list of these rows has to fit into. Seven queries, however long it is."""
    today = timezone.localdate()
    addresses = {row.email.strip().lower() for row in rows}
    participations = list(Participation.objects.select_related("organisation").order_by("organisation__sort_name"))
    teams = list(Team.objects.select_related("participation__organisation").order_by("sort_name", "pk"))
    return Standing(network, today, _people(addresses, today), participations, teams, _leaders())


def _names(row: Participation) -> set[str]:
    name, county = row.organisation.sort_name, row.organisation.county
    return {name, f"{name} kommune", sort_key(f"{name} {county}"), name.removesuffix(" hf")}


def _numbered(row: Participation) -> str:
    return sort_key(f"{row.organisation.number} {row.organisation.name}")


def _people(addresses: set[str], today: date) -> dict[str, Known]:
    """Those of the addresses that have a role in the network today, with their places."""
    active = Membership.objects.filter(Q(ends_on=None) | Q(ends_on__gt=today), user__email__in=addresses)
    people: dict[str, Known] = {}
    for row in active.select_related("user"):
        people.setdefault(row.user.email, Known(row.user.name)).roles.add(Role(row.role))
    seats = TeamMember.objects.filter(Q(left_on=None) | Q(left_on__gt=today), membership__in=active)
    for email, team, function in seats.values_list("membership__user__email", "team_id", "function"):
        people[email].seats[team] = Function(function)
    guides = Supervisor.objects.filter(Q(until=None) | Q(until__gt=today), membership__in=active)
    for email, team in guides.values_list("membership__user__email", "team_id"):
        people[email].guides.add(team)
    leaders: dict[str, set[int]] = defaultdict(set)
    rows = ParticipationLeader.objects.filter(user__email__in=[*people])
    for email, participation in rows.values_list("user__email", "participation_id"):
        leaders[email].add(participation)
    for email, commits in leaders.items():
        people[email].commits = commits if Role.LEADER in people[email].roles else set()
    return people


def _leaders() -> dict[int, tuple[str, str]]:
    """Who leads each team: address and name."""
    rows = TeamMember.objects.filter(function=Function.LEADER, left_on=None)
    found = rows.values_list("team_id", "membership__user__email", "membership__user__name")
    return {team: (email, name) for team, email, name in found}
