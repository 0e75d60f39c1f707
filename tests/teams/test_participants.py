"""The participants of a network: finding one, what is missing, its parts and teams."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from gpf import tenancy
from networks.models import Organisation, Participation, Role
from networks.participation_services import add_participation, add_unit, ensure_part
from networks.services import replace_register
from overview.matrix import read_columns, read_matrix, read_teams
from sessions.progress import State
from teams.models import Team, TeamMember
from teams.services import add_role, add_team
from tests.cast import Cast
from tests.networks.registers import made_up_register
from tests.teams.conftest import Coordinator

pytestmark = pytest.mark.django_db

LIST = "deltakere/"


def text_of(page: str) -> str:
    main = page[page.index("<main") : page.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def organisation(name: str, number: str, county: str) -> Organisation:
    kind = Organisation.Kind.MUNICIPALITY
    return Organisation.objects.create(slug=f"{number}", kind=kind, name=name, number=number, county=county)


def held(page: str) -> str:
    """What the form says its fields held when it was shown."""
    found = re.search(r'<input type="hidden" name="seen" value="([^"]*)"', page)
    assert found
    return found[1]


def test_what_is_missing_is_said_with_the_way_to_mend_it(cast: Cast, coordinator: Coordinator) -> None:
    with tenancy.scope([cast.west.network.pk]):
        add_participation(network=cast.west.network, organisation=organisation("Åmli", "4217", "Agder"), joined_on=None)
    page = coordinator.get(LIST)
    text = text_of(page)
    assert "3 organisations take part, with 2 teams. 3 lack something." in text
    assert text.index("Tokke") < text.index("Vinje") < text.index("Åmli")  # å is the last letter
    assert re.search(r"deltakere/\d+/team/ny/[^>]*>no team yet", page)
    assert re.search(r"team/vinje/personer/ny/\?funksjon=measurement_lead[^>]*>no measurement lead", page)
    assert re.search(r"team/tokke/leder/[^>]*>no team leader", page)
    assert not re.search(r"team/vinje/leder/", page)
    assert "Hamar" not in page


@pytest.mark.parametrize("more", [1, 3])
def test_the_list_costs_the_same_however_long(
    cast: Cast, coordinator: Coordinator, django_assert_num_queries: DjangoAssertNumQueries, more: int
) -> None:
    network = cast.west.network
    with tenancy.scope([network.pk]):
        for number in range(more):
            found, _made = add_participation(
                network=network, organisation=organisation(f"Kommune {number}", f"990{number}", "Agder"), joined_on=None
            )
            add_unit(
                participation=found,
                unit=ensure_part(of=found.organisation, kind=Organisation.Kind.DISTRICT, name="Nord"),
            )
            team = add_team(participation=found, name=f"Team {number}", language="nb")
            add_role(network=network, user=cast.west.member, role=Role.TEAM_MEMBER, teams=[team])
            add_role(network=network, user=cast.west.leader, role=Role.LEADER, participation=found)
    with django_assert_num_queries(15):
        coordinator.get(LIST)


def test_a_municipality_that_has_merged_is_told_and_its_successor_offered(cast: Cast, coordinator: Coordinator) -> None:
    replace_register(register=made_up_register())
    text = text_of(coordinator.get("deltakere/ny/", q="Fjellby"))
    assert "Fjellby is now Fjellfjord." in text
    client = coordinator.client
    assert client.post("/nettverk/vest/deltakere/ny/", {"choice": "nr-9101"}).status_code == 404  # it is no more
    page = coordinator.post("deltakere/ny/", choice="nr-9201")
    assert "Fjellfjord takes part now" in page
    with tenancy.scope([cast.west.network.pk]):
        found = Participation.objects.get(organisation__number="9201")
        assert found.joined_on == timezone.localdate()  # the network is running
    assert "takes part already" in coordinator.get("deltakere/ny/", q="9201")
    assert "Fjellfjord takes part already" in coordinator.post("deltakere/ny/", choice="nr-9201")


def test_two_of_one_name_are_told_apart(cast: Cast, coordinator: Coordinator) -> None:
    north, west = organisation("Herøy", "1818", "Nordland"), organisation("Herøy", "1515", "Møre og Romsdal")
    text = text_of(coordinator.get("deltakere/ny/", q="herøy"))
    assert "Herøy 1818, Nordland" in text
    assert "Herøy 1515, Møre og Romsdal" in text
    with tenancy.scope([cast.west.network.pk]):
        for one in (north, west):
            add_participation(network=cast.west.network, organisation=one, joined_on=None)
    text = text_of(coordinator.get(LIST))
    assert "Herøy (Nordland)" in text
    assert "Herøy (Møre og Romsdal)" in text


def test_a_hospital_takes_part_as_a_part_of_its_trust(cast: Cast, coordinator: Coordinator) -> None:
    trust = Organisation.objects.create(
        slug="trust", kind=Organisation.Kind.TRUST, name="Sykehuset Telemark", orgnr="983975267"
    )
    part = ensure_part(of=trust, kind=Organisation.Kind.HOSPITAL, name="Notodden")
    assert "Notodden" in text_of(coordinator.get("deltakere/ny/", q="notod"))
    page = coordinator.post("deltakere/ny/", choice=f"org-{part.pk}", as_part="1")
    assert "Sykehuset Telemark: Notodden takes part now" in page
    assert "Sykehuset Telemark : Notodden" in text_of(coordinator.get(LIST))
    with tenancy.scope([cast.west.network.pk]):
        found = Participation.objects.get(organisation=trust)
    coordinator.post(f"deltakere/{found.pk}/enheter/", name="Skien", kind="hospital")
    coordinator.post(f"deltakere/{found.pk}/enheter/", name="skien ", kind="hospital")  # known by now
    with tenancy.scope([cast.west.network.pk]):
        assert sorted(str(unit) for unit in found.units.all()) == ["Notodden", "Skien"]
        skien = found.units.get(organisation__name="Skien")
    coordinator.post(f"deltakere/{found.pk}/enheter/{skien.pk}/fjern/")
    assert "Skien" not in text_of(coordinator.get(LIST))


def test_who_supervises_or_owns_is_not_offered(coordinator: Coordinator) -> None:
    centre = Organisation.objects.create(slug="u", kind=Organisation.Kind.DEVELOPMENT_CENTRE, name="USHT Vest")
    assert "Nothing is called" in coordinator.get("deltakere/ny/", q="USHT")
    answer = coordinator.client.post("/nettverk/vest/deltakere/ny/", {"choice": f"org-{centre.pk}"})
    assert answer.status_code == 404


def test_commitment_is_not_in_the_future_and_has_a_name(coordinator: Coordinator, vinje: Participation) -> None:
    path = f"deltakere/{vinje.pk}/endre/"
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    page = coordinator.post(path, anchored_on=tomorrow, seen=held(coordinator.get(path)))
    assert "The day has not come yet" in page
    page = coordinator.post(path, anchored_on="2021-03-03", seen=held(coordinator.get(path)))
    assert "Write who committed that day" in page


def test_of_two_coordinators_the_second_is_shown_what_the_first_wrote(
    coordinator: Coordinator, vinje: Participation
) -> None:
    path = f"deltakere/{vinje.pk}/endre/"
    opened = held(coordinator.get(path))
    coordinator.post(path, anchored_by="Kommunalsjef Vinje", seen=opened)
    page = coordinator.post(path, anchored_by="Rådmann Vinje", seen=opened)
    assert "Koordinator Vest has changed this since you opened it" in page
    assert "Kommunalsjef Vinje" in page
    assert 'value="Rådmann Vinje"' in page


def test_a_second_team_needs_a_name_of_its_own(cast: Cast, coordinator: Coordinator, vinje: Participation) -> None:
    path = f"deltakere/{vinje.pk}/team/ny/"
    data: dict[str, Any] = {"patient_group": "", "language": "nn", "joined_on": ""}
    page = coordinator.post(path, name=" vinje ", seen=held(coordinator.get(path)), **data)
    assert "has a team called Vinje in this network already" in page
    assert "“vinje 2”" in page
    coordinator.post(path, name="Vinje 2", seen=held(coordinator.get(path)), **data)
    with tenancy.scope([cast.west.network.pk]):
        assert Team.objects.get(slug="vinje-2").language == "nn"
    rename = "deltakere/team/vinje-2/endre/"
    assert "has a team called Tokke" in coordinator.post(
        rename, name="Tokke", seen=held(coordinator.get(rename)), **data
    )


def test_who_joins_late_is_not_late_for_what_was_due_before(cast: Cast, vinje: Participation) -> None:
    today = timezone.localdate()
    with tenancy.scope([cast.west.network.pk]):
        add_team(participation=vinje, name="Sen", language="nb", joined_on=today)
        add_team(participation=vinje, name="Tidlig", language="nb")
        columns = read_columns()
        rows = read_matrix(columns, read_teams(Team.objects.all(), today), today=today).every
    states = {row.team.name: [cell.state for cell in row.cells] for row in rows}
    assert columns[0].due < today < columns[1].due
    assert states["Sen"][0] == State.EXEMPT
    assert states["Tidlig"][0] == State.LATE
    assert State.EXEMPT not in states["Sen"][1:]


def test_a_leader_is_let_in_to_read_along(
    cast: Cast, coordinator: Coordinator, vinje: Participation, at_once: Any
) -> None:
    with at_once():
        coordinator.post(
            f"deltakere/{vinje.pk}/ledere/", name="Kommunalsjef Ny", email="sjef@test.example", language="nn"
        )
    with tenancy.scope([cast.west.network.pk]):
        assert vinje.leaders.filter(user__email="sjef@test.example").exists()


def test_a_second_leader_of_the_team_is_led_to_the_one_step(cast: Cast, coordinator: Coordinator) -> None:
    with tenancy.scope([cast.west.network.pk]):
        seat = TeamMember.objects.get(membership__user=cast.west.member)
    path = f"deltakere/team/vinje/personer/{seat.pk}/"
    page = coordinator.post(path, function="leader", seen=held(coordinator.get(path)))
    assert "Teamleder Vest leads the team. Use “New team leader”" in page
