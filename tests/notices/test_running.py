"""Two runs at once, the clock that starts them, and the real worker and beat."""

import os
import subprocess
import sys
import threading
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import redis
from django.conf import settings
from django.db import connection, connections
from django.utils import timezone

from gpf import tenancy
from gpf.celery import app
from gpf.liveness import Scheduler
from networks.models import Membership, Role
from notices import batches
from notices.models import Digest, Message, Notice
from notices.runs import run_daily
from teams.models import Team, TeamMember
from tests.cast import Place, make_cast
from tests.notices.conftest import Box, messages, morning, only_due, states

ROOT = Path(__file__).resolve().parents[2]
OSLO = ZoneInfo("Europe/Oslo")
SENT = Notice.State.SENT


def only_west_due(days: int) -> Place:
    """The cast, committed, where the other processes and threads see it too."""
    cast = make_cast()
    only_due(cast.east, 300)
    only_due(cast.west, days)
    return cast.west


def many_leaders(place: Place, number: int) -> None:
    """So many more teams, led in turn by the six people of the network."""
    people = list(place.people().values())
    with tenancy.scope([place.network.pk]):
        places = [
            Membership.objects.get_or_create(network=place.network, user=person, role=Role.TEAM_MEMBER)[0]
            for person in people
        ]
        for index in range(number):
            team = Team.objects.create(
                network=place.network, slug=f"t{index}", name=f"T{index}", participation=place.team.participation
            )
            TeamMember.objects.create(
                network=place.network,
                team=team,
                membership=places[index % len(places)],
                function=TeamMember.Function.LEADER,
            )


def at_once(number: int) -> list[BaseException]:
    """Run the day in so many threads that start together, each with a connection of its own. Returns what broke."""
    together = threading.Barrier(number)
    broken: list[BaseException] = []

    def run() -> None:
        try:
            together.wait(timeout=10)
            run_daily(at=morning())
        except BaseException as error:
            broken.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return broken


@pytest.mark.django_db(transaction=True)
def test_three_runs_at_once_send_each_person_one_mail(box: Box, caplog: pytest.LogCaptureFixture) -> None:
    west = only_west_due(3)
    many_leaders(west, 12)
    assert at_once(3) == []
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []
    assert sorted(letter.to[0] for letter in box) == sorted(person.email for person in west.people().values())
    assert len({letter.extra_headers["Message-ID"] for letter in box}) == len(box) == 6
    assert {state for (stage, _), state in states(west).items() if stage == "3"} == {SENT}
    assert {message.state for message in messages(west)} == {Message.State.SENT}


@pytest.mark.django_db(transaction=True)
def test_a_person_being_written_to_is_not_written_to_by_another(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both runs know of the person before either has claimed her."""
    west = only_west_due(14)
    both_know = threading.Barrier(2)
    prepare = batches.prepare

    def after_both_know(*arguments: Any) -> list[batches.Ready]:
        both_know.wait(timeout=10)
        return prepare(*arguments)

    monkeypatch.setattr(batches, "prepare", after_both_know)
    assert at_once(2) == []
    assert len(box) == 1
    assert Digest.objects.get().state == Digest.State.SENT
    assert states(west) == {("14", "team_leader"): SENT}


# The clock


def entry() -> dict[str, Any]:
    found: dict[str, Any] = settings.CELERY_BEAT_SCHEDULE["daily notices"]
    return found


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ("2026-11-22T16:00", "2026-11-23T07:00"),
        ("2026-11-23T07:00", "2026-11-23T08:00"),
        ("2026-03-28T16:00", "2026-03-29T07:00"),
        ("2026-10-24T16:00", "2026-10-25T07:00"),
    ],
    ids=["the next morning", "an hour later", "clocks go forward", "clocks go back"],
)
def test_the_mail_goes_at_seven_in_oslo(last: str, expected: str) -> None:
    def oslo(text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=OSLO)

    assert str(app.timezone) == "Europe/Oslo"
    schedule = entry()["schedule"]
    schedule.app = app
    start, length, _now = schedule.remaining_delta(oslo(last), tz=OSLO)
    assert (start + length).astimezone(OSLO) == oslo(expected)


def test_beat_names_a_task_that_is_there() -> None:
    app.loader.import_default_modules()
    assert entry()["task"] in app.tasks


def _environment(home: Path) -> dict[str, str]:
    """A local run against the test's own database; mail becomes files under `home`."""
    server, _, _ = os.environ["REDIS_URL"].rpartition("/")
    name = connection.settings_dict["NAME"]
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "gpf.settings.local",
        "DATABASE_URL": os.environ["DATABASE_URL"].replace("@/gpf?", f"@/{name}?"),
        "REDIS_URL": f"{server}/13",
        "GPF_HOME": str(home),
    }


def _beat_last_ran(schedule: Path, at: datetime) -> None:
    """Write the schedule file beat leaves when it is stopped."""
    scheduler = Scheduler(app, schedule_filename=str(schedule))
    for each in scheduler.schedule.values():
        each.last_run_at = at
    scheduler.close()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_beat_that_was_down_for_three_days_starts_the_worker_on_what_was_missed(tmp_path: Path) -> None:
    west = only_west_due(12)
    _beat_last_ran(tmp_path / "schedule", timezone.now() - timedelta(days=3))
    environment = _environment(tmp_path)
    celery = [sys.executable, "-m", "celery", "--app", "gpf"]
    commands = [
        [*celery, "worker", "--pool=solo", "--without-gossip", "--without-mingle"],
        [*celery, "beat", "--scheduler=gpf.liveness:Scheduler"],
    ]
    commands[1] += [f"--schedule={tmp_path}/schedule", f"--pidfile={tmp_path}/beat.pid"]
    with (tmp_path / "log").open("wb") as log:
        started = [subprocess.Popen(line, cwd=ROOT, env=environment, stdout=log, stderr=log) for line in commands]
        try:
            deadline = time.monotonic() + 60
            while time.monotonic() < deadline and not [m for m in messages(west) if m.state == Message.State.SENT]:
                time.sleep(0.2)
        finally:
            for process in started:
                process.terminate()
            for process in started:
                process.wait(timeout=20)
            redis.Redis.from_url(environment["REDIS_URL"]).flushdb()
    assert states(west) == {("14", "team_leader"): SENT}, (tmp_path / "log").read_text()
    (file,) = (tmp_path / "mail").iterdir()
    assert messages(west)[0].message_id in file.read_text()
