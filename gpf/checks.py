"""What the product refuses to run with, by number, each with what to do about it.

The checks of settings run with `--deploy`, and when web, worker or beat start for real use (see `refuse`).
The check of the database role runs wherever a database is at hand, tests included: a superuser passes every
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

from gpf import mail_services

LOCAL = ("gpf.settings.local", "gpf.settings.test")
SHORTEST_KEY = 50
KNOWN_KEYS = (
    "django-insecure-",
    "for-one-machine-only-",
    "only-for-tests-",
    "changeme",
    "change-me",
    "secret",
)
ONE_YEAR = 365 * 24 * 3600
ROLE = "SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"

Found = list[CheckMessage]


def _deploy(check: Callable[[], Found]) -> Callable[[], Found]:
    """Register a check of settings for real use."""

    def run(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> Found:
        return check()

    register(run, Tags.security, deploy=True)
    return check


def _unless(good: object, number: int, message: str, hint: str) -> Found:
    return [] if good else [Error(message, hint=hint, id=f"gpf.E{number:03}")]


@_deploy
def debug_is_off() -> Found:
    """E001"""
    return _unless(
        not settings.DEBUG,
        1,
        "DEBUG is on: an error page would show settings and data to anyone.",
        "Remove GPF_DEBUG from the environment.",
    )


@_deploy
def secret_key_is_secret() -> Found:
    """E002, for the key and for every older key that is still accepted."""
    try:
        keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    except ImproperlyConfigured:  # Django's own word for an empty one
        keys = [""]
    return _unless(
        all(_strong(str(key)) for key in keys),
        2,
        f"The secret key is missing, shorter than {SHORTEST_KEY} characters, or one that others know.",
        "Set GPF_SECRET_KEY to one of your own, kept out of version control: "
        "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'",
    )


def _strong(key: str) -> bool:
    return len(key) >= SHORTEST_KEY and len(set(key)) >= 10 and not key.lower().startswith(KNOWN_KEYS)


@register(Tags.database)
def database_role_is_ordinary(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> Found:
    """E003: a superuser and a role with BYPASSRLS see every network's rows.

    Says nothing when the database does not answer: that is for /healthz and the first query to tell.
    """
    found: Found = []
    for alias in databases or ():
        try:
            with connections[alias].cursor() as cursor:
                cursor.execute(ROLE)
                name, superuser, bypasses = cursor.fetchone()
        except OperationalError:
            continue
        found += _unless(
            not (superuser or bypasses),
            3,
            f"The database role “{name}” passes the walls between networks (superuser or BYPASSRLS).",
            "Connect as an ordinary role: CREATE ROLE gpf LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD '…'; "
            "make it the owner of the database, and name it in DATABASE_URL.",
        )
    return found


@_deploy
def cookies_are_for_https() -> Found:
    """E004"""
    return _unless(
        settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE and settings.SESSION_COOKIE_HTTPONLY,
        4,
        "A cookie that signs people in could travel unencrypted, or be read by a script.",
        "Remove GPF_INSECURE_COOKIES from the environment and serve the product over https.",
    )


@_deploy
def https_is_enforced() -> Found:
    """E005"""
    return _unless(
        settings.SECURE_SSL_REDIRECT and settings.SECURE_HSTS_SECONDS >= ONE_YEAR,
        5,
        "Plain http is answered, or browsers are not told to stay on https for a year.",
        "Use gpf.settings.production as it is, behind a proxy that sets X-Forwarded-Proto.",
    )


@_deploy
def hosts_are_named() -> Found:
    """E006"""
    hosts = [host.strip() for host in settings.ALLOWED_HOSTS]
    return _unless(
        hosts and all(host and "*" not in host for host in hosts),
        6,
        "The hosts this product answers for are not named, or are everything.",
        "Set GPF_ALLOWED_HOSTS to the host names people use, with commas between: nettverk.example.no",
    )


@_deploy
def base_url_is_https() -> Found:
    """E007"""
    return _unless(
        str(settings.GPF_BASE_URL).startswith("https://"),
        7,
        "Links in mails would not lead to an https address.",
        "Set GPF_BASE_URL to the address people use, such as https://nettverk.example.no",
    )


@_deploy
def mail_goes_somewhere() -> Found:
    """E008"""
    sent = settings.EMAIL_BACKEND == "django.core.mail.backends.smtp.EmailBackend"
    return _unless(
        sent and os.environ.get("GPF_MAIL_URL"),
        8,
        "No mail server is named: sign-in codes, invitations and reminders would reach nobody.",
        "Set GPF_MAIL_URL: smtp://host:25, smtp+tls://user:password@host:587 or smtps://user:password@host:465",
    )


@_deploy
def mail_service_proves_itself() -> Found:
    """E009"""
    wrong = mail_services.problem(settings.GPF_MAIL_SERVICE, settings.GPF_MAIL_WEBHOOK_SECRET)
    return _unless(wrong is None, 9, *(wrong or ("", "")))


def refuse() -> None:
    """Raise ImproperlyConfigured, with number and hint of every error, unless the product may run as set up.

    Called by web, worker and beat before they take any work. A local run and the tests are let through: they
    are known by their settings module, so that settings of one's own count as real use.
    """
    if settings.SETTINGS_MODULE in LOCAL:
        return
    found = run_checks(tags=[Tags.security, Tags.database], include_deployment_checks=True, databases=list(connections))
    _let_go_of_connections()
    errors = [message for message in found if message.is_serious()]
    if errors:
        lines = [f"{error.id}: {error.msg}\n    → {error.hint}" for error in errors]
        raise ImproperlyConfigured("The product does not start like this.\n\n" + "\n".join(lines))


def _let_go_of_connections() -> None:
    """A pool and its threads must not be carried over the fork that makes the web server's processes."""
    for connection in connections.all(initialized_only=True):
        connection.close()
        close_pool = getattr(connection, "close_pool", None)
        if close_pool is not None:
            close_pool()
