"""Everything of a network taken out: the same in a workbook and as data, and nothing that is not for it."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from accounts.models import User
from gpf.guarded import holds_identity_number
from networks.models import ParticipatingUnit, Participation
from sessions.models import Assignment, GatheringMove, Review
from sessions.services import deliver, exempt, extend, review, save_draft
from signup.models import InvitationRound, Invitee, Registration
from teams.models import Team
from tests.cast import Cast, Place
from tests.overview.stage import TRANSACTION, add_team, within

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
Sheets = dict[str, list[list[Any]]]


@pytest.fixture(autouse=True)
def lived(cast: Cast) -> None:
    """A network something has happened in; and another, with the same and worse."""
    User.objects.update(language="en")
    for place, secret in ((cast.west, "Vestlig"), (cast.east, "Østlig hemmelighet")):
        with within(place):
            _live(place, secret)


def _live(place: Place, word: str) -> None:
    network, today = place.network, timezone.localdate()
    Participation.objects.filter(pk=place.team.participation_id).update(
        anchored_by=f"Kommunalsjef {word}", anchored_on=today, joined_note="=1+1"
    )
    organisation = place.other_team.participation.organisation
    ParticipatingUnit.objects.create(network=network, participation=place.team.participation, organisation=organisation)
    version = deliver(team=place.team, assignment=place.document, by=place.member, comment=f"{word} plan, hemmelig")
    review(version=version, by=place.supervisor, verdict=Review.Verdict.APPROVED, text=f"{word} svar, hemmelig")
    save_draft(team=place.team, assignment=place.poster, by=place.member, comment=f"{word} kladd, hemmelig")
    extend(team=place.other_team, assignment=place.document, until=today + timedelta(days=30), reason="Sykdom")
    exempt(team=place.other_team, assignment=place.poster, reason="Ny leder")
    second = place.gatherings[1]
    GatheringMove.objects.create(
        network=network,
        gathering=second,
        from_starts_on=today,
        from_ends_on=today,
        to_starts_on=today,
        to_ends_on=today,
        reason="Pandemi",
        moved_by=place.coordinator,
    )
    letter = {"subject_nb": "S", "text_nb": "T", "subject_nn": "S", "text_nn": "T", "signed_by": "KS"}
    invited = InvitationRound.objects.create(network=network, name="Høst", answer_by=today, **letter)
    invitee = Invitee.objects.create(network=network, round=invited, organisation=organisation, leader_name="Sjef")
    Registration.objects.create(network=network, invitee=invitee, team_name="Nytt", state="submitted")


def fetch(client: Client, ending: str) -> Any:
    """The answer, which streams a file."""
    response = client.get(reverse(f"overview:export_{ending}", args=["vest"]))
    assert response.status_code == 200
    return response


def data(client: Client) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(b"".join(fetch(client, "json")))
    return found


def sheets(client: Client) -> Sheets:
    book = load_workbook(BytesIO(b"".join(fetch(client, "xlsx"))))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book.worksheets}


def test_the_data_holds_everything(cast: Cast, sign_in: SignIn) -> None:
    place = cast.west
    found = data(sign_in(place.coordinator))
    assert (found["format"], found["version"], found["exported_on"]) == (
        "laeringsnettverk-network",
        1,
        timezone.localdate().isoformat(),
    )
    assert found["network"]["name"] == "Læringsnettverk Vest"
    assert [row["organisation"]["name"] for row in found["participants"]] == ["Tokke", "Vinje"]
    vinje = found["participants"][1]
    assert (vinje["anchored_by"], vinje["units"]) == ("Kommunalsjef Vestlig", ["Tokke"])
    assert vinje["leaders"] == [{"name": "Leder Vest", "email": "leader.vest@test.example"}]
    team = found["teams"][1]
    assert [(row["name"], row["function"]) for row in team["members"]] == [
        ("Teamleder Vest", "leader"),
        ("Medlem Vest", "member"),
    ]
    assert [row["name"] for row in team["supervisors"]] == ["Veileder Vest"]
    assert {(row["name"], row["role"]) for row in found["people"]} >= {("Koordinator Vest", "coordinator")}
    assert [(row["number"], len(row["moves"])) for row in found["gatherings"]] == [(1, 0), (2, 1)]
    assert len(found["deliveries"]) == 2 * len(found["assignments"]) == 8
    one = next(
        row for row in found["deliveries"] if (row["team"], row["assignment"]) == (place.team.pk, place.document.pk)
    )
    assert (one["state"], len(one["versions"]), one["versions"][0]["delivered_by"]) == ("approved", 1, "Medlem Vest")
    assert one["versions"][0]["answers"][0]["verdict"] == "approved"
    assert found["invitations"][0]["invited"][0]["registrations"][0]["team_name"] == "Nytt"


def test_the_workbook_has_a_sheet_for_each_kind_of_thing(cast: Cast, sign_in: SignIn) -> None:
    found = sheets(sign_in(cast.west.coordinator))
    assert list(found) == [
        "The network",
        "Participants",
        "Units",
        "Teams",
        "In the teams",
        "People",
        "Gatherings",
        "Moves",
        "Assignments",
        "Deliveries",
        "Invitations",
    ]
    assert ["Name", "Læringsnettverk Vest"] in found["The network"]
    assert [row[0] for row in found["Participants"]] == ["Organisation", "Tokke", "Vinje"]
    assert found["Units"][1] == ["Vinje", "Tokke"]
    assert len(found["Deliveries"]) == 1 + 8
    due = next(row for row in found["Deliveries"] if row[:3] == ["Vinje", "Gathering 2", "Lever forbedringsplan"])
    assert due[3] == "approved"
    assert isinstance(due[4], datetime), "a day can be sorted and counted with"
    assert found["Moves"][1][3:5] == ["Pandemi", "Koordinator Vest"]


def test_nothing_of_another_network_and_nothing_private_is_in_it(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.west.coordinator)
    whole = json.dumps(data(client), ensure_ascii=False) + str(sheets(client))
    for word in ("Østlig", "Koordinator Øst", "Hamar", "hemmelig", "password", "secret", "link_number"):
        assert word not in whole, word
    assert "Vestlig" in whole
    assert not holds_identity_number(whole)


def test_what_people_wrote_is_never_a_formula(cast: Cast, sign_in: SignIn) -> None:
    with within(cast.west):
        Team.objects.filter(pk=cast.west.team.pk).update(name="=HYPERLINK(0)", patient_group="+1\x0b@x")
    client = sign_in(cast.west.coordinator)
    book = load_workbook(BytesIO(b"".join(fetch(client, "xlsx"))))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if isinstance(cell.value, str)} == {"s"}
    assert {cell.value for cell in cells} >= {"=HYPERLINK(0)", "=1+1", "+1@x"}


def test_hidden_work_that_was_handed_in_is_kept(cast: Cast, sign_in: SignIn) -> None:
    with within(cast.west):
        Assignment.objects.update(hidden=True)
    found = data(sign_in(cast.west.coordinator))
    assert {row["hidden"] for row in found["assignments"]} == {True}
    assert len(found["deliveries"]) == 4


@pytest.mark.parametrize("ending", ["xlsx", "json"])
def test_it_asks_as_much_of_many_as_of_few(cast: Cast, sign_in: SignIn, ending: str) -> None:
    client = sign_in(cast.west.coordinator)
    fetch(client, ending)
    assert _asked(client, ending) == 23
    with within(cast.west):
        for name in "ABC":
            team = add_team(cast.west, name, guided=True)
            deliver(team=team, assignment=cast.west.document, by=cast.west.member, comment="Plan")
    assert _asked(client, ending) == 23


def _asked(client: Client, ending: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        fetch(client, ending)
    return sum(not query["sql"].startswith(TRANSACTION) for query in asked.captured_queries)


@pytest.mark.parametrize(("ending", "kind"), [("json", "application/json"), ("xlsx", "spreadsheetml")])
def test_the_files_are_named_after_the_network_and_the_day(cast: Cast, sign_in: SignIn, ending: str, kind: str) -> None:
    response = fetch(sign_in(cast.west.coordinator), ending)
    assert kind in response["Content-Type"]
    assert response["Content-Disposition"] == f'attachment; filename="vest-{timezone.localdate():%Y-%m-%d}.{ending}"'
