"""The measurement of planning measures what it says, and its promise about queries holds before anyone measures."""

import pytest
from django.db import transaction

from bench import planning
from bench.asking import questions
from bench.filling import make_network
from gpf import tenancy
from networks.models import Network
from sessions.models import Assignment, Gathering


@pytest.fixture
def network(db: None) -> Network:
    """Without a cycle."""
    made, _coordinator = make_network(teams=3, assignments=1)
    with transaction.atomic(), tenancy.scope([made.pk]):
        Gathering.objects.all().delete()
    return made


def test_a_long_cycle_asks_no_more_than_a_short_one(network: Network) -> None:
    asked = [
        questions(planning._plan(network, planning._template(slug, gatherings, work)))
        for slug, gatherings, work in (("short", 1, 1), ("long", 6, 30))
    ]
    assert asked[0] == asked[1] <= 8


def test_the_bare_rows_are_those_the_product_writes(network: Network) -> None:
    gatherings, assignments = planning._rows(network, planning._template("few", 4, 5))
    assert (len(gatherings), len(assignments)) == (5, 20)
    write = planning._bare(network, (gatherings, assignments))
    write()
    with tenancy.scope([network.pk]):
        assert not Gathering.objects.exists(), "nothing is left behind"
        assert not Assignment.objects.exists()
