"""The small multiples of a network: forty teams' charts on one page, against bare lines of the same numbers."""

import random
from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from statistics import median
from typing import Any

from django.http import HttpResponse
from django.template import engines
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from bench import analyse, check, fresh_database, ratios, result
from bench.asking import page_of, questions
from bench.filling import make_network
from gpf import tenancy
from improvement.models import LimitPeriod, Measure, Observation
from networks.models import Network
from teams.models import Team

TEAMS, FEW, POINTS = 40, 4, 36
KEY = "hph2-3-days"
SEED = 2026
MOST = 4.0  # measured 3.0 on a busy machine

SOURCE = """{% for chart in charts %}<li><h3>{{ chart.team }}</h3>
<svg viewBox="0 0 320 170" role="img"><title>{{ chart.title }}</title><path d="M0 {{ chart.median }}H320"/>
<polyline points="{{ chart.line }}"/>{% for x, y, words in chart.points %}<circle cx="{{ x }}" cy="{{ y }}" r="3">
<title>{{ words }}</title></circle>{% endfor %}</svg></li>{% endfor %}"""


def run() -> dict[str, Any]:
    with translation.override("nb"):
        few = questions(_page(*_filled(FEW)))
        fresh_database()
        network, coordinator = _filled(TEAMS)
        analyse()
        page, bare = _page(network, coordinator), _bare(network)
        many = questions(page)
        ratio, medians = ratios({"page": page, "bare": bare}, ours="page", theirs="bare", rounds=31)
    return result(
        check(f"small multiples of {TEAMS} teams as a page, time against bare lines", ratio, MOST),
        check("small multiples, queries", many, 16),
        check(f"small multiples, queries at {TEAMS} teams more than at {FEW}", many - few, 0),
        milliseconds=medians,
    )


def _filled(teams: int) -> tuple[Network, User]:
    """A network whose teams all share the same measure, with 36 weeks of numbers."""
    network, coordinator = make_network(teams, 4)
    chance = random.Random(SEED)
    monday = date.today() - timedelta(days=date.today().weekday())  # noqa: DTZ011  # any Monday does
    with tenancy.scope([network.pk]):
        for team in Team.objects.all():
            measure = Measure.objects.create(
                network=network, team=team, library_key=KEY, title="HPH2", rhythm="week", shared_at=timezone.now()
            )
            LimitPeriod.objects.create(network=network, measure=measure)
            Observation.objects.bulk_create(
                Observation(
                    network=network,
                    measure=measure,
                    on=monday - timedelta(weeks=week),
                    numerator=chance.randint(3, 8),
                    denominator=chance.randint(8, 12),
                )
                for week in range(1, POINTS + 1)
            )
    return network, coordinator


def _page(network: Network, coordinator: User) -> Callable[[], HttpResponse]:
    """The complete page, through everything a request goes through."""
    return page_of(coordinator, reverse("improvement:across_measure", args=[network.slug, KEY]))


def _bare(network: Network) -> Callable[[], HttpResponse]:
    """Two queries, a median, and a Django template that draws lines and points: no limits, no rules, no sentence."""
    template = engines["django"].from_string(SOURCE)

    def view() -> HttpResponse:
        with tenancy.scope([network.pk]):
            numbers: dict[int, list[Observation]] = defaultdict(list)
            for row in Observation.objects.order_by("measure", "on"):
                numbers[row.measure_id].append(row)
            measures = Measure.objects.select_related("team").order_by("team__sort_name")
            charts = [_chart(measure, numbers[measure.pk]) for measure in measures]
        return HttpResponse(template.render({"charts": charts}))

    return view


def _chart(measure: Measure, rows: list[Observation]) -> dict[str, Any]:
    shares = [100 * float(row.numerator or 0) / float(row.denominator or 1) for row in rows]
    points = [
        (8 * at, 170 - share, f"{row.on:%d.%m.%Y}: {share:.0f} %")
        for at, (row, share) in enumerate(zip(rows, shares, strict=True))
    ]
    line = " ".join(f"{x},{y:.1f}" for x, y, _words in points)
    middle = 170 - median(shares)
    return {"team": measure.team.name, "title": measure.title, "median": middle, "line": line, "points": points}
