"""What the product refuses to run with, by number, each with what to do about it.

The checks of settings run with `--deploy` and whenever web, worker or beat start in production (see `refuse`).
The check of the database role runs everywhere a database is at hand, tests included: a superuser passes every
wall between networks without noticing that they are there.
"""

import os
from collections.abc import Callable, Sequence
from typing import Any

from django.apps.config import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.db.utils import OperationalError

SHORTEST_KEY = 50
MARKS_OF_A_MADE_UP_KEY = ("django-insecure-", "for-one-machine-only-", "only-for-tests-", "changeme", "change-me", "secret")
ONE_YEAR = 365 * 24 * 3600

Apps = Sequence[AppConfig] | None
Check = Callable[..., list[CheckMessage]]


def _deploy(check: Callable[[], list[CheckMessage]]) -> Callable[[], list[CheckMessage]]:
    """Register a check of settings for real use."""

    def run(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
        return check()

    register(run, Tags.security, deploy=True)
    return check


def _unless(good: object, number: int, message: str, hint: str) -> list[CheckMessage]:
    return [] if good else [Error(message, hint=hint, id=f"gpf.E{number:03}")]


@_deploy
def debug_is_off() -> list[CheckMessage]:
    """E001"""
    return _unless(
        not settings.DEBUG,
        1,
        "DEBUG is on: an error page would show settings and data to anyone.",
        "Remove GPF_DEBUG from the environment.",
    )


@_deploy
def secret_key_is_secret() -> list[CheckMessage]:
    """E002, for the key and for every older key that is still accepted."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return _unless(
        all(map(_strong, keys)),
        2,
        f"The secret key is missing, shorter than {SHORTEST_KEY} characters, or one that others know.",
        "Set GPF_SECRET_KEY to one of your own: "
        "python -c 'import secrets; print(secrets.token_urlsafe(50))'. Keep it out of every file under version control.",
    )


def _strong(key: str) -> bool:
    made_up = key.lower().startswith(MARKS_OF_A_MADE_UP_KEY)
    return len(key) >= SHORTEST_KEY and len(set(key)) >= 10 and not made_up


@_deploy
def cookies_are_for_https() -> list[CheckMessage]:
    """E004"""
    return _unless(
        settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE and settings.SESSION_COOKIE_HTTPONLY,
        4,
        "A cookie that signs people in could travel unencrypted, or be read by a script.",
        "Remove GPF_INSECURE_COOKIES from the environment and serve the product over https.",
    )


@_deploy
def https_is_enforced() -> list[CheckMessage]:
    """E005"""
    return _unless(
        settings.SECURE_SSL_REDIRECT and settings.SECURE_HSTS_SECONDS >= ONE_YEAR,
        5,
        "Plain http is answered, or browsers are not told to stay on https for a year.",
        "Use gpf.settings.production as it is, behind a proxy that sets X-Forwarded-Proto.",
    )


@_deploy
def hosts_are_named() -> list[CheckMessage]:
    """E006"""
    hosts = [host.strip() for host in settings.ALLOWED_HOSTS]
    return _unless(
        hosts and all(host and "*" not in host for host in hosts),
        6,
        "The hosts this product answers for are not named, or are everything.",
        "Set GPF_ALLOWED_HOSTS to the host names people use, with commas between: nettverk.example.no",
    )


@_deploy
def base_url_is_https() -> list[CheckMessage]:
    """E007"""
    return _unless(
        str(settings.GPF_BASE_URL).startswith("https://"),
        7,
        "Links in mails would not lead to an https address.",
        "Set GPF_BASE_URL to the address people use, such as https://nettverk.example.no",
    )


@_deploy
def mail_goes_somewhere() -> list[CheckMessage]:
    """E008"""
    return _unless(
        settings.EMAIL_BACKEND == "django.core.mail.backends.smtp.EmailBackend" and os.environ.get("GPF_MAIL_URL"),
        8,
        "No mail server is named: sign-in codes, invitations and reminders would reach nobody.",
        "Set GPF_MAIL_URL: smtp://host:25, smtp+tls://user:password@host:587 or smtps://user:password@host:465",
    )


@register(Tags.database)
def database_role_is_ordinary(
    app_configs: Apps, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """E003: a superuser and a role with BYPASSRLS see every network's rows.

    Says nothing when the database does not answer: that is for /healthz and the first query to tell.
    """
    errors: list[CheckMessage] = []
    for alias in databases or ():
        try:
            with connections[alias].cursor() as cursor:
                cursor.execute("SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
                role, superuser, bypass = cursor.fetchone()
        except OperationalError:
            continue
        errors += _unless(
            not (superuser or bypass),
            3,
            f"The database role “{role}” passes the walls between networks (superuser or BYPASSRLS).",
            "Connect as an ordinary role: CREATE ROLE gpf LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD '…'; "
            "make it the owner of the database, and name it in DATABASE_URL.",
        )
    return errors


def refuse() -> None:
    """Raise ImproperlyConfigured, naming number and hint of every error, unless the product may run as it is set up.

    Called by web, worker and beat before they take any work, with production settings.
    """
    tags = [Tags.security, Tags.database]
    found = run_checks(tags=tags, include_deployment_checks=True, databases=list(connections))
    errors = [message for message in found if message.is_serious()]
    if errors:
        lines = [f"{error.id}: {error.msg}\n    → {error.hint}" for error in errors]
        raise ImproperlyConfigured("The product does not start like this.\n\n" + "\n".join(lines))
