"""Sending the morning's mail: against Django's own sending of the same mails, and with two workers against one."""

import gc
import statistics
import time
from collections import defaultdict
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Any, Self

from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench import check, result
from bench.asking import TRANSACTION
from bench.due import fill, forget, let_be_due
from bench.mail_server import serving
from bench.working import send_shares
from notices import batches, runs
from notices.batches import Occasion, Ready
from notices.post import Answer, Post

NETWORKS, TEAMS = 20, 40
DIGESTS = NETWORKS * TEAMS
ROUNDS = 9


def run() -> dict[str, Any]:
    """Eight hundred people in twenty networks, each with one reminder."""
    fill(NETWORKS, TEAMS)
    let_be_due(NETWORKS)
    with serving() as port, override_settings(**send_through(port)), _Workers(port) as workers:
        mails = _mails()
        times, processor = _alternate(
            {
                "ours": _send,
                "Django": lambda: _send_by_django(mails),
                "one worker": lambda: workers.send(1),
                "two workers": lambda: workers.send(2),
            }
        )
        queries = _queries()
    kept = ("ours", "Django")  # the workers' own processes count for themselves
    return result(
        check("a digest, time against Django sending the same mail", _ratio(times, "ours", "Django"), 2.5),
        check("queries a digest", queries, 4),
        check("the mail by two workers, time against one", _ratio(times, "two workers", "one worker"), 1 / 1.7),
        a_second={name: round(DIGESTS / statistics.median(found)) for name, found in times.items()},
        processor_ms_a_digest={name: round(statistics.median(processor[name]) / DIGESTS * 1000, 2) for name in kept},
        commit_ms=round(_commit() * 1000, 2),
    )


def send_through(port: int) -> dict[str, Any]:
    """The settings of a product whose mail server listens on the port."""
    backend = "django.core.mail.backends.smtp.EmailBackend"
    return {"EMAIL_BACKEND": backend, "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": port}


# Measuring


Times = dict[str, list[float]]


def _alternate(contenders: dict[str, Callable[[], int]]) -> tuple[Times, Times]:
    """The seconds each took to send all the mail in every round but the first; finding what is due is not counted.

    And the seconds that this process had the processor meanwhile: the difference is waiting, for a busy machine too.
    """
    times: Times = defaultdict(list)
    processor: Times = defaultdict(list)
    for number in range(ROUNDS + 1):
        for name in list(contenders)[:: -1 if number % 2 else 1]:
            forget()
            runs.find_due(timezone.localdate())
            gc.collect()
            start, worked = time.perf_counter(), time.process_time()
            sent = contenders[name]()
            if number:
                times[name].append(time.perf_counter() - start)
                processor[name].append(time.process_time() - worked)
            if sent != DIGESTS:
                raise AssertionError(f"{name}: not {DIGESTS} sent, but {sent}")
    return times, processor


def _ratio(times: Times, ours: str, theirs: str) -> float:
    return statistics.median(a / b for a, b in zip(times[ours], times[theirs], strict=True))


def _queries() -> float:
    """How many queries all the mail takes, from seeing for whom there is something to the last answer, a digest."""
    forget()
    runs.find_due(timezone.localdate())
    with CaptureQueriesContext(connection) as captured:
        _send()
    asked = [query["sql"] for query in captured if not query["sql"].startswith(TRANSACTION)]
    return len(asked) / DIGESTS


def _commit() -> float:
    """The seconds until the disk has kept one commit, of which each of our mails needs one, and Django's none."""
    found = []
    with connection.cursor() as cursor:
        for _ in range(200):
            start = time.perf_counter()
            cursor.execute("SELECT pg_logical_emit_message(true, 'bench', '')")
            found.append(time.perf_counter() - start)
    return statistics.median(found)


# What is measured


def _send() -> int:
    """The morning's mail in one process."""
    occasion = Occasion(timezone.now())
    sent = 0
    with Post() as post:
        for share in runs.shares(occasion):
            sent += runs.send_share(share, occasion, post)[Answer.SENT]
    return sent


def _send_by_django(mails: list[dict[str, Any]]) -> int:
    """The same mails, which somebody has written, over one kept connection."""
    with get_connection() as kept:
        for mail in mails:
            letter = EmailMultiAlternatives(**{name: mail[name] for name in ("subject", "body", "to", "headers")})
            letter.attach_alternative(mail["html"], "text/html")
            kept.send_messages([letter])
    return len(mails)


def _mails() -> list[dict[str, Any]]:
    """What all the mail says."""
    forget()
    runs.find_due(timezone.localdate())
    occasion = Occasion(timezone.now())
    ready: list[Ready] = []
    for share in runs.shares(occasion):
        for networks, people in share:
            ready += batches.prepare(people, networks, occasion)
    return [_as_written(each.mail) for each in ready]


def _as_written(mail: Any) -> dict[str, Any]:
    ((html, _kind),) = mail.alternatives
    return {"subject": mail.subject, "body": mail.body, "to": mail.to, "headers": mail.extra_headers, "html": html}


class _Workers:
    """Two processes that send shares of the mail, as the workers do."""

    def __init__(self, port: int) -> None:
        context = get_context("spawn")
        self._lines: list[Connection] = []
        self._processes = []
        for _ in range(2):
            ours, theirs = context.Pipe()
            process = context.Process(target=send_shares, args=(theirs, send_through(port)), daemon=True)
            process.start()
            self._lines.append(ours)
            self._processes.append(process)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in self._processes:
            process.kill()
            process.join()

    def send(self, workers: int) -> int:
        """The morning's mail by so many workers, each of which takes a share when it has done with the last."""
        occasion = Occasion(timezone.now())
        shares = list(runs.shares(occasion))
        free, busy, sent = self._lines[:workers], 0, 0
        while shares or busy:
            while shares and free:
                free.pop().send((shares.pop(), occasion))
                busy += 1
            for line in wait(self._lines[:workers]):
                assert isinstance(line, Connection)
                sent += line.recv()
                free.append(line)
                busy -= 1
        return sent
