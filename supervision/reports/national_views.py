"""Networks side by side, for national coordinators: no team by name, and every figure says how it is counted."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gpf import tenancy
from improvement.method.phases import PHASES, Phase
from networks.access import national_view
from networks.models import Network, Participation
from supervision.reports.reading import Standing, read_standings
from teams.models import Team

AT_WORK = (Network.Phase.RUNNING, Network.Phase.FOLLOW_UP)
SEEN_WITHIN = timedelta(days=30)
MEASURED_WITHIN = timedelta(days=60)


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    count: int
    of: int

    @property
    def percent(self) -> int | None:
        """Rounded to whole percent; None where there is nothing to count."""
        return round(100 * self.count / self.of) if self.of else None


@dataclass(frozen=True)
class Figures:
    """What is counted in one network, or in all of them together."""

    organisations: int
    teams: int
    seen: Share
    in_time: Share
    measuring: Share
    posters: Share
    by_phase: Sequence[tuple[Phase, int]]


@dataclass(frozen=True)
class Line:
    """A network and its figures."""

    network: Network
    figures: Figures


@require_safe
@national_view
def national(request: HttpRequest) -> HttpResponse:
    """The networks at work, by name; completed and planned ones where she asks for them."""
    everything = request.GET.get("alle") == "1"
    networks = list(_networks(everything))
    today = timezone.localdate()
    with tenancy.scope([network.pk for network in networks]):
        standings = read_standings(_teams(today), today)
        organisations = _organisations(today)
    by_network: dict[int, list[Standing]] = defaultdict(list)
    for each in standings:
        by_network[each.team.network_id].append(each)
    lines = [_line(network, by_network[network.pk], organisations.get(network.pk, 0), today) for network in networks]
    at_work = [network.pk for network in networks if network.phase in AT_WORK]
    context = {
        "lines": lines,
        "total": _figures(
            [each for network in at_work for each in by_network[network]],
            sum(organisations.get(network, 0) for network in at_work),
            today,
        ),
        "is_summed": len(at_work) > 1,
        "phases": PHASES,
        "everything": everything,
    }
    return render(request, "supervision/reports/national.html", context)


def _networks(everything: bool) -> QuerySet[Network]:
    found = Network.objects.select_related("programme").order_by("sort_name", "-from_year", "pk")
    return found if everything else found.filter(phase__in=AT_WORK)


def _line(network: Network, standings: Sequence[Standing], organisations: int, today: date) -> Line:
    """Of a network that is not at work nobody asks who was seen or measured lately."""
    figures = _figures(standings, organisations, today)
    if network.phase not in AT_WORK:
        figures = replace(figures, seen=Share(0, 0), measuring=Share(0, 0))
    return Line(network, figures)


def _teams(today: date) -> QuerySet[Team]:
    return Team.objects.taking_part(today).select_related("participation__organisation").order_by("pk")


def _organisations(today: date) -> dict[int, int]:
    """By network, the organisations that take part."""
    found: dict[int, int] = defaultdict(int)
    for each in Participation.objects.only("network_id", "withdrawn", "withdrawn_on"):
        found[each.network_id] += not each.has_withdrawn(today)
    return found


def _figures(standings: Sequence[Standing], organisations: int, today: date) -> Figures:
    due = [handed for each in standings for handed in each.due]
    posters = [handed for each in standings for handed in each.posters]
    teams = len(standings)
    return Figures(
        organisations=organisations,
        teams=teams,
        seen=Share(sum(_within(each.seen, SEEN_WITHIN, today) for each in standings), teams),
        in_time=Share(sum(handed.is_in_time for handed in due), len(due)),
        measuring=Share(sum(_within(each.measuring.newest, MEASURED_WITHIN, today) for each in standings), teams),
        posters=Share(sum(handed.first_on is not None for handed in posters), len(posters)),
        by_phase=[(phase, sum(each.phase == phase for each in standings)) for phase in PHASES],
    )


def _within(day: date | None, span: timedelta, today: date) -> bool:
    return day is not None and today - day <= span
