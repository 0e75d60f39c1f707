"""`make demo` from start to end: up, killed, up again with its data, and down without a trace."""

import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest
from launch import front_end, setup
from launch.places import ROOT, Home

from gpf import local_services, processes

pytestmark = pytest.mark.slow

ACCOUNTS = ["nasjonal", "koordinator", "annen", "planlegger", "veileder", "teamleder", "medlem", "leder", "observator"]
LEFT_ALONE = ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "MAKELEVEL", "MAKEFLAGS", "GPF_SECRET_KEY")


class Demo:
    """`make demo` in a state folder and on a port of its own."""

    def __init__(self, home: Home) -> None:
        self.home = home
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.output = home.path / "output"

    def start(self) -> str:
        """Start it, wait until it says where it is, and return what it said."""
        kept = {name: value for name, value in os.environ.items() if name not in LEFT_ALONE}
        own = {"GPF_HOME": str(self.home.path), "PORT": str(self.port), "GPF_DEMO_PASSWORD": "et-langt-passord"}
        with self.output.open("wb") as output:
            self.make = subprocess.Popen(
                [shutil.which("make") or "make", "demo", f"PYTHON={sys.executable}"],
                cwd=ROOT,
                env={**kept, **own},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        deadline = time.monotonic() + 400
        while "Ctrl-C" not in (words := self.output.read_text()) or not words.endswith("\n\n"):
            assert self.make.poll() is None, words
            assert time.monotonic() < deadline, words
            time.sleep(0.2)
        return words

    def runner(self) -> psutil.Process:
        (process,) = psutil.Process(self.make.pid).children()
        return process

    def processes(self) -> list[str]:
        """The command lines of everything that runs from the state folder."""
        found = [processes.find(pid, str(self.home.path)) for pid in psutil.pids()]
        lines = []
        for process in found:
            with contextlib.suppress(psutil.Error):
                if process is not None:
                    lines.append(" ".join(process.cmdline()))
        return lines

    def gone(self, within: float) -> bool:
        deadline = time.monotonic() + within
        while self.processes() and time.monotonic() < deadline:
            time.sleep(0.2)
        return not self.processes()

    def get(self, path: str) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=20) as answer:
            text: str = answer.read().decode()
        return text

    def answers(self) -> None:
        """All parts are well, and the door is there."""
        assert json.loads(self.get("/healthz"))["status"] == "ok"
        assert "<form" in self.get("/konto/login/")

    def networks(self) -> int:
        folder = local_services.Postgres(self.home.path).socket_folder()
        with psycopg.connect(host=str(folder), user="gpf", dbname="gpf") as connection:
            (count,) = connection.execute("SELECT count(*) FROM networks_network").fetchone() or (0,)
        return int(count)


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    """A demo whose set-up is that of the tests."""
    (tmp_path / "venv").symlink_to(sys.prefix)
    home = Home(tmp_path)
    done = [setup.python_stamp(home, name) for name in ("test", "redis")]
    for stamp in (*done, setup.translations_stamp(home), front_end.stamp(home)):
        stamp.set()
    started = Demo(home)
    yield started
    with contextlib.suppress(ProcessLookupError, AttributeError):
        os.killpg(started.make.pid, signal.SIGKILL)
    for pid in psutil.pids():
        process = processes.find(pid, str(home.path / "venv"))
        if process is not None:
            processes.end(process, patience=2)
    local_services.stop(home.path)


def test_the_demo_starts_survives_being_killed_and_ends_without_a_trace(demo: Demo) -> None:
    words = demo.start()
    assert f"http://127.0.0.1:{demo.port}" in words
    for account in ACCOUNTS:
        assert re.search(rf"{account}@demo\.example.*et-langt-passord", words), account
    demo.answers()
    networks = demo.networks()
    assert networks > 19

    demo.runner().kill()
    demo.make.wait()
    began = time.monotonic()
    demo.start()
    assert time.monotonic() - began < 60
    demo.answers()
    assert demo.networks() == networks

    demo.make.kill()
    demo.make.wait()
    assert demo.gone(within=40), demo.processes()

    demo.start()
    demo.answers()
    os.killpg(demo.make.pid, signal.SIGINT)
    demo.make.wait(timeout=40)
    assert demo.gone(within=10), demo.processes()
