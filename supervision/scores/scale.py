"""The collaborative assessment scale: ten levels from 0.5 to 5.0, each with a name and a sentence.

Source: the idea of the scale is the Institute for Healthcare Improvement's; the words are ours (data/scale.json).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from django.utils import formats
from django.utils.translation import get_language

FILE = Path(__file__).parent / "data" / "scale.json"


@dataclass(frozen=True)
class Level:
    """One level. Its words are in the active language, bokmål where there is none of it."""

    value: Decimal
    names: Mapping[str, str]
    meanings: Mapping[str, str]

    @property
    def name(self) -> str:
        return _own(self.names)

    @property
    def meaning(self) -> str:
        return _own(self.meanings)

    @property
    def number(self) -> str:
        """As people write it: "2,5"."""
        return number(self.value)

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


def number(value: Decimal) -> str:
    """A value, or the distance between two, with one decimal in the active language: "2,5"."""
    return formats.number_format(value, 1)


def _own(words: Mapping[str, str]) -> str:
    return words.get(get_language() or "", words["nb"])


def _read() -> list[Level]:
    rows = json.loads(FILE.read_text(encoding="utf-8"))
    return [Level(Decimal(row["value"]), row["name"], row["meaning"]) for row in rows]


LEVELS = _read()
"""From the lowest to the highest."""

LEVEL_BY_VALUE: Mapping[Decimal, Level] = {level.value: level for level in LEVELS}
