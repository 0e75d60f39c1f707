"""Networks to measure in: one to look at, and any number beside it."""

from datetime import date, timedelta
from itertools import count, cycle, islice

from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from gpf import tenancy
from gpf.norwegian import sort_key
from networks.models import Membership, Network, Organisation, Participation, Programme, Role
from sessions.models import Assignment, Delivery, Gathering
from teams.models import Supervisor, Team

PER_GATHERING = 5
AT_A_TIME = 100

# What the teams of a running network have come to: a bit of everything.
STATES = ("approved", "delivered", "open", "returned", "approved", "open", "delivered", "approved", None)

TITLES = ("Forankre hos ledelsen", "Kartlegg behov", "Intervju brukere og pasienter", "Lever plan", "Lag plakat")

_numbers = count(1)


def make_network(teams: int, assignments: int) -> tuple[Network, User]:
    """A running network whose teams have come to every state, and its coordinator."""
    (network,) = _networks(1)
    coordinator = User.objects.create_user(f"koordinator.{network.pk}@bench.example", name="Koordinator")
    with transaction.atomic(), tenancy.scope([network.pk]):
        Membership.objects.create(network=network, user=coordinator, role=Role.COORDINATOR)
        _fill([network], teams, assignments)
        _guide(network)
    return network, coordinator


def make_others(number: int, teams: int, assignments: int) -> None:
    """So many other networks, each with a coordinator, teams, assignments and deliveries."""
    made = _networks(number)
    people = User.objects.bulk_create(
        User(email=f"koordinator.{network.pk}@bench.example", name="Koordinator") for network in made
    )
    for start in range(0, number, AT_A_TIME):
        part = made[start : start + AT_A_TIME]
        with transaction.atomic(), tenancy.scope([network.pk for network in part]):
            Membership.objects.bulk_create(
                Membership(network=network, user=user, role=Role.COORDINATOR)
                for network, user in zip(part, people[start:], strict=False)
            )
            _fill(part, teams, assignments)


def _networks(number: int) -> list[Network]:
    programme, _made = Programme.objects.get_or_create(slug="program", defaults={"name": "Gode pasientforløp"})
    today = timezone.localdate()
    rows = []
    for place in islice(_numbers, number):
        name = f"Læringsnettverk {place}"
        rows.append(
            Network(
                slug=f"nettverk-{place}",
                name=name,
                sort_name=sort_key(name),
                programme=programme,
                from_year=today.year,
                to_year=today.year + 1,
                phase=Network.Phase.RUNNING,
            )
        )
    return Network.objects.bulk_create(rows)


def _fill(networks: list[Network], teams: int, assignments: int) -> None:
    """Needs the networks opened."""
    _gatherings(networks, assignments)
    _teams(networks, _municipalities(teams))
    _deliveries(networks)


def _gatherings(networks: list[Network], assignments: int) -> None:
    today = timezone.localdate()
    numbers = range(1, -(-assignments // PER_GATHERING) + 1)
    days = {number: today + timedelta(days=90 * (number - 2) + 20) for number in numbers}
    rows = [
        Gathering(network=network, number=number, starts_on=days[number], ends_on=days[number] + timedelta(days=1))
        for network in networks
        for number in numbers
    ]
    made = Gathering.objects.bulk_create(rows)
    Assignment.objects.bulk_create(
        assignment for gathering in made for assignment in _assignments(gathering, assignments)
    )


def _assignments(gathering: Gathering, assignments: int) -> list[Assignment]:
    assert gathering.starts_on is not None
    assert gathering.number is not None
    before = PER_GATHERING * (gathering.number - 1)
    return [
        Assignment(
            network_id=gathering.network_id,
            gathering=gathering,
            slug=f"oppgave-{place}",
            position=place,
            kind="poster" if place == PER_GATHERING - 1 else "document",
            title_nb=TITLES[place],
            due=_due(gathering.starts_on, place),
        )
        for place in range(min(PER_GATHERING, assignments - before))
    ]


def _due(starts_on: date, place: int) -> date:
    return starts_on - timedelta(days=60 - 10 * place)


def _municipalities(number: int) -> list[Organisation]:
    """The same ones for every network."""
    names = [f"Kommune {place} & bygd" for place in range(1, number + 1)]
    rows = [
        Organisation(
            slug=f"kommune-{place}", kind="municipality", name=name, sort_name=sort_key(name), number=f"{place:04}"
        )
        for place, name in enumerate(names, start=1)
    ]
    Organisation.objects.bulk_create(rows, ignore_conflicts=True)
    return list(Organisation.objects.filter(slug__in=[row.slug for row in rows]).order_by("number"))


def _teams(networks: list[Network], organisations: list[Organisation]) -> None:
    taking_part = Participation.objects.bulk_create(
        Participation(network=network, organisation=organisation)
        for network in networks
        for organisation in organisations
    )
    Team.objects.bulk_create(
        Team(
            network_id=each.network_id,
            participation=each,
            slug=f"team-{each.organisation.number}",
            name=f"Team {each.organisation.name}",
            sort_name=sort_key(f"Team {each.organisation.name}"),
        )
        for each in taking_part
    )


def _guide(network: Network) -> None:
    """Five supervisors share the teams."""
    people = [
        User.objects.create_user(f"veileder.{number}.{network.pk}@bench.example", name=f"Veileder {number}")
        for number in range(1, 6)
    ]
    memberships = [Membership.objects.create(network=network, user=person, role=Role.SUPERVISOR) for person in people]
    Supervisor.objects.bulk_create(
        Supervisor(network=network, team=team, membership=membership)
        for team, membership in zip(Team.objects.all(), cycle(memberships), strict=False)
    )


def _deliveries(networks: list[Network]) -> None:
    """A delivery for nearly every pair, written by PostgreSQL itself: there may be hundreds of thousands."""
    states = [state for state in STATES if state]
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO {Delivery._meta.db_table}
                (network_id, team_id, assignment_id, state, begun, delivered_at,
                 extension_reason, exempt, exempt_reason)
            SELECT network_id, team, assignment, state, true, CASE WHEN state <> 'open' THEN now() END,
                   '', false, ''
            FROM (
                SELECT team.network_id, team.id AS team, assignment.id AS assignment,
                       (%s::text[])[1 + (team.id * 7 + assignment.id) %% %s] AS state
                FROM {Team._meta.db_table} AS team JOIN {Assignment._meta.db_table} AS assignment USING (network_id)
                WHERE network_id = ANY (%s)
            ) AS pair WHERE state IS NOT NULL
            """,
            [[*states, None], len(states) + 1, [network.pk for network in networks]],
        )
