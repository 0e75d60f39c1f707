"""Telling a team in each measure's own rhythm that its number is missing, some days after the period has ended.

What a team waits for on a day is one notice, however many measures it is. No number ever stands in it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from gpf import dates
from improvement.charts.numbers import period
from improvement.measures.models import Measure, Observation
from improvement.measures.periods import following, period_of, preceding
from networks.models import Membership, Network, Role
from notices.kinds import Handed, Kind, Line, Topic, Words
from notices.models import Notice
from notices.services import withdraw
from sessions.reminders import doers, morning
from teams.models import Team, TeamMember

AFTER = timedelta(days=3)
"""How long after the end of its period a number is asked for: it takes some days to get it out of the systems."""

LOOK_BACK = timedelta(days=30)
"""How long it is asked for: later than that it stands among what is missing on the team's pages."""

LONGEST = timedelta(days=220)
"""The last quarter that has ended began fewer days ago than this."""

_TEAM = (_("the team"), "Vinje")
ONE = Words(
    "measurement_due",
    _("A measure waits for its number"),
    gettext_noop("%(measure)s: %(period)s is missing"),
    gettext_noop("%(team)s has not typed in the number of %(period)s yet. The link leads straight to the field."),
    {
        "measure": (_("the measure"), _("Time to first visit")),
        "period": (_("what the number is of"), _("October 2026")),
        "team": _TEAM,
    },
)
SEVERAL = Words(
    "measurement_due:several",
    _("Several measures wait for their numbers"),
    gettext_noop("%(count)s measures wait for numbers, since %(date)s"),
    gettext_noop("%(team)s: %(measures)s."),
    {
        "count": (_("how many measures"), "3"),
        "measures": (_("the measures"), _("Time to first visit, Falls, Medicine reviews")),
        "date": (_("since when"), _("Tuesday 8 December")),
        "team": _TEAM,
    },
)


@dataclass(frozen=True)
class Wait:
    """A measure without the number of the period that ended last, and the day it is asked for."""

    measure: Measure
    start: date

    @property
    def day(self) -> date:
        return following(self.start, self.measure.rhythm) + AFTER


# Finding and telling


def find(network: Network, today: date) -> Iterator[Handed]:
    """One notice for each team with numbers missing, of the newest day on which one was asked for. Six queries."""
    found = _waits([network.pk], today)
    people = _people(found, today)
    for team, waits in found.items():
        day = _newest(waits)
        for person in sorted(people.get(team.pk, ())):
            yield Handed(
                key=f"{_key(team.pk)}{day:%Y%m%d}:{person}",
                recipient_id=person,
                kind=KIND.name,
                about={"team": team.pk, "day": day.isoformat()},
                due_at=morning(day),
            )


def tell(notices: Sequence[Notice], today: date) -> dict[int, Line]:
    """Word what is still missing, to those who type in the team's numbers."""
    networks = {notice.network_id for notice in notices}
    found = _waits(networks, today, teams={notice.about["team"] for notice in notices})
    people = _people(found, today)
    by_key = {team.pk: (team, waits) for team, waits in found.items()}
    lines = {}
    for notice in notices:
        team, waits = by_key.get(notice.about["team"], (None, []))
        if team is None or notice.about["day"] != _newest(waits).isoformat():
            continue
        if notice.recipient_id in people.get(team.pk, ()):
            lines[notice.pk] = _line(team, waits, today)
    return lines


KIND = Kind(
    "measurement_due",
    tell=tell,
    find=find,
    label=_("Measures that wait for numbers"),
    wordings=(ONE, SEVERAL),
    roles=frozenset({Role.TEAM_MEMBER}),
    topic=Topic.NUMBERS,
)


def withdraw_settled(team: Team) -> None:
    """A number has come, or is awaited no more: where nothing else is missing, nothing is told. Needs the scope."""
    if not _waits([team.network_id], timezone.localdate(), teams=[team.pk]):
        withdraw(network_id=team.network_id, prefixes=[_key(team.pk)])


# What is missing


def _waits(networks: Collection[int], today: date, teams: Collection[int] | None = None) -> dict[Team, list[Wait]]:
    """What is asked for these days and missing, by team. Four queries, however many measures."""
    those = Team.objects.taking_part(today).filter(network__in=networks).select_related("network")
    if teams is not None:
        those = those.filter(pk__in=teams)
    at_work = {team.pk: team for team in those}
    # Of all teams the networks are asked for: PostgreSQL is slow with a list of thousands.
    rows = Measure.objects.filter(network__in=networks) if teams is None else Measure.objects.filter(team__in=at_work)
    going_on = rows.filter(ended_on=None).exclude(rhythm=Measure.Rhythm.EVENT).order_by("position", "pk")
    measures = [measure for measure in going_on if measure.team_id in at_work]
    days = Observation.objects.filter(measure__in=measures)
    first = dict(days.values("measure").annotate(first=Min("on")).values_list("measure", "first"))
    taken = set(days.filter(on__gte=today - LONGEST).values_list("measure", "on"))
    found: dict[Team, list[Wait]] = defaultdict(list)
    for measure in measures:
        wait = _wait(measure, first.get(measure.pk), taken, today)
        if wait and today - LOOK_BACK <= wait.day <= today:
            found[at_work[measure.team_id]].append(wait)
    return dict(found)


def _wait(measure: Measure, first: date | None, taken: set[tuple[int, date]], today: date) -> Wait | None:
    """What the measure waits for, where the last period that has ended has no number.

    A measure waits for nothing older than its first number, or than itself.
    """
    start = preceding(period_of(today, measure.rhythm, first), measure.rhythm)
    begins = first or timezone.localdate(measure.created_at)
    if following(start, measure.rhythm) <= begins or (measure.pk, start) in taken:
        return None
    return Wait(measure, start)


def _newest(waits: Sequence[Wait]) -> date:
    return max(wait.day for wait in waits)


def _people(found: Collection[Team], today: date) -> dict[int, set[int]]:
    """Who types in the teams' numbers (keys of users, by the team's): those who lead measuring, else the doers."""
    teams = [team.pk for team in found]
    if not teams:
        return {}
    leads = TeamMember.objects.filter(
        Q(left_on=None) | Q(left_on__gt=today),
        team__in=teams,
        function=TeamMember.Function.MEASUREMENT_LEAD,
        membership__in=Membership.objects.active(today).filter(role=Role.TEAM_MEMBER),
    )
    measuring: dict[int, set[int]] = defaultdict(set)
    for team, person in leads.values_list("team", "membership__user"):
        measuring[team].add(person)
    return doers(teams, today) | measuring


# In words


def _line(team: Team, waits: Sequence[Wait], today: date) -> Line:
    names = {"network_slug": team.network.slug, "team_slug": team.slug}
    if len(waits) == 1:
        (wait,) = waits
        fields = {
            "measure": wait.measure.title,
            "period": period(wait.start, wait.measure.rhythm),
            "team": team.name,
        }
        path = reverse("improvement:enter", kwargs={**names, "measure_pk": wait.measure.pk})
        return ONE.line(fields, title=wait.measure.title, path=path, when=wait.day)
    since = min(wait.day for wait in waits)
    fields = {
        "count": str(len(waits)),
        "measures": ", ".join(wait.measure.title for wait in waits),
        "date": dates.long_date(since, today=today),
        "team": team.name,
    }
    title = gettext("The measures of %(team)s") % fields
    path = reverse("improvement:measures", kwargs=names)
    return SEVERAL.line(fields, title=title, path=path, when=since)


def _key(team: int) -> str:
    """What the keys of a team's notices begin with."""
    return f"measuring:{team}:"
