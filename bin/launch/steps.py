"""One step of set-up: it says what it does, keeps its log, and on failure says what to do."""

import contextlib
import ctypes
import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from launch.places import ROOT, Home

PARENT = os.getppid()
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


class StepError(Exception):
    """A step did not succeed. The message says what to do; `log` holds the details."""

    def __init__(self, advice: str, log: Path | None = None) -> None:
        super().__init__(advice)
        self.log = log


def make_was_killed() -> bool:
    """Whether the `make` that started this is gone: nobody is left to press Ctrl-C then."""
    return "MAKELEVEL" in os.environ and os.getppid() != PARENT


def say(text: str) -> None:
    print(text, flush=True)


@contextlib.contextmanager
def step(title: str) -> Iterator[None]:
    """Print the title before and the time after; a failure is printed where it happened."""
    if make_was_killed():
        raise KeyboardInterrupt
    print(f"• {title} … ", end="", flush=True)
    began = time.monotonic()
    try:
        yield
    except BaseException:
        say("failed" if sys.exc_info()[0] is not KeyboardInterrupt else "stopped")
        raise
    say(f"done ({time.monotonic() - began:.1f} s)")


def command(home: Home, name: str, line: Sequence[object], advice: str, *, env: Mapping[str, str] | None = None) -> str:
    """Run one command from the source tree, its words in log/NAME.log; return them.

    It has a process group of its own, so that stopping ends whatever it started. Raises StepError.
    """
    log = home.log / f"{name}.log"
    with log.open("w", encoding="utf-8") as output:
        try:
            child = subprocess.Popen(
                [str(word) for word in line],
                cwd=ROOT,
                env={**os.environ, **(env or {})},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=end_with_parent,
            )
        except OSError as error:
            raise StepError(f"{line[0]}: {error.strerror}. {advice}") from None
        try:
            status = child.wait()
        except BaseException:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()
            raise
    if status:
        raise StepError(advice, log)
    return log.read_text(encoding="utf-8", errors="replace")


def end_with_parent() -> None:
    """In a child before it becomes its program: on Linux, be told to end when the parent is killed."""
    if LIBC is not None:
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def tail(log: Path, lines: int = 20) -> str:
    """The end of a log, indented."""
    words = log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:] if log.exists() else []
    return "\n".join(f"    {word}" for word in words)


class Stamp:
    """Remembers what a step was last done with, so that a second start can pass it by."""

    def __init__(self, home: Home, name: str, made_from: Iterable[object]) -> None:
        self.path = home.run / f"{name}.stamp"
        self.digest = hashlib.sha256()
        for part in (ROOT, *made_from):
            self.digest.update(part.read_bytes() if isinstance(part, Path) and part.is_file() else str(part).encode())
            self.digest.update(b"\0")

    def fresh(self) -> bool:
        return self.path.exists() and self.path.read_text() == self.digest.hexdigest()

    def set(self) -> None:
        self.path.write_text(self.digest.hexdigest())
