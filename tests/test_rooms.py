"""Imports go down the rooms, never up, and the foundation imports none of them."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = [
    "overview",
    "supervision",
    "desk",
    "posters",
    "improvement",
    "signup",
    "sessions",
    "teams",
    "notices",
    "documents",
    "networks",
    "accounts",
    "gpf",
]


def _sources() -> list[Path]:
    return [
        path
        for room in ROOMS
        for path in sorted((ROOT / room).rglob("*.py"))
        if path != ROOT / "gpf" / "urls.py" and "migrations" not in path.parts
    ]


def _imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text())
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("path", _sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_down(path: Path) -> None:
    room = path.relative_to(ROOT).parts[0]
    above = set(ROOMS[: ROOMS.index(room)])
    assert _imports(path) & above == set()


def test_only_one_file_puts_the_rooms_addresses_together() -> None:
    including = [path for path in _sources() if path.name == "urls.py" and "include(" in path.read_text()]
    assert including == []
