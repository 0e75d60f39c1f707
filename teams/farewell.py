"""A short mail to those for whom something ends: their organisation's part, their team, or leading it.

It says what ends and when, what that means for their way in, and whom to ask. Posting it is a task's work. Everything
here needs the network's scope.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta

from django.db.models import Max
from django.utils import timezone, translation
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from gpf import dates
from networks.models import Network, Participation
from networks.queries import contacts
from notices.mailing import Addressee, Enclosed, queue_letters, withdraw_letters
from notices.models import Message
from teams.models import Team
from teams.places import Effects

LONG_AGO = timedelta(days=30)
"""Nobody is written to about what ended longer ago: that is only being put on record."""

REACHED = (Message.State.SENT, Message.State.SENDING)

Said = Callable[[], tuple[str, str]]
"""The subject and what has happened, in the active language."""


def write_of_withdrawal(*, network: Network, participation: Participation, shown: Effects) -> int:
    """To everybody in the organisation's teams, and the leader who committed it. Returns how many."""

    def said() -> tuple[str, str]:
        words = {"name": participation.organisation, "network": network.name, "date": dates.long_date(shown.day)}
        subject = _("%(name)s no longer takes part in %(network)s") % words
        text = _("%(name)s takes part in %(network)s until %(date)s, and not after that.") % words
        if not shown.teams:
            return subject, text
        ends = ngettext("The team %(teams)s ends with it.", "The teams %(teams)s end with it.", len(shown.teams))
        return subject, f"{text} {ends % {'teams': get_text_list([str(team) for team in shown.teams], _('and'))}}"

    return _write(network, participation, shown, said)


def write_of_end(*, network: Network, team: Team, shown: Effects) -> int:
    """To everybody in a team that ends. Returns how many."""

    def said() -> tuple[str, str]:
        words = {"team": team.name, "network": network.name, "date": dates.long_date(shown.day)}
        return _("The team %(team)s ends") % words, _("The team %(team)s in %(network)s ends %(date)s.") % words

    return _write(network, team, shown, said)


def write_of_return(*, network: Network, thing: Participation | Team) -> int:
    """To those who were told that it ends: it goes on after all. Who was not reached yet is told nothing. Returns how
    many."""
    key = _key(thing)
    withdraw_letters(network=network, key_prefix=key)
    letters_here = Message.objects.filter(network=network)
    earlier = letters_here.filter(key__startswith=f"again:{key}").aggregate(last=Max("pk"))["last"] or 0
    told = letters_here.filter(key__startswith=key, state__in=REACHED, pk__gt=earlier).select_related("recipient")
    people = dict.fromkeys(letter.recipient for letter in told if letter.recipient)

    def said() -> tuple[str, str]:
        words = {"name": thing, "network": network.name}
        subject = _("%(name)s goes on in %(network)s") % words
        return subject, _(
            "We wrote that it was over for %(name)s in %(network)s. It goes on after all, and you can do again what "
            "you could do before."
        ) % words

    asked, key = contacts(network), f"again:{key}{timezone.now():%Y%m%d%H%M%S}"
    letters = [_letter(network, key, user, said, asked, is_last=False, thanks=False) for user in people]
    queue_letters(network=network, letters=letters)
    return len(letters)


def write_to_old_leader(*, network: Network, team: Team, old: User, new: User, shown: Effects, stays: bool) -> None:
    """To the one who led the team until today."""

    def said() -> tuple[str, str]:
        words = {"team": team.name, "network": network.name, "new": new, "date": dates.long_date(timezone.localdate())}
        subject = _("You no longer lead the team %(team)s") % words
        text = _("From %(date)s %(new)s leads the team %(team)s in %(network)s, and gets its reminders.")
        if not stays:
            return subject, text % words
        still = _("You are still in the team.")
        return subject, f"{text % words} {still}"

    key = f"led:{team.pk}:{timezone.localdate():%Y%m%d}"
    locked_out = not stays and old in shown.losing
    queue_letters(network=network, letters=[_letter(network, key, old, said, contacts(network), is_last=locked_out)])


def _key(thing: Participation | Team) -> str:
    """What the keys of the letters about its end begin with."""
    return f"ended:{'team' if isinstance(thing, Team) else 'part'}:{thing.pk}:"


def _write(network: Network, thing: Participation | Team, shown: Effects, said: Said) -> int:
    if shown.day < timezone.localdate() - LONG_AGO:
        return 0
    people = dict.fromkeys([*shown.losing, *(kept.user for kept in shown.keeping)])
    key, asked = f"{_key(thing)}{timezone.now():%Y%m%d%H%M%S}", contacts(network)
    letters = [_letter(network, key, user, said, asked, is_last=user in shown.losing) for user in people]
    queue_letters(network=network, letters=letters)
    return len(letters)


def _letter(
    network: Network, key: str, user: User, said: Said, asked: Sequence[User], *, is_last: bool, thanks: bool = True
) -> Enclosed:
    """`asked` are those she may ask; `is_last`: it ends her way into the network too."""
    with translation.override(user.language):
        subject, text = said()
        parts = [
            _("Hello, %(name)s.") % {"name": user.name} if user.name else _("Hello."),
            text,
            _("What you have done is kept, and counts. Thank you for the work you have put into it.") if thanks else "",
            _("You can not open the network's pages after that.") if is_last else "",
            *_asking(network, [one for one in asked if one != user]),
        ]
        return Enclosed(
            key=f"{key}:{user.pk}",
            to=Addressee(user.name, user.email, user.language, user),
            subject=subject,
            text="\n\n".join(filter(None, parts)),
        )


def _asking(network: Network, people: Sequence[User]) -> list[str]:
    lines = [f"{person.name}, {person.email}" for person in people]
    return ["\n".join([_("Do you wonder about something? Ask us:"), *lines, "", network.name])] if lines else []
