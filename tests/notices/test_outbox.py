"""The outbox: what a network's coordinators see of what was sent."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from gpf import tenancy
from notices.models import Message, Notice
from tests.cast import Cast, Place

SignIn = Callable[[User], Client]


def sent(place: Place, number: int = 1, **fields: object) -> list[Message]:
    """So many messages in the network's outbox, the oldest first."""
    now = timezone.now()
    with tenancy.scope([place.network.pk]):
        return [
            Message.objects.create(
                network=place.network,
                recipient=place.team_leader,
                day=timezone.localdate(),
                message_id=f"<{index}@test.example>",
                language="nb",
                created_at=now + timedelta(minutes=index),
                **{
                    "subject": f"Brev {index} i {place.network.region}",
                    "text": f"Hei\n\n– Tekst <{index}>\n  http://testserver/her/{index}/\n",
                    "state": Message.State.SENT,
                    "sent_at": now + timedelta(minutes=index),
                    **fields,
                },
            )
            for index in range(number)
        ]


def test_a_coordinator_sees_her_own_networks_messages_only(cast: Cast, sign_in: SignIn) -> None:
    (own,) = sent(cast.west)
    sent(cast.east, subject="Hemmelig i øst")
    page = sign_in(cast.west.coordinator).get("/nettverk/vest/utsending/utboks/").content.decode()
    assert f'<a href="/nettverk/vest/utsending/utboks/{own.pk}/" lang="nb">Brev 0 i Vest</a>' in page
    assert own.recipient is not None
    assert own.recipient.email in page
    assert "Hemmelig" not in page


def test_another_networks_message_is_not_there(cast: Cast, sign_in: SignIn) -> None:
    (foreign,) = sent(cast.east)
    browser = sign_in(cast.west.coordinator)
    assert browser.get(f"/nettverk/vest/utsending/utboks/{foreign.pk}/").status_code == 404
    assert browser.get(f"/nettverk/ost/utsending/utboks/{foreign.pk}/").status_code == 404


def test_a_message_is_shown_as_it_was_sent(cast: Cast, sign_in: SignIn) -> None:
    (message,) = sent(cast.west)
    page = sign_in(cast.west.coordinator).get(f"/nettverk/vest/utsending/utboks/{message.pk}/").content.decode()
    assert (
        '<pre class="letter" lang="nb">Hei\n\n– Tekst &lt;0&gt;\n'
        '  <a href="http://testserver/her/0/" rel="nofollow">http://testserver/her/0/</a>\n</pre>'
    ) in page


def test_a_failure_says_why(cast: Cast, sign_in: SignIn) -> None:
    sent(cast.west, state="failed", failure="refused", failure_code=550, sent_at=None)
    User.objects.filter(pk=cast.west.coordinator.pk).update(language="en")
    page = sign_in(cast.west.coordinator).get("/nettverk/vest/utsending/utboks/").content.decode()
    assert "not sent" in page
    assert "The mail server refused the mail or the address. (550)" in " ".join(page.split())


def test_the_newest_come_first_in_pages_of_25(cast: Cast, sign_in: SignIn) -> None:
    sent(cast.west, 26)
    browser = sign_in(cast.west.coordinator)
    first = browser.get("/nettverk/vest/utsending/utboks/")
    assert [message.subject for message in first.context["page"]][:2] == ["Brev 25 i Vest", "Brev 24 i Vest"]
    assert len(first.context["page"]) == 25
    second = browser.get("/nettverk/vest/utsending/utboks/?page=2")
    assert [message.subject for message in second.context["page"]] == ["Brev 0 i Vest"]
    assert 'href="?page=1"' in second.content.decode()
    assert browser.get("/nettverk/vest/utsending/utboks/?page=x").status_code == 200


def test_an_empty_outbox_says_what_will_be_in_it(cast: Cast, sign_in: SignIn) -> None:
    sent(cast.east)
    User.objects.filter(pk=cast.west.coordinator.pk).update(language="en")
    page = sign_in(cast.west.coordinator).get("/nettverk/vest/utsending/utboks/").content.decode()
    assert "No mail has been sent yet" in page
    assert "<table" not in page


@pytest.mark.parametrize("part", ["supervisor", "team_leader", "member", "leader", "observer"])
def test_only_coordinators_read_it(cast: Cast, sign_in: SignIn, part: str) -> None:
    (message,) = sent(cast.west)
    browser = sign_in(cast.west.people()[part])
    assert browser.get("/nettverk/vest/utsending/utboks/").status_code == 403
    assert browser.get(f"/nettverk/vest/utsending/utboks/{message.pk}/").status_code == 403


def test_a_long_outbox_takes_as_many_queries_as_a_short_one(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.west.coordinator)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert browser.get("/nettverk/vest/utsending/utboks/").status_code == 200
        return len(captured)

    queries()
    sent(cast.west, 1)
    one = queries()
    with tenancy.scope([cast.west.network.pk]):
        Message.objects.all().delete()
    sent(cast.west, 3)
    assert queries() == one


def test_it_is_narrowed_by_state_kind_and_person(cast: Cast, sign_in: SignIn) -> None:
    place = cast.west
    browser = sign_in(place.coordinator)
    letter, _daily = sent(place, 2)
    as_letter = {"key": "brev", "recipient": None, "name": "Kommunalsjef", "address": "sjef@test.example"}
    with tenancy.scope([place.network.pk]):
        Message.objects.filter(pk=letter.pk).update(state="bounced", **as_letter)
    for chosen, subjects in (
        ("hva=brev", 1),
        ("hva=dag", 1),
        ("tilstand=bounced", 1),
        ("tilstand=failed", 0),
        ("hvem=kommunalsjef", 1),
        ("hvem=ingen", 0),
        ("", 2),
    ):
        assert len(browser.get(f"/nettverk/vest/utsending/utboks/?{chosen}").context["page"]) == subjects, chosen


def test_a_letter_that_came_back_is_sent_again(cast: Cast, sign_in: SignIn) -> None:
    place = cast.west
    letter, daily = sent(place, 2, state="failed")
    with tenancy.scope([place.network.pk]):
        Message.objects.filter(pk=letter.pk).update(key="brev", address=place.team_leader.email, state="bounced")
    browser = sign_in(place.coordinator)
    browser.post(f"/nettverk/vest/utsending/utboks/{letter.pk}/")
    browser.post(f"/nettverk/vest/utsending/utboks/{daily.pk}/")
    with tenancy.scope([place.network.pk]):
        assert {one.pk: one.state for one in Message.objects.all()} == {letter.pk: "queued", daily.pk: "failed"}


def test_what_was_never_sent_says_why(cast: Cast, sign_in: SignIn) -> None:
    place = cast.west
    User.objects.filter(pk=place.coordinator.pk).update(language="en")
    with tenancy.scope([place.network.pk]):
        Notice.objects.create(
            network=place.network,
            key="a",
            recipient=place.team_leader,
            kind="assignment_due",
            due_at=timezone.now(),
            state=Notice.State.MISSED,
            closed_at=timezone.now(),
        )
    page = sign_in(place.coordinator).get("/nettverk/vest/utsending/utboks/?hva=usendt").content.decode()
    assert "missed: its time had passed" in page
    assert "Teamleder Vest" in page
