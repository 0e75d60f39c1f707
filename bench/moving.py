"""Moving a gathering with all that hangs on it: against the bare statements, and with many teams against few."""

from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import translation

from accounts.models import User
from bench import Contender, analyse, check, fresh_database, ratios, result
from bench.asking import questions
from bench.filling import make_network
from gpf import tenancy
from networks.models import Membership, Network, Role
from networks.planning import due_day
from notices.models import Message
from sessions.gathering_days import Days, nearest_run
from sessions.models import Assignment, Gathering
from sessions.moving import foresee
from sessions.moving_page import read_move_page
from sessions.moving_services import move_gathering, read_plan, sign
from teams.models import Team, TeamMember

TEAMS, FEW, ASSIGNMENTS = 40, 4, 20
GATHERINGS = 4
TO_A_TEAM = 2  # people
BY = timedelta(days=100)
ROUNDS = 31


def run() -> dict[str, Any]:
    with translation.override("nb"):
        all_of_them, medians = _against_bare(along=True)
        alone, medians_alone = _against_bare(along=False)
        more = _statements(TEAMS) - _statements(FEW)
        more_to_look = _statements_to_look(TEAMS) - _statements_to_look(FEW)
    return result(
        check(f"moving four gatherings, {TEAMS} × {ASSIGNMENTS}, time against the bare statements", all_of_them, 3),
        check(f"moving one of them, {TEAMS} × {ASSIGNMENTS}, time against the bare statements", alone, 5),
        check(f"moving, statements at {TEAMS} teams more than at {FEW}", more, 0),
        check(f"looking at a move, statements at {TEAMS} teams more than at {FEW}", more_to_look, 0),
        milliseconds={"all": medians, "one": medians_alone},
    )


def _against_bare(*, along: bool) -> tuple[float, dict[str, float]]:
    """The move over the statements that no move can do without, and the milliseconds of both."""
    fresh_database()
    network, coordinator = _network(TEAMS)
    analyse()
    move = _move(network, coordinator, along=along)
    contenders = {"move": _undone(network, move), "bare": _undone(network, _bare(network, move))}
    return ratios(contenders, ours="move", theirs="bare", rounds=ROUNDS)


def _statements(teams: int) -> int:
    """How many statements a move takes."""
    fresh_database()
    network, coordinator = _network(teams)
    return questions(_undone(network, _move(network, coordinator)))


def _statements_to_look(teams: int) -> int:
    """How many statements it takes to show what would follow."""
    fresh_database()
    network, coordinator = _network(teams)

    def look() -> None:
        plan = read_plan()
        first, to = _where_to(1)
        preview = foresee(plan, first.pk, to, along=True, today=to.starts_on - BY)
        read_move_page(network, coordinator, plan, preview)

    return questions(_undone(network, look))


# What is measured


def _move(network: Network, coordinator: User, *, along: bool = True) -> Contender:
    """The service as the page calls it: the first gathering with all after it, or the last one alone."""
    number = 1 if along else GATHERINGS

    def move() -> None:
        gathering, to = _where_to(number)
        preview, told = move_gathering(
            network=network,
            gathering=gathering.pk,
            to=to,
            along=along,
            reason="Smitte",
            by=coordinator,
            seen=sign(read_plan()),
        )
        if len(preview.moves) != (GATHERINGS if along else 1) or not told:
            raise AssertionError("not everything moved, or nobody is told")

    return move


def _bare(network: Network, move: Contender) -> Contender:
    """A statement for each gathering and each deadline that moved, and the letters put in as they were written."""
    with transaction.atomic():
        with tenancy.scope([network.pk]):
            before = (
                set(Gathering.objects.values_list("pk", "starts_on")),
                set(Assignment.objects.values_list("pk", "due")),
            )
            move()
            moved = [row for row in Gathering.objects.all() if (row.pk, row.starts_on) not in before[0]]
            deadlines = [row for row in Assignment.objects.all() if (row.pk, row.due) not in before[1]]
            letters = list(Message.objects.all())
        transaction.set_rollback(True)
    for letter in letters:
        letter.pk = None

    def write() -> None:
        with connection.cursor() as cursor:
            for row in moved:
                days = [row.starts_on, row.ends_on, row.pk]
                cursor.execute("UPDATE gatherings_gathering SET starts_on = %s, ends_on = %s WHERE id = %s", days)
            for deadline in deadlines:
                cursor.execute("UPDATE gatherings_assignment SET due = %s WHERE id = %s", [deadline.due, deadline.pk])
        Message.objects.bulk_create(letters)
        for letter in letters:
            letter.pk = None

    return write


def _undone(network: Network, contender: Contender) -> Contender:
    """In a transaction with the network opened, which is taken back."""

    def run_and_undo() -> None:
        with transaction.atomic():
            with tenancy.scope([network.pk]):
                contender()
            transaction.set_rollback(True)

    return run_and_undo


# What it is measured in


def _network(teams: int) -> tuple[Network, User]:
    network, coordinator = make_network(teams, ASSIGNMENTS)
    with transaction.atomic(), tenancy.scope([network.pk]):
        _people(network)
        for assignment in Assignment.objects.select_related("gathering"):
            assert assignment.gathering.starts_on is not None
            assignment.days_before = (assignment.gathering.starts_on - assignment.due).days
            assignment.due = due_day(assignment.gathering.starts_on, assignment.days_before)
            assignment.save(update_fields=["days_before", "due"])
    return network, coordinator


def _people(network: Network) -> None:
    teams = [team for team in Team.objects.order_by("pk") for _place in range(TO_A_TEAM)]
    users = User.objects.bulk_create(
        User(email=f"deltaker.{number}.{network.pk}@bench.example", name=f"Deltaker {number}")
        for number in range(len(teams))
    )
    places = Membership.objects.bulk_create(
        Membership(network=network, user=user, role=Role.TEAM_MEMBER) for user in users
    )
    TeamMember.objects.bulk_create(
        TeamMember(network=network, team=team, membership=place) for team, place in zip(teams, places, strict=True)
    )


def _where_to(number: int) -> tuple[Gathering, Days]:
    found = Gathering.objects.get(number=number)
    assert found.starts_on is not None
    return found, nearest_run(found.starts_on + BY, 2)
