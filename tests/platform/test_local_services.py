"""The embedded PostgreSQL and Redis come up, are found again, and survive what happens to a machine."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest
import redis

from gpf import local_services, processes
from gpf.local_services import Postgres, Redis

pytestmark = pytest.mark.slow


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A state folder with a space and a letter of ours in its name, too long for a socket, and nothing set outside."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("REDIS_URL", raising=False)
    folder = tmp_path / "Læring i nettverk" / ("lang" * 20)
    yield folder
    local_services.stop(folder)
    assert running(folder) == []
    assert not Postgres(folder).socket_folder().exists()


def running(folder: Path) -> list[int]:
    """Servers of this folder that still run."""
    found = [process.pid for process in psutil.process_iter() if processes.find(process.pid, str(folder))]
    return [pid for pid in found if pid != os.getpid()]


def postmaster(home: Path) -> int:
    return int((home / "postgres" / "postmaster.pid").read_text().splitlines()[0])


def test_a_start_makes_an_ordinary_role_and_a_second_finds_it(home: Path) -> None:
    first = local_services.ensure(home, durable=False)
    pid = postmaster(home)
    assert local_services.ensure(home, durable=False) == first
    assert postmaster(home) == pid
    with psycopg.connect(first["DATABASE_URL"]) as connection:
        row = connection.execute(
            "SELECT current_user::text, rolsuper, rolbypassrls, rolcreatedb, upper('æøå'), current_database()::text,"
            " pg_encoding_to_char(encoding), current_setting('server_version_num')::int / 10000"
            " FROM pg_roles, pg_database WHERE rolname = current_user AND datname = current_database()"
        ).fetchone()
    assert row == ("gpf", False, False, True, "ÆØÅ", "gpf", "UTF8", 18)
    with redis.Redis.from_url(first["REDIS_URL"]) as client:
        assert client.ping()


def test_only_this_user_gets_in(home: Path) -> None:
    addresses = local_services.ensure(home, durable=False)
    assert Postgres(home).socket_folder().stat().st_mode & 0o077 == 0
    assert (home / "postgres").stat().st_mode & 0o077 == 0
    assert (home / "redis" / "url").stat().st_mode & 0o077 == 0
    without = "redis://" + addresses["REDIS_URL"].partition("@")[2]
    with redis.Redis.from_url(without) as stranger, pytest.raises(redis.AuthenticationError):
        stranger.ping()


def test_killed_servers_leave_nothing_in_the_way_and_lose_no_data(home: Path) -> None:
    address = local_services.ensure(home)["DATABASE_URL"]
    with psycopg.connect(address) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    os.kill(postmaster(home), signal.SIGKILL)
    os.kill(int((home / "redis" / "redis.pid").read_text()), signal.SIGKILL)
    address = local_services.ensure(home)["DATABASE_URL"]
    with psycopg.connect(address) as connection:
        assert connection.execute("SELECT number FROM kept").fetchone() == (7,)


def test_a_number_given_to_another_program_is_not_mistaken_for_the_server(home: Path) -> None:
    local_services.ensure(home, durable=False)
    os.kill(postmaster(home), signal.SIGKILL)
    os.kill(int((home / "redis" / "redis.pid").read_text()), signal.SIGKILL)
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]) as stranger:
        lock = home / "postgres" / "postmaster.pid"
        lines = lock.read_text().splitlines()
        lock.write_text("\n".join([str(stranger.pid), *lines[1:]]))
        (home / "redis" / "redis.pid").write_text(str(stranger.pid))
        local_services.ensure(home, durable=False)
        local_services.stop(home)
        assert stranger.poll() is None
        stranger.kill()


def test_a_start_killed_in_the_middle_is_begun_anew(home: Path) -> None:
    half = home / "postgres.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    assert local_services.ensure(home, durable=False)
    assert not half.exists()


def test_a_folder_with_something_else_in_it_is_left_alone(home: Path) -> None:
    theirs = home / "postgres" / "data"
    theirs.mkdir(parents=True)
    with pytest.raises(local_services.ServiceError, match="something else"):
        local_services.ensure(home, durable=False)
    assert theirs.exists()


def test_addresses_that_are_set_are_left_alone(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/gpf")
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere/0")
    assert local_services.ensure(home) == {
        "DATABASE_URL": "postgresql://elsewhere/gpf",
        "REDIS_URL": "redis://elsewhere/0",
    }
    assert not (home / "postgres").exists()


def test_a_foreign_locale_changes_nothing(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "xx_YY.nothing")
    monkeypatch.setenv("PGPORT", "9999")
    monkeypatch.setenv("PGHOST", "elsewhere.example")
    with psycopg.connect(local_services.ensure(home, durable=False)["DATABASE_URL"]) as connection:
        assert connection.execute("SHOW server_encoding").fetchone() == ("UTF8",)


def test_a_server_that_does_not_start_says_why(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local_services, "_redis_server", lambda: "/bin/false")
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/gpf")
    with pytest.raises(local_services.ServiceError, match=r"redis\.log"):
        local_services.ensure(home)


def test_the_command_line_gives_a_command_the_addresses(home: Path) -> None:
    line = [sys.executable, "-m", "gpf.local_services"]
    show = [sys.executable, "-c", "import os; print(os.environ['DATABASE_URL'], os.environ['REDIS_URL'])"]
    run = subprocess.run([*line, "run", str(home), *show], capture_output=True, text=True, check=True)
    started = subprocess.run([*line, "start", str(home)], capture_output=True, text=True, check=True)
    assert run.stdout.split() == [row.partition("=")[2] for row in started.stdout.splitlines()]
    subprocess.run([*line, "stop", str(home)], check=True)
    assert running(home) == []
    assert Redis(home).configuration.exists()
