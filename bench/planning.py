"""Planning a cycle into a network: against writing the same rows with nothing around it, and for many as for few."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import connection, transaction
from psycopg.types.json import Jsonb

from bench import check, fresh_database, ratios, result
from bench.asking import questions
from bench.filling import make_network
from gpf import tenancy
from networks.models import CycleTemplate, Network, TemplateAssignment, TemplateGathering
from sessions.models import Assignment, Gathering
from sessions.plans import plan_network_cycle

TEAMS = 40
GATHERINGS, PER_GATHERING = 4, 5  # twenty assignments
MANY_GATHERINGS, MANY_PER_GATHERING = 12, 40
FIRST = date(2027, 3, 3)
KINDS = ("answer", "document", "answer", "document", "poster")
ROUNDS = 51

# What begins, marks and ends a transaction asks for nothing.


def run() -> dict[str, Any]:
    network = _network()
    few, many = _template("few", GATHERINGS, PER_GATHERING), _template("many", MANY_GATHERINGS, MANY_PER_GATHERING)
    size = GATHERINGS * PER_GATHERING
    plan, bare = _plan(network, few), _bare(network, _rows(network, few))
    ratio, medians = ratios({"plan": plan, "bare": bare}, ours="plan", theirs="bare", rounds=ROUNDS)
    queries, more = questions(plan), questions(_plan(network, many))
    return result(
        check(f"planning {size} assignments into a network, time against the bare rows", ratio, 3.5),
        check("planning a cycle, queries", queries, 8),
        check(f"planning, queries for {MANY_GATHERINGS * MANY_PER_GATHERING} assignments more", more - queries, 0),
        milliseconds=medians,
    )


def _network() -> Network:
    """A network whose teams are there and whose cycle is not."""
    fresh_database()
    network, _coordinator = make_network(TEAMS, 1)
    with transaction.atomic(), tenancy.scope([network.pk]):
        Gathering.objects.all().delete()
    return network


def _template(slug: str, gatherings: int, per_gathering: int) -> CycleTemplate:
    programme = Network.objects.select_related("programme")[0].programme
    template = CycleTemplate.objects.create(slug=slug, programme=programme, name_nb=slug, name_nn=slug)
    for number in range(1, gatherings + 1):
        row = TemplateGathering.objects.create(template=template, number=number, months_after_previous=6)
        TemplateAssignment.objects.bulk_create(
            TemplateAssignment(
                gathering=row,
                slug=f"oppgave-{place}",
                position=place,
                kind=KINDS[place % len(KINDS)],
                title_nb=f"Oppgave {place}",
                title_nn=f"Oppgåve {place}",
                guidance_nb="Hva har dere prøvd, og hva viser målingene? " * 3,
                guidance_nn="Kva har de prøvd, og kva viser målingane? " * 3,
                days_before=10 + place,
            )
            for place in range(per_gathering)
        )
    return template


@contextmanager
def _undone(network: Network) -> Iterator[None]:
    """With the network opened, in a transaction that leaves nothing behind."""
    with transaction.atomic():
        with tenancy.scope([network.pk]):
            yield
        transaction.set_rollback(True)


def _plan(network: Network, template: CycleTemplate) -> Callable[[], None]:
    """The product: read the template, lay out the cycle, write it."""

    def plan() -> None:
        with _undone(network):
            plan_network_cycle(network=network, template=template, first=FIRST)

    return plan


Rows = list[dict[str, Any]]


def _rows(network: Network, template: CycleTemplate) -> tuple[Rows, Rows]:
    """What the product writes: its gatherings, and its assignments."""
    with _undone(network):
        plan_network_cycle(network=network, template=template, first=FIRST)
        gatherings: Rows = [dict(row) for row in Gathering.objects.order_by("pk").values()]
        assignments: Rows = [dict(row) for row in Assignment.objects.order_by("pk").values()]
        return gatherings, assignments


def _bare(network: Network, rows: tuple[Rows, Rows]) -> Callable[[], None]:
    """The same rows, known beforehand: one statement for each table and one for the network."""
    gatherings, assignments = rows
    first, first_values = _insert(Gathering._meta.db_table, gatherings)
    second, second_values = _insert(Assignment._meta.db_table, assignments)
    third = f"UPDATE {Network._meta.db_table} SET preparation_months = 3 WHERE id = %s"

    def write() -> None:
        with _undone(network), connection.cursor() as cursor:
            cursor.execute(first, first_values)
            cursor.execute(second, second_values)
            cursor.execute(third, [network.pk])

    return write


def _insert(table: str, rows: Rows) -> tuple[str, list[Any]]:
    names = list(rows[0])
    one = f"({', '.join(['%s'] * len(names))})"
    statement = f"INSERT INTO {table} ({', '.join(names)}) VALUES {', '.join([one] * len(rows))}"
    return statement, [_value(row[name]) for row in rows for name in names]


def _value(value: Any) -> Any:
    return Jsonb(value) if isinstance(value, dict) else value
