"""Bokmål and nynorsk are complete: every text a person can meet is translated, and nothing is left over."""

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import allauth
import django
import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
pytestmark = pytest.mark.slow

MARKS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"}
OTHER_FORM = {
    "nb": "ikkje kva kven korleis kvifor kor eg frå noko nokon berre vere gjere sjå rettleiar framdrift oppgåve fila",
    "nn": "ikke hva hvem hvordan hvorfor hvor jeg fra noe noen bare være gjøre se veileder fremdrift oppgave filen",
}
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


def test_every_marked_text_is_found(extracted: Path) -> None:
    """What is marked where makemessages does not look (within an f-string, by a variable) would stay in English."""
    with (extracted / "nb" / "LC_MESSAGES" / "django.po").open("rb") as file:
        known = {
            each for message in read_po(file) for each in ([message.id] if isinstance(message.id, str) else message.id)
        }
    lost = [
        f"{path.relative_to(extracted.parent)}:{call.lineno}"
        for path in extracted.parent.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in MARKS
        if not (isinstance(call.args[0], ast.Constant) and call.args[0].value in known)
    ]
    assert lost == []


def test_a_text_within_a_template_names_plain_variables(extracted: Path) -> None:
    """`{{ team.name }}` within blocktranslate is left empty by Django: it wants `with name=team.name`."""
    with (extracted / "nb" / "LC_MESSAGES" / "django.po").open("rb") as file:
        dotted = [str(message.id) for message in read_po(file) if re.search(r"%\(\w+\.", str(message.id))]
    assert dotted == []


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_a_written_form_keeps_to_itself(language: str) -> None:
    """No word of bokmål in nynorsk, nor the other way round."""
    foreign = re.compile(rf"\b(?:{OTHER_FORM[language].replace(' ', '|')})\b", re.IGNORECASE)
    with (ROOT / "locale" / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        mixed = [str(message.string) for message in read_po(file) if message.id and foreign.search(str(message.string))]
    assert mixed == []


def test_the_texts_of_others_are_still_theirs() -> None:
    """Every text in gpf/words.py is one that Django or allauth says: a new version may word it anew."""
    rooms = ["core", "forms", "db/models/fields", "contrib/auth"]
    folders = [Path(django.__path__[0]) / room for room in rooms] + [Path(allauth.__path__[0]) / "account"]
    said = {text for folder in folders for path in folder.rglob("*.py") for text in _texts(path, ast.walk)}
    assert [text for text in _texts(ROOT / "gpf" / "words.py", _arguments) if text not in said] == []


def _texts(path: Path, walk: Callable[[ast.AST], Iterable[ast.AST]]) -> set[str]:
    found = (node.value for node in walk(ast.parse(path.read_text())) if isinstance(node, ast.Constant))
    return {text for text in found if isinstance(text, str)}


def _arguments(tree: ast.AST) -> Iterator[ast.AST]:
    """What the functions that mark a text are called with; a plural's number has a name that is no text."""
    for call in ast.walk(tree):
        if isinstance(call, ast.Call):
            yield from call.args[:2]
