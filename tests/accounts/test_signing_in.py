"""Invitations, codes and languages."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Invitation, User
from accounts.services import find_invitation, invite_person, use_invitation
from tests.cast import PASSWORD, Cast
from tests.identity_numbers import NATIONAL

pytestmark = pytest.mark.django_db


def _secret(url: str) -> str:
    return url.rstrip("/").rpartition("/")[2]


def test_inviting_makes_an_account_without_a_password_and_keeps_no_secret() -> None:
    invited = invite_person(email=" Ny@Test.example ", name="Ny", language="nn", landing="/x/", by=None)
    user = User.objects.get()
    assert (user.email, user.language, user.has_usable_password()) == ("ny@test.example", "nn", False)
    assert _secret(invited.url) not in str(Invitation.objects.values().get())


def test_a_known_person_is_invited_again_and_the_old_link_stops() -> None:
    first = invite_person(email="ny@test.example", name="Ny", language="nb", landing="/", by=None)
    second = invite_person(email="NY@test.example", name="Another name", language="nn", landing="/", by=None)
    assert User.objects.get().name == "Ny"
    assert find_invitation(_secret(first.url)) is None
    assert find_invitation(_secret(second.url)) == second.invitation


def test_a_link_is_used_once_whoever_comes_first() -> None:
    invited = invite_person(email="ny@test.example", name="Ny", language="nb", landing="/", by=None)
    assert [use_invitation(invited.invitation), use_invitation(invited.invitation)] == [True, False]
    assert find_invitation(_secret(invited.url)) is None


def test_an_old_link_and_one_of_a_closed_account_stop(client: Client) -> None:
    invited = invite_person(email="ny@test.example", name="Ny", language="nb", landing="/", by=None)
    User.objects.update(is_active=False)
    assert client.get(invited.url).status_code == 410
    User.objects.update(is_active=True)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(invited.url).status_code == 410


def test_looking_at_the_link_does_not_sign_in(client: Client) -> None:
    """Mail scanners follow links; only the button signs in."""
    invited = invite_person(email="ny@test.example", name="Ny", language="nb", landing="/hjelp/", by=None)
    assert client.get(invited.url).status_code == 200
    assert "_auth_user_id" not in client.session
    assert client.post(invited.url)["Location"] == "/hjelp/"
    assert client.session["_auth_user_id"] == str(invited.invitation.user.pk)


def test_nobody_signs_up_by_themselves(client: Client) -> None:
    data = {"email": "ny@test.example", "password1": PASSWORD, "password2": PASSWORD}
    client.post(reverse("account_signup"), data)
    assert not User.objects.exists()


def test_a_code_for_an_unknown_address_tells_nothing(client: Client, cast: Cast) -> None:
    """A stranger learns the same of an address with an account as of one without."""
    answers = [
        client.post(reverse("account_request_login_code"), {"email": address})
        for address in (cast.west.member.email, "nobody@test.example")
    ]
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, answers[0]["Location"])] * 2


def test_the_code_is_in_the_readers_language_whatever_the_browser_wants(cast: Cast) -> None:
    User.objects.filter(pk=cast.west.member.pk).update(language="nn")
    for user in (cast.west.member, cast.west.leader):
        Client().post(reverse("account_request_login_code"), {"email": user.email}, headers={"accept-language": "en"})
    nynorsk, bokmaal = (message.subject + str(message.body) for message in mail.outbox)
    assert nynorsk != bokmaal
    assert "sign in" not in (nynorsk + bokmaal).lower()


@pytest.mark.parametrize("name", ["account_login", "account_request_login_code", "account_reset_password"])
def test_an_identity_number_typed_where_an_address_belongs_is_kept_nowhere(client: Client, name: str) -> None:
    address = f"{NATIONAL}@test.example"
    answer = client.post(reverse(name), {"email": address, "login": address, "password": PASSWORD})
    assert answer.status_code == 200
    assert NATIONAL not in str(dict(client.session))
    assert mail.outbox == []


@pytest.mark.parametrize("target", ["abc", "http://[", "//evil.example/", "https://evil.example/", "/\\evil.example"])
def test_a_broken_or_foreign_address_to_go_on_to_is_passed_over(client: Client, cast: Cast, target: str) -> None:
    assert client.post(reverse("accounts:language"), {"language": "nn", "next": target})["Location"] == "/"
    data = {"login": cast.west.member.email, "password": PASSWORD, "next": target}
    assert client.get(reverse("account_login"), {"next": target}).status_code == 200
    assert client.post(reverse("account_login"), data)["Location"] == "/"


def test_what_a_signed_in_person_sees_is_kept_by_nobody_on_the_way(
    client: Client, cast: Cast, sign_in: Callable[[User], Client]
) -> None:
    assert "Cache-Control" not in client.get("/hjelp/").headers
    assert sign_in(cast.west.member).get("/")["Cache-Control"] == "private, no-cache"


def test_a_person_chooses_her_language_and_is_not_sent_elsewhere(cast: Cast, sign_in: Callable[[User], Client]) -> None:
    client = sign_in(cast.west.member)
    answer = client.post(reverse("accounts:language"), {"language": "nn", "next": "https://evil.example/"})
    assert answer["Location"] == "/"
    assert User.objects.get(pk=cast.west.member.pk).language == "nn"
    assert '<html lang="nn"' in client.get("/hjelp/").content.decode()


@pytest.mark.parametrize("language", ["xx", ""])
def test_a_language_we_do_not_have_changes_nothing(
    cast: Cast, sign_in: Callable[[User], Client], language: str
) -> None:
    sign_in(cast.west.member).post(reverse("accounts:language"), {"language": language})
    assert User.objects.get(pk=cast.west.member.pk).language == "nb"


def test_a_mailed_link_leads_to_the_product_whatever_host_was_asked(
    client: Client, cast: Cast, settings: Settings
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    settings.GPF_BASE_URL = "https://nettverk.example"
    client.post(reverse("account_reset_password"), {"email": cast.west.member.email}, headers={"host": "evil.example"})
    (letter,) = mail.outbox
    assert "https://nettverk.example/konto/password/reset/key/" in str(letter.body)
    assert "evil.example" not in str(letter.body) + letter.subject
