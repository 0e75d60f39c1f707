"""Worker and beat are heard while they live, and silence is noticed."""

import socket
import time
from collections.abc import Iterator

import pytest
import redis
from celery.apps.worker import Worker
from celery.worker.heartbeat import Heart
from pytest_django import Settings

from gpf import liveness
from gpf.celery import app


@pytest.fixture(autouse=True)
def silence(settings: Settings) -> Iterator[redis.Redis]:
    """Nothing has been heard yet."""
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        keys = list(client.scan_iter("gpf:alive:*"))
        if keys:
            client.delete(*keys)
        yield client


def test_nobody_is_heard_in_silence() -> None:
    assert liveness.heard("worker") is None
    assert liveness.heard("beat") is None


def test_one_who_speaks_is_heard_by_role_and_machine() -> None:
    liveness.say("worker")
    assert liveness.heard("worker") in (0, 1)
    assert liveness.heard("worker", socket.gethostname()) in (0, 1)
    assert liveness.heard("worker", "elsewhere") is None
    assert liveness.heard("beat") is None


def test_words_fade(silence: redis.Redis) -> None:
    liveness.say("beat")
    assert 0 < int(str(silence.ttl("gpf:alive:beat"))) <= liveness.TTL <= 30


def test_how_long_ago_is_told(silence: redis.Redis) -> None:
    silence.set("gpf:alive:beat", int(time.time()) - 7)
    assert liveness.heard("beat") in (7, 8)


def test_every_turn_of_beat_is_heard(tmp_path: object) -> None:
    scheduler = liveness.Scheduler(app, schedule_filename=f"{tmp_path}/schedule")
    try:
        wait = scheduler.tick()
    finally:
        scheduler.close()
    assert liveness.heard("beat") in (0, 1)
    assert wait <= liveness.Scheduler.max_interval < liveness.TTL


def test_celerys_heartbeat_is_heard() -> None:
    from celery import signals

    signals.heartbeat_sent.send(sender=Heart)
    assert liveness.heard("worker") in (0, 1)


def test_a_lost_redis_stops_nobody(settings: Settings) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    liveness.say("worker")
    with pytest.raises(redis.RedisError):
        liveness.heard("worker")


def test_a_containers_health_check() -> None:
    assert liveness.main(["worker"]) == 1
    liveness.say("worker")
    assert liveness.main(["worker"]) == 0
    assert liveness.main(["worker"], host=lambda: "elsewhere") == 1


def test_a_worker_is_told_to_refuse(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    from gpf import checks

    settings.DEBUG = True
    monkeypatch.setattr(checks, "LOCAL", ())
    monkeypatch.setattr(checks, "connections", {})
    monkeypatch.setattr(checks, "_let_go_of_connections", lambda: None)
    with pytest.raises(SystemExit, match=r"gpf\.E001"):
        app.Worker(pool="solo").on_before_init()
    assert issubclass(app.Worker, Worker)
