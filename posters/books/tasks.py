"""The worker's part: a book is moved on, and bound when its posters are made."""

import logging
from tempfile import TemporaryFile
from typing import Any

from celery import shared_task

from gpf import tenancy
from networks.models import Network
from notices.tasks import send_letters
from posters.books.binding import bind
from posters.books.models import Book
from posters.books.services import Binding, fail_book, finish_book, move_on
from posters.tasks import make_file

log = logging.getLogger(__name__)


@shared_task(bind=True, name="posters.books.tasks.move_book", soft_time_limit=240, time_limit=270)
def move_book(self: Any, network_id: int, book_pk: int) -> str:
    """Take the book a step further; every poster that is made comes back here. Answers with the state it came to.

    Who is told of a poster by somebody else does not come back: the clock and the one who looks on see to that.
    """
    again = bool((self.request.delivery_info or {}).get("redelivered"))
    with tenancy.scope([network_id]):
        step = move_on(book_pk=book_pk, again=again)
    for rendering in step.told:
        make_file.apply_async((network_id, rendering.pk), link=move_book.si(network_id, book_pk))
    return make_book(network_id, book_pk, step.binding) if step.binding else ""


def make_book(network_id: int, book_pk: int, binding: Binding) -> str:
    """Bind it into a file that nobody sees until it is whole."""
    try:
        with TemporaryFile() as file:
            bind(binding, file)
            with tenancy.scope([network_id]):
                state = str(finish_book(book_pk=book_pk, file=file).state)
    except Exception as error:
        # The teams' words may stand in the traceback's values, not in its kind.
        log.error("A book (%s) could not be bound: %s", book_pk, type(error).__name__)
        with tenancy.scope([network_id]):
            fail_book(book_pk=book_pk)
        state = str(Book.State.FAILED)
    send_letters.delay(network_id)
    return state


@shared_task(name="posters.books.tasks.take_up")
def take_up() -> int:
    """Move on the books that are being made, in every network: the worker may be gone. Says how many there were."""
    count = 0
    for network_id in Network.objects.values_list("pk", flat=True):
        with tenancy.scope([network_id]):
            books = list(Book.objects.filter(state=Book.State.WORKING).values_list("pk", flat=True))
        for book_pk in books:
            move_book.delay(network_id, book_pk)
        count += len(books)
    return count
