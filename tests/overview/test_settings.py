"""The settings of a network, and what its members see of each other by them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from networks.models import HealthCommunity, Network
from sessions.models import Delivery, Review
from sessions.services import deliver, review, save_draft
from tests.cast import Cast, Place
from tests.identity_numbers import NATIONAL
from tests.overview.stage import links, page, reads_english, within, words
from tests.posters.stage import hand_in, past

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def address(cast: Cast) -> str:
    return reverse("overview:settings", args=[cast.west.network.slug])


def filled(client: Client, cast: Cast) -> dict[str, Any]:
    """What the page would send with nothing touched."""
    form = client.get(address(cast)).context["form"]
    return {field.html_name: field.value() or "" for field in form}


def test_they_are_changed_with_one_button(cast: Cast, sign_in: SignIn) -> None:
    there = HealthCommunity.objects.create(slug="telemark", name="Helsefellesskap Telemark")
    client = sign_in(cast.west.coordinator)
    changed = {"name": "Nytt navn", "region": "Agder", "language": "nn", "health_community": there.pk}
    sights = {"posters_shown": "when_delivered", "work_shown": "never"}
    assert client.post(address(cast), filled(client, cast) | changed | sights).status_code == 302
    network = Network.objects.get(pk=cast.west.network.pk)
    assert (network.name, network.region, network.language, network.health_community) == (
        "Nytt navn",
        "Agder",
        "nn",
        there,
    )
    assert (network.posters_shown, network.work_shown, network.slug) == ("when_delivered", "never", "vest")


def test_each_choice_says_who_sees_what(cast: Cast, sign_in: SignIn) -> None:
    reads_english(cast.west.coordinator)
    text = words(page(sign_in(cast.west.coordinator), address(cast)))
    assert "When the deadline has passed The whole network sees them at the same time" in text
    assert "As soon as they are delivered The network sees each poster at once" in text
    assert "When the team shares them Each team decides" in text


def test_two_coordinators_at_once_lose_nothing(cast: Cast, sign_in: SignIn) -> None:
    reads_english(cast.west.coordinator)
    client = sign_in(cast.west.coordinator)
    second = filled(client, cast) | {"name": "Mitt"}
    Network.objects.filter(pk=cast.west.network.pk).update(region="Agder")
    response = client.post(address(cast), second)
    assert "Region: was “Vest”, is now “Agder”." in response.content.decode()
    again = {field.html_name: field.value() or "" for field in response.context["form"]}
    assert client.post(address(cast), again).status_code == 302
    network = Network.objects.get(pk=cast.west.network.pk)
    assert (network.name, network.region) == ("Mitt", "Agder")


@pytest.mark.parametrize("wrong", [{"name": ""}, {"posters_shown": "x"}, {"region": NATIONAL}, {"language": "en"}])
def test_what_is_wrong_is_not_saved(cast: Cast, sign_in: SignIn, wrong: dict[str, str]) -> None:
    client = sign_in(cast.west.coordinator)
    response = client.post(address(cast), filled(client, cast) | wrong)
    assert response.status_code == 200
    assert set(response.context["form"].errors) == set(wrong)


def test_of_a_completed_network_they_are_read(cast: Cast, sign_in: SignIn) -> None:
    reads_english(cast.west.coordinator)
    client = sign_in(cast.west.coordinator)
    sent = filled(client, cast)
    Network.objects.update(phase="completed")
    html = page(client, address(cast))
    assert 'name="region"' not in html
    assert "Reopen it" in words(html)
    assert client.post(address(cast), sent | {"name": "Mitt"}).status_code == 403


# Posters


def may_read(client: Client, address: str) -> bool:
    answer = client.get(address).status_code
    assert answer in (200, 403, 404)
    return answer == 200


def readers(cast: Cast, sign_in: SignIn, address: str) -> set[str]:
    """Which of the network's people may read the page."""
    people = cast.west.people() | {"other_member": other_member(cast), "national": cast.national}
    return {name for name, person in people.items() if may_read(sign_in(person), address)}


def other_member(cast: Cast) -> User:
    """Somebody in the other team, Tokke, only."""
    place = cast.west
    found = User.objects.filter(email="tokke@test.example").first()
    if found:
        return found
    with within(place):
        from networks.models import Membership, Role
        from teams.models import TeamMember

        user = User.objects.create_user("tokke@test.example", name="Medlem Tokke", language="en")
        membership = Membership.objects.create(network=place.network, user=user, role=Role.TEAM_MEMBER)
        TeamMember.objects.create(network=place.network, team=place.other_team, membership=membership)
    return user


INNER = {"coordinator", "national", "supervisor", "team_leader", "member"}


@pytest.mark.parametrize(
    ("shown", "before_deadline", "after_deadline"),
    [
        ("after_deadline", INNER | {"leader"}, INNER | {"leader", "observer", "other_member"}),
        (
            "when_delivered",
            INNER | {"leader", "observer", "other_member"},
            INNER | {"leader", "observer", "other_member"},
        ),
        ("never", INNER | {"leader"}, INNER | {"leader"}),
    ],
)
def test_a_poster_is_seen_as_the_network_has_set(
    cast: Cast, sign_in: SignIn, shown: str, before_deadline: set[str], after_deadline: set[str]
) -> None:
    place = cast.west
    Network.objects.filter(pk=place.network.pk).update(posters_shown=shown)
    with within(place):
        hand_in(place)
    poster = reverse("posters:poster", args=["vest", place.team.slug, 2])
    assert readers(cast, sign_in, poster) == before_deadline
    with within(place):
        past(place.poster)
    assert readers(cast, sign_in, poster) == after_deadline


@pytest.mark.parametrize(
    ("shown", "on_the_page"), [("after_deadline", False), ("when_delivered", True), ("never", False)]
)
def test_the_first_page_tells_of_new_posters_by_the_same_setting(
    cast: Cast, sign_in: SignIn, shown: str, on_the_page: bool
) -> None:
    place = cast.west
    Network.objects.filter(pk=place.network.pk).update(posters_shown=shown)
    with within(place):
        hand_in(place)
    poster = reverse("posters:poster", args=["vest", place.team.slug, 2])
    assert (poster in page(sign_in(other_member(cast)), reverse("overview:home"))) is on_the_page


# Plans and other work


def plan(place: Place, name: str = "shared") -> str:
    return reverse(f"gatherings:{name}", args=["vest", place.team.slug, place.document.pk])


def hand_in_plan(place: Place, comment: str = "Planen vår") -> Delivery:
    with within(place):
        version = deliver(team=place.team, assignment=place.document, by=place.member, comment=comment)
        review(version=version, by=place.supervisor, verdict=Review.Verdict.COMMENTED, text="Hemmelig svar")
        save_draft(team=place.team, assignment=place.document, by=place.member, comment="Hemmelig kladd")
        return version.delivery


EVERYONE = INNER | {"leader", "observer", "other_member"}
ALWAYS = INNER | {"leader"}


@pytest.mark.parametrize(
    ("shown", "unshared", "shared"),
    [("when_shared", ALWAYS, EVERYONE), ("when_delivered", EVERYONE, EVERYONE), ("never", ALWAYS, ALWAYS)],
)
def test_work_is_seen_as_the_network_has_set(
    cast: Cast, sign_in: SignIn, shown: str, unshared: set[str], shared: set[str]
) -> None:
    place = cast.west
    Network.objects.filter(pk=place.network.pk).update(work_shown=shown)
    delivery = hand_in_plan(place)
    assert readers(cast, sign_in, plan(place)) == unshared
    with within(place):
        Delivery.objects.filter(pk=delivery.pk).update(shared_at=timezone.now())
    assert readers(cast, sign_in, plan(place)) == shared
    assert not may_read(sign_in(cast.east.coordinator), plan(place))


def test_only_what_is_delivered_is_shown_and_no_answer_to_it(cast: Cast, sign_in: SignIn) -> None:
    place = cast.west
    delivery = hand_in_plan(place)
    with within(place):
        Delivery.objects.filter(pk=delivery.pk).update(shared_at=timezone.now())
    html = page(sign_in(cast.west.observer), plan(place))
    assert "Planen vår" in html
    assert "Hemmelig" not in html


def test_what_is_sent_back_is_not_shown_by_delivery_alone(cast: Cast, sign_in: SignIn) -> None:
    place = cast.west
    Network.objects.filter(pk=place.network.pk).update(work_shown="when_delivered")
    delivery = hand_in_plan(place)
    with within(place):
        Delivery.objects.filter(pk=delivery.pk).update(state="returned")
    assert not may_read(sign_in(place.observer), plan(place))


def test_a_team_shares_and_stops_sharing(cast: Cast, sign_in: SignIn) -> None:
    place = cast.west
    reads_english(place.member)
    delivery = hand_in_plan(place)
    client = sign_in(place.member)
    assert "Share with the network" in words(page(client, plan(place, "delivery")))
    text = words(client.post(plan(place, "share"), {"do": "share"}, follow=True).content.decode())
    assert "Stop sharing" in text
    with within(place):
        delivery.refresh_from_db()
        assert delivery.shared_at is not None
    client.post(plan(place, "share"), {"do": "stop"})
    with within(place):
        delivery.refresh_from_db()
        assert delivery.shared_at is None


def test_nothing_is_shared_before_it_is_delivered_nor_by_others(cast: Cast, sign_in: SignIn) -> None:
    place = cast.west
    with within(place):
        draft = save_draft(team=place.team, assignment=place.document, by=place.member, comment="Kladd")
    reads_english(place.member)
    client = sign_in(place.member)
    assert "Share with the network" not in words(page(client, plan(place, "delivery")))
    assert client.post(plan(place, "share"), {"do": "share"}).status_code == 404
    hand_in_plan(place)
    for person, answer in ((place.supervisor, 403), (other_member(cast), 404), (place.leader, 403)):
        assert sign_in(person).post(plan(place, "share"), {"do": "share"}).status_code == answer
    Network.objects.filter(pk=place.network.pk).update(work_shown="never")
    assert sign_in(place.member).post(plan(place, "share"), {"do": "share"}).status_code == 404
    with within(place):
        draft.delivery.refresh_from_db()
        assert draft.delivery.shared_at is None


def test_what_is_shared_stands_where_members_look(cast: Cast, sign_in: SignIn) -> None:
    place = cast.west
    delivery = hand_in_plan(place)
    reader = other_member(cast)
    gathering = reverse("gatherings:gathering", args=["vest", place.gatherings[1].pk])
    team = reverse("overview:team", args=["vest", place.team.slug])
    for where in (gathering, team):
        assert plan(place) not in page(sign_in(reader), where)
    with within(place):
        Delivery.objects.filter(pk=delivery.pk).update(shared_at=timezone.now())
    for where in (gathering, team):
        assert plan(place) in links(page(sign_in(reader), where)).values()
