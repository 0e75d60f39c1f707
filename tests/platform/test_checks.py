"""The product refuses to run unsafely, and says by number what to do."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.checks import CheckMessage
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from pytest_django import Settings

from gpf import checks, local_services

ROOT = Path(__file__).resolve().parents[2]
KEY = "h4Jq-82hfKq_Zp0sVbTn31xWcR5uYgE7dLmQ9aXoI6kSvNtPwB"
SAFE = {
    "DEBUG": False,
    "SECRET_KEY": KEY,
    "SECRET_KEY_FALLBACKS": [],
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "SESSION_COOKIE_HTTPONLY": True,
    "SECURE_SSL_REDIRECT": True,
    "SECURE_HSTS_SECONDS": 365 * 24 * 3600,
    "ALLOWED_HOSTS": ["nettverk.example.no"],
    "GPF_BASE_URL": "https://nettverk.example.no",
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
}


@pytest.fixture
def safe(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    for name, value in SAFE.items():
        setattr(settings, name, value)
    monkeypatch.setenv("GPF_MAIL_URL", "smtp://mail.example.no:25")
    return settings


def found() -> list[CheckMessage]:
    every = (
        checks.debug_is_off,
        checks.secret_key_is_secret,
        checks.cookies_are_for_https,
        checks.https_is_enforced,
        checks.hosts_are_named,
        checks.base_url_is_https,
        checks.mail_goes_somewhere,
        checks.mail_service_proves_itself,
    )
    return [message for check in every for message in check()]


def test_a_safe_set_up_is_let_through(safe: Settings) -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("name", "value", "number"),
    [
        ("DEBUG", True, "gpf.E001"),
        ("SECRET_KEY", "", "gpf.E002"),
        ("SECRET_KEY", KEY[:49], "gpf.E002"),
        ("SECRET_KEY", "django-insecure-" + KEY, "gpf.E002"),
        ("SECRET_KEY", "only-for-tests-" + "0" * 50, "gpf.E002"),
        ("SECRET_KEY", "ab" * 40, "gpf.E002"),
        ("SECRET_KEY_FALLBACKS", ["short"], "gpf.E002"),
        ("SESSION_COOKIE_SECURE", False, "gpf.E004"),
        ("CSRF_COOKIE_SECURE", False, "gpf.E004"),
        ("SESSION_COOKIE_HTTPONLY", False, "gpf.E004"),
        ("SECURE_SSL_REDIRECT", False, "gpf.E005"),
        ("SECURE_HSTS_SECONDS", 3600, "gpf.E005"),
        ("ALLOWED_HOSTS", [], "gpf.E006"),
        ("ALLOWED_HOSTS", ["*"], "gpf.E006"),
        ("ALLOWED_HOSTS", ["nettverk.example.no", ""], "gpf.E006"),
        ("GPF_BASE_URL", "http://nettverk.example.no", "gpf.E007"),
        ("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend", "gpf.E008"),
        ("GPF_MAIL_SERVICE", "postmark", "gpf.E009"),
        ("GPF_MAIL_SERVICE", "pigeon", "gpf.E009"),
        ("GPF_MAIL_WEBHOOK_SECRET", f"post:{KEY}", "gpf.E009"),
    ],
)
def test_each_danger_has_its_number_and_a_hint(safe: Settings, name: str, value: object, number: str) -> None:
    setattr(safe, name, value)
    (message,) = found()
    assert message.id == number
    assert message.hint


def test_a_missing_mail_server_is_a_danger(safe: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GPF_MAIL_URL")
    assert [message.id for message in found()] == ["gpf.E008"]


@pytest.mark.parametrize(
    ("service", "secret", "good"),
    [
        ("postmark", f"post:{KEY}", True),
        ("mailgun", KEY, True),
        ("postmark", KEY, False),
        ("postmark", "post:short", False),
        ("postmark", f":{KEY}", False),
    ],
)
def test_a_mail_service_needs_a_secret_of_its_kind(safe: Settings, service: str, secret: str, good: bool) -> None:
    safe.GPF_MAIL_SERVICE, safe.GPF_MAIL_WEBHOOK_SECRET = service, secret
    assert [message.id for message in found()] == ([] if good else ["gpf.E009"])


@pytest.mark.django_db
def test_the_tests_themselves_run_as_an_ordinary_role() -> None:
    assert checks.database_role_is_ordinary(None, databases=["default"]) == []


@pytest.mark.django_db
def test_a_superuser_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    postgres = local_services.Postgres(ROOT / os.environ.get("GPF_HOME", ".local") / "test", durable=False)
    postgres.ensure()
    superuser = connections["default"].copy()
    superuser.settings_dict.update(
        NAME="postgres", USER="postgres", HOST=str(postgres.socket_folder()), PORT="", PASSWORD="", OPTIONS={}
    )
    monkeypatch.setattr(checks, "connections", {"default": superuser})
    try:
        with superuser.cursor():  # the connection must be real for the refusal to mean something
            (message,) = checks.database_role_is_ordinary(None, databases=["default"])
    finally:
        superuser.close()
    assert message.id == "gpf.E003"
    assert "postgres" in message.msg
    assert "NOBYPASSRLS" in str(message.hint)


@pytest.mark.django_db
def test_a_database_that_is_away_is_left_to_the_first_query(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    away = connections["default"].copy()
    away.settings_dict.update(HOST=str(tmp_path), OPTIONS={})
    monkeypatch.setattr(checks, "connections", {"default": away})
    assert checks.database_role_is_ordinary(None, databases=["default"]) == []


def test_a_refusal_names_every_number_and_hint(safe: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "LOCAL", ())
    monkeypatch.setattr(checks, "connections", NoConnections())
    checks.refuse()
    safe.DEBUG = True
    safe.ALLOWED_HOSTS = ["*"]
    with pytest.raises(ImproperlyConfigured) as refusal:
        checks.refuse()
    assert "gpf.E001" in str(refusal.value)
    assert "gpf.E006" in str(refusal.value)
    assert "GPF_ALLOWED_HOSTS" in str(refusal.value)


class NoConnections(dict[str, object]):
    """Stands for a product with no database configured."""

    def all(self, initialized_only: bool) -> list[object]:
        return []


UNSAFE = {
    "GPF_DEBUG": "1",
    "GPF_SECRET_KEY": "changeme",
    "GPF_INSECURE_COOKIES": "1",
    "GPF_ALLOWED_HOSTS": "*",
    "GPF_BASE_URL": "http://nettverk.example.no",
    "GPF_MAIL_URL": "",
}


@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    [
        ["gunicorn", "--config", "gunicorn.conf.py", "--bind", "127.0.0.1:0", "gpf.wsgi"],
        ["celery", "--app", "gpf", "worker", "--pool", "solo"],
        ["celery", "--app", "gpf", "beat", "--scheduler", "gpf.liveness.Scheduler", "--schedule", "{tmp}/beat"],
        ["django", "check", "--deploy", "--database", "default"],
    ],
    ids=["web", "worker", "beat", "check"],
)
def test_each_process_refuses_to_start(command: list[str], tmp_path: Path) -> None:
    environment = {**os.environ, **UNSAFE, "GPF_HOME": str(tmp_path)}
    environment["DJANGO_SETTINGS_MODULE"] = "gpf.settings.production"
    ended = subprocess.run(
        [sys.executable, "-m", *(word.format(tmp=tmp_path) for word in command)],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )
    words = ended.stdout + ended.stderr
    assert ended.returncode != 0
    for number in ("E001", "E002", "E004", "E006", "E007", "E008"):
        assert f"gpf.{number}" in words
    assert "GPF_SECRET_KEY" in words
