"""Where things are: the source tree, and the state folder that holds all that a run makes."""

import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Home:
    """The state folder ($GPF_HOME, by default .local in the source tree)."""

    path: Path

    @classmethod
    def from_environment(cls) -> "Home":
        return cls((ROOT / Path(os.environ.get("GPF_HOME") or ".local").expanduser()).resolve())

    @property
    def python(self) -> Path:
        return self.path / "venv" / "bin" / "python"

    @property
    def log(self) -> Path:
        return self._folder("log")

    @property
    def run(self) -> Path:
        return self._folder("run")

    def _folder(self, name: str) -> Path:
        folder = self.path / name
        folder.mkdir(parents=True, exist_ok=True)
        return folder
