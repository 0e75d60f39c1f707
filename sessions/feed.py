"""A person's own calendar address: gatherings and deadlines of all her networks, as they are today.

A calendar fetches the whole again and again, so what is moved moves, what is done goes away, and who has lost access
finds nothing of it at the next fetch. Whoever has the address can read it, so it is secret, and can be made anew.

Source: RFC 5545 (iCalendar); RFC 7986, 5.7 (REFRESH-INTERVAL).
"""

import hmac
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from hashlib import sha256
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from accounts.models import User
from gpf import tenancy
from networks.belonging import networks_of, own_memberships
from networks.models import Change, Network, Role
from notices.recipients import AT_WORK
from sessions.calendar import event_of
from sessions.models import Assignment, CalendarFeed, Delivery, Gathering
from sessions.progress import OPEN, Facts, progress
from sessions.reminders import place_of
from teams.models import Team

Contribute = Callable[[User, Sequence[Network], date], Iterable[Event]]
"""(person, her networks, the day) → events. Runs in her language, with the networks opened."""

KEPT = timedelta(days=120)
"""So long what has been stays in the calendar."""

_contributors: list[Contribute] = []


def contribute(function: Contribute) -> None:
    """Let a room above this one put its own events into the feed: called in its AppConfig.ready()."""
    if function not in _contributors:
        _contributors.append(function)


# The address


def own_feed(user: User) -> CalendarFeed:
    """The person's feed, made the first time."""
    found, _made = CalendarFeed.objects.get_or_create(user=user)
    return found


def renew(user: User) -> CalendarFeed:
    """A new address; the old one is dead from now on."""
    feed = own_feed(user)
    feed.number, feed.made_at, feed.fetched_at = feed.number + 1, timezone.now(), None
    feed.save()
    return feed


def secret_of(feed: CalendarFeed) -> str:
    """What stands in the address: whose it is, and what only this product can have written."""
    return f"{feed.user_id}-{_signature(feed)}"


def find(secret: str) -> CalendarFeed | None:
    """Whose secret it is; None for anything else."""
    pk, _dash, signature = secret.partition("-")
    if not (pk.isascii() and pk.isdigit() and len(pk) < 10):
        return None
    feed = CalendarFeed.objects.select_related("user").filter(user=int(pk), user__is_active=True).first()
    if feed is None or not hmac.compare_digest(signature.encode(), _signature(feed).encode()):
        return None
    return feed


def note_fetched(feed: CalendarFeed) -> None:
    """A calendar has been here; written at most once an hour, however often it comes."""
    now = timezone.now()
    if feed.fetched_at is None or feed.fetched_at < now - timedelta(hours=1):
        CalendarFeed.objects.filter(pk=feed.pk).update(fetched_at=now)


def _signature(feed: CalendarFeed) -> str:
    said = f"calendar:{feed.user_id}:{feed.number}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), said, sha256).hexdigest()[:40]


# What is in it


def calendar_for(user: User) -> bytes:
    """The whole calendar, in the person's language. Opens her networks at work of today, and them alone."""
    tenancy.identify(user.pk)
    today = timezone.localdate()
    memberships = [row for row in own_memberships(user) if row.network.phase in AT_WORK]
    networks = networks_of(memberships)
    overseen = networks_of(memberships, Role.COORDINATOR, Role.SUPERVISOR)
    with tenancy.scope([network.pk for network in networks]), translation.override(user.language):
        calendar = _empty()
        for event in (
            *_gatherings(networks, today),
            *_overseen(overseen, today),
            *_own_work(user, networks, today),
            *(event for each in _contributors for event in each(user, networks, today)),
        ):
            calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def mark_of(calendar: bytes) -> str:
    """An entity tag that stays the same as long as the calendar says the same, whenever it was written."""
    said = re.sub(rb"\r\nDTSTAMP[^\r]*", b"", calendar)
    return f'W/"{sha256(said).hexdigest()[:32]}"'


def _empty() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Laeringsnettverk//Kalender//NO")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Learning network"))
    calendar.add("refresh-interval", timedelta(hours=4), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT4H")
    return calendar


def _gatherings(networks: Sequence[Network], today: date) -> Iterator[Event]:
    """Those whose days are known; what is called off is told as such."""
    by_key = {network.pk: network for network in networks}
    found = Gathering.objects.filter(network__in=by_key, starts_on__gte=today - KEPT, ends_on__isnull=False)
    for gathering in found.order_by("starts_on", "pk"):
        event = event_of(gathering, by_key[gathering.network_id])
        event.pop("organizer")  # nobody is asked here, so nobody asks
        yield event


def _overseen(networks: Sequence[Network], today: date) -> Iterator[Event]:
    """To who coordinates or guides: each deadline once, whatever became of it in the teams."""
    by_key = {network.pk: network for network in networks}
    assignments = _assignments(by_key, today)
    changes = _changes(by_key, Assignment, [each.pk for each in assignments])
    for each in assignments:
        network = by_key[each.network_id]
        address = reverse("gatherings:gathering", args=[network.slug, each.gathering_id])
        summary = _("Deadline: %(title)s") % {"title": each.title}
        yield _deadline(f"frist-{each.pk}", changes.get(each.pk, 0), each.due, summary, address, network)


def _own_work(user: User, networks: Sequence[Network], today: date) -> Iterator[Event]:
    """To who works in a team: what it has not handed in, on the day that counts for it."""
    by_key = {network.pk: network for network in networks}
    here = Q(members__left_on=None) | Q(members__left_on__gt=today)
    seats = user.memberships.active(today).filter(role=Role.TEAM_MEMBER, network__in=by_key)
    teams = list(Team.objects.going_on(today).filter(here, members__membership__in=seats).distinct().order_by("pk"))
    assignments = _assignments({team.network_id for team in teams}, today)
    rows = {(row.team_id, row.assignment_id): row for row in Delivery.objects.filter(team__in=teams)}
    asked = _changes(by_key, Assignment, [each.pk for each in assignments])
    given = _changes(by_key, Delivery, [row.pk for row in rows.values()])
    for team in teams:
        for each in assignments:
            row = rows.get((team.pk, each.pk))
            facts = Facts(row.state, row.begun, row.exempt, row.extended_to) if row else None
            so_far = progress(facts, due=each.due, today=today, joined_on=team.joined_on)
            if each.network_id != team.network_id or so_far.state not in OPEN:
                continue
            network = by_key[team.network_id]
            address = place_of(each, team, so_far.state)
            summary = _("Deadline: %(title)s (%(team)s)") % {"title": each.title, "team": team.name}
            changes = asked.get(each.pk, 0) + (given.get(row.pk, 0) if row else 0)
            yield _deadline(f"frist-{each.pk}-{team.pk}", changes, so_far.due, summary, address, network)


def _changes(networks: Iterable[int], model: type[Assignment | Delivery], rows: Sequence[int]) -> dict[int, int]:
    """How often these rows were written, from the record that only grows. By primary key."""
    if not rows:
        return {}
    found = Change.objects.filter(network__in=list(networks), table=model._meta.db_table, row__in=rows)
    return dict(found.order_by().values_list("row").annotate(Count("pk")))


def _assignments(networks: Iterable[int], today: date) -> list[Assignment]:
    """What can still be due, with extensions: it hangs together with gatherings that are going to be held."""
    keys = list(networks)
    if not keys:
        return []
    found = Assignment.objects.filter(network__in=keys, due__gte=today - KEPT)
    found = found.exclude(gathering__state=Gathering.State.CANCELLED).select_related("gathering", "network")
    return list(found.order_by("due", "pk"))


def _deadline(key: str, changes: int, day: date, summary: str, path: str, network: Network) -> Event:
    """A whole day that takes nobody's time. `changes` only grows, whichever way the day is moved."""
    address = settings.GPF_BASE_URL.rstrip("/") + path
    event = Event()
    event.add("uid", f"{key}@{urlsplit(settings.GPF_BASE_URL).hostname or 'localhost'}")
    event.add("sequence", changes)
    event.add("dtstamp", timezone.now())
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", summary)
    event.add("transp", "TRANSPARENT")
    event.add("url", address)
    event.add("description", f"{network.name}\n\n{address}")
    return event
