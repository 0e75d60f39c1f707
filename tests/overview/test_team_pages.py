"""The teams of a network, and the page of one: who reads what of whom."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from networks.models import Participation
from posters.models import Edition, Poster
from sessions.models import Assignment, Delivery, Review
from teams.models import Supervisor, Team, TeamMember
from tests.cast import Cast, Place
from tests.overview.stage import add_team, answer, deliver, links, page, questions, reads_english, table, within, words

SignIn = Callable[[User], Client]
TEAMS = "/nettverk/vest/team/"


@pytest.fixture
def west(cast: Cast) -> Place:
    reads_english(*cast.west.people().values(), cast.national)
    return cast.west


def own(place: Place) -> str:
    return f"{TEAMS}{place.team.slug}/"


def other(place: Place) -> str:
    return f"{TEAMS}{place.other_team.slug}/"


# The list


def test_the_coordinator_reads_how_far_every_team_has_come(west: Place, sign_in: SignIn) -> None:
    with within(west):
        deliver(west.team, west.assignments[0], days_ago=70)
    assert table(page(sign_in(west.coordinator), TEAMS))[1:] == [
        ["Tokke", "none yet", "none yet", "1 late 0 of 1 delivered so far"],
        ["Vinje", "Teamleder Vest", "Veileder Vest", "1 of 1 delivered so far"],
    ]


def test_others_read_progress_of_the_teams_they_may_read_only(west: Place, sign_in: SignIn) -> None:
    for user in (west.supervisor, west.team_leader, west.member):
        assert [row[-1] for row in table(page(sign_in(user), TEAMS))[1:]] == ["", "1 late 0 of 1 delivered so far"]


def test_a_leader_and_an_observer_do_not_meet_people_by_name(west: Place, sign_in: SignIn) -> None:
    for user in (west.leader, west.observer):
        assert "Teamleder Vest" not in words(page(sign_in(user), TEAMS))
    assert table(page(sign_in(west.observer), TEAMS))[1:] == [["Tokke", "none yet"], ["Vinje", "Veileder Vest"]]


def test_teams_that_have_ended_stand_apart(west: Place, sign_in: SignIn) -> None:
    with within(west):
        Team.objects.filter(pk=west.other_team.pk).update(ended_on=timezone.localdate())
        left = add_team(west, "Larvik")
        Participation.objects.filter(pk=left.participation_id).update(withdrawn=True)
    html = page(sign_in(west.coordinator), TEAMS)
    assert [row[0] for row in table(html)[1:]] == ["Vinje"]
    assert "Have ended Larvik Tokke" in words(html)


def test_a_network_without_teams_says_what_comes(west: Place, sign_in: SignIn) -> None:
    with within(west):
        Team.objects.all().delete()
    assert "No teams yet" in words(page(sign_in(west.observer), TEAMS))


@pytest.mark.parametrize("more", [0, 2])
def test_the_list_asks_as_much_for_more_teams(west: Place, sign_in: SignIn, more: int) -> None:
    with within(west):
        for number in range(more):
            deliver(add_team(west, f"Kommune {number}", guided=True), west.document)
    assert questions(sign_in(west.coordinator), TEAMS) == 12


# One team


def test_those_who_may_read_the_work_read_it_gathering_by_gathering(west: Place, sign_in: SignIn) -> None:
    with within(west):
        deliver(west.team, west.assignments[0], state="approved", days_ago=70)
        deliver(west.team, west.document, days_ago=2)
    for user in (west.coordinator, west.supervisor, west.team_leader, west.member, west.leader):
        html = page(sign_in(user), own(west))
        found = words(html)
        assert "The team has delivered 2 of 2 assignments so far." in found
        assert "1 of 1 delivered" in found
        assert "1 of 3 delivered" in found
        assert links(html)["Lever forbedringsplan"] == reverse(
            "gatherings:delivery", args=["vest", west.team.slug, west.document.pk]
        )


def test_what_was_sent_back_is_counted_but_not_as_delivered(west: Place, sign_in: SignIn) -> None:
    with within(west):
        deliver(west.team, west.assignments[0], state="approved", days_ago=70)
        delivery = deliver(west.team, west.document, days_ago=2)
    client = sign_in(west.team_leader)
    assert "The team has delivered 2 of 2 assignments so far." in words(page(client, own(west)))
    with within(west):
        answer(delivery, Review.Verdict.RETURNED, "Om igjen.", by=west.supervisor)
    assert "The team has delivered 1 of 2 assignments so far." in words(page(client, own(west)))


@pytest.mark.parametrize(
    ("handed_in", "count"), [(False, "1 of 1 assignment"), (True, "1 of 2 assignments")], ids=["not yet", "sent back"]
)
def test_an_extension_takes_out_what_is_not_handed_in(
    west: Place, sign_in: SignIn, *, handed_in: bool, count: str
) -> None:
    today = timezone.localdate()
    with within(west):
        deliver(west.team, west.assignments[0], state="approved", days_ago=70)
        Assignment.objects.filter(pk=west.document.pk).update(due=today - timedelta(days=1))
        if handed_in:
            deliver(west.team, west.document, state="returned")
        else:
            Delivery.objects.create(network=west.network, team=west.team, assignment=west.document)
    client = sign_in(west.team_leader)
    assert "The team has delivered 1 of 2 assignments so far." in words(page(client, own(west)))
    with within(west):
        Delivery.objects.filter(assignment=west.document).update(extended_to=today + timedelta(days=7))
    assert f"The team has delivered {count} so far." in words(page(client, own(west)))


def test_what_the_team_is_exempt_from_is_not_counted(west: Place, sign_in: SignIn) -> None:
    with within(west):
        deliver(west.team, west.assignments[0], state="approved", days_ago=70)
        deliver(west.team, west.document, state="returned")
        Delivery.objects.filter(assignment=west.document).update(exempt=True)
    assert "The team has delivered 1 of 1 assignment so far." in words(page(sign_in(west.team_leader), own(west)))


def test_others_in_the_network_read_who_the_team_is_and_no_more(west: Place, sign_in: SignIn) -> None:
    with within(west):
        Team.objects.filter(pk=west.other_team.pk).update(patient_group="Eldre som kommer hjem")
        deliver(west.other_team, west.document)
    for user in (west.supervisor, west.team_leader, west.member, west.leader, west.observer):
        found = words(page(sign_in(user), other(west)))
        assert "Eldre som kommer hjem" in found
        assert "Lever forbedringsplan" not in found
        assert "delivered" not in found.replace("when they are delivered", "")


def test_the_people_are_named_to_those_who_work_with_them(west: Place, sign_in: SignIn) -> None:
    with within(west):
        leader = TeamMember.objects.get(membership__user=west.team_leader)
        TeamMember.objects.filter(pk=leader.pk).update(team=west.other_team)
    for user in (west.coordinator, west.supervisor, west.member):
        assert "In the team Teamleder Vest team leader" in words(page(sign_in(user), other(west)))
    for user in (west.leader, west.observer):
        assert "Teamleder Vest" not in words(page(sign_in(user), other(west)))


def test_the_button_is_for_those_who_work_in_the_team(west: Place, sign_in: SignIn) -> None:
    for user in (west.team_leader, west.member):
        assert "Make the poster" in links(page(sign_in(user), own(west)))
    for user in (west.coordinator, west.supervisor, west.leader, west.observer):
        assert 'class="ds-button"' not in page(sign_in(user), own(west))


def test_what_is_current_stands_open(west: Place, sign_in: SignIn) -> None:
    client = sign_in(west.team_leader)
    assert page(client, own(west)).count('<details class="ds-details stretch" open>') == 2  # gathering 1 is late
    with within(west):
        deliver(west.team, west.assignments[0], state="approved")
    assert page(client, own(west)).count('<details class="ds-details stretch" open>') == 1


def test_who_has_left_is_not_named(west: Place, sign_in: SignIn) -> None:
    with within(west):
        TeamMember.objects.filter(membership__user=west.member).update(left_on=timezone.localdate())
        Supervisor.objects.update(until=timezone.localdate())
    found = words(page(sign_in(west.coordinator), own(west)))
    assert "Medlem Vest" not in found
    assert "Veileder Vest" not in found


def test_shared_posters_are_linked_when_the_person_may_read_them(west: Place, sign_in: SignIn) -> None:
    address = reverse("posters:poster", args=["vest", west.other_team.slug, 1])
    with within(west):
        version = deliver(west.other_team, west.assignments[0], days_ago=70).versions.get()
        poster = Poster.objects.create(network=west.network, team=west.other_team, gathering=west.gatherings[0])
        Edition.objects.create(
            network=west.network, poster=poster, content_hash="a", language="nb", content={}, version=version
        )
    assert address in links(page(sign_in(west.observer), other(west))).values()
    with within(west):
        ahead = timezone.localdate() + timedelta(days=2)
        Assignment.objects.filter(pk=west.assignments[0].pk).update(due=ahead)
    assert address not in links(page(sign_in(west.observer), other(west))).values()
    assert address in links(page(sign_in(west.coordinator), other(west))).values()


def test_a_team_of_another_network_is_not_found_here(west: Place, cast: Cast, sign_in: SignIn) -> None:
    assert sign_in(west.coordinator).get(f"{TEAMS}{cast.east.team.slug}/").status_code == 404


@pytest.mark.parametrize("more", [0, 2])
def test_the_page_asks_as_much_for_more_people(west: Place, sign_in: SignIn, more: int) -> None:
    with within(west):
        places = TeamMember.objects.filter(team=west.team)
        if more:
            places.exclude(membership__user=west.team_leader).update(function=TeamMember.Function.MEASUREMENT_LEAD)
        else:
            places.exclude(membership__user=west.team_leader).delete()
    assert questions(sign_in(west.coordinator), own(west)) == 34
