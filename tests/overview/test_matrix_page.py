"""The progress matrix as a page: what it shows, to whom, in which order, and what it asks the database."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from gpf import dates
from networks.models import Membership, Participation, Role
from sessions.models import Assignment, Delivery, Gathering
from teams.models import Supervisor, Team
from tests.cast import Cast, Place
from tests.overview.stage import add_team, deliver, page, questions, reads_english, table, within, words

SignIn = Callable[[User], Client]


@pytest.fixture
def west(cast: Cast) -> Place:
    reads_english(cast.west.coordinator, cast.west.supervisor, cast.national)
    return cast.west


def address(place: Place, query: str = "") -> str:
    return reverse("overview:matrix", kwargs={"network_slug": place.network.slug}) + query


def rows(html: str) -> dict[str, list[str]]:
    """The cells of each team, in the order of the page."""
    return {row[0]: row[1:] for row in table(html)[2:]}


def set_delivery(team: Team, assignment: Assignment, **fields: object) -> None:
    Delivery.objects.create(network_id=team.network_id, team=team, assignment=assignment, **fields)


def test_every_state_has_its_word(west: Place, sign_in: SignIn) -> None:
    poster1, plan, involve, poster2 = west.assignments
    with within(west):
        newcomer = add_team(west, "Bø", joined_on=timezone.localdate())
        deliver(west.team, poster1, state="approved", days_ago=70)
        deliver(west.team, plan)
        deliver(west.team, involve, state="returned")
        set_delivery(west.team, poster2, begun=True)
        set_delivery(west.other_team, involve, exempt=True)
    found = rows(page(sign_in(west.coordinator), address(west)))
    late = (timezone.localdate() - poster1.due).days
    assert found == {
        newcomer.name: ["exempt", "not begun", "not begun", "not begun"],
        "Tokke": [f"{late} d late", "not begun", "exempt", "not begun"],
        "Vinje": ["approved", "delivered", "sent back", "begun"],
    }


def test_headings_name_gatherings_assignments_and_deadlines_in_order(west: Place, sign_in: SignIn) -> None:
    gatherings, assignments = table(page(sign_in(west.coordinator), address(west)))[:2]
    assert [heading.split(" · ")[0] for heading in gatherings] == ["Team", "Gathering 1", "Gathering 2"]
    assert assignments == [f"{each.title_nb} {dates.short_date(each.due, language='en')}" for each in west.assignments]


def test_what_belongs_to_a_cancelled_gathering_is_left_out(west: Place, sign_in: SignIn) -> None:
    with within(west):
        Gathering.objects.filter(number=2).update(state=Gathering.State.CANCELLED)
    assert len(table(page(sign_in(west.coordinator), address(west)))[1]) == 1


def test_filter_by_state_keeps_the_teams_that_have_it(west: Place, sign_in: SignIn) -> None:
    with within(west):
        deliver(west.team, west.document)
    html = page(sign_in(west.coordinator), address(west, "?tilstand=delivered"))
    assert list(rows(html)) == ["Vinje"]
    assert "Shows 1 of 2 teams." in words(html)


def test_filter_by_gathering_keeps_its_columns(west: Place, sign_in: SignIn) -> None:
    client = sign_in(west.coordinator)
    html = page(client, address(west, f"?samling={west.gatherings[1].pk}"))
    assert [len(cells) for cells in rows(html).values()] == [3, 3]


def test_filter_by_supervisor_keeps_her_teams(west: Place, sign_in: SignIn) -> None:
    with within(west):
        membership = Membership.objects.get(user=west.supervisor, role=Role.SUPERVISOR).pk
    html = page(sign_in(west.coordinator), address(west, f"?veileder={membership}"))
    assert list(rows(html)) == ["Vinje"]


@pytest.mark.parametrize(("field", "days"), [("until", 0), ("since", 1)])
def test_only_those_who_guide_today_are_offered(west: Place, sign_in: SignIn, field: str, days: int) -> None:
    client = sign_in(west.coordinator)
    assert "Veileder Vest" in words(page(client, address(west)))
    with within(west):
        Supervisor.objects.update(**{field: timezone.localdate() + timedelta(days=days)})
    assert "Veileder Vest" not in words(page(client, address(west)))


@pytest.mark.parametrize("query", ["?tilstand=galt", "?samling=999999", "?veileder=x", "?rekkefolge=baklengs"])
def test_what_is_no_choice_counts_as_none(west: Place, sign_in: SignIn, query: str) -> None:
    assert list(rows(page(sign_in(west.coordinator), address(west, query)))) == ["Tokke", "Vinje"]


def test_nothing_that_matches_says_so_and_leads_back(west: Place, sign_in: SignIn) -> None:
    html = page(sign_in(west.coordinator), address(west, "?tilstand=returned"))
    assert "Nothing here matches" in words(html)
    assert "<table" not in html


def test_order_by_lateness_puts_those_most_behind_first(west: Place, sign_in: SignIn) -> None:
    poster1, plan, _involve, _poster2 = west.assignments
    with within(west):
        for team in (west.team, west.other_team):
            deliver(team, poster1)
        west.assignments[1].due = timezone.localdate() - timedelta(days=2)
        west.assignments[1].save()
        set_delivery(west.other_team, plan, extended_to=timezone.localdate() + timedelta(days=3))
        later = add_team(west, "Åmot", joined_on=poster1.due + timedelta(days=1))
    client = sign_in(west.coordinator)
    assert list(rows(page(client, address(west)))) == ["Tokke", "Vinje", later.name]
    html = page(client, address(west, "?rekkefolge=forsinket"))
    assert list(rows(html)) == ["Vinje", "Åmot", "Tokke"]
    assert rows(html)["Vinje"][1] == "2 d late"


def test_the_supervisor_sees_her_own_teams_only(west: Place, sign_in: SignIn) -> None:
    with within(west):
        deliver(west.other_team, west.document)
    html = page(sign_in(west.supervisor), address(west))
    assert list(rows(html)) == ["Vinje"]
    assert 'name="veileder"' not in html
    assert "Tokke" not in html


def test_who_no_longer_guides_a_team_does_not_see_it(west: Place, sign_in: SignIn) -> None:
    with within(west):
        Supervisor.objects.update(until=timezone.localdate())
    assert "Vinje" not in words(page(sign_in(west.supervisor), address(west)))


def test_the_other_networks_rows_never_show(cast: Cast, sign_in: SignIn) -> None:
    with within(cast.east):
        deliver(cast.east.team, cast.east.document)
        Team.objects.filter(pk=cast.east.team.pk).update(name="Hemmelig")
    for reader in (cast.west.coordinator, cast.west.supervisor, cast.national):
        html = page(sign_in(reader), address(cast.west))
        assert "Hemmelig" not in html
        assert "Løten" not in html


def test_teams_that_have_ended_are_gone(west: Place, sign_in: SignIn) -> None:
    with within(west):
        Team.objects.filter(pk=west.team.pk).update(ended_on=timezone.localdate())
        Participation.objects.filter(pk=west.other_team.participation_id).update(withdrawn=True)
        add_team(west, "Bø")
    assert list(rows(page(sign_in(west.coordinator), address(west)))) == ["Bø"]


def test_the_sentence_counts_what_is_delivered_late_and_waiting(west: Place, sign_in: SignIn) -> None:
    client = sign_in(west.coordinator)
    assert "None of the 2 teams has delivered the poster for gathering 2 yet; 2 are late." in words(
        page(client, address(west))
    )
    with within(west):
        deliver(west.team, west.poster)
    assert "1 of 2 teams have delivered the poster for gathering 2; 2 are late; 1 waits for the supervisor." in words(
        page(client, address(west))
    )
    assert "1 of 1 team has delivered the poster for gathering 2; 1 is late; 1 waits for you." in words(
        page(sign_in(west.supervisor), address(west))
    )


def test_a_network_without_work_says_what_comes(west: Place, sign_in: SignIn) -> None:
    with within(west):
        Gathering.objects.all().delete()
    assert "No work has been planned yet" in words(page(sign_in(west.coordinator), address(west)))


@pytest.mark.parametrize("more", [0, 1, 28])
def test_the_page_asks_as_much_for_thirty_teams_as_for_two(west: Place, sign_in: SignIn, more: int) -> None:
    with within(west):
        for number in range(more):
            deliver(add_team(west, f"Kommune {number}", guided=True), west.document)
    assert questions(sign_in(west.coordinator), address(west)) == 9
