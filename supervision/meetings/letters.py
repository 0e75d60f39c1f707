"""The letters about a guidance meeting: people are asked to it, it is moved, it is called off.

One to each person, in her language, with the event for her calendar.
"""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from gpf import dates
from networks.models import Network
from notices.mailing import Addressee, Enclosed, queue_letters, withdraw_letters
from sessions.calendar import addressed
from supervision.meetings.calendar import Method, address_of, calendar_of
from supervision.models import Meeting

ASKED, MOVED, CANCELLED, LEFT = "asked", "moved", "cancelled", "left"
"""What is told. LEFT: the meeting is held, but without her; it leaves her calendar as a cancelled one does."""


def write_letters(
    meeting: Meeting, people: Iterable[User], what: str, *, network: Network, teams: str, reason: str = ""
) -> None:
    """Hand over a letter to each of these people. What waits of earlier ones to them is no longer true.

    The caller has `notices.tasks.send_letters` sent when the transaction is committed.
    """
    letters = []
    for person in people:
        with override(person.language):
            letters.append(_letter(meeting, person, what, network, teams, reason))
        take_back(meeting, [person.pk], network=network)
    queue_letters(network=network, letters=letters)


def take_back(meeting: Meeting, people: Iterable[int], *, network: Network) -> None:
    """What waits of earlier letters to these people (primary keys) is no longer true."""
    for person in people:
        withdraw_letters(network=network, key_prefix=f"{_key(meeting)}{person}:")


def _letter(meeting: Meeting, person: User, what: str, network: Network, teams: str, reason: str) -> Enclosed:
    method: Method = "CANCEL" if what in (CANCELLED, LEFT) else "REQUEST"
    calendar = calendar_of(meeting, network=network, method=method, teams=teams)
    return Enclosed(
        key=f"{_key(meeting)}{person.pk}:{meeting.calendar_sequence}:{what}",
        to=Addressee(person.name, person.email, person.language, person),
        subject=_subject(meeting, what, teams),
        text=_text(meeting, person, what, network, teams, reason),
        calendar=addressed(calendar, person),
    )


def _subject(meeting: Meeting, what: str, teams: str) -> str:
    words = {"teams": teams, "when": when(meeting)}
    if what == CANCELLED:
        return _("Cancelled: guidance of %(teams)s, %(when)s") % words
    if what == LEFT:
        return _("You need not come: guidance of %(teams)s, %(when)s") % words
    if what == MOVED:
        return _("Changed: guidance of %(teams)s, %(when)s") % words
    return _("Guidance of %(teams)s: %(when)s") % words


def _text(meeting: Meeting, person: User, what: str, network: Network, teams: str, reason: str) -> str:
    greeting = _("Hello, %(name)s.") % {"name": person.name} if person.name else _("Hello.")
    words = {"teams": teams, "when": when(meeting), "network": network.name}
    opening = {
        ASKED: _("You are asked to a guidance meeting for %(teams)s in %(network)s: %(when)s."),
        MOVED: _("The guidance meeting for %(teams)s in %(network)s has been changed. It is now %(when)s."),
        CANCELLED: _("The guidance meeting for %(teams)s in %(network)s, planned for %(when)s, is cancelled."),
        LEFT: _("You are no longer asked to the guidance meeting for %(teams)s in %(network)s, %(when)s. It is held."),
    }[what] % words
    facts = [_("Why: %(reason)s") % {"reason": reason}] if reason else []
    if what not in (CANCELLED, LEFT):
        facts += [
            line % {"value": value}
            for line, value in (
                (_("About: %(value)s"), meeting.themes),
                (_("Place: %(value)s"), meeting.place),
                (_("Online: %(value)s"), meeting.online_link),
            )
            if value
        ]
    ending = _("The calendar file with this mail changes your calendar.")
    address = "" if what == LEFT else address_of(meeting, network)  # she may not be let in there any more
    parts = [greeting, opening, "\n".join(facts), ending, address]
    return "\n\n".join(part for part in parts if part)


def when(meeting: Meeting) -> str:
    """The day and the hours as people say them."""
    day = dates.long_date(meeting.day)
    if meeting.starts_at is None:
        return day
    hours = [each.strftime("%H.%M") for each in (meeting.starts_at, meeting.ends_at) if each]
    return _("%(day)s at %(hours)s") % {"day": day, "hours": "–".join(hours)}


def _key(meeting: Meeting) -> str:
    return f"guidance:{meeting.pk}:"
