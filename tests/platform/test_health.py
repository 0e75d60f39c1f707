"""What /healthz tells, and that it tells nothing more."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from django.db import connections
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from gpf import health, liveness

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Iterator[None]:
    """Nothing kept from an earlier answer, and nobody heard yet."""
    monkeypatch.setattr(health, "_states", health.Kept(health.states, 0))
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        client.delete("gpf:alive:worker", "gpf:alive:beat")
        yield


def test_all_is_well(client: Client) -> None:
    liveness.say("worker")
    liveness.say("beat")
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() | {"worker": {}, "beat": {}} == {
        "status": "ok",
        "database": {"state": "ok"},
        "redis": {"state": "ok"},
        "worker": {},
        "beat": {},
    }
    assert answer.json()["worker"] == {"state": "ok", "heard": answer.json()["worker"]["heard"]}
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("silent", ["worker", "beat"])
def test_a_silent_one_is_down(client: Client, silent: str) -> None:
    liveness.say("beat" if silent == "worker" else "worker")
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["status"] == "down"
    assert answer.json()[silent] == {"state": "down"}
    assert answer.json()["database"] == {"state": "ok"}


def test_a_lost_redis_is_down_and_so_is_who_spoke_through_it(client: Client, settings: Settings) -> None:
    settings.REDIS_URL = "redis://:a-password@127.0.0.1:1/0"
    answer = client.get("/healthz")
    assert answer.status_code == 503
    down = {"state": "down"}
    assert answer.json() == {
        "status": "down",
        "database": {"state": "ok"},
        "redis": down,
        "worker": down,
        "beat": down,
    }
    assert b"password" not in answer.content


def test_a_lost_database_is_down(client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    lost = connections["default"].copy()
    lost.settings_dict["HOST"] = str(tmp_path)
    monkeypatch.setattr(health, "connections", {"default": lost})
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["database"] == {"state": "down"}
    assert answer.json()["redis"] == {"state": "ok"}
    assert str(tmp_path).encode() not in answer.content


def test_only_reading_is_answered(client: Client) -> None:
    assert client.post("/healthz").status_code == 405
    assert client.head("/healthz").status_code == 503


def test_it_costs_the_request_no_query_and_asks_once_a_second(
    client: Client, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    asked: list[int] = []

    def states() -> dict[str, health.State]:
        asked.append(1)
        return {"database": {"state": "ok"}}

    monkeypatch.setattr(health, "_states", health.Kept(states, 60))
    with django_assert_num_queries(0):
        assert [client.get("/healthz").status_code for _ in range(3)] == [200, 200, 200]
    assert asked == [1]
