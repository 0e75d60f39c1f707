"""What every test may ask for."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from tests.cast import Cast, make_cast


@pytest.fixture
def cast(db: None) -> Cast:
    """Everybody, in two networks."""
    return make_cast()


@pytest.fixture
def sign_in(client: Client) -> Callable[[User], Client]:
    """A browser with the person signed in."""

    def sign(user: User) -> Client:
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign
