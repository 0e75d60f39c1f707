"""What a team's page says of its improvement work: the next step and why, the phases, the newest chart, the others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from gpf.timeline import Timeline
from improvement.access import shows_work
from improvement.charts.svg import Shape, draw
from improvement.charts.words import sentence
from improvement.goals.chain import Chain
from improvement.goals.queries import read_chain
from improvement.measures.analysing import pictures_of
from improvement.measures.due import read_due
from improvement.measures.models import Measure, Observation
from improvement.method.queries import Wheel, read_wheel
from networks.access import NetworkRequest
from networks.models import Network
from overview.next_steps import NextStep, next_steps
from overview.work import Work
from posters.access import visible_editions
from sessions.cycle import read_cycle
from sessions.sharing import shared_deliveries
from teams.models import Team

SHOWN = 5


@dataclass(frozen=True)
class NewestChart:
    """The measure that got a number last, its chart and what it says."""

    measure: Measure
    chart: SafeString
    sentence: str


@dataclass(frozen=True)
class SharedThing:
    """Something another team shows: what, where, since when."""

    words: str
    address: str
    at: datetime


@dataclass(frozen=True)
class TeamWork:
    """A team's work as its own page shows it."""

    steps: list[NextStep]
    chain: Chain
    wheel: Wheel
    cycle: Timeline | None
    newest: NewestChart | None
    others: list[SharedThing]


def read_team_work(request: NetworkRequest, team: Team, work: Work, *, own: bool, today: date) -> TeamWork:
    """All of it; as many queries for much work as for little. Needs the network's scope."""
    chain = read_chain(team)
    return TeamWork(
        steps=next_steps(
            team=team, network=request.network, work=work, chain=chain, missing=read_due(team, today), today=today
        )
        if own
        else [],
        chain=chain,
        wheel=read_wheel(team),
        cycle=read_cycle(request.network, today=today),
        newest=newest_chart(team, own=own),
        others=_others(request, team) if own else [],
    )


def newest_chart(team: Team, *, own: bool) -> NewestChart | None:
    """The chart of the measure whose number was typed in last; None where there is none. Needs the network's scope."""
    return newest_charts([team], own=own).get(team.pk)


def newest_charts(teams: Sequence[Team], *, own: bool) -> dict[int, NewestChart]:
    """The newest chart of each team that has one, by its primary key; as many queries for three teams as for one."""
    last = (
        Observation.objects.filter(measure__team__in=teams, measure__put_away_at=None)
        .order_by("measure__team", "-entered_at", "-pk")
        .distinct("measure__team")
    )
    measures = list(Measure.objects.filter(pk__in=last.values("measure")).select_related("team"))
    pictures = pictures_of(measures, own=own)
    return {
        each.team_id: NewestChart(each, draw(pictures[each.pk], shape=Shape.SMALL), sentence(pictures[each.pk]))
        for each in measures
    }


def _others(request: NetworkRequest, team: Team) -> list[SharedThing]:
    """What the other teams have shared, the newest first: posters, work that is handed in, measures."""
    found = [*_posters(request, team), *_deliveries(request, team), *_measures(request, team)]
    return sorted(found, key=lambda each: each.at, reverse=True)[:SHOWN]


def _posters(request: NetworkRequest, team: Team) -> list[SharedThing]:
    editions = visible_editions(request).exclude(poster__team=team)
    return [
        SharedThing(
            _("%(team)s: the poster for %(gathering)s")
            % {"team": edition.poster.team, "gathering": edition.poster.gathering},
            reverse(
                "posters:poster", args=[request.network.slug, edition.poster.team.slug, edition.poster.gathering.number]
            ),
            edition.version.delivered_at or edition.made_at,
        )
        for edition in editions
        if edition.version is not None
    ]


def _deliveries(request: NetworkRequest, team: Team) -> list[SharedThing]:
    deliveries = shared_deliveries(request).exclude(team=team).order_by("-delivered_at")[:SHOWN]
    return [
        SharedThing(
            _("%(team)s: %(work)s") % {"team": delivery.team, "work": delivery.assignment.title},
            reverse("gatherings:shared", args=[request.network.slug, delivery.team.slug, delivery.assignment_id]),
            delivery.shared_at or delivery.delivered_at or _long_ago(),
        )
        for delivery in deliveries
    ]


def _measures(request: NetworkRequest, team: Team) -> list[SharedThing]:
    if not shows_work(request):
        return []
    shared = Measure.objects.exclude(team=team).filter(shared_at__isnull=False, observations__isnull=False)
    newest = shared.select_related("team").distinct().order_by("-shared_at")[:SHOWN]
    return [
        SharedThing(
            _("%(team)s measures: %(measure)s") % {"team": measure.team, "measure": measure.title},
            _measure_address(request.network, measure),
            measure.shared_at or _long_ago(),
        )
        for measure in newest
    ]


def _measure_address(network: Network, measure: Measure) -> str:
    return reverse("improvement:shared_measure", args=[network.slug, measure.pk])


def _long_ago() -> datetime:
    return timezone.make_aware(datetime.combine(date(2000, 1, 1), time()))
