"""A named cast with known places in two networks.

Vest    running, planned from the programme's template; today lies between gathering 1 and 2
  Vinje kommune      team "Vinje":  leder Vinje leads it, Medlem Vinje works in it; Leder Vinje committed it
  Tokke kommune      team "Tokke":  nobody yet
  coordinator Vest, supervisor Vest (guides Vinje), observer Vest
Øst     the other network, with one of each: nothing of it may ever show in Vest
National coordinator; a stranger with an account and no network.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils import timezone

from accounts.models import User
from gpf import tenancy
from networks.models import (
    AssignmentKind,
    Membership,
    NationalCoordinator,
    Network,
    Organisation,
    Participation,
    ParticipationLeader,
    Programme,
    Role,
)
from sessions.models import Assignment, Gathering
from teams.models import Supervisor, Team, TeamMember

PASSWORD = "et-langt-passord-for-tester"


@dataclass
class Place:
    """One network and the people in it, by their part."""

    network: Network
    coordinator: User
    supervisor: User
    team_leader: User
    member: User
    leader: User
    observer: User
    team: Team
    other_team: Team
    gatherings: list[Gathering] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)

    @property
    def document(self) -> Assignment:
        """The plan before gathering 2: the assignment most tests hand in."""
        return next(a for a in self.assignments if a.kind == AssignmentKind.DOCUMENT)

    @property
    def poster(self) -> Assignment:
        """The poster before gathering 2."""
        return next(a for a in self.assignments if a.kind == AssignmentKind.POSTER and a.gathering.number == 2)

    def people(self) -> dict[str, User]:
        return {
            "coordinator": self.coordinator,
            "supervisor": self.supervisor,
            "team_leader": self.team_leader,
            "member": self.member,
            "leader": self.leader,
            "observer": self.observer,
        }


@dataclass
class Cast:
    """Everybody."""

    west: Place
    east: Place
    national: User
    stranger: User


def make_cast() -> Cast:
    """Make the cast in the database; the transaction has no network open afterwards."""
    programme = Programme.objects.create(slug="program", name="Gode pasientforløp")
    return Cast(
        west=_place(programme, "Vest", "Vinje", "Tokke", first_number=3825),
        east=_place(programme, "Øst", "Hamar", "Løten", first_number=3403),
        national=_national(),
        stranger=_person("fremmed", "Fremmed"),
    )


def _place(programme: Programme, region: str, first: str, second: str, first_number: int) -> Place:
    slug = "vest" if region == "Vest" else "ost"
    today = timezone.localdate()
    network = Network.objects.create(
        slug=slug,
        name=f"Læringsnettverk {region}",
        programme=programme,
        from_year=today.year,
        to_year=today.year + 1,
        phase=Network.Phase.RUNNING,
        region=region,
    )
    with tenancy.scope([network.pk]):
        people = {
            name: _person(f"{name}.{slug}", f"{title} {region}")
            for name, title in {
                "coordinator": "Koordinator",
                "supervisor": "Veileder",
                "team_leader": "Teamleder",
                "member": "Medlem",
                "leader": "Leder",
                "observer": "Observatør",
            }.items()
        }
        roles = {
            "coordinator": Role.COORDINATOR,
            "supervisor": Role.SUPERVISOR,
            "team_leader": Role.TEAM_MEMBER,
            "member": Role.TEAM_MEMBER,
            "leader": Role.LEADER,
            "observer": Role.OBSERVER,
        }
        places = {
            name: Membership.objects.create(network=network, user=people[name], role=role)
            for name, role in roles.items()
        }
        own = _take_part(network, first, str(first_number))
        other = _take_part(network, second, str(first_number + 1))
        ParticipationLeader.objects.create(network=network, participation=own, user=people["leader"])
        team = Team.objects.create(network=network, slug=_slug(first), name=first, participation=own)
        other_team = Team.objects.create(network=network, slug=_slug(second), name=second, participation=other)
        TeamMember.objects.create(
            network=network, team=team, membership=places["team_leader"], function=TeamMember.Function.LEADER
        )
        TeamMember.objects.create(network=network, team=team, membership=places["member"])
        Supervisor.objects.create(network=network, team=team, membership=places["supervisor"])
        gatherings = _gatherings(network, today)
        assignments = [
            _assignment(gatherings[0], "plakat", AssignmentKind.POSTER, "Lag plakat", 10),
            _assignment(gatherings[1], "plan", AssignmentKind.DOCUMENT, "Lever forbedringsplan", 14),
            _assignment(gatherings[1], "involver", AssignmentKind.ANSWER, "Informer og involver", 12),
            _assignment(gatherings[1], "plakat", AssignmentKind.POSTER, "Lag plakat", 10),
        ]
    return Place(
        network=network,
        team=team,
        other_team=other_team,
        gatherings=gatherings,
        assignments=assignments,
        **people,
    )


def _person(local_part: str, name: str) -> User:
    return User.objects.create_user(f"{local_part}@test.example", name=name, password=PASSWORD)


def _national() -> User:
    user = _person("nasjonal", "Nasjonal koordinator")
    NationalCoordinator.objects.create(user=user)
    return user


def _take_part(network: Network, name: str, number: str) -> Participation:
    organisation = Organisation.objects.create(
        slug=f"kommune-{number}", kind=Organisation.Kind.MUNICIPALITY, name=name, number=number
    )
    return Participation.objects.create(network=network, organisation=organisation)


def _gatherings(network: Network, today: date) -> list[Gathering]:
    held = today - timedelta(days=60)
    coming = today + timedelta(days=24)
    return [
        Gathering.objects.create(
            network=network,
            number=1,
            starts_on=held,
            ends_on=held + timedelta(days=1),
            state=Gathering.State.HELD,
        ),
        Gathering.objects.create(network=network, number=2, starts_on=coming, ends_on=coming + timedelta(days=1)),
    ]


def _assignment(gathering: Gathering, slug: str, kind: AssignmentKind, title: str, days: int) -> Assignment:
    assert gathering.starts_on is not None
    return Assignment.objects.create(
        network_id=gathering.network_id,
        gathering=gathering,
        slug=slug,
        kind=kind,
        title_nb=title,
        title_nn=title,
        days_before=days,
        due=gathering.starts_on - timedelta(days=days),
    )


def _slug(name: str) -> str:
    return name.lower().replace("ø", "o")
