"""Bringing in a list: every row is answered for before anything happens, and done once."""

import re
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Invitation, User
from gpf import tenancy
from networks.models import Change, Membership, Organisation, Participation, Role
from networks.participation_services import add_participation
from networks.services import replace_register
from teams.importing.plan import Plan, What, make_plan
from teams.importing.reading import Row, read_text
from teams.importing.services import bring_in
from teams.models import Supervisor, Team, TeamMember
from teams.services import add_person, add_role, add_team
from tests.cast import Cast
from tests.documents import files
from tests.identity_numbers import NATIONAL
from tests.networks.registers import made_up_register
from tests.teams.conftest import Coordinator
from tests.teams.test_participants import organisation

pytestmark = pytest.mark.django_db

PATH = "personer/import/"
HEADINGS = "navn;e-post;rolle;organisasjon;team\n"


def plan(cast: Cast, *lines: str, make_teams: bool = False) -> Plan:
    rows = read_text(HEADINGS + "\n".join(lines)).rows
    with tenancy.scope([cast.west.network.pk]):
        return make_plan(network=cast.west.network, rows=rows, make_teams=make_teams)


def said(cast: Cast, line: str, make_teams: bool = False) -> tuple[What, str]:
    (step,) = plan(cast, line, make_teams=make_teams).steps
    return step.what, step.words


@pytest.fixture(autouse=True)
def english(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"


def test_row_by_row_what_will_happen(cast: Cast) -> None:
    west = cast.west
    steps = plan(
        cast,
        "Ny Leder;Ny Leder <NY@test.example>;teamleiar;3826 Tokke;",
        f"Noen;{west.member.email};Måleansvarlig;;vinje",
        f";{west.member.email};medlem;Vinje kommune;",
        f"X;{west.observer.email};observatør;;",
        f"X;{west.observer.email};veileder;;Vinje; Tokke",
        f"X;{west.supervisor.email};rettleiar;;Vinje / Tokke",
        "Sjef;sjef@test.example;leder;3825;",
        "Ny Leder;ny@test.example;teamleder;Tokke;",
        "To;to@test.example;koordinator;;",
    ).steps
    assert [(step.what.value, step.words) for step in steps] == [
        ("invite", "Ny Leder is invited as team leader in Tokke."),
        ("role", "Medlem Vest is member now, and becomes measurement lead in Vinje."),
        ("refused", "Line 3 says that this person does something else in the team."),
        ("nothing", "Observatør Vest is observer already."),
        ("role", "Observatør Vest, who is in the network already, becomes supervisor for Vinje."),
        ("role", "Veileder Vest, who is in the network already, becomes supervisor for Vinje, Tokke."),
        ("invite", "Sjef is invited as organisation leader in Vinje."),
        ("nothing", "Says the same as line 2."),
        ("invite", "To is invited as coordinator."),
    ]
    others = {step.row.line: step.stands_as for step in steps if step.stands_as}
    assert others == {3: "Medlem Vest", 5: "Observatør Vest", 6: "Observatør Vest", 7: "Veileder Vest"}


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Ny;;medlem;;Vinje", "The email address is missing."),
        ("Ny;ny at test;medlem;;Vinje", "“ny at test” is no email address."),
        (";ny@test.example;medlem;;Vinje", "The name is missing."),
        ("Ny;ny@test.example;;;", "The role is missing."),
        ("Ny;ny@test.example;sjefen;;Vinje", "“sjefen” is no role here."),
        ("Ny;ny@test.example;teamleder;;Vinje", "Vinje has a team leader already: Teamleder Vest."),
        ("X;team_leader.vest@test.example;medlem;;Vinje", "Teamleder Vest leads Vinje."),
        ("Ny;ny@test.example;medlem;;Hamar", "There is no team called Hamar."),
        ("Ny;ny@test.example;medlem;Hamar;", "Hamar does not take part in this network."),
        ("Ny;ny@test.example;medlem;Fjellby;", "Fjellby is now Fjellfjord."),
        ("Ny;ny@test.example;medlem;;", "Write which team it is, or which organisation."),
        ("Ny;ny@test.example;medlem;Tokke;Vinje", "The team Vinje works for Vinje."),
        ("Ny;ny@test.example;medlem;Vinje;Lag 2", "Vinje has no team called Lag 2. Tick that missing teams"),
        (f"{'N' * 121};ny@test.example;medlem;;Vinje", "A cell of this row is too long."),
    ],
)
def test_what_can_not_be_says_why(cast: Cast, line: str, why: str) -> None:
    replace_register(register=made_up_register())
    what, words = said(cast, line)
    assert (what, words[: len(why)]) == (What.REFUSED, why)


def test_a_name_that_two_have_asks_for_the_number(cast: Cast) -> None:
    with tenancy.scope([cast.west.network.pk]):
        for number, county in (("1818", "Nordland"), ("1515", "Møre og Romsdal")):
            found, _made = add_participation(
                network=cast.west.network, organisation=organisation("Herøy", number, county), joined_on=None
            )
            add_team(participation=found, name=f"Herøy {county}", language="nb")
    what, words = said(cast, "Ny;ny@test.example;medlem;Herøy;")
    assert what == What.REFUSED
    assert words.startswith("Several are called Herøy. Write the municipality number instead: 1")
    for written in ("1818", "Herøy (Nordland)", "1818 Herøy"):
        assert said(cast, f"Ny;ny@test.example;medlem;{written};")[1] == ("Ny is invited as member in Herøy Nordland.")


def test_several_teams_of_one_organisation_are_asked_about(cast: Cast, vinje: Participation) -> None:
    with tenancy.scope([cast.west.network.pk]):
        add_team(participation=vinje, name="Vinje 2", language="nb")
    assert said(cast, "Ny;ny@test.example;medlem;Vinje;")[1] == "Vinje has several teams: Vinje, Vinje 2. Write which."


def test_two_leaders_of_one_team_in_the_list(cast: Cast) -> None:
    steps = plan(
        cast,
        "En;en@test.example;teamleder;Tokke;",
        "To;to@test.example;teamleder;Tokke;",
        "Tre;tre@test.example;teamleder;Vinje;Ny gruppe",
        "Fire;fire@test.example;teamleder;Vinje;ny gruppe",
        make_teams=True,
    ).steps
    assert [step.what.value for step in steps] == ["invite", "refused", "invite", "refused"]
    assert steps[1].words.startswith("Tokke has a team leader already: En.")
    assert steps[2].words.endswith("The team Ny gruppe is made first.")


def test_nobody_of_another_network_is_matched_or_named(cast: Cast) -> None:
    what, words = said(cast, f"Skrevet Navn;{cast.east.member.email};medlem;;Vinje")
    assert (what, words) == (What.INVITE, "Skrevet Navn is invited as member in Vinje.")


def test_the_plan_costs_the_same_however_long(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    replace_register(register=made_up_register())
    for count in (1, 3):
        rows = [
            Row(line, f"Ny {line}", f"ny{line}@test.example", "medlem", f"Ukjent {line}") for line in range(count)
        ] + [Row(9, "X", cast.west.member.email, "medlem", "", "Vinje")]
        with tenancy.scope([cast.west.network.pk]), django_assert_num_queries(9):
            make_plan(network=cast.west.network, rows=rows, make_teams=False)


def test_pasted_seen_and_confirmed_once(cast: Cast, coordinator: Coordinator, at_once: Any) -> None:
    west = cast.west
    text = HEADINGS + (
        "Kåre Ny;kare@test.example;teamleder;Vinje;Nord\n"
        "Anne Ny;anne@test.example;medlem;Vinje;Nord\n"
        f"X;{west.observer.email};veileder;;Tokke\n"
        "Feil;feil@test.example;medlem;;Finnes ikke\n"
    )
    page = coordinator.post(PATH, text=text, make_teams="on")
    assert "2 rows invite a person." in page
    assert "There is no team called Finnes ikke" in page
    assert not User.objects.filter(email="kare@test.example").exists()
    data = {"list": signed(page), "once": "abc"}
    with at_once():
        done = coordinator.post(PATH, **data)
        coordinator.post(PATH, **data)
    assert "2 people are invited. 1 got a new role. 1 team was made." in done
    assert "1 row was left out. Line 5: There is no team called Finnes ikke" in done
    assert sorted(letter.to[0] for letter in mail.outbox) == ["anne@test.example", "kare@test.example"]
    with tenancy.scope([west.network.pk]):
        team = Team.objects.get(name="Nord")
        assert team.participation == west.team.participation
        functions = TeamMember.objects.filter(team=team).order_by("function").values_list("function", flat=True)
        assert list(functions) == ["leader", "member"]
        assert Supervisor.objects.filter(team=west.other_team, membership__user=west.observer).exists()
        before = Change.objects.count()
    again = coordinator.post(PATH, list=data["list"])  # from an old window, without the page's own mark
    assert "The network has changed since you saw this" in again
    with tenancy.scope([west.network.pk]):
        assert Change.objects.count() == before
    assert Invitation.objects.filter(user__email="kare@test.example").count() == 1


def signed(page: str) -> str:
    found = re.search(r'name="list" value="([^"]*)"', page)
    assert found
    return found[1]


def test_a_file_of_excel_is_read_and_what_is_no_list_says_why(coordinator: Coordinator) -> None:
    data = files.xlsx([["Navn", "E-post", "Rolle", "Team"], ["Åse", "ase@test.example", "medlem", "Tokke"]])
    page = coordinator.post(PATH, file=SimpleUploadedFile("liste.xlsx", data))
    assert "Åse is invited as member in Tokke." in page
    page = coordinator.post(PATH, file=SimpleUploadedFile("liste.csv", "Navn;Rolle\nÅse;medlem\n".encode("cp1252")))
    assert "No column is called “E-post”" in page


def test_an_identity_number_refuses_the_whole_list_and_nothing_is_kept(coordinator: Coordinator) -> None:
    people = User.objects.count()
    page = coordinator.post(PATH, text=f"{HEADINGS}Ny;ny@test.example;medlem;;{NATIONAL}\n")
    assert "looks like a national identity number" in page
    upload = SimpleUploadedFile("l.csv", f"{HEADINGS}Ny;ny@test.example;medlem;;{NATIONAL}\n".encode())
    page = coordinator.post(PATH, file=upload)
    assert "looks like a national identity number in line 2" in page
    assert NATIONAL not in page
    assert User.objects.count() == people


def test_a_list_is_its_readers_own(cast: Cast, coordinator: Coordinator) -> None:
    page = coordinator.post(PATH, text=f"{HEADINGS}Ny;ny@test.example;medlem;;Vinje\n")
    coordinator.client.force_login(cast.national, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = coordinator.post(PATH, list=signed(page))
    assert "The list was read too long ago" in answer or "for lenge siden" in answer
    assert not User.objects.filter(email="ny@test.example").exists()


def test_whole_or_not_at_all(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    made = plan(cast, "En;en@test.example;medlem;;Vinje", "To;to@test.example;medlem;;Vinje")
    calls: list[str] = []

    def breaks_on_the_second(**words: Any) -> User:
        calls.append(words["email"])
        if len(calls) == 2:
            raise RuntimeError
        return add_person(**words)

    monkeypatch.setattr("teams.importing.services.add_person", breaks_on_the_second)
    with tenancy.scope([cast.west.network.pk]):
        with pytest.raises(RuntimeError):
            bring_in(network=cast.west.network, plan=made)
        assert not Membership.objects.filter(user__email="en@test.example").exists()


def test_who_had_left_comes_back_by_the_list(cast: Cast) -> None:
    west, today = cast.west, timezone.localdate()
    with tenancy.scope([west.network.pk]):
        Membership.objects.filter(user=west.member).update(ends_on=today)
        TeamMember.objects.filter(membership__user=west.member).update(left_on=today)
    made = plan(cast, f"Medlem;{west.member.email};medlem;;Vinje")
    assert [step.what for step in made.steps] == [What.INVITE]
    with tenancy.scope([west.network.pk]):
        brought = bring_in(network=west.network, plan=made)
        assert brought.invited == [west.member]
        assert Membership.objects.active().filter(user=west.member, role=Role.TEAM_MEMBER).exists()
        assert add_role(network=west.network, user=west.member, role=Role.OBSERVER).ends_on is None
    assert Organisation.objects.filter(name="Vinje").exists()
