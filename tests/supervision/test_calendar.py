"""Guidance meetings in the calendar a person subscribes to: those she is asked to, as they are today."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from accounts.models import User
from gpf import tenancy
from sessions import feed
from supervision.models import Meeting, MeetingPerson, MeetingTeam
from teams.models import TeamMember
from tests.cast import Cast, Place

pytestmark = pytest.mark.django_db


def meet(place: Place, *people: User) -> Meeting:
    """A meeting with the team in three days, to which these people are asked."""
    own: dict[str, Any] = {"network": place.network}
    day = timezone.localdate() + timedelta(days=3)
    with tenancy.scope([place.network.pk]):
        meeting = Meeting.objects.create(**own, day=day, starts_at=time(9), ends_at=time(10, 30), themes="Måling")
        MeetingTeam.objects.create(**own, meeting=meeting, team=place.team)
        for person in people:
            MeetingPerson.objects.create(**own, meeting=meeting, user=person, name=person.name)
    return meeting


def meetings(client: Client, user: User) -> dict[str, Any]:
    """The guidance meetings that her calendar gets, by UID without the host."""
    with tenancy.scope([]):
        path = reverse("calendar_feed:feed", args=[feed.secret_of(feed.own_feed(user))])
    found: list[Any] = Calendar.from_ical(client.get(path).content).walk("VEVENT")
    events = {str(event["uid"]).partition("@")[0]: event for event in found}
    return {key: event for key, event in events.items() if key.startswith("veiledning-")}


def test_each_gets_the_meetings_she_is_asked_to_moved_and_called_off_as_they_are(cast: Cast, client: Client) -> None:
    west = cast.west
    meeting = meet(west, west.member, west.supervisor, west.coordinator)
    meet(cast.east, cast.east.member, west.member)  # she has nothing to do with the other network
    key = f"veiledning-{meeting.pk}"
    asked = {name for name, user in west.people().items() if meetings(client, user).keys() == {key}}
    assert asked == {"member", "supervisor", "coordinator"}
    assert all(meetings(client, user) == {} for user in (west.team_leader, west.leader, cast.stranger, cast.national))
    event = meetings(client, west.member)[key]
    begins = timezone.make_aware(datetime.combine(meeting.day, time(9)))
    assert (event["dtstart"].dt, event["sequence"]) == (begins.astimezone(UTC), 0)
    assert "organizer" not in event
    with tenancy.scope([west.network.pk]):
        Meeting.objects.update(day=meeting.day + timedelta(days=1), calendar_sequence=1, state=Meeting.State.CANCELLED)
    moved = meetings(client, west.member)[key]
    assert moved["dtstart"].dt.date() == meeting.day + timedelta(days=1)
    assert (moved["status"], moved["sequence"], moved["uid"]) == ("CANCELLED", 1, event["uid"])


def test_who_is_not_in_the_team_any_more_finds_its_meetings_gone(cast: Cast, client: Client) -> None:
    west = cast.west
    meeting = meet(west, west.member, west.supervisor)
    assert meetings(client, west.member)
    with tenancy.scope([west.network.pk]):
        TeamMember.objects.filter(membership__user=west.member).update(left_on=timezone.localdate())
    assert meetings(client, west.member) == {}
    with tenancy.scope([west.network.pk]):
        meeting.people.filter(user=west.supervisor).delete()
    assert meetings(client, west.supervisor) == {}
