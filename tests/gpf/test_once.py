"""A form sent twice is done once: two requests at the same time, on connections of their own."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.test import Client
from django.urls import path
from django.utils import timezone

from gpf import tasks
from gpf.declare import public
from gpf.models import Submission
from gpf.once import FIELD, KEPT
from networks.models import Programme

inside = Event()
go_on = Event()


@public
def add(request: HttpRequest) -> HttpResponse:
    """Adds a programme for every name sent, and leads to it. Waits where it is told to, so that others come too."""
    name = request.POST.get("name", "")
    if not name:
        return HttpResponse("A name, please.")
    made = Programme.objects.create(slug=secrets.token_hex(8), name=name)
    for file in request.FILES.getlist("file"):
        Programme.objects.create(slug=secrets.token_hex(8), name=file.read().decode())
    inside.set()
    assert go_on.wait(10)
    if name == "falls":
        raise RuntimeError
    return redirect(f"/program/{made.pk}/{request.POST.get('long', '')}")


urlpatterns = [path("add/", add, name="add"), path("other/", add, name="other")]
pytestmark = pytest.mark.urls(__name__)


@pytest.fixture(autouse=True)
def freely() -> None:
    """Nobody waits unless the test says so."""
    inside.clear()
    go_on.set()


def send(address: str = "/add/", **words: str) -> str:
    """Where the answer leads, from a browser with a connection of its own."""
    try:
        response = Client(raise_request_exception=False).post(address, words, secure=True)
        return response["Location"] if response.status_code == 302 else str(response.status_code)
    finally:
        connection.close()


def twice_at_once(**words: str) -> list[str]:
    """The same form from two threads, the second while the first is in the middle of it."""
    go_on.clear()
    with ThreadPoolExecutor(2) as people:
        first = people.submit(send, **words)
        assert inside.wait(10)
        second = people.submit(send, **words)
        with pytest.raises(TimeoutError):
            second.result(timeout=0.5)
        go_on.set()
        return [first.result(timeout=10), second.result(timeout=10)]


@pytest.mark.django_db(transaction=True)
def test_a_double_click_makes_one_and_leads_both_to_it() -> None:
    places = twice_at_once(once="a", name="Pasientforløp")
    made = Programme.objects.get()
    assert places == [f"/program/{made.pk}/"] * 2


@pytest.mark.django_db(transaction=True)
def test_when_the_first_falls_the_second_is_done() -> None:
    """What fell wrote nothing, its key neither: the second is done in its place, and falls for its own part."""
    assert twice_at_once(once="a", name="falls") == ["500", "500"]
    assert not Programme.objects.exists()
    assert not Submission.objects.exists()
    assert send(once="a", name="Pasientforløp").startswith("/program/")


@pytest.mark.django_db
class TestTheSameForm:
    """One after the other, in one transaction."""

    def send(self, client: Client, address: str = "/add/", **words: object) -> str:
        response = client.post(address, words, secure=True)
        return str(response.headers.get("Location", response.status_code))

    def test_a_reload_leads_to_the_first(self, client: Client) -> None:
        assert self.send(client, once="a", name="Psykisk helse") == self.send(client, once="a", name="Psykisk helse")
        assert Programme.objects.count() == 1

    def test_a_form_with_errors_is_forgotten(self, client: Client) -> None:
        assert [self.send(client, once="a"), self.send(client, once="a")] == ["200", "200"]
        assert not Submission.objects.exists()

    def test_changed_words_are_heard(self, client: Client) -> None:
        assert self.send(client, once="a", name="Psykisk helse") != self.send(client, once="a", name="Rus")
        assert set(Programme.objects.values_list("name", flat=True)) == {"Psykisk helse", "Rus"}

    def test_another_form_and_another_page_with_the_same_words_are_heard(self, client: Client) -> None:
        places = {
            self.send(client, once="a", name="Rus"),
            self.send(client, once="b", name="Rus"),
            self.send(client, "/other/", once="a", name="Rus"),
            self.send(client, name="Rus"),
            self.send(client, name="Rus"),
        }
        assert len(places) == Programme.objects.count() == 5

    def test_a_file_changed_within_is_heard(self, client: Client) -> None:
        """As when a digit is mended in a list, and the same form sent again: the name and size are the same."""
        for content in (b"12", b"13", b"13"):
            self.send(client, once="a", name="Rus", file=SimpleUploadedFile("liste.csv", content))
        assert sorted(Programme.objects.values_list("name", flat=True)) == ["12", "13", "Rus", "Rus"]

    def test_a_place_too_long_to_keep_is_no_error(self, client: Client) -> None:
        long = "x" * 600
        assert self.send(client, once="a", name="Rus", long=long).endswith(long)
        assert self.send(client, once="a", name="Rus", long=long) == "/add/"
        assert Programme.objects.count() == 1


@pytest.mark.django_db
def test_the_field_is_another_in_every_form() -> None:
    page = engines["django"].from_string("{% once %}{% once %}").render()
    tokens = {part.partition('"')[0] for part in page.split('value="')[1:]}
    assert page.count(f'name="{FIELD}"') == len(tokens) == 2


@pytest.mark.django_db
def test_what_was_sent_long_ago_is_swept() -> None:
    now = timezone.now()
    Submission.objects.create(key="old", at=now - KEPT - timedelta(minutes=1))
    Submission.objects.create(key="new", at=now)
    assert tasks.sweep() == 1
    assert [row.key for row in Submission.objects.all()] == ["new"]
