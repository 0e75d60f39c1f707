"""`make demo`: the whole product on this machine, with the real networks and a live one."""

import contextlib
import fcntl
import http.client
import json
import os
import secrets
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

from launch.children import Children
from launch.places import ROOT, Home
from launch.setup import set_up
from launch.steps import Stamp, StepError, command, make_was_killed, say, step

READY_WITHIN = 90.0  # seconds
GUNICORN = ["-m", "gunicorn", "--config", "gunicorn.conf.py", "gpf.wsgi"]
CELERY = ["-m", "celery", "--app", "gpf"]


def demo(home: Home) -> None:
    """Set up, start, print the way in, and stay until stopped."""
    port = int(os.environ.get("PORT") or "8000")
    with _only_one(home):
        children = Children(home)
        with step("Ending what an earlier start left") if list(home.run.glob("*.pid")) else contextlib.nullcontext():
            children.end_orphans()
        _require_free(port)
        environment = {**os.environ, **set_up(home), **_own(home, port)}
        try:
            environment |= services(home)
            prepare(home, environment)
            accounts = start(home, children, environment, port)
            say(f"\nLæringsnettverk is at http://127.0.0.1:{port} – stop it with Ctrl-C.\n\n{accounts}\n")
            _stay(children)
        finally:
            _stop(home, children)


def services(home: Home, folder: str = "") -> dict[str, str]:
    """Start PostgreSQL and Redis under the state folder (or a sub-folder); return their addresses."""
    with step("Starting PostgreSQL and Redis"):
        line = [home.python, "-m", "gpf.local_services", "start", home.path / folder]
        words = command(home, "services", line, "A service did not start: the log says why.")
    return dict(row.split("=", 1) for row in words.splitlines() if row.startswith(("DATABASE_URL=", "REDIS_URL=")))


def stop_services(home: Home, folder: str = "") -> None:
    if home.python.exists() and (home.path / folder / "run").is_dir():
        line = [home.python, "-m", "gpf.local_services", "stop", home.path / folder]
        command(home, "services-stop", line, "A service did not stop: the log says why.")


def prepare(home: Home, environment: dict[str, str]) -> None:
    """Bring database and static files up to the source."""
    advice = "The log says what went wrong. `make clean` starts over, and removes the data of this demo."
    for title, name in (
        ("Bringing the database up to date", "migrate"),
        ("Loading the networks of 2014–2023", "load_history"),
        ("Loading the live demo network", "load_demo"),
    ):
        with step(title):
            command(home, name, [home.python, "manage.py", name], advice, env=environment)
    files = sorted(file for file in (ROOT / "static").rglob("*") if file.is_file())
    state = [(str(file), file.stat().st_size, file.stat().st_mtime_ns) for file in files]
    stamp = Stamp(home, "static", [ROOT / "requirements" / "base.txt", *state])
    if not (stamp.fresh() and (home.path / "staticfiles" / "staticfiles.json").exists()):
        with step("Collecting static files"):
            line = [home.python, "manage.py", "collectstatic", "--no-input", "--clear"]
            command(home, "collectstatic", line, advice, env=environment)
            stamp.set()


def start(home: Home, children: Children, environment: dict[str, str], port: int) -> str:
    """Start web, worker and beat, wait until all is well, and return the lines about the demo accounts."""
    with step("Starting web, worker and beat"):
        schedule = ["--scheduler", "gpf.liveness.Scheduler", "--schedule", home.run / "beat-schedule"]
        children.start("web", [home.python, *GUNICORN], environment)
        children.start("worker", [home.python, *CELERY, "worker", "--loglevel=INFO", "--concurrency=2"], environment)
        children.start("beat", [home.python, *CELERY, "beat", "--loglevel=INFO", *schedule], environment)
        _wait_until_well(children, port)
    line = [home.python, "manage.py", "demo_accounts"]
    return command(home, "demo_accounts", line, "The demo accounts could not be listed.", env=environment).strip()


def _own(home: Home, port: int) -> dict[str, str]:
    """What every process of the demo is told. A key and a password are made once."""
    return {
        "DJANGO_SETTINGS_MODULE": "gpf.settings.local",
        "GPF_HOME": str(home.path),
        "PORT": str(port),
        "GPF_SECRET_KEY": os.environ.get("GPF_SECRET_KEY") or _kept(home.path / "secret_key", 50),
        "GPF_DEMO_PASSWORD": os.environ.get("GPF_DEMO_PASSWORD") or _kept(home.path / "demo_password", 12),
        "PYTHONUNBUFFERED": "1",
    }


def _kept(file: Path, length: int) -> str:
    """The secret in the file, made at the first need and readable by its owner only."""
    if not file.exists() or not file.read_text().strip():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(length))
    return file.read_text().strip()


@contextlib.contextmanager
def _only_one(home: Home) -> Iterator[None]:
    """One demo to a state folder. The kernel drops the lock of a killed one."""
    with (home.run / "demo.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StepError(f"A demo runs from {home.path} already. Stop it with Ctrl-C where it runs.") from None
        yield


def _require_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise StepError(
                f"Port {port} can not be used ({error.strerror}). Choose another:  PORT={port + 1} make demo"
            ) from None


def _wait_until_well(children: Children, port: int) -> None:
    deadline = time.monotonic() + READY_WITHIN
    health: dict[str, object] = {}
    while time.monotonic() < deadline:
        children.check()
        with contextlib.suppress(OSError, ValueError, http.client.HTTPException):
            health = _health(port)
            if health["status"] == "ok":
                return
        time.sleep(0.2)
    raise StepError(f"Not everything came up within {READY_WITHIN:.0f} seconds: {health}.", children.log("web"))


def _health(port: int) -> dict[str, object]:
    server = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    server.request("GET", "/healthz")
    answer = json.loads(server.getresponse().read())
    if not isinstance(answer, dict) or "status" not in answer:
        raise ValueError(answer)
    return answer


def _stay(children: Children) -> None:
    """Watch until stopped."""
    while not make_was_killed():
        children.check()
        time.sleep(1)


def _stop(home: Home, children: Children) -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    say("• Stopping …")
    children.stop()
    stop_services(home)
