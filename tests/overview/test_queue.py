"""The supervisor's queue: what waits for her, oldest first, and the teams that have gone quiet."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from networks.models import Membership, Role
from sessions.models import Delivery, DeliveryVersion, Review
from teams.models import Supervisor, Team
from tests.cast import Cast, Place
from tests.overview.stage import add_team, answer, deliver, links, page, questions, reads_english, within, words

SignIn = Callable[[User], Client]
QUEUE = "/veiledning/"


@pytest.fixture
def west(cast: Cast) -> Place:
    reads_english(*cast.west.people().values(), cast.stranger)
    return cast.west


def guide(place: Place, user: User) -> None:
    """The person guides the place's team, in that network."""
    with within(place):
        membership = Membership.objects.create(network=place.network, user=user, role=Role.SUPERVISOR)
        Supervisor.objects.create(network=place.network, team=place.team, membership=membership)


def test_what_has_waited_longest_comes_first_and_has_the_button(west: Place, sign_in: SignIn) -> None:
    with within(west):
        other = add_team(west, "Bø", guided=True)
        deliver(west.team, west.document, days_ago=3)
        deliver(other, west.assignments[0], days_ago=20)
        deliver(other, west.document, days_ago=0)
    html = page(sign_in(west.supervisor), QUEUE)
    found = words(html)
    places = [
        found.index(line)
        for line in (
            "3 deliveries wait for your answer, the oldest first.",
            "Lag plakat for gathering 1 Bø Has waited 20 days Read and answer",
            "Lever forbedringsplan before gathering 2 Vinje Has waited 3 days",
            "Lever forbedringsplan before gathering 2 Bø Delivered today",
        )
    ]
    assert places == sorted(places)
    assert html.count('class="ds-button"') == 1
    assert links(html)["Read and answer"] == reverse(
        "gatherings:delivery", args=["vest", other.slug, west.assignments[0].pk]
    )


def test_what_is_answered_does_not_wait(west: Place, sign_in: SignIn) -> None:
    with within(west):
        answer(deliver(west.team, west.assignments[0]), Review.Verdict.APPROVED, "", by=west.supervisor)
        answer(deliver(west.team, west.document), Review.Verdict.RETURNED, "Nei.", by=west.supervisor)
    assert "Nothing waits for you. Every delivery has its answer." in words(page(sign_in(west.supervisor), QUEUE))


def test_other_teams_and_other_networks_are_not_in_it(west: Place, cast: Cast, sign_in: SignIn) -> None:
    with within(west):
        deliver(west.other_team, west.document)
    with within(cast.east):
        deliver(cast.east.team, cast.east.document)
    found = words(page(sign_in(west.supervisor), QUEUE))
    assert "Nothing waits for you." in found
    assert "Tokke" not in found
    assert "Hamar" not in found


def test_it_reaches_over_all_the_networks_where_she_guides(west: Place, cast: Cast, sign_in: SignIn) -> None:
    guide(cast.east, west.supervisor)
    for place, days in ((west, 2), (cast.east, 9)):
        with within(place):
            deliver(place.team, place.document, days_ago=days)
    found = words(page(sign_in(west.supervisor), QUEUE))
    assert found.index("Hamar · Læringsnettverk Øst Has waited 9 days") < found.index("Vinje · Læringsnettverk Vest")


def test_guiding_ends_with_the_role(west: Place, sign_in: SignIn) -> None:
    with within(west):
        deliver(west.team, west.document)
        Membership.objects.filter(user=west.supervisor).update(ends_on=timezone.localdate())
    assert "You do not guide any team just now" in words(page(sign_in(west.supervisor), QUEUE))


def test_someone_who_guides_no_one_reads_what_the_page_is_for(west: Place, cast: Cast, sign_in: SignIn) -> None:
    for user in (west.team_leader, cast.stranger, west.coordinator):
        assert "You do not guide any team just now" in words(page(sign_in(user), QUEUE))


def test_a_team_that_never_began_is_quiet(west: Place, sign_in: SignIn) -> None:
    found = words(page(sign_in(west.supervisor), QUEUE))
    assert "No sign of life" in found
    assert "Vinje Has not begun yet 1 thing late" in found


def test_a_team_that_saved_something_this_month_is_not(west: Place, sign_in: SignIn) -> None:
    with within(west):
        delivery = Delivery.objects.create(network=west.network, team=west.team, assignment=west.document, begun=True)
        draft = DeliveryVersion.objects.create(network=west.network, delivery=delivery, number=1, comment="Utkast")
    assert "No sign of life" not in words(page(sign_in(west.supervisor), QUEUE))
    with within(west):
        DeliveryVersion.objects.filter(pk=draft.pk).update(saved_at=timezone.localtime() - timedelta(days=40))
    assert "Vinje Last saved something 40 days ago" in words(page(sign_in(west.supervisor), QUEUE))


def test_a_team_with_nothing_to_do_is_not_quiet(west: Place, sign_in: SignIn) -> None:
    with within(west):
        for assignment in west.assignments:
            deliver(west.team, assignment, days_ago=60, state="approved")
    assert "No sign of life" not in words(page(sign_in(west.supervisor), QUEUE))


def test_teams_that_have_ended_do_not_wait(west: Place, sign_in: SignIn) -> None:
    with within(west):
        deliver(west.team, west.document)
        Team.objects.filter(pk=west.team.pk).update(ended_on=timezone.localdate())
    assert "You do not guide any team just now" in words(page(sign_in(west.supervisor), QUEUE))


@pytest.mark.parametrize("more", [0, 2])
def test_the_queue_asks_as_much_for_three_teams_as_for_one(west: Place, sign_in: SignIn, more: int) -> None:
    with within(west):
        deliver(west.team, west.document)
        for number in range(more):
            deliver(add_team(west, f"Kommune {number}", guided=True), west.document)
    assert questions(sign_in(west.supervisor), QUEUE) == 11


@pytest.mark.parametrize("both", [False, True])
def test_the_queue_asks_as_much_for_two_networks_as_for_one(
    west: Place, cast: Cast, sign_in: SignIn, both: bool
) -> None:
    for place in (west, cast.east) if both else (west,):
        with within(place):
            deliver(place.team, place.document)
    if both:
        guide(cast.east, west.supervisor)
    assert questions(sign_in(west.supervisor), QUEUE) == 11
