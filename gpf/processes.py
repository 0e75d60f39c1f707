"""Processes of this machine, known by their command line: a number may have been given away since."""

import contextlib
import time

import psutil


def find(pid: int, *words: str) -> psutil.Process | None:
    """The running process with this id, if its command line holds every one of the words."""
    try:
        process = psutil.Process(pid)
        line = " ".join(process.cmdline())
        alive = process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return None
    return process if alive and all(word in line for word in words) else None


def end(process: psutil.Process, patience: float = 10.0) -> None:
    """Ask a process and everything it started to end, and insist after `patience` seconds."""
    family = [process]
    with contextlib.suppress(psutil.Error):
        family += process.children(recursive=True)
    with contextlib.suppress(psutil.Error):
        process.terminate()
    _, stubborn = psutil.wait_procs(family, timeout=patience)
    for left in stubborn:
        with contextlib.suppress(psutil.Error):
            left.kill()
    psutil.wait_procs(stubborn, timeout=5)


def wait_until_gone(process: psutil.Process, patience: float) -> bool:
    """Whether the process ended within `patience` seconds; it need not be a child of ours."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if find(process.pid) is None:
            return True
        time.sleep(0.05)
    return False
