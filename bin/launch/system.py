"""What has to come from the machine's own package manager: apt or Homebrew."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence

from launch.places import Home
from launch.steps import StepError, command


def install(home: Home, apt: Sequence[str], brew: Sequence[str], reason: str) -> None:
    """Install packages where we may; else say exactly what to type."""
    if sys.platform == "darwin":
        line = ["brew", "install", *brew]
        if not brew or not shutil.which("brew"):
            raise StepError(f"{reason} Install Homebrew, then type:  {' '.join(line)}")
        command(home, "brew", line, f"{reason} Type:  {' '.join(line)}", env={"HOMEBREW_NO_AUTO_UPDATE": "1"})
        return
    line = ["apt-get", "install", "--yes", "--no-install-recommends", *apt]
    advice = f"{reason} Type:  sudo apt-get update && sudo {' '.join(line)}"
    if not shutil.which("apt-get"):
        raise StepError(f"{reason} Install what your system calls: {', '.join(apt)}")
    as_root = _as_root()
    if as_root is None:
        raise StepError(advice)
    quiet = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive"]
    patient = ["-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::Retries=3"]
    command(home, "apt-update", [*quiet, "apt-get", *patient, "update"], advice)
    command(home, "apt", [*quiet, *line, *patient], advice)


def _as_root() -> list[str] | None:
    """How to become root without being asked: nothing, sudo, or not at all."""
    if os.geteuid() == 0:
        return []
    sudo = ["sudo", "--non-interactive"]
    if shutil.which("sudo") and subprocess.run([*sudo, "true"], capture_output=True).returncode == 0:
        return sudo
    return None
