"""What a leader reads of the teams she has committed: where they are, what has changed for the users, what they need.

Charts are those anybody outside the team may see: numbers with few people behind them are left out of them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from statistics import median
from typing import Any

from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from gpf import dates
from improvement.charts.ground import Shape
from improvement.charts.numbers import with_unit
from improvement.charts.picture import ENOUGH, Picture
from improvement.charts.svg import draw
from improvement.charts.words import sentence
from improvement.measures.analysing import pictures_of
from improvement.measures.models import Measure
from networks.models import Participation
from sessions.models import Gathering
from supervision.models import Agreement
from supervision.reports.reading import Standing, read_standings
from supervision.reports.scores import Newest, newest_scores, own_next_steps
from supervision.reports.wording import QUIET_WEEKS, handed_in_words, phase_words
from teams.models import Team, TeamMember

SHOWN = 2  # charts a team: the page is one sheet
UNMEASURED_WEEKS = 8
FEW = 6  # numbers that "at first" and "lately" stand for, at most


@dataclass(frozen=True)
class Changed:
    """What one measure says."""

    title: str
    then_and_now: str
    sentence: str
    chart: str


@dataclass(frozen=True)
class TeamPart:
    """One team, in words."""

    name: str
    slug: str
    where: Sequence[str]
    changed: Sequence[Changed]
    needs: Sequence[str]


@dataclass(frozen=True)
class Page:
    """The whole page. `period` is as "first half of 2026"."""

    organisation: str
    network: str
    period: str
    next_gathering: str
    teams: Sequence[TeamPart]


def period_key(day: date) -> str:
    """The half-year of a day: "2026-2"."""
    return f"{day.year}-{1 if day.month <= 6 else 2}"


def period_words(key: str) -> str:
    """As "second half of 2026"."""
    year, _dash, half = key.partition("-")
    return (_("first half of %(year)s") if half == "1" else _("second half of %(year)s")) % {"year": year}


def read_page(participation: Participation, leaders: Iterable[User], today: date) -> Page:
    """The page of an organisation's teams, in the active language. A fixed number of queries."""
    teams = list(
        Team.objects.taking_part(today)
        .filter(participation=participation)
        .select_related("participation__organisation")
        .order_by("sort_name", "pk")
    )
    standings = read_standings(teams, today)
    scores = newest_scores(teams, today)
    changed = _changed(teams)
    needs = _Needs(teams, leaders, today)
    return Page(
        organisation=str(participation.organisation),
        network=participation.network.name,
        period=period_words(period_key(today)),
        next_gathering=_next_gathering(participation.network_id, today),
        teams=[
            TeamPart(
                name=each.team.name,
                slug=each.team.slug,
                where=_where(each, scores.get(each.team.pk, Newest())),
                changed=changed.get(each.team.pk, ()),
                needs=needs.of(each),
            )
            for each in standings
        ],
    )


def _where(standing: Standing, scores: Newest) -> list[str]:
    found = [_("Phase: %(phase)s.") % {"phase": phase_words(standing)}]
    if standing.due:
        found.append(_("Handed in: %(handed_in)s.") % {"handed_in": handed_in_words(standing)})
    found += _levels(scores)
    if standing.met:
        found.append(_("Last guidance meeting: %(day)s.") % {"day": dates.short_date(standing.met)})
    return found


def _levels(scores: Newest) -> list[str]:
    """In a sentence that says what the numbers mean: she has not the scale at hand."""
    team, supervisor = (f"{each.number} ({each.name})" if each else "" for each in (scores.team, scores.supervisor))
    words = {"team": team, "supervisor": supervisor}
    if team and supervisor:
        said = _("On the scale from 0.5 to 5.0 the team sees itself at %(team)s, and its supervisor at %(supervisor)s.")
    elif team:
        said = _("On the scale from 0.5 to 5.0 the team sees itself at %(team)s.")
    else:
        said = _("On the scale from 0.5 to 5.0 the supervisor sees the team at %(supervisor)s.")
    return [said % words] if team or supervisor else []


def _changed(teams: Sequence[Team]) -> dict[int, list[Changed]]:
    """By team, its first measures with numbers. Five queries."""
    measures = list(
        Measure.objects.filter(team__in=teams, ended_on=None).select_related("team").order_by("position", "pk")
    )
    pictures = pictures_of(measures, own=False)
    found: dict[int, list[Changed]] = defaultdict(list)
    for measure in measures:
        picture = pictures[measure.pk]
        if picture.present and len(found[measure.team_id]) < SHOWN:
            drawn = draw(picture, shape=Shape.SMALL)
            found[measure.team_id].append(Changed(measure.title, then_and_now(picture), sentence(picture), str(drawn)))
    return found


def then_and_now(picture: Picture) -> str:
    """Where the numbers are, with the aim; where they were, too, when the rules say that something has changed.

    With few numbers the newest alone. "At first" and "lately" are the medians of the first and of the newest few.
    """
    told_of = (at for at in picture.present if not picture.is_excluded(at))
    numbers = [value for at in told_of if (value := picture.values[at]) is not None]
    centre = picture.analysis.cl[-1] if picture.analysis.cl else None
    if not numbers:
        return ""
    if len(numbers) < ENOUGH or centre is None:
        told = _("Newest: %(now)s.") % {"now": with_unit(picture, numbers[-1])}
    elif _has_changed(picture):
        few = min(FEW, len(numbers) // 2)
        then, now = (with_unit(picture, median(part)) for part in (numbers[:few], numbers[-few:]))
        told = _("At first about %(then)s, lately about %(now)s.") % {"then": then, "now": now}
    else:
        told = _("Varies about %(centre)s.") % {"centre": with_unit(picture, centre)}
    aim = _("The aim is %(aim)s.") % {"aim": with_unit(picture, picture.target)} if picture.target is not None else ""
    return f"{told} {aim}".strip()


def _has_changed(picture: Picture) -> bool:
    phases, perla = picture.analysis.phases, picture.analysis.perla
    newest = picture.last is not None and picture.analysis.special is not None and picture.signals(picture.last)
    return len(phases) > 1 or picture.line_signals(len(phases)) or newest or (perla is not None and bool(perla.shifts))


def _next_gathering(network: int, today: date) -> str:
    coming = (
        Gathering.objects.filter(network=network, starts_on__gte=today)
        .exclude(state=Gathering.State.CANCELLED)
        .order_by("starts_on")
        .first()
    )
    if coming is None or coming.starts_on is None:
        return ""
    words = {"gathering": capfirst(str(coming)), "when": dates.date_range(coming.starts_on, coming.ends_on)}
    return _("%(gathering)s is %(when)s.") % words


class _Needs:
    """What teams need from their leader, from what is known of them. Three queries."""

    def __init__(self, teams: Sequence[Team], leaders: Iterable[User], today: date) -> None:
        here = Q(left_on=None) | Q(left_on__gt=today)
        led = TeamMember.objects.filter(here, team__in=teams, function=TeamMember.Function.LEADER)
        self.led = set(led.values_list("team_id", flat=True))
        self.agreed: dict[int, list[Agreement]] = defaultdict(list)
        for each in Agreement.objects.filter(team__in=teams, responsible__in=list(leaders), done_at=None):
            self.agreed[each.team_id].append(each)
        self.next_steps = own_next_steps(teams, today)
        self.today = today

    def of(self, standing: Standing) -> list[str]:
        """In sentences, what was agreed first."""
        team = standing.team
        found = [self._agreed(each) for each in self.agreed[team.pk]]
        if team.pk in self.next_steps:
            found.append(_("The team's next step: %(step)s") % {"step": self.next_steps[team.pk]})
        if team.pk not in self.led:
            found.append(_("Nobody leads the team now. Name one, and tell the coordinator."))
        found += [*self._late(standing), *self._silent(standing), *self._unmeasured(standing)]
        return found

    def _agreed(self, agreement: Agreement) -> str:
        if agreement.due is None:
            return _("Agreed with you: %(what)s") % {"what": agreement.text}
        words = {"what": agreement.text, "day": dates.short_date(agreement.due, today=self.today)}
        return _("Agreed with you, by %(day)s: %(what)s") % words

    def _late(self, standing: Standing) -> list[str]:
        late = standing.late
        if not late:
            return []
        words = {"count": len(late), "title": late[0].assignment.title}
        return [
            ngettext(
                "“%(title)s” is late. Ask whether the team gets the time it needs.",
                "%(count)s things are late, the first is “%(title)s”. Ask whether the team gets the time it needs.",
                len(late),
            )
            % words
        ]

    def _silent(self, standing: Standing) -> list[str]:
        weeks = standing.weeks_unseen
        if weeks is None:
            return [_("Nobody in the team has signed in yet. Ask how it goes.")]
        if weeks < QUIET_WEEKS:
            return []
        return [_("Nobody has heard from the team for %(weeks)s weeks. Ask how it goes.") % {"weeks": weeks}]

    def _unmeasured(self, standing: Standing) -> list[str]:
        if not standing.measuring.count:
            return [_("The team measures nothing yet. Can it get the numbers it needs from your systems?")]
        weeks = standing.weeks_unmeasured
        if weeks is not None and weeks < UNMEASURED_WEEKS:
            return []
        return [_("There is no new number for a while. Can the team get what it needs from your systems?")]


def as_content(page: Page, words: str) -> dict[str, Any]:
    """The page as plain values, with what its sender adds."""
    return {**asdict(page), "words": words}


def from_content(content: Mapping[str, Any]) -> Page:
    """The page of plain values."""
    teams = [
        TeamPart(**{**team, "changed": [Changed(**each) for each in team["changed"]]}) for team in content["teams"]
    ]
    return Page(**{**{name: content[name] for name in Page.__dataclass_fields__}, "teams": teams})
