"""A book of forty posters made by two workers, against the same number of posters made one after another in one; and
the same book asked for again.

The workers are processes that run the product's own task; the book is moved on as each comes back, as it is by the
queue, and its time is from asking to the bound file.
"""

import time
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from multiprocessing import get_context
from tempfile import TemporaryFile
from typing import Any

from django.db.models.fields.json import KT

from accounts.models import User
from bench import check, result
from bench.filling import make_network
from bench.working import begin_work, make_file
from gpf import tenancy
from networks.models import Network
from posters.books.binding import bind
from posters.books.models import Book
from posters.books.queries import Stand, part_of
from posters.books.services import finish_book, move_on, request_book
from posters.models import Edition, Poster
from posters.services import make_edition, request_files
from sessions.models import Gathering
from teams.models import Team
from tests.posters.samples import TEXTS

POSTERS, WORKERS, LANGUAGE = 40, 2, "nb"


def run() -> dict[str, Any]:
    network, coordinator = make_network(POSTERS, 20)
    singly, together = _write(network, 2), _write(network, 3)
    make_file(network.pk, _ask(network, singly.pop()))  # the first finds a cold process
    with ProcessPoolExecutor(WORKERS, get_context("spawn"), begin_work) as pool:
        for made in [pool.submit(make_file, network.pk, _ask(network, singly.pop())) for _worker in range(WORKERS)]:
            made.result()
        half = len(singly) // 2  # some before and some after, so that a slow spell of the machine meets both
        singles = _make_singly(network, singly[:half])
        book, stand = _make_together(network, coordinator, pool, together)
        singles += _make_singly(network, singly[half:])
        again = min(_seconds_of_asking(network, coordinator, stand) for _time in range(5))
    each = singles / len(singly)
    return result(
        check(
            f"A book of {POSTERS} posters on {WORKERS} workers, time against so many singly",
            book / each / POSTERS,
            1 / 1.7,
        ),
        check("The same book asked for again, time against making it", again / book, 1 / 20),
        seconds={"single": round(each, 3), "book": round(book, 2), "again": round(again, 4)},
    )


def _write(network: Network, number: int) -> list[int]:
    """A poster of every team for the gathering. Answers with the editions, the last first."""
    with tenancy.scope([network.pk]):
        gathering = Gathering.objects.get(number=number)
        posters = [
            Poster.objects.create(
                network=network,
                team=team,
                gathering=gathering,
                title=f"Trygt hjem {team.pk}",
                content=TEXTS,
                saved_by=User.objects.first(),
            )
            for team in Team.objects.order_by("-pk")
        ]
        return [make_edition(poster=poster).pk for poster in posters]


def _ask(network: Network, edition_pk: int) -> int:
    with tenancy.scope([network.pk]):
        (rendering,) = request_files(edition=Edition.objects.get(pk=edition_pk), papers=["A3"])
        return rendering.pk


def _make_singly(network: Network, editions: list[int]) -> float:
    began = time.perf_counter()
    for edition in editions:
        state = make_file(network.pk, _ask(network, edition))
        assert state == "ready", state
    return time.perf_counter() - began


def _make_together(network: Network, by: User, pool: ProcessPoolExecutor, editions: list[int]) -> tuple[float, Stand]:
    """Seconds from asking for the book to having it."""
    with tenancy.scope([network.pk]):
        found = Edition.objects.filter(pk__in=editions).select_related("poster__team__participation__organisation")
        stand = Stand([part_of(edition) for edition in found.annotate(title=KT("content__title")).order_by("pk")], [])
    began = time.perf_counter()
    book = _request(network, by, stand)
    at_work: set[Future[str]] = set()
    while True:
        with tenancy.scope([network.pk]):
            step = move_on(book_pk=book.pk)
        if step.binding:
            break
        at_work |= {pool.submit(make_file, network.pk, rendering.pk) for rendering in step.told}
        at_work = wait(at_work, return_when=FIRST_COMPLETED).not_done
    with TemporaryFile() as file:
        bind(step.binding, file)
        with tenancy.scope([network.pk]):
            book = finish_book(book_pk=book.pk, file=file)
    assert book.state == Book.State.READY, book.state
    assert not any(part["failed"] for part in book.parts)
    return time.perf_counter() - began, stand


def _seconds_of_asking(network: Network, by: User, stand: Stand) -> float:
    began = time.perf_counter()
    assert _request(network, by, stand).state == Book.State.READY
    return time.perf_counter() - began


def _request(network: Network, by: User, stand: Stand) -> Book:
    with tenancy.scope([network.pk]):
        return request_book(
            network=network,
            gathering=Gathering.objects.get(number=3),
            kind=Book.Kind.BOOK,
            papers=["A3"],
            language=LANGUAGE,
            stand=stand,
            by=by,
        )
