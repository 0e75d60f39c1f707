"""The measurements measure what they say, and the promises about queries hold before anyone measures."""

import re

import pytest
from django.db import connection
from django.test import RequestFactory
from django.utils import translation

import bench
from bench import filling, matrix
from bench.asking import questions
from bench.bare import BareView


@pytest.fixture(autouse=True)
def bokmal() -> object:
    with translation.override("nb"):
        yield


@pytest.mark.django_db
def test_the_bare_view_renders_the_same_table_as_the_page() -> None:
    network, coordinator = filling.make_network(teams=5, assignments=12)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('gpf.networks', %s, true)", [str(network.pk)])
    bare = matrix._table(BareView(network)(RequestFactory().get("/")))
    assert matrix._table(matrix._page(network, coordinator)()) == bare
    assert len(re.findall("<td", bare)) == 5 * 12


@pytest.mark.django_db
def test_the_page_asks_no_more_for_many_teams_than_for_few() -> None:
    few, many = (questions(matrix._page(*filling.make_network(teams=teams, assignments=20))) for teams in (4, 60))
    assert many == few <= 12


@pytest.mark.django_db
def test_other_networks_get_rows_of_their_own() -> None:
    with connection.cursor() as cursor:
        filling.make_others(3, teams=2, assignments=6)
        cursor.execute(
            "SELECT set_config('gpf.networks', (SELECT string_agg(id::text, ',') FROM networks_network), true)"
        )
        cursor.execute("SELECT count(DISTINCT network_id), count(*) FROM gatherings_assignment")
        assert cursor.fetchone() == (3, 18)
        cursor.execute("SELECT count(DISTINCT network_id), count(*) > 18 FROM gatherings_delivery")
        assert cursor.fetchone() == (3, True)


def test_a_promise_holds_up_to_its_bound() -> None:
    assert [bench.check("a", value, 0.8)["ok"] for value in (0.5, 0.8, 0.801)] == [True, True, False]


def test_contenders_take_turns_at_going_first() -> None:
    ran: list[str] = []
    medians = bench.alternate({"a": lambda: ran.append("a"), "b": lambda: ran.append("b")}, rounds=3, warm=1)
    assert "".join(ran) == "abbaabba"
    assert set(medians) == {"a", "b"}
    assert min(medians.values()) >= 0


def test_it_empties_no_database_but_its_own(db: None) -> None:
    with pytest.raises(AssertionError):
        bench.fresh_database()
