"""A completed network is read only: every door refuses to write, and no page offers what would be refused."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from accounts.models import User
from gpf import tenancy
from gpf.declare import addresses, declared
from networks.models import Change, Network
from sessions.services import deliver
from tests.access.doors import DOORS
from tests.access.test_every_door import PEOPLE
from tests.cast import Cast
from tests.overview.stage import page, reads_english, within, words

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
OPEN_WHEN_COMPLETED = {"overview:phase"}
PAPERS = {
    "improvement:chart_pdf",
    "improvement:checklist_pdf",
    "improvement:diagram",
    "improvement:network_checklist_pdf",
    "improvement:paper",
    "improvement:plan_edition_pdf",
    "improvement:plan_pdf",
    "posters:book",
    "posters:books",
    "posters:cancel_book",
    "posters:labels",
    "supervision:standing",
}
"""Where a POST makes a file of what is there, and changes nothing: what can be read can be had on paper."""
INSIDE = sorted({d.name for d in DOORS if (said := declared(addresses()[d.name].view)) and said.kind == "network"})


def complete(cast: Cast) -> None:
    Network.objects.filter(pk=cast.west.network.pk).update(phase="completed")


@pytest.mark.parametrize("name", INSIDE)
def test_no_door_lets_anybody_write_and_no_page_offers_to(cast: Cast, client: Client, name: str) -> None:
    """Whoever may enter while the network runs: a POST is refused, and nothing is recorded. No page has a form that
    writes to the network, or leads to one. (Who may not enter at all is tried at every door.)"""
    door = next(door for door in DOORS if door.name == name)
    address = reverse(name, kwargs=door.needs(cast))
    complete(cast)
    with within(cast.west):
        before = Change.objects.count()
    entering = [who(cast) for who, letter in zip(PEOPLE.values(), door.letters, strict=True) if letter == "+"]
    for person in filter(None, entering):
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        answer = client.post(address, {"do": "x"}).status_code
        assert answer in (403, 404, 405) or name in OPEN_WHEN_COMPLETED | PAPERS
        response = client.get(address)
        if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
            assert offers(response.content.decode(), address) == [] or name in OPEN_WHEN_COMPLETED, str(person)
    with within(cast.west):
        assert Change.objects.count() == before


def offers(html: str, here: str) -> list[str]:
    """The forms of a page that write, and its links to pages that are nothing but such a form."""
    inside = html.partition("<main")[2].partition("</main>")[0]
    forms = re.findall(r"<form[^>]*method=[\"']post[^>]*>", inside)
    writing = [form for form in forms if not _makes_a_paper(form, here)]
    return [*writing, *(link for link in re.findall(r'href="(/[^"?#]*)', inside) if _is_to_write(link))]


def _makes_a_paper(form: str, here: str) -> bool:
    action = re.search(r'action="([^"?#]+)', form)
    return resolve(action[1] if action else here).view_name in PAPERS


def _is_to_write(link: str) -> bool:
    try:
        said = declared(resolve(link).func)
    except Resolver404:
        return False
    return said is not None and said.to_write


def test_it_is_said_on_the_pages_and_to_who_can_reopen(cast: Cast, sign_in: SignIn) -> None:
    complete(cast)
    people = cast.west.people()
    reads_english(*people.values())
    address = reverse("gatherings:list", args=["vest"])
    for name, person in people.items():
        text = words(page(sign_in(person), address))
        assert "The network is completed: everything can be read" in text
        assert ("Reopen it" in text) is (name == "coordinator")


def test_who_wanted_to_write_is_told_why_not(cast: Cast, sign_in: SignIn) -> None:
    complete(cast)
    reads_english(cast.west.team_leader, cast.west.coordinator)
    address = reverse("gatherings:deliver", args=["vest", cast.west.team.slug, cast.west.document.pk])
    text = words(sign_in(cast.west.team_leader).post(address, {"comment": "Planen"}).content.decode())
    assert "What you wrote was not saved." in text
    assert "coordinator can reopen it" in text
    address = reverse("overview:settings", args=["vest"])
    assert "Reopen the network" in words(sign_in(cast.west.coordinator).post(address).content.decode())


def test_everything_is_read_as_before_and_asked_for_no_more(cast: Cast, sign_in: SignIn) -> None:
    place = cast.west
    with within(place):
        deliver(team=place.team, assignment=place.document, by=place.member, comment="Planen")
    complete(cast)
    reads_english(place.member, place.supervisor)
    client = sign_in(place.member)
    address = reverse("gatherings:delivery", args=["vest", place.team.slug, place.document.pk])
    assert "Planen" in page(client, address)
    text = words(page(client, reverse("overview:home")))
    assert "The network is completed." in text
    assert "Make the poster" not in text
    assert "Lag plakat" not in text
    queue = words(page(sign_in(place.supervisor), reverse("supervision:queue")))
    assert "Lever forbedringsplan" not in queue


def test_reopened_everybody_writes_again(cast: Cast, sign_in: SignIn) -> None:
    complete(cast)
    client = sign_in(cast.west.coordinator)
    assert client.post(reverse("overview:phase", args=["vest"]), {"do": "reopen"}).status_code == 302
    address = reverse("gatherings:deliver", args=["vest", cast.west.team.slug, cast.west.document.pk])
    assert sign_in(cast.west.member).post(address, {"comment": "Planen", "draft": "1"}).status_code == 302
    with tenancy.scope([cast.west.network.pk]):
        assert cast.west.document.deliveries.get().begun
