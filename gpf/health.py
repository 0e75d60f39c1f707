"""What /healthz says: whether the database, Redis, the worker and beat are there.

Anyone may ask, so it tells states and nothing else: no versions, addresses or error texts. The answer is
kept for a second, so that asking often costs nothing.
"""

import threading
import time
from collections.abc import Callable
from typing import TypedDict

import redis
from django.db import DatabaseError, connections, transaction
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gpf import liveness
from gpf.declare import public

KEPT = 1.0  # seconds
TIMEOUT = 2  # seconds


class State(TypedDict, total=False):
    """One part of the product. `heard` is how many seconds ago it last spoke."""

    state: str
    heard: int


@public
@require_safe
@never_cache
@transaction.non_atomic_requests
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when all is well, else 503; the same words for the eye and the monitor."""
    parts = _states.get()
    well = all(part["state"] == "ok" for part in parts.values())
    return JsonResponse({"status": "ok" if well else "down", **parts}, status=200 if well else 503)


def states() -> dict[str, State]:
    """The state of each part, asked for now; takes a few seconds at most."""
    return {
        "database": _state(_database),
        "redis": _state(liveness.ping),
        "worker": _state(lambda: _heard("worker")),
        "beat": _state(lambda: _heard("beat")),
    }


def _state(ask: Callable[[], State | None]) -> State:
    try:
        return ask() or {"state": "ok"}
    except (DatabaseError, redis.RedisError, OSError):
        return {"state": "down"}


def _heard(role: str) -> State:
    seconds = liveness.heard(role)
    return {"state": "down"} if seconds is None else {"state": "ok", "heard": seconds}


def _database() -> None:
    """Ask over a connection of its own: the pool waits longer for a lost server than a monitor does."""
    connection = connections["default"].copy()
    connection.settings_dict["OPTIONS"] = {
        "connect_timeout": TIMEOUT,
        "options": f"-c statement_timeout={TIMEOUT * 1000}",
    }
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    finally:
        connection.close()


class Kept:
    """An answer asked for once and shared for a short while; one thread asks, the others wait for it."""

    def __init__(self, ask: Callable[[], dict[str, State]], seconds: float) -> None:
        self.ask, self.seconds = ask, seconds
        self.until, self.answer = 0.0, dict[str, State]()
        self.lock = threading.Lock()

    def get(self) -> dict[str, State]:
        with self.lock:
            if time.monotonic() >= self.until:
                self.answer = self.ask()
                self.until = time.monotonic() + self.seconds
            return self.answer


_states = Kept(states, KEPT)
