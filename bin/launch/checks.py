"""`make test` and `make check`: everything that must hold, each under its heading, all of it even after a failure."""

import os
import subprocess
import time
from collections.abc import Sequence

from launch.demo import services, stop_services
from launch.places import ROOT, Home
from launch.setup import set_up
from launch.steps import StepError, say

QUICK = ["-m", "not browser and not slow"]


def check(home: Home, *, quick: bool) -> None:
    """Run every part, print which held, and raise StepError if one did not.

    The tests have services of their own under test/, so that a demo may run at the same time.
    """
    environment = {**os.environ, **set_up(home, tests=True), "GPF_HOME": str(home.path)}
    environment["DJANGO_SETTINGS_MODULE"] = "gpf.settings.test"
    began = time.monotonic()
    try:
        environment |= services(home, "test")
        parts: dict[str, Sequence[str]] = {
            "Lint (ruff)": ["ruff", "check", "."],
            "Format (ruff)": ["ruff", "format", "--check", "."],
            "Types (mypy)": ["mypy", "."],
            "Missing migrations": ["django", "makemigrations", "--check", "--dry-run"],
            "Tests (pytest)": ["pytest", "-n", "2", *(QUICK if quick else [])],
        }
        held = {title: _run(home, title, line, environment) for title, line in parts.items()}
    finally:
        stop_services(home, "test")
    say(f"\n{'=' * 30} {time.monotonic() - began:.0f} s")
    for title, good in held.items():
        say(f"{'ok    ' if good else 'FAILED'}  {title}")
    if not all(held.values()):
        raise StepError("Not everything holds: see above.")


def _run(home: Home, title: str, line: Sequence[str], environment: dict[str, str]) -> bool:
    say(f"\n{'=' * 30} {title}")
    command = [str(home.python), "-m", *line]
    return subprocess.run(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL).returncode == 0
