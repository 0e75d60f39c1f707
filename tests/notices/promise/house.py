"""A house of its own for the promise: PostgreSQL, Redis, a worker, two beats. Each can be killed and come back."""

import json
import os
import secrets
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from gpf import local_services
from gpf.local_services import DATABASE, ROLE, Postgres, Redis, binary

ROOT = Path(__file__).resolve().parents[3]
STALE = 6  # seconds after which a claim belongs to a dead sender; a live one needs two at most (EMAIL_TIMEOUT)
BEATS = 2


@dataclass
class House:
    """Everything under one folder. `schema` is SQL that makes the product's tables."""

    home: Path
    mail_port: int
    workers: list[int] = field(default_factory=list)
    beats: list[int] = field(default_factory=list)

    @property
    def worker(self) -> int:
        """The one that is at work; the others are dead."""
        return self.workers[-1]

    def build(self, schema: bytes) -> None:
        """Start the services and make the tables, while the nursery brings the product into its memory."""
        # Not by `local_services.ensure`: the addresses in the environment are those of the tests.
        for folder in ("log", "run"):
            (self.home / folder).mkdir()
        database = Postgres(self.home)
        addresses = {"DATABASE_URL": database._url(ROLE, DATABASE), "REDIS_URL": Redis(self.home).ensure()}
        environment = {
            **os.environ,
            **addresses,
            "GPF_HOME": str(self.home),
            "DJANGO_SETTINGS_MODULE": "tests.notices.promise.settings",
            "GPF_MAIL_URL": f"smtp://127.0.0.1:{self.mail_port}",
            "GPF_MAIL_FROM": "Læringsnettverk <nettverk@test.example>",
            "GPF_SECRET_KEY": secrets.token_urlsafe(50),
            "GPF_ALLOWED_HOSTS": "nettverk.test.example",
            "GPF_BASE_URL": "https://nettverk.test.example",
            "PROMISE_STALE_SECONDS": str(STALE),
        }
        with self.log("nursery").open("ab") as log:
            self._nursery = subprocess.Popen(
                [sys.executable, "-m", "tests.notices.promise.nursery"],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        tables = [binary("psql"), "--quiet", "--set=ON_ERROR_STOP=1", database.ensure()]
        subprocess.run(tables, input=schema, check=True, stdout=subprocess.DEVNULL)

    def log(self, name: str) -> Path:
        return self.home / "log" / f"{name}.log"

    def ask(self, name: str, *arguments: Any) -> Any:
        """What a function of `inside` returns. Raises RuntimeError where it fails, as it may while things are down."""
        answer = self._told(["ask", name, *arguments])
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer["answer"]

    def close(self) -> None:
        """End everything, and the services too."""
        for pid in [*self.workers, *self.beats]:
            kill_group(pid)
        if self._nursery.stdin is not None:
            self._nursery.stdin.close()
        self._nursery.wait(timeout=20)
        local_services.stop(self.home)

    def _told(self, request: list[Any]) -> Any:
        assert self._nursery.stdin is not None
        assert self._nursery.stdout is not None
        self._nursery.stdin.write(json.dumps(request) + "\n")
        self._nursery.stdin.flush()
        return json.loads(self._nursery.stdout.readline())

    # Bringing forth

    def start_worker(self) -> None:
        """As in real use, but for what is looked at before it begins, and chatter with other workers."""
        quickly = ["--without-gossip", "--without-mingle", "--loglevel=INFO"]
        line = ["--skip-checks", "--app=gpf", "worker", "--concurrency=2", *quickly]
        self.workers.append(self._celery("worker", *line))

    def start_beat(self, index: int) -> None:
        line = ["--app=gpf", "beat", "--scheduler=gpf.liveness:Scheduler", "--pidfile="]
        pid = self._celery("beat", *line, f"--schedule={self.home}/schedule{index}")
        self.beats[index : index + 1] = [pid]

    def start_redis(self) -> None:
        """At the address it had, as Redis under a service manager."""
        service = Redis(self.home)
        line = [local_services._redis_server(), str(service.configuration)]
        child = local_services._spawn(line, service.log)
        (service.folder / "redis.pid").write_text(str(child.pid))

    def start_database(self) -> None:
        Postgres(self.home).ensure()

    def _celery(self, log: str, *arguments: str) -> int:
        return int(self._told(["celery", str(self.log(log)), *arguments])["answer"])

    # Killing

    def senders(self) -> list[int]:
        """The processes of the worker that send."""
        with suppress(psutil.Error):
            return [child.pid for child in psutil.Process(self.worker).children()]
        return []

    def sender_at(self, port: int) -> int:
        """Which process sends from this port; 0 if it is gone already."""
        for process in psutil.process_iter():
            with suppress(psutil.Error, ProcessLookupError):
                is_ours = os.getsid(process.pid) in self.workers
                if is_ours and any(each.laddr and each.laddr.port == port for each in process.net_connections("tcp")):
                    return int(process.pid)
        return 0

    def kill_worker(self) -> list[int]:
        """The worker with all it has. Returns who died."""
        died = [self.worker, *self.senders()]
        kill_group(self.worker)
        return died

    def kill_workers_head(self) -> list[int]:
        """Only the process that hands out the work: those that send see it, and end."""
        died = [self.worker, *self.senders()]
        kill(self.worker)
        return died

    def kill_redis(self) -> list[int]:
        return kill(int((Redis(self.home).folder / "redis.pid").read_text()))

    def kill_database(self) -> list[int]:
        """The server with all its processes."""
        return kill(*self._database(), *self._backends())

    def kill_a_backend(self) -> list[int]:
        """One process of the server: it then starts all the others anew, after recovery."""
        return kill(*self._backends()[-1:])

    def wait_for_database(self) -> float:
        """When it answered again."""
        while not Postgres(self.home)._answers():
            time.sleep(0.02)
        return time.monotonic()

    def _database(self) -> list[int]:
        process = Postgres(self.home)._process()
        return [process.pid] if process else []

    def _backends(self) -> list[int]:
        with suppress(psutil.Error):
            return [child.pid for pid in self._database() for child in psutil.Process(pid).children()]
        return []


def kill(*pids: int) -> list[int]:
    """As SIGKILL does, without a word. Returns who died of it."""
    died = []
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
            died.append(pid)
    return died


def kill_group(pid: int) -> None:
    if pid:
        with suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)
