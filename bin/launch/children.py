"""The product's own processes: started together, ended together, and found again after a killed start."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from launch.places import ROOT, Home
from launch.steps import StepError, end_with_parent

PATIENCE = 10.0  # seconds between asking and insisting


class Children:
    """Every child leads a process group of its own, and its number is kept under run/ while it lives."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, line: Sequence[object], env: Mapping[str, str]) -> None:
        """Start a child of this name with its words in log/NAME.log."""
        with self.log(name).open("wb") as output:
            child = subprocess.Popen(
                [str(word) for word in line],
                cwd=ROOT,
                env=dict(env),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=end_with_parent,
            )
        self.running[name] = child
        self._number(name).write_text(str(child.pid))

    def check(self) -> None:
        """Raise StepError when one has ended by itself."""
        for name, child in self.running.items():
            if child.poll() is not None:
                raise StepError(f"The process “{name}” ended by itself (status {child.returncode}).", self.log(name))

    def stop(self) -> None:
        """End all of them, and whatever they started."""
        _end(child.pid for child in self.running.values())
        for name, child in self.running.items():
            child.wait()
            self._number(name).unlink(missing_ok=True)
        self.running.clear()

    def end_orphans(self) -> int:
        """End what a killed start left behind, known by group number and by this state folder's Python."""
        groups = set[int]()
        for file in self.home.run.glob("*.pid"):
            with contextlib.suppress(ValueError):
                groups.add(int(file.read_text()))
            file.unlink()
        ours = {group for _, group, line in _processes() if group in groups and str(self.home.python) in line}
        _end(ours)
        return len(ours)

    def log(self, name: str) -> Path:
        return self.home.log / f"{name}.log"

    def _number(self, name: str) -> Path:
        return self.home.run / f"{name}.pid"


def _end(groups: Iterable[int]) -> None:
    """Ask process groups to end, and insist after a while."""
    left = set(groups)
    for number, patience in ((signal.SIGTERM, PATIENCE), (signal.SIGKILL, 5.0)):
        for group in left:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(group, number)
        deadline = time.monotonic() + patience
        while left and time.monotonic() < deadline:
            left &= {group for _, group, _ in _processes()}
            time.sleep(0.05)


def _processes() -> Iterator[tuple[int, int, str]]:
    """(process, group, command line) of everything that runs here and has not ended."""
    proc = Path("/proc")
    if sys.platform == "linux" and proc.is_dir():
        for folder in proc.iterdir():
            if folder.name.isdigit():
                with contextlib.suppress(OSError, IndexError, ValueError):
                    state, _parent, group = (folder / "stat").read_text().rpartition(")")[2].split()[:3]
                    line = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                    if state not in "ZX":
                        yield int(folder.name), int(group), line
        return
    listed = subprocess.run(["ps", "-axww", "-o", "pid=,pgid=,stat=,command="], capture_output=True, text=True)
    for row in listed.stdout.splitlines():
        number, group, state, line = row.split(None, 3)
        if not state.startswith("Z"):
            yield int(number), int(group), line
