"""What every test may ask for."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, settings

from accounts.models import User
from tests.cast import Cast, make_cast

# How fast the machine is at making up examples is not what the tests ask.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


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


@pytest.fixture
def own_files(tmp_path: Path, settings: Any) -> None:
    """Files that are stored lie in the test's own folder."""
    settings.MEDIA_ROOT = tmp_path
