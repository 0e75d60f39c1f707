"""The daily job: its time follows what is due, not what is open."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import override_settings
from django.utils import timezone

from accounts.models import User
from bench import Contender, alternate, analyse, check, connected_to, copy_database, result, using
from bench.filling import make_others
from gpf import tenancy
from networks.models import Membership, Network, Role
from notices.models import Digest, Message, Notice
from notices.post import Answer
from notices.runs import find_due, run_daily
from sessions.models import Assignment, Delivery
from teams.models import Team, TeamMember

NETWORKS, TEAMS = 20, 20
FEW, MANY = 5, 50  # assignments a network: 2,000 and 20,000 open deliveries
DUE = 200  # deliveries that come due today: one assignment in half of the networks; twice as many: in all of them

ROUNDS = 7


def run() -> dict[str, Any]:
    """Three databases: few open, many open, and many open of which twice as many are due."""
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend"):
        job, finding = _many_open_against_few()
        twice = _twice_as_many_due()
    return result(
        check(f"daily job, {DUE} due of 20,000 open, time against {DUE} due of 2,000", job["many"] / job["few"], 1.2),
        check(
            f"finding what is due, {DUE} of 20,000 open, time against {DUE} of 2,000",
            finding["many"] / finding["few"],
            1.5,
        ),
        check(f"daily job, {2 * DUE} due of 20,000 open, time against {DUE}", twice["twice"] / twice["once"], 2.4),
        milliseconds={
            f"job, {DUE} of 2,000": _milliseconds(job["few"]),
            f"job, {DUE} of 20,000": _milliseconds(job["many"]),
            f"finding, {DUE} of 2,000": _milliseconds(finding["few"]),
            f"finding, {DUE} of 20,000": _milliseconds(finding["many"]),
            f"job, {2 * DUE} of 20,000": _milliseconds(twice["twice"]),
        },
        digests_a_second=round(DUE / twice["once"]),
    )


def _many_open_against_few() -> tuple[dict[str, float], dict[str, float]]:
    """The median seconds of the job, and of finding alone, in a database with few open deliveries and one with many."""
    _fill(FEW)
    with copy_database() as few, connected_to(few) as quiet:
        _open_more(MANY - FEW)
        analyse()
        crowded = connections["default"]
        jobs = alternate({"few": _job(quiet, DUE), "many": _job(crowded, DUE)}, rounds=ROUNDS, warm=1)
        findings = {"few": _on(quiet, _finding), "many": _on(crowded, _finding)}
        return jobs, alternate(findings, rounds=3 * ROUNDS, warm=1)


def _twice_as_many_due() -> dict[str, float]:
    """The median seconds of the job over many open deliveries, and where twice as many of them are due."""
    with copy_database() as once, connected_to(once) as half:
        _let_be_due(NETWORKS)
        analyse()
        whole = connections["default"]
        return alternate({"once": _job(half, DUE), "twice": _job(whole, 2 * DUE)}, rounds=ROUNDS, warm=1)


# What is measured


def _job(wrapper: BaseDatabaseWrapper, due: int) -> Contender:
    """The whole daily job, from nothing found to everything sent."""

    def job() -> None:
        _forget()
        answers = run_daily()
        if answers != {Answer.SENT: due}:
            raise AssertionError(f"not {due} sent, but {dict(answers)}")

    return _on(wrapper, job)


def _finding() -> None:
    """The part that looks for what is due."""
    _forget()
    find_due(timezone.localdate())


def _on(wrapper: BaseDatabaseWrapper, contender: Callable[[], object]) -> Contender:
    def run_there() -> None:
        with using(wrapper):
            contender()

    return run_there


def _forget() -> None:
    """Nothing has been found or sent yet, and no invitation points to a letter."""
    tables = ", ".join(model._meta.db_table for model in (Notice, Message, Digest))
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {tables} CASCADE")


# What it is measured in


def _fill(assignments: int) -> None:
    """Networks whose teams each have a leader and have handed in nothing; one assignment in half of them is due."""
    make_others(NETWORKS, TEAMS, assignments)
    with transaction.atomic(), tenancy.scope(_networks()):
        Delivery.objects.update(state=Delivery.State.OPEN, delivered_at=None)
        Assignment.objects.update(due=timezone.localdate() + timedelta(days=200))
        _lead(list(Team.objects.order_by("pk")))
    _let_be_due(NETWORKS // 2)
    analyse()


def _lead(teams: list[Team]) -> None:
    people = User.objects.bulk_create(
        User(email=f"leder.{team.pk}@bench.example", name=f"Teamleder {team.name}") for team in teams
    )
    places = Membership.objects.bulk_create(
        Membership(network_id=team.network_id, user=person, role=Role.TEAM_MEMBER)
        for team, person in zip(teams, people, strict=True)
    )
    TeamMember.objects.bulk_create(
        TeamMember(network_id=team.network_id, team=team, membership=place, function=TeamMember.Function.LEADER)
        for team, place in zip(teams, places, strict=True)
    )


def _let_be_due(networks: int) -> None:
    """The first assignment in so many of the networks is due in 14 days."""
    for network in _networks()[:networks]:
        with tenancy.scope([network]):
            first = Assignment.objects.order_by("pk")[:1].values("pk")
            Assignment.objects.filter(pk__in=first).update(due=timezone.localdate() + timedelta(days=14))


def _open_more(assignments: int) -> None:
    """So many more assignments in each network, due another year, and every team has begun each."""
    with transaction.atomic(), tenancy.scope(_networks()):
        for network in _networks():
            gathering = Assignment.objects.filter(network=network).order_by("pk")[0].gathering
            made = Assignment.objects.bulk_create(
                Assignment(
                    network_id=network,
                    gathering=gathering,
                    slug=f"mer-{number}",
                    title_nb=f"Oppgave {number}",
                    due=timezone.localdate() + timedelta(days=100 + 7 * number),
                )
                for number in range(assignments)
            )
            teams = list(Team.objects.filter(network=network))
            Delivery.objects.bulk_create(
                Delivery(network_id=network, team=team, assignment=assignment, begun=True)
                for assignment in made
                for team in teams
            )


def _networks() -> list[int]:
    return list(Network.objects.order_by("pk").values_list("pk", flat=True))


def _milliseconds(seconds: float) -> float:
    return round(seconds * 1000, 1)
