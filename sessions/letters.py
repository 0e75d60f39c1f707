"""The letters about a whole gathering: it has other days, it is called off, it is held after all.

One to each person, in her language, with what it means for her own team, and with the event for her calendar.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache

from django.conf import settings
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from gpf import dates
from networks.models import Network, Role
from notices import wording
from notices.kinds import Words
from notices.mailing import Enclosed
from sessions import letter_words
from sessions.calendar import Method, addressed, calendar_of, method_for
from sessions.concerned import Person
from sessions.gathering_days import Days, days_of
from sessions.models import Gathering
from sessions.moving import Moved, Preview, Redated
from sessions.progress import OPEN, Facts, progress
from teams.models import Team

CANCELLED, RESTORED = "cancel", "restore"
"""What the keys of letters about a cancellation begin with."""

OVERSEES = (Role.SUPERVISOR, Role.COORDINATOR)
"""Who reads all the new deadlines; others read those of their own teams."""


TeamFacts = dict[int, dict[int, Facts]]
"""What the delivery rows say, by team and assignment (primary keys)."""


def move_letters(
    network: Network,
    preview: Preview,
    people: Iterable[Person],
    facts: TeamFacts,
    *,
    reason: str,
    key: str,
) -> list[Enclosed]:
    """The letters about a move. `facts` says how far each team is with the work concerned."""
    found = Team.objects.order_by("sort_name", "pk").values_list("pk", "name", "joined_on")
    known = {pk: (name, joined_on) for pk, name, joined_on in found}

    own = wording.own_words([network.pk])

    @cache
    def about(language: str) -> list[str]:
        return list(_about_move(preview, reason))

    @cache
    def of_teams(language: str, teams: frozenset[int]) -> list[str]:
        own = [(*known[pk], facts.get(pk, {})) for pk in known if pk in teams]
        return [part for name, joined_on, done in own for part in _of_team(name, joined_on, done, preview)]

    @cache
    def of_all(language: str) -> list[str]:
        return _deadlines(_("The deadlines now:"), [(each, each.after) for each in _changed(preview)])

    gatherings = [moved.gathering for moved in preview.moves]
    method = method_for(gatherings)

    @cache
    def calendar(language: str) -> str:
        return calendar_of(gatherings, network=network, method=method)

    letters = []
    for person in people:
        language = person.user.language
        with override(language):
            first = preview.first.gathering
            said = _said(letter_words.MOVED, network, first, preview.first.after, person, own)
            work = of_all(language) if person.role in OVERSEES else of_teams(language, person.teams)
            letters.append(
                Enclosed(
                    key=f"{key}:{person.user.pk}",
                    to=person.addressee,
                    subject=said.subject,
                    text=_letter(person, [said.text, *about(language), *work, *_ending(network, first)]),
                    calendar=_for_person(calendar(language), method, person),
                )
            )
    return letters


def state_letters(
    network: Network, gathering: Gathering, people: Sequence[Person], what: str, *, reason: str, key: str
) -> list[Enclosed]:
    """The letters about a gathering that is called off (CANCELLED), or held after all (RESTORED)."""
    method: Method = "CANCEL" if what == CANCELLED else "REQUEST"
    words = letter_words.CANCELLED if what == CANCELLED else letter_words.RESTORED
    own = wording.own_words([network.pk])

    @cache
    def calendar(language: str) -> str:
        return calendar_of([gathering], network=network, method=method)

    letters = []
    for person in people:
        with override(person.user.language):
            said = _said(words, network, gathering, days_of(gathering), person, own)
            letters.append(
                Enclosed(
                    key=f"{key}:{person.user.pk}",
                    to=person.addressee,
                    subject=said.subject,
                    text=_letter(person, [said.text, *_about_state(what, reason), *_ending(network, gathering)]),
                    calendar=_for_person(calendar(person.user.language), method, person),
                )
            )
    return letters


def _for_person(calendar: str, method: Method, person: Person) -> str:
    """What is published names nobody; what is asked or called off names whom."""
    return calendar if method == "PUBLISH" else addressed(calendar, person.user)


def _said(
    words: Words, network: Network, gathering: Gathering, days: Days | None, person: Person, own: wording.Own
) -> wording.Text:
    """The subject and the first words, as the network words them."""
    values = {"gathering": capfirst(str(gathering)), "days": _in_words(days)}
    return wording.say(words, network.pk, own, {**wording.common(person.user, network), **values})


def _about_move(preview: Preview, reason: str) -> Iterator[str]:
    yield _days_before_and_now(preview.first, reason)
    along = [
        _("%(gathering)s: now %(after)s, was %(before)s")
        % {
            "gathering": capfirst(str(moved.gathering)),
            "after": dates.date_range(*moved.after),
            "before": _in_words(moved.before),
        }
        for moved in preview.moves[1:]
    ]
    if along:
        yield "\n".join([_("These come along:"), *(f"– {line}" for line in along)])


def _days_before_and_now(moved: Moved, reason: str) -> str:
    lines = [
        _("Now: %(days)s") % {"days": dates.date_range(*moved.after)},
        _("Before: %(days)s") % {"days": _in_words(moved.before)},
    ]
    if moved.gathering.place:
        lines.append(_("Place: %(place)s") % {"place": moved.gathering.place})
    if moved.gathering.online_link:
        lines.append(_("Online: %(link)s") % {"link": moved.gathering.online_link})
    if reason:
        lines.append(_("Why: %(reason)s") % {"reason": reason})
    return "\n".join(lines)


def _of_team(team: str, joined_on: date | None, facts: dict[int, Facts], preview: Preview) -> list[str]:
    """What the team still has to do, and the day that counts for it."""
    lines = []
    for each in _work(preview):
        now = progress(facts.get(each.assignment.pk), due=each.after, today=preview.today, joined_on=joined_on)
        if now.state in OPEN:
            lines.append((each, now.due))
    return _deadlines(_("%(team)s's deadlines now:") % {"team": team}, lines)


def _deadlines(heading: str, lines: Sequence[tuple[Redated, date]]) -> list[str]:
    if not lines:
        return []
    listed = [f"– {each.assignment.title}: {dates.long_date(due)}" for each, due in sorted(lines, key=_by_day)]
    return ["\n".join([heading, *listed])]


def _by_day(line: tuple[Redated, date]) -> tuple[date, int]:
    return line[1], line[0].assignment.position


def _work(preview: Preview) -> list[Redated]:
    return [each for moved in preview.moves for each in moved.shown]


def _changed(preview: Preview) -> list[Redated]:
    return [each for each in _work(preview) if not each.is_same]


def _about_state(what: str, reason: str) -> Iterator[str]:
    if what == RESTORED:
        yield _("The work before it has the deadlines it had.")
        return
    if reason:
        yield _("Why: %(reason)s") % {"reason": reason}
    yield _("The work before it need not be handed in.")


def _ending(network: Network, gathering: Gathering) -> list[str]:
    address = settings.GPF_BASE_URL.rstrip("/") + reverse("gatherings:gathering", args=[network.slug, gathering.pk])
    return [_("The calendar file with this mail changes your calendar."), address]


def _letter(person: Person, parts: Iterable[str]) -> str:
    greeting = _("Hello, %(name)s.") % {"name": person.user.name} if person.user.name else _("Hello.")
    return "\n\n".join([greeting, *parts])


def _in_words(days: Days | None) -> str:
    return dates.date_range(*days) if days else _("not decided")
