"""A poster shown to everybody who has its link, as long as both its team and a coordinator say yes."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from gpf import tenancy
from networks.models import Change, Network
from posters.models import Poster, PublicLink
from posters.wall import links
from tests.cast import Cast
from tests.posters.stage import hand_in, past, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hung")]
SignIn = Callable[[User], Client]


@pytest.fixture
def hung(cast: Cast) -> None:
    with tenancy.scope([cast.west.network.pk]):
        hand_in(cast.west)
        past(cast.west.poster)
    User.objects.update(language="en")


def say(cast: Cast, client: Client, do: str) -> Any:
    address = reverse("posters:show_to_all", args=["vest", cast.west.team.slug, 2])
    return client.post(address, {"do": do})


def link_of(cast: Cast) -> PublicLink:
    with tenancy.scope([cast.west.network.pk]):
        found: PublicLink = PublicLink.objects.get()
    return found


def shown(cast: Cast, sign_in: SignIn) -> str:
    """Both say yes. Answers with the address."""
    say(cast, sign_in(cast.west.coordinator), "coordinator")
    assert not link_of(cast).is_public
    say(cast, sign_in(cast.west.member), "team")
    return reverse("public_poster:poster", args=[links.link_token(link_of(cast))])


def test_both_say_yes_and_anybody_reads_what_was_handed_in(cast: Cast, sign_in: SignIn) -> None:
    address = shown(cast, sign_in)
    with tenancy.scope([cast.west.network.pk]):
        write(cast.west, title="Uferdig tittel")
    page = Client().get(address)
    html = page.content.decode()
    assert (page.status_code, page["X-Robots-Tag"]) == (200, "noindex, nofollow")
    assert "no-store" in page["Cache-Control"]
    assert "Trygt hjem" in html
    assert "Uferdig" not in html
    assert not any(person.name in html for person in User.objects.all()), "no names but those on the poster"
    assert b"".join(Client().get(address + "plakat.pdf")).startswith(b"%PDF")


@pytest.mark.parametrize("who", ["member", "coordinator"])
def test_either_takes_it_back_at_once_and_an_old_link_stays_void(who: str, cast: Cast, sign_in: SignIn) -> None:
    address = shown(cast, sign_in)
    say(cast, sign_in(getattr(cast.west, who)), "withdraw")
    for page in (address, address + "plakat.pdf", address + "ark/"):
        gone = Client().get(page)
        assert gone.status_code == 410
        assert "Trygt hjem" not in gone.content.decode()
    again = shown(cast, sign_in)
    assert again != address
    assert (Client().get(address).status_code, Client().get(again).status_code) == (410, 200)


def test_it_can_be_taken_back_when_the_network_is_completed(cast: Cast, sign_in: SignIn) -> None:
    address = shown(cast, sign_in)
    Network.objects.filter(slug="vest").update(phase=Network.Phase.COMPLETED)
    assert say(cast, sign_in(cast.west.coordinator), "withdraw").status_code == 302
    assert Client().get(address).status_code == 410
    assert say(cast, sign_in(cast.west.coordinator), "coordinator").status_code == 403


@pytest.mark.parametrize(
    ("who", "do"),
    [("member", "coordinator"), ("coordinator", "team"), ("supervisor", "team"), ("observer", "withdraw")],
)
def test_nobody_says_yes_for_another(who: str, do: str, cast: Cast, sign_in: SignIn) -> None:
    assert say(cast, sign_in(getattr(cast.west, who)), do).status_code in (403, 404)
    with tenancy.scope([cast.west.network.pk]):
        assert not PublicLink.objects.exists()


def test_a_link_changed_on_its_way_opens_nothing(cast: Cast, sign_in: SignIn) -> None:
    address = shown(cast, sign_in)
    assert Client().get(address[:-2] + "x/").status_code == 404
    other = PublicLink(pk=link_of(cast).pk, network_id=cast.east.network.pk, number=1)
    assert Client().get(reverse("public_poster:poster", args=[links.link_token(other)])).status_code == 404


def test_team_and_coordinator_see_who_said_yes_and_the_others_nothing(cast: Cast, sign_in: SignIn) -> None:
    shown(cast, sign_in)
    page = reverse("posters:poster", args=["vest", cast.west.team.slug, 2])
    with tenancy.scope([cast.west.network.pk]):
        address = links.public_url(Poster.objects.get().public_link)
    for name, person in cast.west.people().items():
        html = sign_in(person).get(page).content.decode()
        told = name in ("member", "team_leader", "coordinator")
        assert (address in html, "The team: yes, by Medlem Vest" in html) == (told, told), name


def test_the_record_tells_who_showed_it(cast: Cast, sign_in: SignIn) -> None:
    deeds = [("coordinator", "coordinator"), ("member", "team"), ("member", "withdraw"), ("coordinator", "close")]
    with tenancy.scope([cast.west.network.pk]):
        Change.objects.all().delete()
    for number, (who, do) in enumerate(deeds, start=1):
        client = sign_in(getattr(cast.west, who))
        if do == "close":
            client.post(reverse("posters:let_comment_all", args=["vest"]), {"do": do})
        else:
            say(cast, client, do)
        with tenancy.scope([cast.west.network.pk]):  # a test is one transaction, which is one deed
            Change.objects.filter(batch__gt=len(deeds)).update(batch=number)
    html = sign_in(cast.west.coordinator).get(reverse("overview:changes", args=["vest"])).content.decode()
    for words in (
        "Said yes as coordinator to show Vinje&#x27;s poster for gathering 2 to everybody",
        "Said yes for the team to show Vinje&#x27;s poster for gathering 2 to everybody",
        "Stopped showing Vinje&#x27;s poster for gathering 2 to everybody",
        "Closed the posters for comments",
    ):
        assert words in html, words
