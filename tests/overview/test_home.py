"""The first page: each role gets what she comes for."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from gpf import dates, tenancy
from networks.models import Membership, Network, ParticipationLeader, Role
from posters.models import Edition, Poster
from sessions.models import Assignment, Delivery, Gathering, Review
from teams.models import Team, TeamMember
from tests.cast import Cast, Place
from tests.overview.stage import (
    add_network,
    add_team,
    answer,
    deliver,
    join,
    links,
    page,
    person,
    questions,
    reads_english,
    within,
    words,
)
from tests.signup.registering import answers, invite, register

SignIn = Callable[[User], Client]
HOME = "/"


@pytest.fixture
def west(cast: Cast) -> Place:
    reads_english(cast.stranger, cast.national, *cast.west.people().values())
    return cast.west


def delivery_address(place: Place, assignment: Assignment, team: Team | None = None) -> str:
    return reverse(
        "gatherings:delivery",
        kwargs={
            "network_slug": place.network.slug,
            "team_slug": (team or place.team).slug,
            "assignment_pk": assignment.pk,
        },
    )


def test_the_national_coordinator_comes_to_the_networks(west: Place, cast: Cast, sign_in: SignIn) -> None:
    assert sign_in(cast.national).get(HOME)["Location"] == reverse("overview:networks")


def test_the_coordinator_of_one_network_comes_to_its_matrix(west: Place, sign_in: SignIn) -> None:
    assert sign_in(west.coordinator).get(HOME)["Location"] == "/nettverk/vest/fremdrift/"


def test_the_coordinator_of_several_reads_a_sentence_about_each(west: Place, sign_in: SignIn) -> None:
    other = add_network(west, "Agder")
    with within(west):
        deliver(west.team, west.poster)
    _coordinate(west.coordinator, other.pk)
    html = page(sign_in(west.coordinator), HOME)
    found = words(html)
    assert list(links(html)) == ["Agder", "Læringsnettverk Vest"]
    assert "1 of 2 teams have delivered the poster for gathering 2; 2 are late; 1 waits for the supervisor." in found
    assert "No teams or no work planned yet." in found


def test_what_waits_for_an_answer_stands_on_the_first_page(west: Place, cast: Cast, sign_in: SignIn) -> None:
    with within(west):
        register(invite(west))
    with within(cast.east):
        register(invite(cast.east, "Stange", "3413"))
        register(invite(cast.east, "Elverum", "3420"), answers("Elverum"))
    mine, theirs = (reverse("signup:registrations", args=[slug]) for slug in ("vest", "ost"))
    html = page(sign_in(west.coordinator), "/nettverk/vest/fremdrift/")
    assert "1 registration waits for your answer" in words(html)
    national = page(sign_in(cast.national), reverse("overview:networks"))
    assert "Læringsnettverk Vest: 1 registration waits for your answer" in words(national)
    assert f'{theirs}">2 registrations wait for your answer' in national
    _coordinate(west.coordinator, add_network(west, "Agder").pk)
    several = page(sign_in(west.coordinator), HOME)
    assert mine in several
    assert theirs not in several
    assert "your answer" not in page(sign_in(west.team_leader), reverse("overview:networks"))
    Network.objects.update(phase=Network.Phase.COMPLETED)
    assert "your answer" not in page(sign_in(cast.national), reverse("overview:networks")), "nothing can be answered"


@pytest.mark.parametrize("more", [1, 3])
def test_the_list_of_several_networks_asks_as_much_for_each_number(west: Place, sign_in: SignIn, more: int) -> None:
    for number in range(more):
        _coordinate(west.coordinator, add_network(west, f"Nettverk-{number}").pk)
    assert questions(sign_in(west.coordinator), HOME) == 10


def _coordinate(user: User, network: int) -> None:
    with tenancy.scope([network]):
        Membership.objects.create(network_id=network, user=user, role=Role.COORDINATOR)


def test_the_supervisor_comes_to_the_queue(west: Place, sign_in: SignIn) -> None:
    assert sign_in(west.supervisor).get(HOME)["Location"] == reverse("supervision:queue")


def test_someone_without_a_network_reads_what_to_do(west: Place, cast: Cast, sign_in: SignIn) -> None:
    found = words(page(sign_in(cast.stranger), HOME))
    assert "You are not in a learning network just now" in found
    assert cast.stranger.email in found


def test_access_ends_with_the_membership(west: Place, sign_in: SignIn) -> None:
    with within(west):
        Membership.objects.filter(user=west.team_leader).update(ends_on=timezone.localdate())
    assert "You are not in a learning network just now" in words(page(sign_in(west.team_leader), HOME))


# The team


def test_the_team_leader_reads_the_next_thing_and_its_date_first(west: Place, sign_in: SignIn) -> None:
    poster1, plan, involve, _poster2 = west.assignments
    with within(west):
        deliver(west.team, poster1, state="approved", days_ago=70)
    html = page(sign_in(west.team_leader), HOME)
    found = words(html)
    due = dates.long_date(plan.due, language="en")
    assert (
        f"Next Lever forbedringsplan before gathering 2 Due {due}, {dates.from_now(plan.due, language='en')}" in found
    )
    assert found.index("Next Lever forbedringsplan") < found.index(involve.title_nb) < found.index("The cycle")
    assert html.count('class="ds-button"') == 1
    assert links(html)["Choose a file and deliver"] == delivery_address(west, plan) + "#levering"


def test_the_button_of_the_poster_leads_to_its_sections(west: Place, sign_in: SignIn) -> None:
    with within(west):
        for assignment in west.assignments[:3]:
            deliver(west.team, assignment, state="approved")
    address = links(page(sign_in(west.team_leader), HOME))["Make the poster"]
    assert address == reverse("posters:edit", args=["vest", west.team.slug, 2])


def test_what_is_late_comes_first_and_says_by_how_much(west: Place, sign_in: SignIn) -> None:
    late = (timezone.localdate() - west.assignments[0].due).days
    assert f"Next Lag plakat for gathering 1 {late} days late" in words(page(sign_in(west.team_leader), HOME))


def test_a_team_that_has_delivered_all_reads_so_and_the_next_deadline(west: Place, sign_in: SignIn) -> None:
    with within(west):
        for assignment in west.assignments:
            deliver(west.team, assignment)
        found = words(page(sign_in(west.team_leader), HOME))
        assert "Everything is delivered. There are no more deadlines." in found
        start = timezone.localdate() + timedelta(days=200)
        third = Gathering.objects.create(network=west.network, number=3, starts_on=start, ends_on=start)
        Assignment.objects.create(
            network=west.network, gathering=third, slug="ny", title_nb="Ny plan", due=start - timedelta(days=20)
        )
    html = page(sign_in(west.team_leader), HOME)
    assert "Everything is delivered. The next deadline is" in words(html)
    assert "Ny plan before gathering 3" in links(html)
    assert 'class="ds-button"' not in html


def _begin(place: Place, assignment: Assignment) -> None:
    """The team has saved something, and not delivered it."""
    Delivery.objects.create(network=place.network, team=place.team, assignment=assignment, begun=True)


def test_a_draft_is_not_forgotten_when_all_before_the_next_gathering_is_delivered(west: Place, sign_in: SignIn) -> None:
    start = timezone.localdate() + timedelta(days=200)
    with within(west):
        for assignment in west.assignments:
            deliver(west.team, assignment)
        third = Gathering.objects.create(network=west.network, number=3, starts_on=start, ends_on=start)
        near, far = (
            Assignment.objects.create(
                network=west.network, gathering=third, slug=slug, title_nb=slug, due=start - timedelta(days=days)
            )
            for slug, days in (("nær", 20), ("fjern", 10))
        )
        _begin(west, far)
    client = sign_in(west.team_leader)
    found = words(page(client, HOME))
    due = f"{dates.long_date(far.due, language='en')}, {dates.from_now(far.due, language='en')}"
    assert (
        f"Everything for gathering 2 is delivered. Begun and not delivered yet: fjern before gathering 3 {due}" in found
    )
    assert "The next deadline is" in found
    assert "Everything is delivered." not in found
    with within(west):
        _begin(west, near)
    html = page(client, HOME)
    assert "Begun and not delivered yet: nær before gathering 3" in words(html)
    assert "The next deadline is" not in words(html)  # the draft says its own
    assert html.count("nær before gathering 3") == 1


def test_an_answer_stands_on_top_until_the_team_delivers_again(west: Place, sign_in: SignIn) -> None:
    with within(west):
        delivery = deliver(west.team, west.document, days_ago=40)
        answer(delivery, Review.Verdict.RETURNED, "Skriv hvem som gjør hva.", by=west.supervisor, days_ago=30)
    html = page(sign_in(west.team_leader), HOME)
    found = words(html)
    assert found.index("Veileder Vest has sent back “Lever forbedringsplan”") < found.index("Next ")
    assert "Skriv hvem som gjør hva." in found
    assert links(html)["Read it all"] == delivery_address(west, west.document)
    with within(west):
        Delivery.objects.filter(pk=delivery.pk).update(state="delivered", delivered_at=timezone.now())
    assert "has sent back" not in words(page(sign_in(west.team_leader), HOME))


def test_what_was_sent_back_is_said_once_in_the_next_thing(west: Place, sign_in: SignIn) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    with within(west):
        Assignment.objects.filter(pk=west.document.pk).update(due=tomorrow)
        deliver(west.team, west.assignments[0], state="approved", days_ago=70)
        answer(deliver(west.team, west.document), Review.Verdict.RETURNED, "Om igjen.", by=west.supervisor)
    html = page(sign_in(west.team_leader), HOME)
    found = words(html)
    due = dates.long_date(tomorrow, language="en")
    assert f"Next Lever forbedringsplan before gathering 2 sent back · due {due}, tomorrow Veileder Vest today" in found
    assert (found.count("sent back"), found.count("Om igjen.")) == (1, 1)
    address = delivery_address(west, west.document)
    assert [label for label, url in links(html).items() if url.startswith(address)] == [
        "Read the answer and deliver again"
    ]
    assert links(html)["Read the answer and deliver again"] == address + "#levering"


def test_a_team_does_not_rest_while_something_is_sent_back(west: Place, sign_in: SignIn) -> None:
    start = timezone.localdate() + timedelta(days=200)
    with within(west):
        for assignment in west.assignments:
            deliver(west.team, assignment)
        third = Gathering.objects.create(network=west.network, number=3, starts_on=start, ends_on=start)
        early = Assignment.objects.create(
            network=west.network, gathering=third, slug="ny", title_nb="Ny plan", due=start - timedelta(days=20)
        )
        answer(deliver(west.team, early), Review.Verdict.RETURNED, "Om igjen.", by=west.supervisor)
    found = words(page(sign_in(west.team_leader), HOME))
    assert "is delivered." not in found
    assert "Next Ny plan before gathering 3 sent back" in found


def test_an_approval_is_news_for_two_weeks(west: Place, sign_in: SignIn) -> None:
    with within(west):
        review = answer(deliver(west.team, west.document), Review.Verdict.APPROVED, "", by=west.supervisor)
    assert "Veileder Vest has approved “Lever forbedringsplan”" in words(page(sign_in(west.member), HOME))
    with within(west):
        Review.objects.filter(pk=review.pk).update(reviewed_at=timezone.now() - timedelta(days=15))
    assert "has approved" not in words(page(sign_in(west.member), HOME))


def test_answers_to_other_teams_are_not_shown(west: Place, cast: Cast, sign_in: SignIn) -> None:
    for place, team in ((west, west.other_team), (cast.east, cast.east.team)):
        with within(place):
            answer(deliver(team, place.document), Review.Verdict.RETURNED, "Hemmelig svar", by=place.supervisor)
    assert "Hemmelig" not in page(sign_in(west.team_leader), HOME)


def _share(place: Place, team: Team, assignment: Assignment, due_days_ago: int) -> None:
    """The team's poster is handed in, and its deadline lies so many days back."""
    Assignment.objects.filter(pk=assignment.pk).update(due=timezone.localdate() - timedelta(days=due_days_ago))
    delivery = deliver(team, assignment, days_ago=due_days_ago + 1)
    poster = Poster.objects.create(network=place.network, team=team, gathering=assignment.gathering, language="nb")
    Edition.objects.create(
        network=place.network,
        poster=poster,
        content_hash=str(poster.pk),
        language="nb",
        content={},
        version=delivery.versions.get(),
    )


def test_posters_of_other_teams_are_news_when_their_deadline_has_passed(
    west: Place, cast: Cast, sign_in: SignIn
) -> None:
    with within(west):
        _share(west, west.other_team, west.assignments[0], due_days_ago=3)
        _share(west, west.team, west.assignments[3], due_days_ago=3)
    with within(cast.east):
        _share(cast.east, cast.east.team, cast.east.assignments[0], due_days_ago=3)
    html = page(sign_in(west.team_leader), HOME)
    (news,) = (link for link in links(html) if "has delivered its poster" in link)
    assert news == "Tokke has delivered its poster for gathering 1"
    assert links(html)[news] == reverse("posters:poster", args=["vest", "tokke", 1])


@pytest.mark.parametrize("due_days_ago", [0, -5, 31])
def test_posters_not_yet_shared_or_long_since_are_no_news(west: Place, sign_in: SignIn, due_days_ago: int) -> None:
    with within(west):
        _share(west, west.other_team, west.assignments[0], due_days_ago=due_days_ago)
    assert "has delivered its poster" not in words(page(sign_in(west.team_leader), HOME))


def test_someone_who_works_in_no_team_reads_why_there_is_nothing(west: Place, sign_in: SignIn) -> None:
    with within(west):
        TeamMember.objects.filter(membership__user=west.member).update(left_on=timezone.localdate())
    assert "You are not in a team in Læringsnettverk Vest yet" in words(page(sign_in(west.member), HOME))


def test_a_network_without_work_says_what_comes(west: Place, sign_in: SignIn) -> None:
    with within(west):
        Gathering.objects.all().delete()
    found = words(page(sign_in(west.team_leader), HOME))
    assert "No work has been planned yet" in found
    assert "Everything is delivered" not in found


@pytest.mark.parametrize("more", [0, 2])
def test_home_asks_as_much_for_three_teams_as_for_one(west: Place, sign_in: SignIn, more: int) -> None:
    with within(west):
        for number in range(more):
            team = add_team(west, f"Kommune {number}")
            join(west, team, west.team_leader)
            answer(deliver(team, west.document), Review.Verdict.RETURNED, "Nei.", by=west.supervisor)
        answer(deliver(west.team, west.document), Review.Verdict.RETURNED, "Nei.", by=west.supervisor)
    assert questions(sign_in(west.team_leader), HOME) == 15


# The leader and the observer


def test_the_leader_reads_of_her_own_teams_only(west: Place, sign_in: SignIn) -> None:
    with within(west):
        deliver(west.team, west.assignments[0], days_ago=70)
        deliver(west.other_team, west.assignments[0], days_ago=70)
    html = page(sign_in(west.leader), HOME)
    found = words(html)
    assert "Vinje Læringsnettverk Vest The team has delivered 1 of 1 assignment so far. Nothing is late." in found
    assert "Next for the team Lever forbedringsplan before gathering 2" in found
    assert "Supervisor Veileder Vest" in found
    assert "Tokke" not in found
    assert "<form" not in html.split("<main")[1].split("</main>")[0]


def test_a_leader_whose_organisation_has_no_team_reads_so(west: Place, sign_in: SignIn) -> None:
    with within(west):
        ParticipationLeader.objects.all().delete()
    assert "Nothing to read yet" in words(page(sign_in(west.leader), HOME))


@pytest.mark.parametrize("more", [0, 2])
def test_the_leaders_page_asks_as_much_for_three_teams_as_for_one(west: Place, sign_in: SignIn, more: int) -> None:
    with within(west):
        for number in range(more):
            team = add_team(west, f"Kommune {number}")
            ParticipationLeader.objects.create(network=west.network, participation=team.participation, user=west.leader)
    assert questions(sign_in(west.leader), HOME) == 11


def test_the_observer_is_led_to_what_is_published(west: Place, sign_in: SignIn) -> None:
    html = page(sign_in(west.observer), HOME)
    assert links(html) == {
        "Læringsnettverk Vest": "/nettverk/vest/",
        "The posters": reverse("posters:wall", args=["vest"]),
    }


def test_an_observer_who_works_in_a_team_too_sees_both(west: Place, sign_in: SignIn) -> None:
    with within(west):
        both = person("Begge", west.network, Role.OBSERVER)
        Membership.objects.create(network=west.network, user=both, role=Role.TEAM_MEMBER)
        join(west, west.team, both)
    found = words(page(sign_in(both), HOME))
    assert "Next Lag plakat for gathering 1" in found
    assert "You read what the network has published." in found
