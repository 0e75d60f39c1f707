"""The commands behind `make`."""

import os
import secrets
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from types import FrameType

from launch.checks import check
from launch.demo import demo, services, stop_services
from launch.places import ROOT, Home
from launch.setup import set_up
from launch.steps import StepError, say, step, tail

STATE = (
    *("venv", "node", "log", "run", "postgres", "postgres.new", "redis", "test", "test-media", "media", "mail"),
    *("staticfiles", "bench", "secret_key", "demo_password"),
)
CACHES = ("node_modules", "static/vendor", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis")


def setup(home: Home) -> None:
    set_up(home, tests=True)
    say("Set up. `make demo` shows the product, `make test` tries it.")


def bench(home: Home) -> None:
    environment = {**os.environ, **set_up(home), "GPF_HOME": str(home.path)}
    environment["DJANGO_SETTINGS_MODULE"] = "gpf.settings.test"
    environment |= services(home, "test")
    try:
        if subprocess.run([home.python, "-m", "bench"], cwd=ROOT, env=environment).returncode:
            raise StepError("A measurement did not hold: see above.")
    finally:
        stop_services(home, "test")


def promise(home: Home) -> None:
    """Hold the delivery promise against 200 kills; SEED=7 repeats the plan of an earlier run."""
    environment = {"PROMISE_KILLS": "200", "SEED": str(secrets.randbelow(10_000)), **os.environ}
    environment |= {**set_up(home, tests=True), "GPF_HOME": str(home.path)}
    environment |= services(home, "test")
    try:
        line = [str(home.python), "-m", "pytest", "-q", "-s", "tests/notices/promise"]
        if subprocess.run(line, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL).returncode:
            raise StepError(f"The promise did not hold: see above. SEED={environment['SEED']} repeats the kills.")
    finally:
        stop_services(home, "test")


def stop(home: Home) -> None:
    with step("Stopping PostgreSQL and Redis"):
        stop_services(home)
        stop_services(home, "test")


def clean(home: Home) -> None:
    """Remove what was made, and only that: a state folder may hold what somebody else put there."""
    stop(home)
    with step(f"Removing {home.path} and what set-up built"):
        for place in [*(home.path / name for name in STATE), *(ROOT / name for name in CACHES)]:
            if place.is_dir() and not place.is_symlink():
                shutil.rmtree(place)
            else:
                place.unlink(missing_ok=True)
        for compiled in ROOT.glob("locale/*/LC_MESSAGES/*.mo"):
            compiled.unlink()
        if home.path.is_dir() and not any(home.path.iterdir()):
            home.path.rmdir()


COMMANDS: dict[str, Callable[[Home], None]] = {
    "setup": setup,
    "demo": demo,
    "test": lambda home: check(home, quick=False),
    "check": lambda home: check(home, quick=True),
    "bench": bench,
    "promise": promise,
    "stop": stop,
    "clean": clean,
}


def main(arguments: list[str]) -> int:
    """Run one command; 0 when it did what it says, 130 when it was stopped."""
    if len(arguments) != 1 or arguments[0] not in COMMANDS:
        print(f"usage: bin/gpf {'|'.join(COMMANDS)}", file=sys.stderr)
        return 2
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    try:
        COMMANDS[arguments[0]](Home.from_environment())
    except StepError as failure:
        print(f"\n{failure}", file=sys.stderr)
        if failure.log:
            print(f"The end of {failure.log}:\n\n{tail(failure.log)}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _interrupt(number: int, frame: FrameType | None) -> None:
    """Being asked to end is the same as Ctrl-C."""
    raise KeyboardInterrupt
