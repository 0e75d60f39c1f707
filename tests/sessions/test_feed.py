"""A person's own calendar address: what she may see today, moved when it moves, and nothing for anyone else."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar, Event

from accounts.models import User
from gpf import tenancy
from networks.models import Membership, Network
from sessions import feed
from sessions.models import Delivery, Gathering
from sessions.services import deliver
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def fetch(client: Client) -> Callable[[User], dict[str, Any]]:
    """What the person's calendar gets at this moment, by UID without the host."""

    def get(user: User) -> dict[str, Any]:
        response = client.get(address(user))
        assert response.status_code == 200
        calendar = Calendar.from_ical(response.content)
        return {str(event["uid"]).partition("@")[0]: event for event in calendar.walk("VEVENT")}

    return get


def address(user: User) -> str:
    with tenancy.scope([]):
        return reverse("calendar_feed:feed", args=[feed.secret_of(feed.own_feed(user))])


def test_each_gets_the_gatherings_of_her_own_networks_and_the_deadlines_of_her_own_teams(
    cast: Cast, fetch: Callable[[User], dict[str, Any]]
) -> None:
    west = cast.west
    found = fetch(west.member)
    gathering = found[f"samling-{west.gatherings[1].pk}"]
    assert gathering["dtstart"].dt == west.gatherings[1].starts_on
    assert gathering["dtend"].dt - timedelta(days=1) == west.gatherings[1].ends_on
    own = {f"samling-{each.pk}" for each in west.gatherings}
    work = {f"frist-{each.pk}-{west.team.pk}" for each in west.assignments}
    assert found.keys() == own | work
    place = reverse("gatherings:delivery", args=[west.network.slug, west.team.slug, west.document.pk])
    assert found[f"frist-{west.document.pk}-{west.team.pk}"]["url"].endswith(f"{place}#levering")
    assert fetch(west.leader).keys() == own
    assert fetch(west.supervisor).keys() == own | {f"frist-{each.pk}" for each in west.assignments}
    assert fetch(cast.stranger) == fetch(cast.national) == {}


def test_what_moves_has_a_higher_number_whichever_way_it_moves(
    cast: Cast, fetch: Callable[[User], dict[str, Any]]
) -> None:
    west, key = cast.west, f"frist-{cast.west.document.pk}-{cast.west.team.pk}"
    before = fetch(west.member)[key]
    seen = [before["sequence"]]
    for days in (7, -9):
        with tenancy.scope([west.network.pk]):
            west.document.due += timedelta(days=days)
            west.document.save()
        event = fetch(west.member)[key]
        assert event["dtstart"].dt == west.document.due
        seen.append(event["sequence"])
    until = west.document.due + timedelta(days=20)
    with tenancy.scope([west.network.pk]):
        Delivery.objects.create(
            network=west.network, team=west.team, assignment=west.document, extended_to=until, extension_reason="Sykdom"
        )
    event = fetch(west.member)[key]
    assert event["dtstart"].dt == until
    assert seen[0] < seen[1] < seen[2] < event["sequence"]
    assert event["uid"] == before["uid"]


def test_what_is_done_goes_and_what_is_called_off_is_told(cast: Cast, fetch: Callable[[User], dict[str, Any]]) -> None:
    west = cast.west
    with tenancy.scope([west.network.pk]):
        deliver(team=west.team, assignment=west.document, by=west.member, comment="Planen vår", document=None)
    found = fetch(west.member)
    assert f"frist-{west.document.pk}-{west.team.pk}" not in found
    assert f"frist-{west.poster.pk}-{west.team.pk}" in found
    with tenancy.scope([west.network.pk]):
        Gathering.objects.filter(pk=west.gatherings[1].pk).update(state=Gathering.State.CANCELLED)
    found = fetch(west.member)
    assert found[f"samling-{west.gatherings[1].pk}"]["status"] == "CANCELLED"
    assert f"frist-{west.poster.pk}-{west.team.pk}" not in found


def test_who_lost_access_a_moment_ago_finds_nothing(cast: Cast, fetch: Callable[[User], dict[str, Any]]) -> None:
    west = cast.west
    assert fetch(west.member)
    with tenancy.scope([west.network.pk]):
        Membership.objects.filter(user=west.member).update(ends_on=timezone.localdate())
    assert fetch(west.member) == {}
    Network.objects.filter(pk=west.network.pk).update(phase=Network.Phase.COMPLETED)
    assert fetch(west.coordinator) == {}


def test_only_the_newest_address_opens_and_only_while_the_account_does(cast: Cast, client: Client) -> None:
    old = address(cast.west.member)
    assert client.get(old).status_code == 200
    feed.renew(cast.west.member)
    new = address(cast.west.member)
    assert new != old
    assert client.get(old).status_code == 404
    for guess in (
        new.replace(f"/{cast.west.member.pk}-", f"/{cast.west.leader.pk}-"),
        "/kalender/x.ics",
        "/kalender/²-a.ics",
    ):
        assert client.get(guess).status_code == 404
    assert client.get(new).status_code == 200
    User.objects.filter(pk=cast.west.member.pk).update(is_active=False)
    assert client.get(new).status_code == 404


def test_a_calendar_that_has_it_already_is_told_so_until_something_changes(cast: Cast, client: Client) -> None:
    west = cast.west
    path = address(west.member)
    first = client.get(path)
    known = {"If-None-Match": first["ETag"]}
    assert "no-cache" in first["Cache-Control"]
    assert client.get(path, headers=known).status_code == 304
    with tenancy.scope([west.network.pk]):
        Gathering.objects.filter(pk=west.gatherings[1].pk).update(place="Bø hotell")
    again = client.get(path, headers=known)
    assert again.status_code == 200
    assert "Bø hotell" in again.content.decode()


def test_it_speaks_the_persons_language_and_costs_the_same_for_more_teams(cast: Cast, client: Client) -> None:
    west = cast.west
    path = address(west.member)
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(path)
    with tenancy.scope([west.network.pk]):
        seat = west.team.members.get(membership__user=west.member)
        west.other_team.members.create(network=west.network, membership=seat.membership)
    with CaptureQueriesContext(connection) as more:
        body = client.get(path).content.decode()
    assert len(few) == len(more) <= 20
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT4H" in body
    assert f"frist-{west.document.pk}-{west.other_team.pk}" in body


def test_a_higher_room_puts_its_own_events_in(
    cast: Cast, fetch: Callable[[User], dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def meeting(user: User, networks: object, today: date) -> list[Event]:
        event = Event()
        event.add("uid", f"mote-{user.pk}@test.example")
        event.add("dtstart", today)
        return [event]

    monkeypatch.setattr(feed, "_contributors", [])
    feed.contribute(meeting)
    assert f"mote-{cast.west.member.pk}" in fetch(cast.west.member)
