"""What the reading process finds and how it says so."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from gpf.identity import find, mask

MOST_PLACES = 5

PlaceKind = Literal[
    "file",
    "page",
    "form_field",
    "note_on_page",
    "paragraph",
    "header_footer",
    "footnote",
    "comment",
    "cell",
    "slide",
    "slide_note",
    "properties",
    "part",
]

Reason = Literal[
    "attachments",
    "broken",
    "embedded",
    "encrypted",
    "fetches",
    "heic",
    "identity_number",
    "macros",
    "old_office",
    "script",
    "too_big_inside",
    "too_many_pages",
    "too_many_pixels",
    "unknown",
    "xfa",
]


class Place(NamedTuple):
    """Where in a file: what kind of place, its number, its name. A name is masked before it gets here."""

    kind: PlaceKind = "file"
    number: int = 0
    name: str = ""


class Passage(NamedTuple):
    """Text of a file, and where it stands."""

    place: Place
    text: str


class RefusedFile(Exception):  # noqa: N818 - a verdict, not a fault
    """The file can not be taken, for this reason, because of these places."""

    def __init__(self, reason: Reason, places: tuple[Place, ...] = ()) -> None:
        super().__init__(reason)
        self.reason = reason
        self.places = places


@dataclass
class Report:
    """What was read. `has_text` is False for pictures and scans, in which no number can be looked for."""

    kind: str
    pages: int = 0
    has_text: bool = False
    places: list[Place] = field(default_factory=list)
    more: int = 0

    def read(self, passages: Iterable[Passage]) -> None:
        """Go through the passages, noting the places of identity numbers and never the numbers."""
        for passage in passages:
            self.has_text = self.has_text or bool(passage.text.strip())
            for found in find(passage.text):
                self._note(passage.place, found.line)

    def note(self, place: Place) -> None:
        """An identity number stands here."""
        if place in self.places:
            return
        if len(self.places) < MOST_PLACES:
            self.places.append(place)
        else:
            self.more += 1

    def _note(self, place: Place, line: int) -> None:
        # The number of a paragraph is the line it stands on in the text of the part.
        self.note(place._replace(number=line) if place.kind == "paragraph" else place)

    def as_json(self) -> str:
        if self.places:
            return refusal_as_json("identity_number", tuple(self.places), self.more)
        return json.dumps({"kind": self.kind, "pages": self.pages, "has_text": self.has_text})


def refusal_as_json(reason: Reason, places: tuple[Place, ...] = (), more: int = 0) -> str:
    masked = [(place.kind, place.number, mask(place.name)[:80]) for place in places]
    return json.dumps({"refused": reason, "places": masked, "more": more})
