"""What is said to posters: taken along, commented, put away, taken down, closed for."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from gpf import tenancy
from improvement.goals.models import Goal
from networks.models import Membership, Role
from posters.models import WallNote
from teams.models import TeamMember
from tests.cast import Cast
from tests.identity_numbers import NATIONAL
from tests.posters.stage import hand_in, past, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hung")]
SignIn = Callable[[User], Client]


@pytest.fixture
def hung(cast: Cast) -> None:
    """Vinje's poster is read by the network; somebody works in Tokke's team."""
    with tenancy.scope([cast.west.network.pk]):
        hand_in(cast.west)
        past(cast.west.poster)
        user = User.objects.create_user("nabo@test.example", name="Medlem Tokke")
        membership = Membership.objects.create(network=cast.west.network, user=user, role=Role.TEAM_MEMBER)
        TeamMember.objects.create(network=cast.west.network, team=cast.west.other_team, membership=membership)
    User.objects.update(language="en")


def neighbour() -> User:
    return User.objects.get(email="nabo@test.example")


def at(cast: Cast, name: str, *more: Any) -> str:
    return reverse(f"posters:{name}", args=["vest", cast.west.team.slug, 2, *more])


def ideas_of(cast: Cast) -> str:
    return reverse("posters:ideas", args=["vest", cast.west.other_team.slug])


def html_of(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def take_along(cast: Cast, client: Client, text: str = "Ring dagen etter") -> WallNote:
    response = client.post(at(cast, "take_along"), {"idea-text": text})
    assert response["Location"] == at(cast, "poster") + "#ideas"
    return only_note(cast)


def comment(cast: Cast, client: Client, text: str = "Hvem ringer?") -> WallNote:
    assert client.post(at(cast, "comment"), {"comment-text": text}).status_code == 302
    return only_note(cast)


def only_note(cast: Cast) -> WallNote:
    with tenancy.scope([cast.west.network.pk]):
        found: WallNote = WallNote.with_put_away.select_related("team").get()
    return found


def readers(cast: Cast, sign_in: SignIn, words: str) -> set[str]:
    """Who reads these words on the poster's page."""
    people = {**cast.west.people(), "neighbour": neighbour()}
    return {name for name, user in people.items() if words in html_of(sign_in(user), at(cast, "poster"))}


def test_an_idea_goes_to_the_list_of_who_noted_it_and_back_to_the_posters_team(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(neighbour())
    assert take_along(cast, client).team == cast.west.other_team
    listed = html_of(client, ideas_of(cast))
    assert "Ring dagen etter" in listed
    assert "Trygt hjem</a>, Vinje, gathering 2" in listed
    assert at(cast, "poster") in listed
    inner = {"coordinator", "supervisor", "team_leader", "member", "neighbour"}
    assert readers(cast, sign_in, "Ring dagen etter") == inner
    assert readers(cast, sign_in, "One team takes something with it") == {*inner, "leader", "observer"}


def test_a_change_is_made_of_an_idea_where_there_is_a_goal(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(neighbour())
    take_along(cast, client, "Ring dagen etter & spør")
    assert "Make a change of it" not in html_of(client, ideas_of(cast))
    with tenancy.scope([cast.west.network.pk]):
        Goal.objects.create(network=cast.west.network, team=cast.west.other_team, text="Færre reinnleggelser")
    listed = html_of(client, ideas_of(cast))
    change = reverse("improvement:change_add", args=["vest", cast.west.other_team.slug])
    assert f"{change}?text=Ring+dagen+etter+%26+sp%C3%B8r" in listed
    made = html_of(client, f"{change}?text=Ring+dagen+etter+%26+sp%C3%B8r")
    assert 'value="Ring dagen etter &amp; spør"' in made


def test_an_idea_is_put_away_and_taken_back(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(neighbour())
    note = take_along(cast, client)
    address = reverse("posters:idea", args=["vest", cast.west.other_team.slug, note.pk])
    client.post(address, {"do": "away"})
    assert only_note(cast).put_away_at
    assert "One that is put away" in html_of(client, ideas_of(cast))
    client.post(address, {"do": "back"})
    assert only_note(cast).put_away_at is None


def test_a_team_takes_nothing_from_its_own_poster(cast: Cast, sign_in: SignIn) -> None:
    assert sign_in(cast.west.member).post(at(cast, "take_along"), {"idea-text": "Vårt eget"}).status_code == 404


def test_a_comment_is_read_by_who_reads_the_poster(cast: Cast, sign_in: SignIn) -> None:
    comment(cast, sign_in(neighbour()))
    assert readers(cast, sign_in, "Hvem ringer?") == {*cast.west.people(), "neighbour"}


def test_only_who_wrote_it_puts_it_away(cast: Cast, sign_in: SignIn) -> None:
    note = comment(cast, sign_in(neighbour()))
    assert sign_in(cast.west.member).post(at(cast, "note", note.pk), {"do": "away"}).status_code == 404
    client = sign_in(neighbour())
    client.post(at(cast, "note", note.pk), {"do": "away"})
    assert readers(cast, sign_in, "Hvem ringer?") == {"neighbour"}, "to be taken back"
    sign_in(neighbour()).post(at(cast, "note", note.pk), {"do": "back"})
    assert "observer" in readers(cast, sign_in, "Hvem ringer?")


def test_what_a_coordinator_takes_down_its_writer_sees_marked(cast: Cast, sign_in: SignIn) -> None:
    note = comment(cast, sign_in(neighbour()))
    assert sign_in(cast.west.supervisor).post(at(cast, "note", note.pk), {"do": "down"}).status_code == 404
    sign_in(cast.west.coordinator).post(at(cast, "note", note.pk), {"do": "down"})
    assert only_note(cast).hidden_by == cast.west.coordinator
    assert readers(cast, sign_in, "Hvem ringer?") == {"coordinator", "neighbour"}
    assert readers(cast, sign_in, "Taken down by the coordinator") == {"coordinator", "neighbour"}
    sign_in(cast.west.coordinator).post(at(cast, "note", note.pk), {"do": "up"})
    assert "observer" in readers(cast, sign_in, "Hvem ringer?")


@pytest.mark.parametrize("who", ["team", "coordinator"])
def test_a_closed_poster_says_so_and_takes_no_comment(who: str, cast: Cast, sign_in: SignIn) -> None:
    if who == "team":
        sign_in(cast.west.member).post(at(cast, "let_comment"), {"do": "close"})
        said = "Vinje has closed its poster for comments."
    else:
        sign_in(cast.west.coordinator).post(reverse("posters:let_comment_all", args=["vest"]), {"do": "close"})
        said = "The coordinator has closed the posters of the network for comments."
    client = sign_in(neighbour())
    assert said in html_of(client, at(cast, "poster"))
    client.post(at(cast, "comment"), {"comment-text": "Hvem ringer?"})
    with tenancy.scope([cast.west.network.pk]):
        assert not WallNote.objects.exists()
    take_along(cast, client)  # her own team's list stays open


def test_an_identity_number_is_refused_and_given_back(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(neighbour())
    for name, field in (("take_along", "idea-text"), ("comment", "comment-text")):
        html = client.post(at(cast, name), {field: f"Kari {NATIONAL}"}).content.decode()
        assert "national identity number" in html
        assert f"Kari {NATIONAL}" in html
    with tenancy.scope([cast.west.network.pk]):
        assert not WallNote.objects.exists()


def test_nobody_writes_to_another_networks_poster(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.east.team_leader)
    assert client.post(at(cast, "take_along"), {"idea-text": "Hemmelig"}).status_code == 404
    through = reverse("posters:take_along", args=["ost", cast.west.team.slug, 2])
    assert client.post(through, {"idea-text": "Hemmelig"}).status_code == 404
    with tenancy.scope([cast.west.network.pk, cast.east.network.pk]):
        assert not WallNote.objects.exists()


def test_the_list_shows_nothing_of_a_poster_she_may_no_longer_read(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(neighbour())
    take_along(cast, client)
    with tenancy.scope([cast.west.network.pk]):
        cast.west.network.posters_shown = "never"
        cast.west.network.save()
        write(cast.west, title="Uferdig tittel")
    listed = html_of(client, ideas_of(cast))
    assert "Ring dagen etter" in listed
    assert "Trygt hjem" not in listed
    assert "Uferdig" not in listed
