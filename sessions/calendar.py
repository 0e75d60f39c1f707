"""Gatherings for people's own calendars: iCalendar objects, in the active language.

A gathering has the same UID for good, and `calendar_sequence` tells a calendar that it has changed since. Days are
whole days: the end is the day after the last one.

Source: RFC 5545 (iCalendar), and RFC 5546, 3.2: a request names one event, what is published may name several.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from email.utils import parseaddr
from typing import Literal
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress
from icalendar.parser import Contentline

from accounts.models import User
from networks.models import Network
from sessions.models import Gathering

Method = Literal["REQUEST", "CANCEL", "PUBLISH"]

CONTENT_TYPE = "text/calendar; charset=utf-8"


def calendar_of(gatherings: Sequence[Gathering], *, network: Network, method: Method) -> str:
    """The iCalendar object of gatherings whose days are known. What is published may be sent to anyone as it is."""
    now = timezone.now()
    calendar = Calendar()
    calendar.add("prodid", "-//Laeringsnettverk//Samlinger//NO")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    for gathering in gatherings:
        calendar.add_component(event_of(gathering, network, now))
    written: bytes = calendar.to_ical()
    return written.decode()


def addressed(calendar: str, to: User) -> str:
    """The object for one person: whom its event is asked of, or called off for.

    The line is put into the text, since writing the whole object anew for each of many people takes long. No text of
    anybody's can stand at the beginning of a line: breaks in it are escaped, and folded lines begin with a space.
    """
    person = _person(to.email, to.name, partstat="NEEDS-ACTION", rsvp="FALSE")
    line = Contentline.from_parts("ATTENDEE", person.params, person).to_ical().decode()
    return calendar.replace("\r\nEND:VEVENT\r\n", f"\r\n{line}\r\nEND:VEVENT\r\n")


def method_for(gatherings: Sequence[Gathering]) -> Method:
    """Several events can not be asked for in one object, only published; each updates what the calendar has."""
    return "REQUEST" if len(gatherings) == 1 else "PUBLISH"


def uid(gathering: Gathering) -> str:
    """What a calendar knows the gathering by, whatever becomes of its days and name."""
    return f"samling-{gathering.pk}@{urlsplit(settings.GPF_BASE_URL).hostname or 'localhost'}"


def event_of(gathering: Gathering, network: Network, now: datetime | None = None) -> Event:
    """A gathering whose days are known, as an event."""
    assert gathering.starts_on is not None
    assert gathering.ends_on is not None
    cancelled = gathering.state == Gathering.State.CANCELLED
    address = settings.GPF_BASE_URL.rstrip("/") + reverse("gatherings:gathering", args=[network.slug, gathering.pk])
    event = Event()
    event.add("uid", uid(gathering))
    event.add("sequence", gathering.calendar_sequence)
    event.add("dtstamp", now or timezone.now())
    event.add("dtstart", gathering.starts_on)
    event.add("dtend", gathering.ends_on + timedelta(days=1))
    event.add("summary", _summary(gathering, network))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("url", address)
    event.add("description", "\n\n".join(filter(None, [gathering.shown_programme, gathering.online_link, address])))
    if gathering.place or gathering.online_link:
        event.add("location", gathering.place or gathering.online_link)
    event.add("organizer", _person(parseaddr(settings.DEFAULT_FROM_EMAIL)[1], network.name))
    return event


def _summary(gathering: Gathering, network: Network) -> str:
    words = {"gathering": capfirst(str(gathering)), "network": network.name}
    return _("%(gathering)s – %(network)s") % words


def _person(address: str, name: str, **parameters: str) -> vCalAddress:
    person = vCalAddress(f"mailto:{address}")
    person.params["CN"] = name
    for key, value in parameters.items():
        person.params[key.upper()] = value
    return person
