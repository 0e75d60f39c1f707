"""The pages: written on, made, delivered, read."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import User
from gpf import tenancy
from posters import fields, services, writing
from posters.models import STUCK_AFTER, Edition, Poster, Rendering
from posters.sections import sections_for
from sessions.models import Delivery
from tests.cast import Cast, Place
from tests.identity_numbers import NATIONAL
from tests.posters.stage import hand_in, make, past, poster_before, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("read_english")]
SignIn = Callable[[User], Client]


@pytest.fixture
def read_english(cast: Cast) -> None:
    """Pages in the language the sources are written in, so that translating them breaks no test."""
    User.objects.update(language="en")


def address(name: str, place: Place, number: int = 2, **more: Any) -> str:
    where = {"network_slug": place.network.slug, "team_slug": place.team.slug, "gathering_number": number}
    return reverse(f"posters:{name}", kwargs=where | more)


def seen(page: Any) -> dict[str, str]:
    """The marks a page was made with."""
    return seen_in(page.content.decode())


def seen_in(html: str) -> dict[str, str]:
    keys = ["title", *(section.key for section in sections_for(2, 2))]
    return {f"seen-{key}": html.partition(f'name="seen-{key}" value="')[2][:10] for key in keys}


def learned(cast: Cast) -> str:
    with tenancy.scope([cast.west.network.pk]):
        return str(Poster.objects.get().content["learned"])


# Writing


def test_a_poster_is_written_and_saved_by_the_button(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.west.team_leader)
    page = client.get(address("edit", cast.west))
    sent = {"title": "Trygt hjem", "learned": " Natta er verst.\r\nDagen er god. ", "language": "nn", **seen(page)}
    response = client.post(address("edit", cast.west), sent, follow=True)
    html = response.content.decode()
    assert response.redirect_chain == [(address("edit", cast.west), 302)]
    assert "Natta er verst.\nDagen er god." in html
    assert "6 words. 7–15 are right." in html
    with tenancy.scope([cast.west.network.pk]):
        poster = Poster.objects.get()
        assert (poster.title, poster.language) == ("Trygt hjem", "nn")
        assert poster.content["learned"] == "Natta er verst.\nDagen er god."
        assert Delivery.objects.get().begun


def test_looking_at_an_empty_poster_writes_nothing(cast: Cast, sign_in: SignIn) -> None:
    assert sign_in(cast.west.member).get(address("edit", cast.west)).status_code == 200
    with tenancy.scope([cast.west.network.pk]):
        assert not Poster.objects.exists()


def test_it_saves_itself_as_it_goes(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.west.team_leader)
    sent = {"title": "", "learned": "Natta", "language": "nb", **seen(client.get(address("edit", cast.west)))}
    response = client.post(address("edit", cast.west), sent, headers={"HX-Request": "true"})
    html = response.content.decode()
    assert (response.status_code, response["X-Saved"]) == (200, "yes")
    assert 'id="saved"' in html
    assert 'data-state="saved"' in html
    assert "1 word." in html
    assert fields.digest("Natta") in html
    assert "<html" not in html


def test_an_identity_number_is_refused_and_the_rest_is_kept(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.west.team_leader)
    sent = {"title": "Trygt hjem", "learned": f"Kari {NATIONAL}", "needs": "Noen som ringer", "language": "nb"}
    html = client.post(address("edit", cast.west), sent).content.decode()
    assert "national identity number" in html
    assert f"Kari {NATIONAL}" in html, "what was written is not lost"
    assert 'href="#id_learned"' in html
    with tenancy.scope([cast.west.network.pk]):
        assert Poster.objects.get().content == {"needs": "Noen som ringer"}
    response = client.post(address("edit", cast.west), sent, headers={"HX-Request": "true"})
    assert "national identity number" in response.content.decode()
    assert NATIONAL not in response.content.decode()


def test_what_was_refused_is_not_called_saved(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.west.team_leader)
    sent = {"title": "Trygt hjem", "learned": f"Kari {NATIONAL}", "language": "nb"}
    for headers in ({"HX-Request": "true"}, {}):
        html = client.post(address("edit", cast.west), sent, headers=headers).content.decode()
        status = html.partition('id="saved"')[2].partition("</p>")[0]
        assert 'data-state="failed"' in status
        assert "Not saved: see" in status
        assert 'href="#id_learned"' in status
    html = client.post(
        address("edit", cast.west), sent | {"learned": "Kari"}, headers={"HX-Request": "true"}
    ).content.decode()
    assert 'data-state="saved"' in html.partition('id="saved"')[2].partition("</p>")[0]


def test_a_text_without_end_is_refused_and_not_lost(cast: Cast, sign_in: SignIn) -> None:
    sent = {"title": "t" * 161, "learned": "ord " * 10_000, "needs": "Noen", "language": "nb"}
    html = sign_in(cast.west.team_leader).post(address("edit", cast.west), sent).content.decode()
    assert "at most 160 characters" in html
    assert "at most 30000 characters" in html
    assert "ord ord ord" in html
    with tenancy.scope([cast.west.network.pk]):
        assert Poster.objects.get().content["needs"] == "Noen"


def test_two_at_once_see_each_others_words(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.west.member)
    page = client.get(address("edit", cast.west))
    with tenancy.scope([cast.west.network.pk]):
        write(cast.west, learned="Lederens ord")
    mine = {"title": "", "learned": "Mine ord", "language": "nb", **seen(page)}
    for _again in range(2):  # typing on does not overwrite either
        html = client.post(address("edit", cast.west), mine, headers={"HX-Request": "true"}).content.decode()
        assert "Lederens ord" in html
        assert "This was changed meanwhile, by someone else in the team or in another window." in html
    page = client.post(address("edit", cast.west), mine)
    assert "Mine ord" in page.content.decode()
    assert "Lederens ord" in page.content.decode()
    with tenancy.scope([cast.west.network.pk]):
        assert Poster.objects.get().content["learned"] == "Lederens ord"
    client.post(address("edit", cast.west), mine | seen(page))
    with tenancy.scope([cast.west.network.pk]):
        assert Poster.objects.get().content["learned"] == "Mine ord"


def test_once_shown_what_stands_there_the_first_save_by_hand_saves(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.west.member)
    mine = {"title": "", "learned": "Mine ord", "language": "nb", **seen(client.get(address("edit", cast.west)))}
    with tenancy.scope([cast.west.network.pk]):
        write(cast.west, learned="Lederens ord")
    shown = client.post(address("edit", cast.west), mine, headers={"HX-Request": "true"}).content.decode()
    mark = shown.partition('name="shown-learned" value="')[2][:10]
    assert mark == fields.digest("Lederens ord")
    mine |= seen_in(shown) | {"shown-learned": mark}
    client.post(address("edit", cast.west), mine, headers={"HX-Request": "true"})
    client.post(address("edit", cast.west), mine | {"on-its-own": "yes"})
    assert learned(cast) == "Lederens ord", "only a person overwrites"
    assert client.post(address("edit", cast.west), mine).status_code == 302
    assert learned(cast) == "Mine ord"


def test_what_came_after_it_was_shown_is_not_overwritten(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.west.member)
    mine = {"title": "", "learned": "Mine ord", "language": "nb", **seen(client.get(address("edit", cast.west)))}
    with tenancy.scope([cast.west.network.pk]):
        write(cast.west, learned="Lederens nyeste ord")
    page = client.post(address("edit", cast.west), mine | {"shown-learned": fields.digest("Lederens ord")})
    assert "Lederens nyeste ord" in page.content.decode()
    assert learned(cast) == "Lederens nyeste ord"


def test_the_next_poster_says_where_its_text_is_from(cast: Cast, sign_in: SignIn) -> None:
    with tenancy.scope([cast.west.network.pk]):
        write(cast.west, 1, title="Trygt hjem", learned="Natta er verst.")
    html = sign_in(cast.west.member).get(address("edit", cast.west)).content.decode()
    assert "It starts with the text of your poster for gathering 1." in html
    assert "Natta er verst." in html


def test_there_is_no_poster_for_a_gathering_there_is_not(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.west.member)
    for name in ("edit", "files", "deliver", "poster"):
        assert client.get(address(name, cast.west, 9)).status_code == 404


@pytest.mark.parametrize(
    ("words", "said", "over"),
    [
        (15, "15 words. 7–15 are right.", False),
        (16, "16 words: 1 more than there is good room for", True),
        (3000, "3,000 words: 2,985 more than there is good room for", True),
    ],
)
def test_a_section_says_when_it_grows_too_long(words: int, said: str, over: bool, cast: Cast, sign_in: SignIn) -> None:
    with tenancy.scope([cast.west.network.pk]):
        write(cast.west, learned="ord " * words)
    html = sign_in(cast.west.member).get(address("edit", cast.west)).content.decode()
    note = html.partition('id="note-learned"')[2].partition("</p>")[0]
    assert note.endswith(f">{said}")
    assert (" data-over " in note) is over


# Making


def test_the_pdf_is_asked_for_watched_and_fetched(
    cast: Cast, sign_in: SignIn, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks, monkeypatch: Any
) -> None:
    told: list[tuple[int, int]] = []
    monkeypatch.setattr("posters.pages.make_file.delay", lambda *numbers: told.append(numbers))
    client = sign_in(cast.west.member)
    sent = {"title": "Trygt hjem", "learned": "Natta er verst.", "language": "nb", "then": "files"}
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(address("edit", cast.west), sent)
    assert response["Location"] == address("files", cast.west)
    assert len(told) == 2
    html = client.get(address("files", cast.west)).content.decode()
    assert "0 of 2" in html
    assert 'hx-trigger="every 1s"' in html
    assert "See how far it has come" in html

    from posters.tasks import make_file

    for numbers in told:
        assert make_file.apply(numbers).get() == "ready"
    part = client.get(address("files", cast.west), headers={"HX-Request": "true"})
    assert "hx-trigger" not in part.content.decode()
    assert part["HX-Trigger"] == '{"announce": "The PDFs are ready."}'
    with tenancy.scope([cast.west.network.pk]):
        rendering = Rendering.objects.get(paper="A1")
    file = client.get(reverse("posters:file", kwargs={"network_slug": "vest", "rendering_pk": rendering.pk}))
    assert b"".join(file).startswith(b"%PDF-1.7")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address("files", cast.west))
    assert len(told) == 2, "the same is not made twice"


def test_a_poster_nobody_has_begun_has_no_pdf(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.west.member)
    for name in ("files", "deliver"):
        assert client.get(address(name, cast.west))["Location"] == address("edit", cast.west)


def test_too_long_a_text_is_told_section_by_section(cast: Cast, sign_in: SignIn) -> None:
    with tenancy.scope([cast.west.network.pk]):
        edition = services.make_edition(poster=write(cast.west, learned="mye"))
        services.request_files(edition=edition)
        Rendering.objects.update(state="too_long", too_long={"learned": 40})
    html = sign_in(cast.west.member).get(address("files", cast.west)).content.decode()
    assert f'href="{address("edit", cast.west)}#id_learned"' in html
    assert "about 40 words too many" in html
    assert 'id="section-learned"' in sign_in(cast.west.member).get(address("edit", cast.west)).content.decode()


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "failed"},
        {"state": "working", "started_at": timezone.now() - STUCK_AFTER - timedelta(seconds=5)},
        {"state": "queued", "queued_at": timezone.now() - STUCK_AFTER - timedelta(seconds=5)},
    ],
    ids=["failed", "the worker died", "the message was lost"],
)
def test_no_page_waits_for_ever(fields: dict[str, Any], cast: Cast, sign_in: SignIn) -> None:
    with tenancy.scope([cast.west.network.pk]):
        services.request_files(edition=services.make_edition(poster=write(cast.west)))
        Rendering.objects.update(**fields)
    client = sign_in(cast.west.member)
    html = client.get(address("files", cast.west)).content.decode()
    assert 'hx-trigger="every' not in html
    assert "Try again" in html
    client.post(address("files", cast.west))
    assert 'hx-trigger="every 1s"' in client.get(address("files", cast.west)).content.decode()


def test_a_pdf_of_an_older_text_is_not_offered(cast: Cast, sign_in: SignIn) -> None:
    with tenancy.scope([cast.west.network.pk]):
        make(write(cast.west, title="Gammel"))
        write(cast.west, title="Ny")
    html = sign_in(cast.west.member).get(address("files", cast.west)).content.decode()
    assert "There is no PDF of the poster as it is written now." in html


# Delivering


def test_the_poster_is_delivered_after_it_is_said_who_is_told(cast: Cast, sign_in: SignIn) -> None:
    with tenancy.scope([cast.west.network.pk]):
        make(write(cast.west, title="Trygt hjem", learned="Natta er verst."))
    client = sign_in(cast.west.team_leader)
    html = client.get(address("deliver", cast.west)).content.decode()
    assert "Veileder Vest will see that it waits for an answer." in html
    response = client.post(address("deliver", cast.west))
    assert response["Location"] == address("poster", cast.west)
    with tenancy.scope([cast.west.network.pk]):
        assert Delivery.objects.get().state == Delivery.State.DELIVERED
    assert "The poster is delivered." in client.get(address("edit", cast.west)).content.decode()


def test_without_files_it_is_delivered_when_they_are_made(cast: Cast, sign_in: SignIn) -> None:
    with tenancy.scope([cast.west.network.pk]):
        write(cast.west)
    client = sign_in(cast.west.team_leader)
    page = client.post(address("deliver", cast.west), follow=True).content.decode()
    assert "The poster is delivered as soon as they are made." in page


def test_where_nobody_has_asked_there_is_no_button(cast: Cast, sign_in: SignIn) -> None:
    with tenancy.scope([cast.west.network.pk]):
        make(write(cast.west))
        poster_before(cast.west.gatherings[1]).delete()
    client = sign_in(cast.west.team_leader)
    assert "Nobody has asked for a poster" in client.get(address("deliver", cast.west)).content.decode()
    assert client.post(address("deliver", cast.west)).status_code == 200
    assert "Deliver the poster" not in client.get(address("files", cast.west)).content.decode()


# Reading

PEOPLE = ("coordinator", "supervisor", "team_leader", "member", "leader", "observer")


def readers(cast: Cast, client: Client, url: str) -> set[str]:
    """Who of West gets the page; and nobody of East."""
    found = set()
    for name, person in [*cast.west.people().items(), ("neighbour", _neighbour(cast)), ("national", cast.national)]:
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        if client.get(url).status_code == 200:
            found.add(name)
    for person in cast.east.people().values():
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        assert client.get(url).status_code == 404
    return found


def test_while_it_is_written_the_team_and_those_who_follow_it_read(cast: Cast, client: Client) -> None:
    with tenancy.scope([cast.west.network.pk]):
        edition = make(write(cast.west))
    inner = {"coordinator", "supervisor", "team_leader", "member", "national"}
    assert readers(cast, client, address("poster", cast.west)) == inner
    assert readers(cast, client, _file(edition)) == inner


def test_delivered_before_the_deadline_the_own_leader_reads_too(cast: Cast, client: Client) -> None:
    with tenancy.scope([cast.west.network.pk]):
        edition = hand_in(cast.west)
    wanted = {"coordinator", "supervisor", "team_leader", "member", "national", "leader"}
    assert readers(cast, client, address("poster", cast.west)) == wanted
    assert readers(cast, client, _file(edition)) == wanted


def test_after_the_deadline_the_network_reads(cast: Cast, client: Client) -> None:
    with tenancy.scope([cast.west.network.pk]):
        edition = hand_in(cast.west)
        past(cast.west.poster)
    wanted = {*PEOPLE, "neighbour", "national"}
    assert readers(cast, client, address("poster", cast.west)) == wanted
    assert readers(cast, client, _file(edition)) == wanted


def test_a_leader_reads_only_the_posters_of_the_own_organisation(cast: Cast, client: Client) -> None:
    with tenancy.scope([cast.west.network.pk]):
        edition = hand_in(cast.west)
        past(cast.west.poster)
        cast.west.team.participation.leaders.all().delete()
    assert "leader" not in readers(cast, client, address("poster", cast.west))
    assert "leader" not in readers(cast, client, _file(edition))


def test_others_read_what_was_delivered_not_what_is_being_written(cast: Cast, sign_in: SignIn) -> None:
    with tenancy.scope([cast.west.network.pk]):
        hand_in(cast.west, title="Levert tittel", learned="Levert tekst", goals="- 90 % får besøk")
        past(cast.west.poster)
        write(cast.west, title="Ny tittel")
    html = sign_in(cast.west.observer).get(address("poster", cast.west)).content.decode()
    assert "Levert tittel" in html
    assert "Levert tekst" in html
    assert "Ny tittel" not in html
    assert "Write on the poster" not in html
    assert "Ny tittel" in sign_in(cast.west.supervisor).get(address("poster", cast.west)).content.decode()


def test_the_file_of_an_older_text_is_not_for_others(cast: Cast, client: Client) -> None:
    with tenancy.scope([cast.west.network.pk]):
        first = hand_in(cast.west, title="Første")
        past(cast.west.poster)
        make(write(cast.west, title="Uferdig"))
        unfinished = Edition.objects.get(version=None)
    assert "observer" in readers(cast, client, _file(first))
    assert "observer" not in readers(cast, client, _file(unfinished))


def test_the_wall_shows_what_hangs_there_and_nothing_of_the_other_network(cast: Cast, sign_in: SignIn) -> None:
    for place, title in ((cast.west, "Trygt hjem i vest"), (cast.east, "Hemmelig i øst")):
        with tenancy.scope([place.network.pk]):
            hand_in(place, title=title)
            past(place.poster)
    wall = reverse("posters:wall", kwargs={"network_slug": "vest"})
    html = sign_in(cast.west.observer).get(wall).content.decode()
    assert "Trygt hjem i vest" in html
    assert "Hemmelig" not in html
    assert address("edit", cast.west) not in html
    assert address("edit", cast.west) in sign_in(cast.west.member).get(wall).content.decode()


def test_an_empty_wall_teaches(cast: Cast, sign_in: SignIn) -> None:
    html = sign_in(cast.west.observer).get(reverse("posters:wall", kwargs={"network_slug": "vest"})).content.decode()
    assert "No posters to read yet" in html


def test_the_wall_costs_the_same_for_one_and_for_three(
    cast: Cast, sign_in: SignIn, django_assert_num_queries: Any
) -> None:
    client = sign_in(cast.west.coordinator)
    wall = reverse("posters:wall", kwargs={"network_slug": "vest"})
    with tenancy.scope([cast.west.network.pk]):
        hand_in(cast.west, 1)
    client.get(wall)
    with django_assert_num_queries(QUERIES_OF_THE_WALL):
        client.get(wall)
    with tenancy.scope([cast.west.network.pk]):
        hand_in(cast.west, 2)
        _other_team_hands_in(cast)
    with django_assert_num_queries(QUERIES_OF_THE_WALL):
        client.get(wall)


QUERIES_OF_THE_WALL = 15


def _file(edition: Edition) -> str:
    with tenancy.scope([edition.network_id]):
        rendering = edition.renderings.get(paper="A1")
    return reverse("posters:file", kwargs={"network_slug": "vest", "rendering_pk": rendering.pk})


def _neighbour(cast: Cast) -> User:
    """Somebody of another team in the network."""
    from networks.models import Membership, Role
    from teams.models import TeamMember

    user, made = User.objects.get_or_create(email="nabo@test.example", defaults={"name": "Nabo"})
    if made:
        with tenancy.scope([cast.west.network.pk]):
            membership = Membership.objects.create(network=cast.west.network, user=user, role=Role.TEAM_MEMBER)
            TeamMember.objects.create(network=cast.west.network, team=cast.west.other_team, membership=membership)
    return user


def _other_team_hands_in(cast: Cast) -> None:
    gathering = cast.west.gatherings[0]
    saved = writing.save_poster(
        team=cast.west.other_team, gathering=gathering, by=cast.west.member, texts={"title": "Andres"}, seen={}
    )
    make(saved.poster)
    services.request_delivery(poster=saved.poster, by=cast.west.member)
