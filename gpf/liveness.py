"""Worker and beat say in Redis that they live, in words that fade: silence is how a killed process is seen.

    python -m gpf.liveness web|worker|beat      exit 0 if the one on this machine lives (for containers)

The worker speaks at Celery's own heartbeat, every other second; beat at every turn of its loop. Celery has no
other door for this than its lifecycle signals.
"""

import http.client
import json
import os
import socket
import sys
import time
from collections.abc import Callable
from typing import Any

import redis
from celery import signals
from celery.beat import PersistentScheduler
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

TTL = 20  # seconds of silence that count as death
TIMEOUT = 2  # seconds to wait for Redis


def say(role: str) -> None:
    """Note that the `role` on this machine lives now. A Redis that is away is no reason to stop working."""
    try:
        with _redis() as client, client.pipeline() as pipe:
            for key in (_key(role), _key(role, socket.gethostname())):
                pipe.set(key, int(time.time()), ex=TTL)
            pipe.execute()
    except redis.RedisError:
        return


def heard(role: str, host: str = "") -> int | None:
    """Seconds since the `role` (on `host`, if named) was last heard; None after TTL seconds of silence.

    Raises redis.RedisError when Redis does not answer.
    """
    with _redis() as client:
        last: Any = client.get(_key(role, host))
    return None if last is None else max(0, int(time.time()) - int(last))


def ping() -> None:
    """Raise redis.RedisError unless Redis answers."""
    with _redis() as client:
        client.ping()


def _key(role: str, host: str = "") -> str:
    return f"gpf:alive:{role}:{host}" if host else f"gpf:alive:{role}"


def _redis() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=TIMEOUT, socket_connect_timeout=TIMEOUT)


class Scheduler(PersistentScheduler):
    """Celery's own scheduler; it wakes often enough to be heard."""

    max_interval = 5

    def tick(self, *args: Any, **kwargs: Any) -> Any:
        say("beat")
        return super().tick(*args, **kwargs)


@signals.heartbeat_sent.connect(weak=False)
def _worker_lives(**kwargs: Any) -> None:
    say("worker")


@signals.celeryd_init.connect(weak=False)
@signals.beat_init.connect(weak=False)
def _refuse(**kwargs: Any) -> None:
    """Do not begin with a set-up that `gpf.checks` refuses. (Celery swallows every other exception here.)"""
    from gpf import checks

    try:
        checks.refuse()
    except ImproperlyConfigured as refusal:
        raise SystemExit(str(refusal)) from None


def web_lives() -> bool:
    """Whether this machine's web server answers, and has its database and Redis."""
    host = os.environ.get("GPF_ALLOWED_HOSTS", "localhost").split(",")[0]
    server = http.client.HTTPConnection("127.0.0.1", int(os.environ.get("PORT", "8000")), timeout=10)
    server.request("GET", "/healthz", headers={"Host": host})
    parts = json.loads(server.getresponse().read())
    return all(parts[name]["state"] == "ok" for name in ("database", "redis"))


def main(arguments: list[str], host: Callable[[], str] = socket.gethostname) -> int:
    """The command line described at the top."""
    (role,) = arguments
    try:
        return 0 if (web_lives() if role == "web" else heard(role, host()) is not None) else 1
    except (redis.RedisError, OSError, ValueError, KeyError, http.client.HTTPException) as error:
        print(type(error).__name__, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
