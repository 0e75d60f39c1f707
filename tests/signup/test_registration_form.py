"""The form behind a personal link: its door, and what becomes of what is typed."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from gpf import tenancy
from gpf.forms import problems
from networks.models import Network
from notices.models import Notice
from signup.links import link_token
from signup.models import Invitee, RegisteredPerson, Registration
from signup.registration_services import save_registration
from tests.cast import Cast, Place
from tests.identity_numbers import NATIONAL
from tests.signup.registering import answers, invite, register, seen

pytestmark = pytest.mark.django_db
State = Registration.State


@pytest.fixture(autouse=True)
def _workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("celery.app.task.Task.delay", lambda task, *args: None)


@pytest.fixture
def west(cast: Cast) -> Iterator[Place]:
    with tenancy.scope([cast.west.network.pk]):
        yield cast.west


def _at(invitee: Invitee, name: str = "form", *args: Any) -> str:
    return reverse(f"registration:{name}", args=[link_token(invitee), *args])


def _page(client: Client, invitee: Invitee, number: int = 1) -> str:
    """What the form's page carries along of what it has shown."""
    return str(client.get(_at(invitee, "team", number)).context["page"].seen)


# The door


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"expires_on": timezone.localdate() - timedelta(days=1)}, "expired"),
        ({"withdrawn_at": timezone.now()}, "withdrawn"),
        ({"link_number": 2}, "replaced"),
    ],
)
def test_a_link_that_works_no_longer_says_why_and_whom_to_ask(
    change: dict[str, Any], said: str, west: Place, client: Client
) -> None:
    invitee = invite(west)
    address = _at(invitee)
    Invitee.objects.filter(pk=invitee.pk).update(**change)
    page = client.get(address)
    assert (page.status_code, page.context["kind"]) == (410, said)
    seen = page.content.decode()
    assert west.coordinator.email in seen
    assert "innboks" not in seen and "inbox" not in seen, "the newer mail may have gone to somebody else"  # noqa: PT018
    assert client.post(_at(invitee, "save", 1), {"team_name": "X"}).status_code == 410
    assert not Registration.objects.exists()


def test_a_link_that_is_none_of_ours_learns_nothing(west: Place, client: Client) -> None:
    invitee = invite(west)
    broken = _at(invitee).replace("/pamelding/", "/pamelding/x")
    page = client.get(broken)
    assert page.status_code == 404
    assert "Seljord" not in page.content.decode()
    assert west.coordinator.email not in page.content.decode()


def test_the_page_is_kept_by_nobody_and_in_the_language_of_the_invitation(west: Place, client: Client) -> None:
    invitee = invite(west, language="nn")
    page = client.get(_at(invitee))
    assert "no-cache" in page["Cache-Control"] and "private" in page["Cache-Control"]  # noqa: PT018 - one header
    assert (page["X-Robots-Tag"], page["Referrer-Policy"]) == ("noindex, nofollow", "same-origin")
    assert '<html lang="nn"' in page.content.decode()
    client.post(reverse("accounts:language"), {"language": "nb", "next": _at(invitee)})
    assert '<html lang="nb"' in client.get(_at(invitee)).content.decode()


def test_a_coordinator_who_looks_has_not_opened_it_for_them(west: Place, client: Client) -> None:
    invitee = invite(west)
    client.force_login(west.coordinator, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.get(_at(invitee))
    invitee.refresh_from_db()
    assert invitee.opened_at is None
    Client().get(_at(invitee))
    invitee.refresh_from_db()
    assert invitee.opened_at is not None


def test_a_completed_network_takes_no_registrations(west: Place, client: Client) -> None:
    invitee = invite(west)
    Network.objects.filter(pk=west.network.pk).update(phase=Network.Phase.COMPLETED)
    assert client.post(_at(invitee, "team", 1), answers() | {"then": "send"}).status_code == 410
    assert not Registration.objects.exists()


# Declining


def test_declining_can_be_undone_until_the_day_to_answer_by(west: Place, client: Client) -> None:
    invitee = invite(west)
    client.post(_at(invitee, "decline"), {"reason": "Vi bygger om"})
    invitee.refresh_from_db()
    assert (invitee.declined_at is not None, invitee.decline_reason) == (True, "Vi bygger om")
    client.post(_at(invitee, "undo"))
    invitee.refresh_from_db()
    assert (invitee.declined_at, invitee.decline_reason) == (None, "")
    client.post(_at(invitee, "decline"), {"reason": ""})
    invitee.round.answer_by = timezone.localdate() - timedelta(days=1)
    invitee.round.save()
    client.post(_at(invitee, "undo"))
    invitee.refresh_from_db()
    assert invitee.declined_at is not None


def test_who_has_sent_a_registration_does_not_decline_and_sending_one_takes_a_no_back(
    west: Place, client: Client
) -> None:
    invitee = invite(west, declined_at=timezone.now(), decline_reason="Fullt opp")
    client.post(_at(invitee, "team", 1), answers() | {"seen": _page(client, invitee), "then": "send"})
    invitee.refresh_from_db()
    assert invitee.declined_at is None
    client.post(_at(invitee, "decline"), {"reason": "Nei"})
    invitee.refresh_from_db()
    assert invitee.declined_at is None


# What is typed


def test_an_identity_number_is_refused_where_it_stands_and_the_rest_is_saved(west: Place, client: Client) -> None:
    invitee = invite(west)
    typed = {"team_name": "Vest", "readiness_note": f"Pasienten {NATIONAL}", "seen": _page(client, invitee)}
    by_itself = client.post(_at(invitee, "save", 1), typed).content.decode()
    assert 'data-state="failed"' in by_itself
    assert NATIONAL not in by_itself
    page = client.post(_at(invitee, "team", 1), typed | {"then": "later"})
    assert page.status_code == 200
    assert f"Pasienten {NATIONAL}" in page.content.decode()
    registration = Registration.objects.get()
    assert (registration.team_name, registration.readiness_note) == ("Vest", "")


def test_two_write_at_once_and_nothing_is_overwritten(west: Place, client: Client) -> None:
    invitee = invite(west)
    first, second = _page(client, invitee), _page(client, invitee)
    save = _at(invitee, "save", 1)
    start = {"leader_name": invitee.leader_name}
    client.post(save, start | {"team_name": "Nord", "units": "", "seen": first})
    answer = client.post(save, start | {"team_name": "", "units": "Legevakten", "seen": second})
    registration = Registration.objects.get()
    assert (registration.team_name, registration.units) == ("Nord", "Legevakten")
    assert 'id="note-team_name" hx-swap-oob="true" data-now="Nord"' in answer.content.decode()

    # Her browser has put the other's name in place; she goes on from there.
    renewed = str(answer.context["page"].seen)
    client.post(save, start | {"team_name": "Nord 2", "units": "Legevakten", "seen": renewed, "took": "team_name"})
    registration.refresh_from_db()
    assert registration.team_name == "Nord 2"

    # The first has a page that knows only her own words: hers wait, until she has been shown and saves again.
    conflict = client.post(save, start | {"team_name": "Sør", "units": "Legevakten", "seen": first})
    again = str(conflict.context["page"].seen)
    client.post(save, start | {"team_name": "Sør", "units": "Legevakten", "seen": again})
    registration.refresh_from_db()
    assert registration.team_name == "Nord 2"
    client.post(_at(invitee, "team", 1), start | {"team_name": "Sør", "units": "Legevakten", "seen": again})
    registration.refresh_from_db()
    assert registration.team_name == "Sør"


def test_without_a_script_the_second_is_shown_what_the_first_wrote_and_may_save_again(
    west: Place, client: Client
) -> None:
    invitee = invite(west)
    page = _page(client, invitee)
    save_registration(invitee=invitee, number=1, texts={"team_name": "Nord", "units": "Legevakten"}, seen=seen(invitee))
    typed = {"team_name": "Sør", "units": "", "leader_name": invitee.leader_name, "then": "send"}
    shown = client.post(_at(invitee, "team", 1), typed | {"seen": page})
    html = shown.content.decode()
    assert 'value="Sør"' in html
    assert "<q>Nord</q>" in html
    assert "Legevakten</textarea>" in html
    assert Registration.objects.get().team_name == "Nord"
    renewed = str(shown.context["page"].seen)
    client.post(_at(invitee, "team", 1), typed | {"units": "Legevakten", "seen": renewed, "then": "later"})
    assert Registration.objects.get().team_name == "Sør"


def test_two_in_the_same_row_of_people_do_not_become_one_person(west: Place) -> None:
    invitee = invite(west)
    nobody = seen(invitee)
    kari = {"person_3_name": "Medlem Nord", "person_3_email": "nord@test.example"}
    save_registration(invitee=invitee, number=1, texts=kari, seen=nobody)
    theirs = {"person_3_name": "Medlem Sør", "person_3_title": "lege", "person_4_name": "Medlem Øst"}
    saved = save_registration(invitee=invitee, number=1, texts=theirs, seen=nobody)
    assert saved.conflicts == {"person_3_name": "Medlem Nord"}
    people = RegisteredPerson.objects.values_list("position", "name", "email", "title")
    assert list(people) == [(3, "Medlem Nord", "nord@test.example", ""), (4, "Medlem Øst", "", "")]
    gone = {"person_4_name": ""}
    save_registration(invitee=invitee, number=1, texts=gone, seen={**nobody, "person_4_name": "Medlem Øst"})
    assert RegisteredPerson.objects.count() == 1


def test_room_for_more_people_without_a_script(west: Place, client: Client) -> None:
    invitee = invite(west)
    answer = client.post(_at(invitee, "team", 1), {"team_name": "Nord", "seen": _page(client, invitee), "then": "more"})
    assert answer["Location"].endswith("?rader=5#person-5")
    page = client.get(answer["Location"].partition("#")[0]).content.decode()
    assert 'name="person_7_name"' in page
    assert 'name="person_8_name"' not in page


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"committed_on": (timezone.localdate() + timedelta(days=1)).isoformat()}, "committed_on"),
        ({"person_3_email": "medlem@"}, "person_3_email"),
        ({"person_3_email": "leder.hjemmetjenesten.seljord@test.example"}, "person_3_email"),
        ({"person_3_name": ""}, "person_3_name"),
        ({"leader_email": "sjef"}, "leader_email"),
        ({"team_name": "vinje"}, "team_name"),
        ({"committed_on": "3.3.2021x"}, "committed_on"),
        ({"team_name": "x" * 121}, "team_name"),
    ],
)
def test_what_is_wrong_is_said_by_its_field_when_it_is_sent_and_kept_until_then(
    wrong: dict[str, str], field: str, west: Place, client: Client
) -> None:
    invitee = invite(west)
    page = client.post(_at(invitee, "team", 1), answers(**wrong) | {"seen": _page(client, invitee), "then": "send"})
    assert set(page.context["form"].errors) == {field}
    assert f'value="{wrong[field]}"' in page.content.decode() or not wrong[field]
    assert Registration.objects.get().state == State.DRAFT


def test_the_summary_says_whose_name_is_missing(west: Place, client: Client) -> None:
    invitee = invite(west, language="nb")
    wrong = answers(person_3_name="", person_0_name="", leader_email="sjef")
    page = client.post(_at(invitee, "team", 1), wrong | {"seen": _page(client, invitee), "then": "send"})
    labels = [problem.label for problem in problems(page.context["form"])]
    assert labels[-2:] == ["Teamleder, navn:", "Medlem 1, navn:"]
    assert labels[0].endswith(", e-postadresse:")
    assert len(labels) == 3


def test_what_is_sent_is_read_only_and_a_double_click_sends_once(west: Place, client: Client) -> None:
    invitee = invite(west)
    form = answers() | {"seen": _page(client, invitee), "then": "send", "once": "a-token"}
    first, second = (client.post(_at(invitee, "team", 1), form) for _click in range(2))
    assert first["Location"] == second["Location"]
    assert Notice.objects.filter(kind="registration_waiting").count() == 1
    assert client.post(_at(invitee, "save", 1), {"team_name": "Ny"})["HX-Refresh"] == "true"
    client.post(_at(invitee, "team", 1), {"team_name": "Ny", "then": "send"})
    client.post(_at(invitee, "remove", 1))
    assert Registration.objects.get().team_name == "Hjemmetjenesten Seljord"


# The coordinator's list


def test_another_network_s_registrations_do_not_show(cast: Cast, client: Client) -> None:
    with tenancy.scope([cast.east.network.pk]):
        theirs = register(invite(cast.east, "Elverum", "3420"), answers("Bare for øst"))
        token = link_token(theirs.invitee)
    client.force_login(cast.west.coordinator, backend="allauth.account.auth_backends.AuthenticationBackend")
    where = {"network_slug": cast.west.network.slug}
    assert "Bare for øst" not in client.get(reverse("signup:registrations", kwargs=where)).content.decode()
    one = reverse("signup:registration", kwargs=where | {"registration_pk": theirs.pk})
    assert client.get(one).status_code == 404
    assert client.get(reverse("registration:team", args=[token, 1])).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_often_for_one_registration_as_for_three(
    rows: int, west: Place, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        register(invite(west, f"Kommune {number}", str(3900 + number)), answers(f"Team {number}"))
        save_registration(
            invitee=invite(west, f"Annen {number}", str(3950 + number)), number=1, texts={"units": "A"}, seen={}
        )
    client.force_login(west.coordinator, backend="allauth.account.auth_backends.AuthenticationBackend")
    with django_assert_num_queries(10):
        client.get(reverse("signup:registrations", kwargs={"network_slug": west.network.slug}))


def test_what_is_begun_is_not_called_registered(west: Place, client: Client) -> None:
    invitee = invite(west, language="nb")
    client.post(_at(invitee, "team", 1), {"seen": _page(client, invitee), "team_name": "Hjemme", "then": "later"})
    page = client.get(_at(invitee)).content.decode()
    assert "Hjemme" in page
    assert "Team dere har meldt på" not in page
