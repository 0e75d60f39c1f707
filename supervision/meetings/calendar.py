"""A guidance meeting for people's own calendars: one event, asked for, changed or called off.

It has the same UID for good, and `calendar_sequence` tells a calendar that it has changed since.

Source: RFC 5545 (iCalendar), and RFC 5546, 3.2.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from email.utils import parseaddr
from typing import Literal
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress

from accounts.models import User
from networks.models import Network
from sessions.feed import KEPT
from supervision.meetings.people import asked_of, teams_of
from supervision.models import Meeting

Method = Literal["REQUEST", "CANCEL"]


def calendar_of(meeting: Meeting, *, network: Network, method: Method, teams: str) -> str:
    """The iCalendar object, in the active language, without whom it is for (see `sessions.calendar.addressed`)."""
    calendar = Calendar()
    calendar.add("prodid", "-//Laeringsnettverk//Veiledning//NO")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(_event(meeting, network, method, teams))
    written: bytes = calendar.to_ical()
    return written.decode()


def meetings_of(user: User, networks: Sequence[Network], today: date) -> Iterator[Event]:
    """The meetings the person is asked to, for her own calendar (see `sessions.feed`); called off ones as such.

    She may still come: she coordinates, or has to do with one of the teams today. Five queries at most.
    """
    by_key = {network.pk: network for network in networks}
    found = Meeting.objects.filter(network__in=by_key, people__user=user, day__gte=today - KEPT)
    meetings = list(found.order_by("day", "starts_at", "pk"))
    teams = teams_of(meetings)
    asked = asked_of(meetings, teams, today)
    for meeting in meetings:
        if user.pk in asked[meeting.pk]:
            method: Method = "CANCEL" if meeting.state == Meeting.State.CANCELLED else "REQUEST"
            names = ", ".join(name for _pk, name in teams.get(meeting.pk, []))
            event = _event(meeting, by_key[meeting.network_id], method, names)
            event.pop("organizer")  # nobody is asked here, so nobody asks
            yield event


def uid(meeting: Meeting) -> str:
    """What a calendar knows the meeting by, whatever becomes of its day."""
    return f"veiledning-{meeting.pk}@{urlsplit(settings.GPF_BASE_URL).hostname or 'localhost'}"


def address_of(meeting: Meeting, network: Network) -> str:
    """Where the meeting stands in the product."""
    return settings.GPF_BASE_URL.rstrip("/") + reverse("supervision:meeting", args=[network.slug, meeting.pk])


def _event(meeting: Meeting, network: Network, method: Method, teams: str) -> Event:
    address = address_of(meeting, network)
    event = Event()
    event.add("uid", uid(meeting))
    event.add("sequence", meeting.calendar_sequence)
    event.add("dtstamp", timezone.now())
    if meeting.starts_at is None:
        event.add("dtstart", meeting.day)
        event.add("dtend", meeting.day + timedelta(days=1))
    else:
        begins = timezone.make_aware(datetime.combine(meeting.day, meeting.starts_at))
        ends = timezone.make_aware(datetime.combine(meeting.day, meeting.ends_at)) if meeting.ends_at else None
        event.add("dtstart", begins.astimezone(UTC))
        event.add("dtend", (ends or begins + timedelta(hours=1)).astimezone(UTC))
    event.add("summary", _("Guidance: %(teams)s") % {"teams": teams})
    event.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    event.add("url", address)
    # Who is not asked any more learns that, and neither the new place nor the new link.
    told = [] if method == "CANCEL" else [meeting.themes, meeting.online_link]
    event.add("description", "\n\n".join(filter(None, [*told, address])))
    if method != "CANCEL" and (meeting.place or meeting.online_link):
        event.add("location", meeting.place or meeting.online_link)
    organiser = vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    organiser.params["CN"] = network.name
    event.add("organizer", organiser)
    return event
