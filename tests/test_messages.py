"""Bokmål and nynorsk are complete: every text a person can meet is translated, and nothing is left over."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
pytestmark = pytest.mark.slow

LEFT_OUT = {".git", ".local", "node_modules", "static", "tests", "bench", "docs", "bin", "deploy"}


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sources with the messages brought up to date, as `make messages` would do it in place."""
    copy = tmp_path_factory.mktemp("messages")
    for entry in ROOT.iterdir():
        if entry.is_dir() and entry.name not in LEFT_OUT and not entry.name.startswith("."):
            shutil.copytree(entry, copy / entry.name, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    subprocess.run(
        [sys.executable, "-m", "django", "makemessages", "-l", "nb", "-l", "nn", "--no-obsolete", "--no-location"],
        cwd=copy,
        check=True,
        capture_output=True,
    )
    return copy / "locale"


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_every_text_is_translated(extracted: Path, language: str) -> None:
    with (extracted / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        catalog = read_po(file, locale=language)
    wanting = [
        str(message.id)
        for message in catalog
        if message.id
        and (message.fuzzy or not (all(message.string) if isinstance(message.string, tuple) else message.string))
    ]
    assert wanting == []
    wrong = [f"{message.id}: {error}" for message, errors in catalog.check() for error in errors]
    assert wrong == []


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_nothing_is_left_over(extracted: Path, language: str) -> None:
    """A text that is no longer in the sources must leave the catalogue too."""

    def texts(folder: Path) -> set[str]:
        with (folder / language / "LC_MESSAGES" / "django.po").open("rb") as file:
            return {str(message.id) for message in read_po(file) if message.id}

    assert texts(ROOT / "locale") == texts(extracted)
