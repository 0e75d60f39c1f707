"""Run the measurements in a database of their own, print a table, and keep the figures as JSON."""

import importlib
import json
import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import django

from bench import DATABASE, Check, administer

MODULES = [
    "across",
    "books",
    "charts",
    "desk",
    "digests",
    "engine",
    "invitations",
    "matrix",
    "moving",
    "planning",
    "poster",
    "preview",
    "queue",
    "reminders",
]


def main(chosen: list[str]) -> int:
    """Measure the chosen modules (all of them when none is named). 1 when a bound was missed."""
    unknown = set(chosen) - set(MODULES)
    if unknown:
        print(f"There is no such measurement: {', '.join(sorted(unknown))}. There are: {', '.join(MODULES)}.")
        return 2
    if "DATABASE_URL" not in os.environ:
        print("DATABASE_URL is not set. Run `make bench`, which starts the services.")
        return 2
    administer(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
    administer(f"CREATE DATABASE {DATABASE}")
    try:
        found = _measure(chosen or MODULES)
    finally:
        administer(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
    missed = _print([check for part in found.values() for check in part["checks"]])
    _write(found)
    return 1 if missed else 0


def _measure(names: list[str]) -> dict[str, Any]:
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections

    os.environ["DJANGO_SETTINGS_MODULE"] = "gpf.settings.test"
    settings.DATABASES["default"]["NAME"] = DATABASE
    settings.WHITENOISE_AUTOREFRESH = False  # a server does not look for new files at every request
    django.setup()
    try:
        call_command("migrate", verbosity=0)
        return {name: _run(name) for name in names}
    finally:
        connections.close_all()


def _run(name: str) -> dict[str, Any]:
    from bench import fresh_database

    print(f"Measuring: {name} …", flush=True)
    fresh_database()
    found: dict[str, Any] = importlib.import_module(f"bench.{name}").run()
    return found


def _print(checks: list[Check]) -> list[Check]:
    """The table; returns the promises that were not kept."""
    width = max(len(check["name"]) for check in checks)
    print(f"\n{'':{width}}  {'measured':>9}  {'at most':>9}")
    for check in checks:
        word = "ok" if check["ok"] else "MISSED"
        print(f"{check['name']:{width}}  {check['value']:9g}  {check['bound']:9g}  {word}")
    return [check for check in checks if not check["ok"]]


def _write(found: dict[str, Any]) -> None:
    from django.conf import settings

    path = Path(settings.GPF_HOME) / "bench.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    about = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "django": django.get_version(),
        "processors": os.cpu_count(),
    }
    path.write_text(json.dumps({**about, **found}, indent=2, ensure_ascii=False) + "\n")
    print(f"\nThe figures are in {path}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
