"""Measures whose newest numbers say that something has changed."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import timedelta
from functools import partial

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from improvement.charts.picture import ENOUGH, Picture
from improvement.charts.words import sentence
from improvement.measures.analysing import Rows, picture_of
from improvement.measures.models import LimitPeriod, Measure, Observation
from networks.models import Network
from supervision.queue.rows import Kind, Row, Said, waited
from teams.models import Team

COLUMNS = ("measure_id", "on", "numerator", "denominator", "value", "note", "excluded", "excluded_reason")

NEWS = timedelta(days=45)
"""What was typed in before that is no news to the supervisor."""


def signals(teams: Mapping[int, Team], networks: Mapping[int, Network]) -> Iterator[Row]:
    """The measures that got a number lately and whose newest point, or newest run, tells of a change. Three queries.

    As a supervisor sees them: without the numbers that too few people are behind.
    """
    for measure, picture in _pictures(teams):
        if not _signals(picture):
            continue
        team, network = teams[measure.team_id], networks[measure.network_id]
        since = measure.entered  # type: ignore[attr-defined]  # asked along
        say = partial(_told, measure, picture, network)
        yield Row(Kind.SIGNAL, str(measure.pk), team, network, since, say)


def _told(measure: Measure, picture: Picture, network: Network) -> Said:
    team = measure.team
    words = {"team": team.name, "measure": measure.title}
    return Said(
        sentence=_("%(team)s: the numbers stand out in “%(measure)s”") % words,
        address=reverse("improvement:measure", args=[network.slug, team.slug, measure.pk]),
        how_long=waited(measure.entered),  # type: ignore[attr-defined]  # asked along
        note=sentence(picture),
    )


def _pictures(teams: Mapping[int, Team]) -> Iterator[tuple[Measure, Picture]]:
    """The fresh measures with their pictures; what stands on a chart beside its numbers is not read."""
    kept = Measure.objects.filter(team__in=teams, ended_on=None).annotate(entered=Max("observations__entered_at"))
    fresh = list(kept.filter(entered__gte=timezone.now() - NEWS).order_by("pk"))
    rows: dict[int, Rows] = defaultdict(Rows)
    numbers = Observation.objects.filter(measure__in=fresh).order_by("on")
    for number in numbers.values_list(*COLUMNS, named=True):  # whole rows take much longer
        rows[number.measure_id].observations.append(number)
    for period in LimitPeriod.objects.filter(measure__in=fresh).order_by("starts_on"):
        rows[period.measure_id].periods.append(period)
    for measure in fresh:
        measure.team = teams[measure.team_id]
        yield measure, picture_of(measure, rows[measure.pk], own=False)


def _signals(picture: Picture) -> bool:
    """Below ten numbers the rules say nothing for sure, and neither does the queue."""
    last = picture.last
    if last is None or len(picture.present) < ENOUGH or picture.is_excluded(last):
        return False
    return picture.signals(last) or picture.line_signals(len(picture.analysis.phases))
