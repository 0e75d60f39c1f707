"""The engine: run charts of 36 points, and a control chart of each family, against numpy's bare median and mean."""

import random
import time
from typing import Any

import numpy

from bench import Contender, check, ratios
from improvement.spc import ChartKind, Options, analyse

SERIES = 10_000
POINTS = 36
SEED = 2026
# Measured 4.8 and 7.5 on a machine at work with other things.
MOST_RUN = 6.5
MOST_CONTROL = 10.0


def run() -> dict[str, Any]:
    """The same numbers for both, one series after the other, as pages ask for them."""
    chance = random.Random(SEED)
    lists = [[chance.gauss(50, 8) for _point in range(POINTS)] for _series in range(SERIES)]
    rows = list(numpy.array(lists))

    def bare() -> None:
        for row in rows:
            numpy.median(row) + numpy.mean(row)

    def charts(kind: ChartKind) -> None:
        for y in lists:
            analyse(chart=kind, y=y)

    contenders: dict[str, Contender] = {"numpy": bare, "run": lambda: charts("run"), "i": lambda: charts("i")}
    of_run, milliseconds = ratios(contenders, ours="run", theirs="numpy", rounds=7)
    of_control, _same = ratios(contenders, ours="i", theirs="numpy", rounds=7)
    return {
        "checks": [
            check("a run chart over numpy's median and mean", of_run, MOST_RUN),
            check("an I chart over numpy's median and mean", of_control, MOST_CONTROL),
        ],
        "series a second": {
            "run": round(SERIES / milliseconds["run"] * 1000),
            "i": round(SERIES / milliseconds["i"] * 1000),
            "xmr": _per_second(lists),
        },
        "milliseconds": milliseconds,
    }


def _per_second(lists: list[list[float]]) -> int:
    """XmR charts by all the rules of Making Data Count, for the record."""
    begin = time.perf_counter()
    for y in lists:
        analyse(chart="xmr", y=y, options=Options(direction="increase", target=60))
    return round(len(lists) / (time.perf_counter() - begin))
