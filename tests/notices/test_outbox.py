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
from notices.models import Message
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
    page = sign_in(cast.west.coordinator).get("/nettverk/vest/utboks/").content.decode()
    assert f'<a href="/nettverk/vest/utboks/{own.pk}/" lang="nb">Brev 0 i Vest</a>' in page
    assert own.recipient is not None
    assert own.recipient.email in page
    assert "Hemmelig" not in page


def test_another_networks_message_is_not_there(cast: Cast, sign_in: SignIn) -> None:
    (foreign,) = sent(cast.east)
    browser = sign_in(cast.west.coordinator)
    assert browser.get(f"/nettverk/vest/utboks/{foreign.pk}/").status_code == 404
    assert browser.get(f"/nettverk/ost/utboks/{foreign.pk}/").status_code == 404


def test_a_message_is_shown_as_it_was_sent(cast: Cast, sign_in: SignIn) -> None:
    (message,) = sent(cast.west)
    page = sign_in(cast.west.coordinator).get(f"/nettverk/vest/utboks/{message.pk}/").content.decode()
    assert (
        '<pre class="letter" lang="nb">Hei\n\n– Tekst &lt;0&gt;\n'
        '  <a href="http://testserver/her/0/" rel="nofollow">http://testserver/her/0/</a>\n</pre>'
    ) in page


def test_a_failure_says_why(cast: Cast, sign_in: SignIn) -> None:
    sent(cast.west, state="failed", failure="refused", failure_code=550, sent_at=None)
    User.objects.filter(pk=cast.west.coordinator.pk).update(language="en")
    page = sign_in(cast.west.coordinator).get("/nettverk/vest/utboks/").content.decode()
    assert "not sent" in page
    assert "The mail server refused the mail or the address. (550)" in " ".join(page.split())


def test_the_newest_come_first_in_pages_of_25(cast: Cast, sign_in: SignIn) -> None:
    sent(cast.west, 26)
    browser = sign_in(cast.west.coordinator)
    first = browser.get("/nettverk/vest/utboks/")
    assert [message.subject for message in first.context["page"]][:2] == ["Brev 25 i Vest", "Brev 24 i Vest"]
    assert len(first.context["page"]) == 25
    second = browser.get("/nettverk/vest/utboks/?page=2")
    assert [message.subject for message in second.context["page"]] == ["Brev 0 i Vest"]
    assert 'href="?page=1"' in second.content.decode()
    assert browser.get("/nettverk/vest/utboks/?page=x").status_code == 200


def test_an_empty_outbox_says_what_will_be_in_it(cast: Cast, sign_in: SignIn) -> None:
    sent(cast.east)
    User.objects.filter(pk=cast.west.coordinator.pk).update(language="en")
    page = sign_in(cast.west.coordinator).get("/nettverk/vest/utboks/").content.decode()
    assert "No mail has been sent yet" in page
    assert "<table" not in page


@pytest.mark.parametrize("part", ["supervisor", "team_leader", "member", "leader", "observer"])
def test_only_coordinators_read_it(cast: Cast, sign_in: SignIn, part: str) -> None:
    (message,) = sent(cast.west)
    browser = sign_in(cast.west.people()[part])
    assert browser.get("/nettverk/vest/utboks/").status_code == 403
    assert browser.get(f"/nettverk/vest/utboks/{message.pk}/").status_code == 403


def test_a_long_outbox_takes_as_many_queries_as_a_short_one(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.west.coordinator)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert browser.get("/nettverk/vest/utboks/").status_code == 200
        return len(captured)

    queries()
    sent(cast.west, 1)
    one = queries()
    with tenancy.scope([cast.west.network.pk]):
        Message.objects.all().delete()
    sent(cast.west, 3)
    assert queries() == one
