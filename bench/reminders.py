"""The daily job: its time follows what is due, not what is open.

Work is open for every pair of a team and an assignment; there is a row (`Delivery`) for those that are begun.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import override_settings
from django.utils import timezone

from bench import Contender, alternate, analyse, check, connected_to, copy_database, result, using
from bench.due import fill, forget, let_be_due, network_keys
from gpf import tenancy
from notices.post import Answer
from notices.runs import find_due, run_daily
from sessions.models import Assignment, Delivery, Gathering
from teams.models import Team

NETWORKS, TEAMS = 50, 40
FEW, MANY = 5, 500  # assignments a network: 10,000 and 1,000,000 open pairs
DUE = NETWORKS * TEAMS  # of which these are due: one assignment in each network
BEGUN = 10  # every tenth of the other pairs has been begun
ROUNDS = 3


def run() -> dict[str, Any]:
    """Two databases: few open pairs, and many, of which the same are due."""
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend"):
        fill(NETWORKS, TEAMS, assignments=FEW)
        let_be_due(NETWORKS)
        with copy_database() as few, connected_to(few) as quiet:
            _open_more(MANY - FEW)
            analyse()
            crowded = connections["default"]
            job = alternate({"few": _on(quiet, _job), "many": _on(crowded, _job)}, rounds=ROUNDS, warm=1)
            finding = alternate(
                {"few": _on(quiet, _finding), "many": _on(crowded, _finding)}, rounds=2 * ROUNDS + 1, warm=1
            )
    of = f"{DUE} due of {NETWORKS * TEAMS * MANY} open pairs, time against {DUE} of {NETWORKS * TEAMS * FEW}"
    return result(
        check(f"daily job, {of}", job["many"] / job["few"], 1.5),
        check(f"finding what is due, {of}", finding["many"] / finding["few"], 1.5),
        seconds={
            "job, few open": round(job["few"], 2),
            "job, many open": round(job["many"], 2),
            "finding, few open": round(finding["few"], 2),
            "finding, many open": round(finding["many"], 2),
        },
    )


def _job() -> None:
    """The whole daily job, from nothing found to everything sent."""
    forget()
    answers = run_daily()
    if answers != {Answer.SENT: DUE}:
        raise AssertionError(f"not {DUE} sent, but {dict(answers)}")


def _finding() -> None:
    """The part that looks for what is due."""
    forget()
    find_due(timezone.localdate())


def _on(wrapper: BaseDatabaseWrapper, contender: Callable[[], object]) -> Contender:
    def run_there() -> None:
        with using(wrapper):
            contender()

    return run_there


def _open_more(assignments: int) -> None:
    """So many more assignments in each network, due another year; of the pairs that makes, some have been begun."""
    today = timezone.localdate()
    with transaction.atomic(), tenancy.scope(network_keys()):
        gatherings = Gathering.objects.order_by("network", "pk").distinct("network")
        Assignment.objects.bulk_create(
            (
                Assignment(
                    network_id=gathering.network_id,
                    gathering=gathering,
                    slug=f"mer-{number}",
                    title_nb=f"Oppgave {number}",
                    due=today + timedelta(days=100 + number % 700),
                )
                for gathering in gatherings
                for number in range(assignments)
            ),
            batch_size=5000,
        )
        _begin_some()


def _begin_some() -> None:
    """Every tenth pair that has no row gets one, written by PostgreSQL itself: there are a hundred thousand."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO {Delivery._meta.db_table}
                (network_id, team_id, assignment_id, state, begun, extension_reason, exempt, exempt_reason)
            SELECT network_id, team.id, assignment.id, 'open', true, '', false, ''
            FROM {Team._meta.db_table} AS team JOIN {Assignment._meta.db_table} AS assignment USING (network_id)
            WHERE assignment.slug LIKE 'mer-%%' AND (team.id + assignment.id) %% %s = 0
            """,
            [BEGUN],
        )
