"""A page as a person's browser asks for it, and what it asks the database."""

from collections.abc import Callable

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User

TRANSACTION = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")


def page_of(person: User, address: str) -> Callable[[], HttpResponse]:
    """The complete page, for the person signed in, through everything a request goes through.

    Raises AssertionError where the answer is no page.
    """
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")

    def visit() -> HttpResponse:
        response = client.get(address)
        if not isinstance(response, HttpResponse) or response.status_code != 200:
            raise AssertionError(f"{address} answers {response.status_code}")
        return response

    return visit


def questions(ask: Callable[[], object]) -> int:
    """How many statements ask or write something, once everything that is kept is warm."""
    ask()
    with CaptureQueriesContext(connection) as asked:
        ask()
    return sum(not query["sql"].startswith(TRANSACTION) for query in asked.captured_queries)
