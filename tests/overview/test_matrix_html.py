"""The one place that puts markup together by hand: what comes from people is escaped, and every address is right."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from networks.models import Network
from overview.matrix import Matrix, Member, Row
from overview.matrix_html import render
from sessions.models import Assignment, Gathering
from sessions.progress import Progress, State
from tests.overview.stage import table

TODAY = date(2026, 11, 22)
NASTY = """<script>alert("1")</script>&'{}%s"""
ESCAPED = "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#x27;{}%s"


@pytest.fixture(autouse=True)
def english() -> object:
    with translation.override("en"):
        yield


def gathering(pk: int, starts_on: date | None = None, **fields: object) -> Gathering:
    return Gathering(pk=pk, number=pk, starts_on=starts_on, ends_on=starts_on, **fields)


def assignment(pk: int, of: Gathering, title: str = "Plan", due: date = TODAY) -> Assignment:
    found = Assignment(pk=pk, title_nb=title, due=due)
    found.gathering = of
    return found


def member(name: str, slug: str = "vinje", organisation: str = "Vinje") -> Member:
    return Member(1, slug, name, organisation, None, 1, 1, {})


def matrix(columns: list[Assignment], *rows: Row) -> Matrix:
    return Matrix(columns, list(rows), list(rows), TODAY)


def cell(state: State, late: int = 0) -> Progress:
    return Progress(state, TODAY, late)


def test_names_titles_and_slugs_are_escaped() -> None:
    one = assignment(7, gathering(1), title=NASTY)
    row = Row(member(NASTY, slug='"><b>', organisation=f"{NASTY}!"), [cell(State.LATE, 3)])
    html = render(matrix([one], row), Network(slug="vest"))
    assert "<script>" not in html
    assert "<b>" not in html
    assert html.count(ESCAPED) == 4  # name, organisation, heading, and the label of the cell
    assert table(html)[1:] == [[f"{NASTY} 22 November"], [f"{NASTY}{NASTY}!", "3 d late"]]


def test_every_cell_leads_to_its_delivery_and_every_name_to_its_team() -> None:
    first = gathering(1)
    columns = [assignment(pk, first) for pk in (10, 200, 3000)]
    rows = [Row(member("Vinje", slug), [cell(State.BEGUN)] * 3) for slug in ("vinje", "0-team-0", "a" * 80)]
    html = render(matrix(columns, *rows), Network(slug="nettverk-0"))
    wanted = [
        address
        for row in rows
        for address in (
            reverse("overview:team", args=["nettverk-0", row.team.slug]),
            *(reverse("gatherings:delivery", args=["nettverk-0", row.team.slug, column.pk]) for column in columns),
        )
    ]
    assert re.findall(r'href="([^"]*)"', html) == wanted


def test_each_state_has_its_mark_and_word() -> None:
    columns = [assignment(pk, gathering(1)) for pk in range(1, 8)]
    row = Row(member("Vinje"), [cell(state, 4 if state == State.LATE else 0) for state in State])
    html = render(matrix(columns, row), Network(slug="vest"))
    assert re.findall(r'data-state="([^"]*)"', html) == [state.value for state in State]
    assert table(html)[2] == ["Vinje", "not begun", "begun", "delivered", "sent back", "approved", "4 d late", "exempt"]


def test_the_cells_say_which_gathering_begins_and_which_is_not_the_next() -> None:
    gatherings = [gathering(pk, TODAY + timedelta(days=days)) for pk, days in ((1, -90), (2, 20), (3, 200))]
    columns = [assignment(10 * each.pk + place, each) for each in gatherings for place in range(2)]
    html = render(matrix(columns, Row(member("Vinje"), [cell(State.BEGUN)] * 6)), Network(slug="vest"))
    assert re.findall(r"<td( class=\"[^\"]*\")?>", html) == [
        ' class="first earlier"',
        ' class="earlier"',
        ' class="first"',
        "",
        ' class="first later"',
        ' class="later"',
    ]
    assert re.findall(r'colspan="(\d+)"', html) == ["2", "2", "2"]


def test_what_is_known_of_a_gatherings_time_stands_in_its_heading() -> None:
    columns = [
        assignment(1, gathering(1, date(2021, 3, 3))),
        assignment(2, gathering(2, month=date(2021, 6, 1))),
        assignment(3, gathering(3)),
    ]
    html = render(matrix(columns, Row(member("Vinje"), [cell(State.APPROVED)] * 3)), Network(slug="vest"))
    assert table(html)[0][1:] == ["Gathering 1 · 3 March 2021", "Gathering 2 · June 2021", "Gathering 3"]


def test_the_organisation_stands_below_the_name_where_they_differ() -> None:
    columns = [assignment(1, gathering(1))]
    rows = [
        Row(member("Helse Førde 1", organisation="Helse Førde"), [cell(State.BEGUN)]),
        Row(member("Vinje"), [cell(State.BEGUN)]),
    ]
    html = render(matrix(columns, *rows), Network(slug="vest"))
    assert html.count("matrix-organisation") == 1


def test_the_words_are_in_the_readers_language() -> None:
    columns = [assignment(1, gathering(1))]
    found = matrix(columns, Row(member("Vinje"), [cell(State.LATE, 5)]))
    with translation.override("nn"):
        assert table(render(found, Network(slug="vest")))[2] == ["Vinje", "5 d for seint"]
