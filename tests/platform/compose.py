"""docker-compose.yml as Docker reads it: merged, with its variables filled in."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "docker-compose.yml"
VARIABLE = re.compile(r"\$(?:\$|\{(?P<name>\w+)(?:(?P<kind>:[-?])(?P<word>[^}]*))?\})")


def raw() -> dict[str, Any]:
    """The file with anchors and merges resolved, variables as written."""
    loaded: dict[str, Any] = yaml.safe_load(FILE.read_text())
    return loaded


def services(environment: Mapping[str, str]) -> dict[str, Any]:
    """The services with `environment` filled in. Raises KeyError, with the file's words, for a missing secret."""
    filled: dict[str, Any] = _fill(raw()["services"], environment)
    return filled


def variables() -> dict[str, str | None]:
    """Every variable the file reads, with its default (None where it must be given)."""
    found = VARIABLE.finditer(FILE.read_text())
    return {each["name"]: each["word"] if each["kind"] == ":-" else None for each in found if each["name"]}


def _fill(value: Any, environment: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {name: _fill(each, environment) for name, each in value.items()}
    if isinstance(value, list):
        return [_fill(each, environment) for each in value]
    return VARIABLE.sub(lambda found: _value(found, environment), value) if isinstance(value, str) else value


def _value(found: re.Match[str], environment: Mapping[str, str]) -> str:
    if not found["name"]:
        return "$"
    value = environment.get(found["name"], "")
    if not value and found["kind"] == ":?":
        raise KeyError(f"{found['name']}: {found['word']}")
    return value or (found["word"] if found["kind"] == ":-" else "")
