"""A fresh product has nobody in it: the first person is let in from the command line."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import User
from networks.access import is_national

pytestmark = pytest.mark.django_db


def test_the_first_coordinator_gets_a_link_that_signs_her_in(client: Client) -> None:
    said = StringIO()
    call_command("add_national_coordinator", "leder@example.no", "Koordinator Vik", "--language=nn", stdout=said)
    person = User.objects.get(email="leder@example.no")
    assert (person.name, person.language, person.has_usable_password()) == ("Koordinator Vik", "nn", False)
    assert is_national(person)
    link = said.getvalue().split()[-1]
    path = "/" + link.split("/", 3)[3]
    page = client.get(path)
    if page.status_code == 200:  # mail scanners open links: the person confirms with a button
        page = client.post(path)
    assert page.status_code == 302
    assert client.session["_auth_user_id"] == str(person.pk)


def test_saying_it_twice_makes_one_person() -> None:
    for _ in range(2):
        call_command("add_national_coordinator", "leder@example.no", "Koordinator Vik", stdout=StringIO())
    assert User.objects.filter(email="leder@example.no").count() == 1


def test_a_broken_address_is_refused() -> None:
    with pytest.raises(CommandError, match="not an email address"):
        call_command("add_national_coordinator", "leder", "Koordinator Vik")
    assert not User.objects.exists()
