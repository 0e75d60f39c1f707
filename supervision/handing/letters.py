"""The letters that tell who guides a team now: to who gives it up, who takes over or stands in, and its leader."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from gpf import dates
from networks.models import Network
from notices.mailing import Addressee, Enclosed, queue_letters
from sessions.reminders import doers
from teams.models import Team

HANDED, SHARED, STANDS_IN = "handed", "shared", "stands_in"


@dataclass(frozen=True)
class Handing:
    """What is told: which teams, from whom, to whom, and for a stand-in from when until when."""

    what: str
    teams: Sequence[Team]
    giver: User
    taker: User
    since: date | None = None
    last_day: date | None = None


def write_letters(handing: Handing, *, network: Network) -> int:
    """Hand over a letter to everybody it concerns. Returns how many. Needs the network's scope."""
    stamp = timezone.now().timestamp()
    leading = doers([team.pk for team in handing.teams], timezone.localdate())
    letters = [
        _letter(handing, handing.teams, person, network, stamp)
        for person in dict.fromkeys((handing.giver, handing.taker))
    ]
    of_teams: dict[int, list[Team]] = {}
    for team in handing.teams:
        for person in leading.get(team.pk, ()):
            of_teams.setdefault(person, []).append(team)
    told = {handing.giver.pk, handing.taker.pk}
    leaders = User.objects.filter(pk__in=set(of_teams) - told).order_by("pk")
    letters += [_letter(handing, of_teams[leader.pk], leader, network, stamp) for leader in leaders]
    queue_letters(network=network, letters=letters)
    return len(letters)


def _letter(handing: Handing, teams: Sequence[Team], person: User, network: Network, stamp: float) -> Enclosed:
    with override(person.language):
        subject, text = _words(handing, teams, person, network)
        greeting = _("Hello, %(name)s.") % {"name": person.name} if person.name else _("Hello.")
        return Enclosed(
            key=f"handing:{handing.what}:{handing.giver.pk}:{handing.taker.pk}:{person.pk}:{stamp:.3f}",
            to=Addressee(person.name, person.email, person.language, person),
            subject=subject,
            text="\n\n".join([greeting, *text, *_addresses(teams, network)]),
        )


def _words(handing: Handing, teams: Iterable[Team], person: User, network: Network) -> tuple[str, list[str]]:
    words = {
        "teams": get_text_list([team.name for team in teams], _("and")),
        "giver": handing.giver,
        "taker": handing.taker,
        "network": network.name,
        "first": dates.long_date(handing.since) if handing.since else "",
        "last": dates.long_date(handing.last_day) if handing.last_day else "",
    }
    subject, to_giver, to_taker, to_team = _sentences(handing.what)
    said = to_giver if person == handing.giver else to_taker if person == handing.taker else to_team
    return subject % words, [said % words]


def _sentences(what: str) -> tuple[str, str, str, str]:
    """The subject, and what is said to who gives, who takes, and the team."""
    if what == HANDED:
        return (
            _("%(taker)s guides %(teams)s from today"),
            _(
                "%(taker)s guides %(teams)s in %(network)s from today, after you. What waited for you there, waits for "
                "%(taker)s now; the log and all that was said came along."
            ),
            _(
                "You guide %(teams)s in %(network)s from today, after %(giver)s. The log, the levels and what "
                "waits for an answer came along."
            ),
            _(
                "%(taker)s guides %(teams)s in %(network)s from today, after %(giver)s. What you have agreed on "
                "stands, and the log of your meetings came along."
            ),
        )
    if what == SHARED:
        return (
            _("%(taker)s guides %(teams)s, too"),
            _("%(taker)s guides %(teams)s in %(network)s together with you from today."),
            _(
                "You guide %(teams)s in %(network)s from today, together with %(giver)s. The log of what was before is "
                "yours to read."
            ),
            _("%(taker)s guides %(teams)s in %(network)s from today, together with %(giver)s."),
        )
    return (
        _("%(taker)s stands in for %(giver)s from %(first)s to %(last)s"),
        _(
            "%(taker)s guides %(teams)s in %(network)s for you from %(first)s to and including %(last)s. You can "
            "answer in that time, too."
        ),
        _(
            "You stand in for %(giver)s from %(first)s to and including %(last)s, and guide %(teams)s in %(network)s. "
            "In that time you see all that waits, and can answer it."
        ),
        _(
            "%(taker)s guides %(teams)s in %(network)s from %(first)s to and including %(last)s, while %(giver)s is "
            "away."
        ),
    )


def _addresses(teams: Iterable[Team], network: Network) -> list[str]:
    base = settings.GPF_BASE_URL.rstrip("/")
    return ["\n".join(base + reverse("overview:team", args=[network.slug, team.slug]) for team in teams)]
