"""What stands on a checklist, and the starting version of each.

A list is one run of rows, headings and points alike, so that moving a row is moving it, and each row keeps its id for
as long as it lives: that is how two versions are compared, and how two people's changes come together. Nothing that
is filled in is ever stored: a list is filled in on paper, and the paper belongs in the journal.
"""

import json
import re
import secrets
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final, Literal, NamedTuple, NotRequired, TypedDict

DATA = Path(__file__).parent / "data"
ID = re.compile(r"s\d{1,2}(-\d{1,2})?|n[a-z]{8}")
FIELDS: Final = ("", "line", "date", "time", "number")
"""What a point has to fill in by hand, besides its box: nothing, a line, a day, a day and an hour, a number."""

MOST_ROWS = 150
LONGEST_POINT = 300
LONGEST_HEADING = 100
LONGEST_WHEN = 300


class Row(TypedDict):
    """A heading (`kind` section) or a point (item). `field`: one of FIELDS, always empty for a heading."""

    id: str
    kind: Literal["section", "item"]
    text: str
    field: str


class Content(TypedDict):
    """A whole list. `when` says who fills it in, and when. `network_version`, in a team's version: the number of the
    network's version that it takes in; 0 when there was none."""

    when: str
    rows: list[Row]
    network_version: NotRequired[int]


class Section(NamedTuple):
    """A heading, empty for points that stand above the first, and its points."""

    heading: str
    items: list[Row]


def start(step: str, language: str) -> Content:
    """The product's own version, in bokmål (for every language but nynorsk) or nynorsk."""
    return _data("nn" if language == "nn" else "nb")[step]


def sections(rows: Sequence[Row]) -> list[Section]:
    """The rows as people read them."""
    found: list[Section] = []
    for row in rows:
        if row["kind"] == "section":
            found.append(Section(row["text"], []))
        else:
            if not found:
                found.append(Section("", []))
            found[-1].items.append(row)
    return found


def new_id() -> str:
    """For a row nobody has seen before. Letters only: what looks like a number could be taken for a person's."""
    return "n" + "".join(secrets.choice("abcdefghijklmnopqrstuvwxyz") for _letter in range(8))


@cache
def _data(language: str) -> dict[str, Content]:
    read: dict[str, Content] = json.loads((DATA / f"{language}.json").read_text(encoding="utf-8"))
    return read
