"""What the product promises about speed, measured.

    python -m bench            everything; exit code 1 when a bound is missed
    python -m bench matrix     one module

Every module listed in `bench.__main__` has a function `run() -> dict[str, Any]`. It finds an empty, migrated database,
fills it as it needs, and answers with `{"checks": [check(…), …], …}`; whatever else is in the dictionary (medians,
sizes) is kept in the written JSON. `fresh_database()` gives it another empty one.

Machines are noisy, so a promise is a ratio between two things measured in the same run, alternating; see `ratios`.
"""

import gc
import os
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypedDict

import psycopg
from django.core.management import call_command
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

DATABASE = "bench_gpf"

Contender = Callable[[], object]


class Check(TypedDict):
    """One promise: what was measured and the most it may be."""

    name: str
    value: float
    bound: float
    ok: bool


def check(name: str, value: float, bound: float) -> Check:
    """A promise that holds when the value is at most the bound."""
    return {"name": name, "value": round(value, 3), "bound": bound, "ok": value <= bound}


def alternate(contenders: dict[str, Contender], *, rounds: int = 21, warm: int = 3) -> dict[str, float]:
    """The median seconds of each contender over the rounds; see `_run_rounds`."""
    return {name: statistics.median(times) for name, times in _run_rounds(contenders, rounds, warm).items()}


def ratios(
    contenders: dict[str, Contender], *, ours: str, theirs: str, rounds: int = 101
) -> tuple[float, dict[str, float]]:
    """`ours` over `theirs`, and the medians of all in milliseconds.

    The ratio is the median of what each round gives: the two have run within a moment of each other there, in the
    same weather.
    """
    times = _run_rounds(contenders, rounds, warm=5)
    ratio = statistics.median(a / b for a, b in zip(times[ours], times[theirs], strict=True))
    return ratio, {name: round(statistics.median(found) * 1000, 3) for name, found in times.items()}


def _run_rounds(contenders: dict[str, Contender], rounds: int, warm: int) -> dict[str, list[float]]:
    """The seconds each contender took in every round.

    In every round each runs once, and the order turns round from one round to the next, so that a slow spell of the
    machine meets all of them. The first `warm` rounds are not counted. Rubbish is collected between the runs, not
    within them, as the servers do it.
    """
    times: dict[str, list[float]] = {name: [] for name in contenders}
    with _collector_resting():
        for number in range(warm + rounds):
            for name in _turned(list(contenders), number):
                gc.collect()
                seconds = _seconds(contenders[name])
                if number >= warm:
                    times[name].append(seconds)
    return times


def fresh_database() -> None:
    """Empty every table of the bench's own database; nothing else has this name."""
    assert connection.settings_dict["NAME"] == DATABASE
    call_command("flush", interactive=False, verbosity=0)


@contextmanager
def copy_database() -> Iterator[str]:
    """A copy of the bench's database as it is now, under the name that is given; it is dropped afterwards."""
    name = f"{DATABASE}_copy"
    connection.close()
    administer(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    administer(f"CREATE DATABASE {name} TEMPLATE {DATABASE}")
    try:
        yield name
    finally:
        administer(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def administer(statement: str) -> None:
    """Run a statement about the bench's databases from beside them: from the database of DATABASE_URL."""
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as beside:
        beside.execute(statement)


@contextmanager
def connected_to(database: str) -> Iterator[BaseDatabaseWrapper]:
    """A second connection, to another of the bench's databases; `using` makes it the product's."""
    wrapper = connections.create_connection("default")
    wrapper.settings_dict = {**wrapper.settings_dict, "NAME": database}
    try:
        with using(wrapper):
            analyse()
        yield wrapper
    finally:
        wrapper.close()


@contextmanager
def using(wrapper: BaseDatabaseWrapper) -> Iterator[None]:
    """The product's only connection is this one for the length of the block."""
    before = connections["default"]
    connections["default"] = wrapper
    try:
        yield
    finally:
        connections["default"] = before


def analyse() -> None:
    """Let PostgreSQL look at what was just filled in, as it does by itself in a database that lives."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def result(*checks: Check, **details: Any) -> dict[str, Any]:
    """What a `run()` answers."""
    return {"checks": list(checks), **details}


def _turned(names: list[str], number: int) -> list[str]:
    return names[::-1] if number % 2 else names


def _seconds(contender: Contender) -> float:
    start = time.perf_counter()
    contender()
    return time.perf_counter() - start


@contextmanager
def _collector_resting() -> Iterator[None]:
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()
