"""The progress matrix: as a complete page against a bare view, and beside much against beside nothing."""

import re
from collections.abc import Callable
from typing import Any

from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from bench import Contender, analyse, check, connected_to, copy_database, fresh_database, ratios, result, using
from bench.asking import page_of, questions
from bench.bare import BareView
from bench.filling import make_network, make_others
from networks.models import Network

TEAMS, ASSIGNMENTS = 40, 20
OTHERS, THEIR_TEAMS, THEIR_ASSIGNMENTS = 2000, 10, 16
FEW, MANY = 4, 400

# What begins, marks and ends a transaction asks for nothing.


def run() -> dict[str, Any]:
    with translation.override("nb"):
        queries, against_bare, bare_medians = _against_a_bare_view()
        beside, beside_medians = _beside_other_networks()
        more = _queries_of(MANY) - _queries_of(FEW)
    return result(
        check(f"matrix {TEAMS} × {ASSIGNMENTS} as a page, time against a bare view", against_bare, 0.8),
        check(f"matrix {TEAMS} × {ASSIGNMENTS}, queries", queries, 12),
        check(f"matrix, queries at {MANY} teams more than at {FEW}", more, 0),
        check(f"matrix beside {OTHERS} other networks, time against alone", beside, 1.1),
        milliseconds=bare_medians | beside_medians,
    )


def _against_a_bare_view() -> tuple[int, float, dict[str, float]]:
    """How many queries the page asks, its time over the bare view's, and the milliseconds of both."""
    network, coordinator = make_network(TEAMS, ASSIGNMENTS)
    analyse()
    page, bare = _page(network, coordinator), _bare(network)
    if _table(page()) != _table(bare()):
        raise AssertionError("the bare view does not render the same table as the page")
    ratio, medians = ratios({"page": page, "bare": bare}, ours="page", theirs="bare")
    return questions(page), ratio, medians


def _beside_other_networks() -> tuple[float, dict[str, float]]:
    """The page's time where 2,000 other networks have rows, over its time in a copy of the database before that."""
    fresh_database()
    network, coordinator = make_network(TEAMS, ASSIGNMENTS)
    with copy_database() as alone, connected_to(alone) as quiet:
        make_others(OTHERS, THEIR_TEAMS, THEIR_ASSIGNMENTS)
        analyse()
        crowded = connections["default"]
        pages = {
            "beside others": _on(crowded, network, coordinator),
            "alone": _on(quiet, network, coordinator),
        }
        return ratios(pages, ours="beside others", theirs="alone")


def _queries_of(teams: int) -> int:
    fresh_database()
    return questions(_page(*make_network(teams, ASSIGNMENTS)))


def _page(network: Network, coordinator: User) -> Callable[[], HttpResponse]:
    """The complete page, for a signed-in person, through everything a request goes through."""
    return page_of(coordinator, reverse("overview:matrix", kwargs={"network_slug": network.slug}))


def _bare(network: Network) -> Callable[[], HttpResponse]:
    """The bare view, on a connection that has the network open already."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('gpf.networks', %s, false)", [str(network.pk)])
    view, request = BareView(network), RequestFactory().get("/")
    return lambda: view(request)


def _on(wrapper: BaseDatabaseWrapper, network: Network, coordinator: User) -> Contender:
    """The page, read from the database behind this connection."""
    with using(wrapper):
        page = _page(network, coordinator)

    def visit() -> HttpResponse:
        with using(wrapper):
            return page()

    return visit


def _table(response: HttpResponse) -> str:
    """The table of the page, without the white space between tags and words."""
    found = re.search(r"<table.*</table>", response.content.decode(), re.DOTALL)
    assert found
    return re.sub(r"\s+", " ", found[0]).replace("> ", ">").replace(" <", "<")
