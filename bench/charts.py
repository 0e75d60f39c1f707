"""A chart's drawing: how long it takes and how large it is, at 36 points with everything on it."""

import random
from datetime import date, timedelta
from typing import Any

from bench import alternate, check

POINTS = 36
SEED = 2026
MOST_MILLISECONDS = 5.0
MOST_BYTES = 15_000


def run() -> dict[str, Any]:
    """A P chart with a limit for each point, two stretches, twelve marks, and a run chart, both on a page."""
    from django.utils import translation

    from improvement.charts.svg import Shape, draw

    pictures = {chart: _picture(chart) for chart in ("p", "run")}
    with translation.override("nb"):
        seconds = alternate(
            {name: lambda picture=picture: draw(picture) for name, picture in pictures.items()}
            | {"small": lambda: draw(pictures["p"], shape=Shape.SMALL)},
            rounds=51,
        )
        sizes = {name: len(draw(picture).encode()) for name, picture in pictures.items()}
    slowest = max(seconds.values()) * 1000
    return {
        "checks": [
            check("the slowest chart, in milliseconds", slowest, MOST_MILLISECONDS),
            check("the largest chart, in bytes", max(sizes.values()), MOST_BYTES),
        ],
        "milliseconds": {name: round(each * 1000, 3) for name, each in seconds.items()},
        "bytes": sizes,
    }


def _picture(chart: Any) -> Any:
    from improvement.charts.picture import Mark, Picture
    from improvement.spc import Options, analyse

    chance = random.Random(SEED)
    days = [date(2026, 1, 5) + timedelta(weeks=week) for week in range(POINTS)]
    n = [float(chance.randint(8, 15)) for _day in days]
    y = [float(chance.randint(3, int(each))) for each in n]
    options = Options(multiply=100, part=(18,), baselines=(12, 12), exclude=frozenset({7}))
    return Picture(
        title="Oppfølging av sykepleier innen tre dager",
        kind="share",
        unit="",
        direction="increase",
        rhythm="week",
        rules="anhoej",
        days=days,
        analysis=analyse(chart=chart, y=y, n=n, options=options),
        target=90.0,
        numerators=y,
        denominators=n,
        hidden=[False] * POINTS,
        excluded=[at == 6 for at in range(POINTS)],
        marks=[Mark(day, f"PDSA {number}: ny rute for besøk") for number, day in enumerate(days[::3])],
        settled=True,
    )
