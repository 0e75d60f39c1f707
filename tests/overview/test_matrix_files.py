"""The files hold exactly what the page shows, and nothing a spreadsheet would calculate."""

import csv
import io
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from accounts.models import User
from sessions.models import Assignment
from teams.models import Team
from tests.cast import Cast, Place
from tests.overview.stage import add_team, deliver, page, reads_english, table, within

SignIn = Callable[[User], Client]
QUERIES = ["", "?tilstand=delivered", "?rekkefolge=forsinket", "?samling={gathering}&rekkefolge=forsinket"]


@pytest.fixture
def west(cast: Cast) -> Place:
    reads_english(cast.west.coordinator, cast.west.supervisor)
    with within(cast.west):
        deliver(cast.west.team, cast.west.document)
        deliver(add_team(cast.west, "Årdal", guided=True), cast.west.assignments[0])
    return cast.west


def fetch(client: Client, place: Place, kind: str, query: str = "") -> HttpResponse:
    response = client.get(reverse(f"overview:matrix_{kind}", kwargs={"network_slug": place.network.slug}) + query)
    assert isinstance(response, HttpResponse)
    assert response.status_code == 200
    return response


def as_rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def sheet_rows(content: bytes) -> list[list[str]]:
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    return [["" if value is None else str(value) for value in row] for row in sheet.iter_rows(values_only=True)]


@pytest.mark.parametrize("query", QUERIES)
def test_both_files_hold_the_rows_of_the_page(west: Place, sign_in: SignIn, query: str) -> None:
    query = query.format(gathering=west.gatherings[1].pk)
    client = sign_in(west.coordinator)
    html = page(client, reverse("overview:matrix", kwargs={"network_slug": west.network.slug}) + query)
    shown = table(html)[2:]
    assert shown
    written = as_rows(fetch(client, west, "csv", query).content)
    assert [[row[0], *row[2:]] for row in written[3:]] == shown
    assert sheet_rows(fetch(client, west, "xlsx", query).content) == written


def test_the_headings_say_gathering_assignment_and_deadline(west: Place, sign_in: SignIn) -> None:
    gatherings, assignments, due = as_rows(fetch(sign_in(west.coordinator), west, "csv").content)[:3]
    assert gatherings == ["", "", "Gathering 1", "Gathering 2", "Gathering 2", "Gathering 2"]
    assert assignments == ["Team", "Organisation", *(each.title_nb for each in west.assignments)]
    assert due[:2] == ["", "Due"]


def test_the_supervisors_files_hold_her_teams(west: Place, sign_in: SignIn) -> None:
    client = sign_in(west.supervisor)
    assert [row[0] for row in as_rows(fetch(client, west, "csv").content)[3:]] == ["Vinje", "Årdal"]
    assert [row[0] for row in sheet_rows(fetch(client, west, "xlsx").content)[3:]] == ["Vinje", "Årdal"]


def test_excel_reads_the_csv_by_a_double_click(west: Place, sign_in: SignIn) -> None:
    response = fetch(sign_in(west.coordinator), west, "csv")
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert b";" in response.content.splitlines()[0]
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    name = f"fremdrift-vest-{timezone.localdate():%Y-%m-%d}.csv"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_name_becomes_a_formula(west: Place, sign_in: SignIn, formula: str) -> None:
    with within(west):
        Team.objects.filter(pk=west.team.pk).update(name=formula)
        Assignment.objects.filter(pk=west.document.pk).update(title_nb=formula)
    client = sign_in(west.coordinator)
    written = as_rows(fetch(client, west, "csv").content)
    assert f"'{formula}" in {row[0] for row in written}
    assert f"'{formula}" in written[1]
    sheet = load_workbook(io.BytesIO(fetch(client, west, "xlsx").content)).worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} <= {"s", "inlineStr"}
    assert formula.strip() in {str(row[0]).strip() for row in sheet.iter_rows(values_only=True)}


def test_the_page_links_to_files_of_the_same_choice(west: Place, sign_in: SignIn) -> None:
    base = reverse("overview:matrix", kwargs={"network_slug": west.network.slug})
    html = page(sign_in(west.coordinator), f"{base}?tilstand=delivered&rekkefolge=forsinket")
    assert "/nettverk/vest/fremdrift.csv?tilstand=delivered&amp;rekkefolge=forsinket" in html
    assert "/nettverk/vest/fremdrift.xlsx?tilstand=delivered&amp;rekkefolge=forsinket" in html
