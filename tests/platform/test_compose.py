"""The containers' own commands and environment work, and say so; nothing secret is written in their file."""

import contextlib
import http.client
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
import redis
from psycopg import sql

from gpf import local_services
from tests.platform import compose

ROOT = compose.ROOT
HOST = "nettverk.example.no"
GIVEN = {
    "GPF_DATABASE_PASSWORD": "d4t4b4s3",
    "GPF_DATABASE_ADMIN_PASSWORD": "4dm1n",
    "GPF_SECRET_KEY": secrets.token_urlsafe(50),
    "GPF_ALLOWED_HOSTS": HOST,
    "GPF_BASE_URL": f"https://{HOST}",
    "GPF_MAIL_URL": "smtp://127.0.0.1:1",
    "GPF_MAIL_FROM": "Læringsnettverk <nettverk@example.no>",
}
PRODUCT = ("migrate", "web", "worker", "beat")


def test_every_long_running_service_is_watched() -> None:
    for name, service in compose.services(GIVEN).items():
        assert "healthcheck" in service, name
        assert service["healthcheck"].get("test") or name == "migrate", name


def test_every_secret_must_be_given() -> None:
    required = {name for name, default in compose.variables().items() if default is None}
    assert required == set(GIVEN)
    for name in required:
        with pytest.raises(KeyError, match=name):
            compose.services({**GIVEN, name: ""})


def test_the_database_keeps_the_product_in_an_ordinary_role() -> None:
    services = compose.services(GIVEN)
    assert services["database"]["image"].startswith("postgres:18")
    assert services["database"]["environment"]["POSTGRES_USER"] == "postgres"
    assert "./deploy/database:/docker-entrypoint-initdb.d:ro" in services["database"]["volumes"]
    for name in PRODUCT:
        assert services[name]["environment"]["DATABASE_URL"] == "postgresql://gpf:d4t4b4s3@database:5432/gpf"
        assert services[name]["environment"]["DJANGO_SETTINGS_MODULE"] == "gpf.settings.production"


def test_only_loopback_is_published_and_the_mail_catcher_is_asked_for() -> None:
    services = compose.services(GIVEN)
    published = [port for service in services.values() for port in service.get("ports", [])]
    assert published
    assert all(port.startswith("127.0.0.1:") for port in published)
    assert [name for name, service in services.items() if "profiles" in service] == ["mail"]


def test_the_image_runs_what_compose_runs() -> None:
    last = (ROOT / "Dockerfile").read_text().splitlines()[-1]
    assert json.loads(last.removeprefix("CMD ")) == compose.services(GIVEN)["web"]["command"]


class Stack:
    """The product's services from the compose file, as processes of this machine with its PostgreSQL and Redis."""

    def __init__(self, folder: Path, addresses: dict[str, str], port: int) -> None:
        self.folder, self.addresses, self.port = folder, addresses, port
        self.services = compose.services(GIVEN)
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.answer: dict[str, Any] = {}

    def environment(self, name: str) -> dict[str, str]:
        """The service's own environment; only addresses and places are this machine's."""
        own = {key: str(value) for key, value in self.services[name]["environment"].items()}
        places = {"GPF_HOME": str(self.folder), "GPF_STATIC_ROOT": str(self.folder / "static")}
        web = {"GPF_BIND": "127.0.0.1", "PORT": str(self.port)} if name == "web" else {}
        path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
        return {"PATH": path, "LANG": "C.UTF-8", **own, **self.addresses, **places, **web}

    def line(self, words: list[str]) -> list[str]:
        return [word.replace("/var/lib/gpf", str(self.folder)) for word in words]

    def run(self, name: str, words: list[str]) -> int:
        """Run one command in the service's environment; its exit status."""
        with (self.folder / f"{name}.log").open("ab") as log:
            return subprocess.run(
                self.line(words), cwd=ROOT, env=self.environment(name), stdout=log, stderr=log, timeout=120
            ).returncode

    def healthy(self, name: str) -> bool:
        """What the service's own health check says."""
        kind, *words = self.services[name]["healthcheck"]["test"]
        assert kind == "CMD"
        return self.run(name, words) == 0

    def start(self, name: str) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                self.line(self.services[name]["command"]),
                cwd=ROOT,
                env=self.environment(name),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self, name: str) -> None:
        child = self.running.pop(name)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        server = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        server.request("GET", path, headers={"Host": HOST, **headers})
        answer = server.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()

    def asked(self) -> int:
        """The status of /healthz; its words are in `answer`. (Each web process keeps its own for a second.)"""
        status, _, body = self.get("/healthz")
        self.answer = json.loads(body)
        return status

    def log(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text()[-4000:]


def soon(ask: Callable[[], bool], within: float) -> bool:
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError, ValueError):
            if ask():
                return True
        time.sleep(0.25)
    return False


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Addresses of a database and a Redis database of its own, and a free port; ends what was started."""
    home = ROOT / os.environ.get("GPF_HOME", ".local") / "test"
    name = f"compose_{os.getpid()}"
    postgres = local_services.Postgres(home, durable=False)
    address = postgres.ensure()
    queue = local_services.Redis(home).ensure().rpartition("/")[0] + "/14"
    addresses = {"DATABASE_URL": address.replace("@/gpf?", f"@/{name}?"), "REDIS_URL": queue}
    assert name in addresses["DATABASE_URL"]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    started = Stack(tmp_path_factory.mktemp("compose"), addresses, port)
    (started.folder / "beat").mkdir()
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield started
        finally:
            for each in list(started.running):
                started.kill(each)
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
            redis.Redis.from_url(queue).flushdb()


@pytest.mark.slow
def test_the_stack_starts_says_so_and_notices_a_killed_worker(stack: Stack) -> None:
    assert stack.run("migrate", stack.services["migrate"]["command"]) == 0, stack.log("migrate")
    assert stack.run("web", ["python", "manage.py", "collectstatic", "--no-input"]) == 0, stack.log("web")
    for name in ("web", "worker", "beat"):
        stack.start(name)
    started = soon(lambda: stack.asked() == 200, 60)
    assert started, "".join(map(stack.log, ("web", "worker", "beat")))
    assert stack.answer["status"] == "ok"
    assert [stack.healthy(name) for name in ("web", "worker", "beat")] == [True, True, True]

    status, headers, _ = stack.get("/konto/login/")
    assert (status, headers["Location"]) == (301, f"https://{HOST}/konto/login/")
    status, headers, page = stack.get("/konto/login/", **{"X-Forwarded-Proto": "https"})
    assert status == 200, stack.log("web")
    assert "unsafe-inline" not in headers["Content-Security-Policy"]
    assert headers["Set-Cookie"].startswith("__Host-csrf=")
    assert "Secure" in headers["Set-Cookie"]
    assert b"<form" in page

    stack.kill("worker")
    assert soon(lambda: stack.asked() == 503, 30)
    assert stack.answer["worker"] == {"state": "down"}
    assert stack.answer["beat"]["state"] == "ok"
    assert [stack.healthy(name) for name in ("web", "worker", "beat")] == [True, False, True]


@pytest.mark.slow
def test_the_database_image_makes_an_ordinary_role(tmp_path: Path) -> None:
    """The image's script runs once, as the image runs it, against an empty server."""
    postgres = local_services.Postgres(_home(tmp_path), durable=False)
    try:
        postgres.ensure()
        superuser = psycopg.connect(
            host=str(postgres.socket_folder()), user="postgres", dbname="postgres", autocommit=True
        )
        with superuser:
            superuser.execute("DROP DATABASE gpf")
            superuser.execute("DROP ROLE gpf")
        programs = Path(local_services.binary("psql")).parent
        ended = subprocess.run(
            ["sh", "deploy/database/10-product-role.sh"],
            cwd=ROOT,
            env={
                "PATH": f"{programs}:{os.environ['PATH']}",
                "PGHOST": str(postgres.socket_folder()),
                "POSTGRES_USER": "postgres",
                "GPF_DATABASE_PASSWORD": 'it\'s a "password"',
            },
            capture_output=True,
            text=True,
        )
        assert ended.returncode == 0, ended.stderr
        with psycopg.connect(host=str(postgres.socket_folder()), user="gpf", dbname="gpf") as connection:
            role = connection.execute(
                "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
            owner = connection.execute(
                "SELECT datdba = 'gpf'::regrole FROM pg_database WHERE datname = 'gpf'"
            ).fetchone()
        assert role == (False, False, False, False)
        assert owner == (True,)
    finally:
        postgres.stop()


def _home(tmp_path: Path) -> Path:
    for name in ("log", "run"):
        (tmp_path / name).mkdir()
    return tmp_path
