"""What stands on a poster, as plain data: nothing here knows a database or a page."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "bullets", "numbers", "goals", "chart", "photo", "insight", "people"]
Design = Literal["calm", "bold", "data"]
Orientation = Literal["portrait", "landscape"]
Slot = Literal["fact", "card"]
Tone = Literal["plain", "key", "ask"]

BULLET = re.compile(r"^(?:[-–—•*·]|\d+[.)])\s+")
FIGURE = re.compile(
    r"^((?:[<>≤≥±~]\s?)?\d(?:[\d .,]*\d)?(?:\s?%)?(?:\s?(?:→|–|-|/)\s?\d(?:[\d.,]*\d)?(?:\s?%)?)?)\s+(\S.*)$"
)

JOINERS = "\u200c\u200d\u00ad"  # what holds an emoji of several parts together; the soft hyphen
MONTHS = "jan|feb|mar|apr|mai|may|jun|jul|aug|sep|okt|oct|nov|des|dec"
TIED = re.compile(
    rf"(?<=\d) (?=[%‰°])|(?<=\d\.) (?=(?:{MONTHS}))|(?<=\d) (?=(?:{MONTHS}))|(?<=[–→]) (?=\d)", re.IGNORECASE
)


@dataclass(frozen=True)
class PosterPhoto:
    """A picture, turned and scaled already. `sha256` names its bytes, which are handed to the renderer beside the
    content; `width` and `height` are in pixels."""

    sha256: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True)
class PosterChart:
    """A chart as it stood: drawn (`svg`, an element of `width` × `height` in its own units), in words, and as a table:
    `columns` are its headings, `rows` its lines."""

    title: str
    svg: str
    width: int
    height: int
    sentence: str
    alternative: str
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class PosterSection:
    """One part of the poster, its text as the team wrote it.

    `slot` is where it stands: a short fact below the headline, or a card. `tone` lifts the card that matters most
    ("key") and the one that asks the reader for something ("ask"). `new` marks what has changed since last time.
    """

    key: str
    heading: str
    text: str
    kind: Kind = "text"
    slot: Slot = "card"
    tone: Tone = "plain"
    new: bool = False
    charts: tuple[PosterChart, ...] = ()
    photos: tuple[PosterPhoto, ...] = ()

    @property
    def is_filled(self) -> bool:
        """Whether there is anything to show."""
        return bool(clean(self.text) or self.charts or self.photos)

    @property
    def is_fact(self) -> bool:
        """Whether it stands below the headline: a fact with a chart or a picture needs the room of a card."""
        return self.slot == "fact" and not self.charts and not self.photos


@dataclass(frozen=True)
class PosterContent:
    """A whole poster. Every string is in the poster's own language already; dates are written out.

    `step` of `steps` draws how far the network has come; 0 draws nothing. `colour` is the network's own, as "#0b5563";
    empty: the design's.
    """

    title: str
    team: str
    organisation: str
    network: str
    gathering: str
    date: str
    people: str = ""
    sections: tuple[PosterSection, ...] = ()
    step: int = 0
    steps: int = 0
    design: Design = "calm"
    orientation: Orientation = "portrait"
    colour: str = ""
    logo: PosterPhoto | None = None

    @property
    def photos(self) -> tuple[PosterPhoto, ...]:
        """Every picture on it, the logo first."""
        return (*filter(None, [self.logo]), *(photo for section in self.sections for photo in section.photos))

    @property
    def headline(self) -> str:
        """The title, or the team's name where there is none."""
        return clean(self.title) or clean(self.team)

    @property
    def byline(self) -> tuple[str, ...]:
        """Who made it: team and organisation, neither said twice."""
        names = dict.fromkeys((clean(self.team), clean(self.organisation)))
        return tuple(name for name in names if name and name != self.headline)

    @property
    def occasion(self) -> str:
        return " · ".join(part for part in (clean(self.gathering), clean(self.date)) if part)

    @property
    def imprint(self) -> str:
        """The line at the foot: network and date."""
        return " · ".join(part for part in (clean(self.network), clean(self.date)) if part)


@dataclass(frozen=True)
class Block:
    """A paragraph, a list item, a sentence set large, a person's role with what follows it, or a line that begins with
    a figure set large. `figure` is the figure, or the role."""

    kind: Literal["p", "li", "number", "insight", "person"]
    text: str
    figure: str = ""


def clean(text: str) -> str:
    """The text without what cannot be printed: control and private characters, stray spaces. Line breaks stay."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    kept = (" " if char == "\t" else char for char in text if char in "\n\t" or _printable(char))
    return "\n".join(" ".join(line.split()) for line in "".join(kept).split("\n")).strip()


def _printable(char: str) -> bool:
    return char in JOINERS or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"}


def typeset(text: str) -> str:
    """The text with the spaces fixed that must not be broken: "90 %", "9. juni"."""
    return TIED.sub("\u00a0", text)


def blocks(section: PosterSection) -> Iterator[Block]:
    """The section's lines as blocks; a line a team began with a dash or a bullet is a list item in every kind. Of an
    insight, the first line is set large, and the others tell more."""
    insight = section.kind == "insight"
    for line in clean(section.text).split("\n"):
        if not line:
            continue
        bare = BULLET.sub("", line)
        figure = FIGURE.match(line) if section.kind in ("numbers", "goals") else None
        if figure:
            yield Block("number", typeset(figure[2]), figure[1].replace(" ", "\u00a0"))
        elif section.kind == "people":
            role, comma, rest = bare.partition(",")
            yield Block("person", typeset(rest.strip()), typeset(role) + ("," if comma and rest.strip() else ""))
        elif section.kind in ("bullets", "goals") or bare != line:
            yield Block("li", typeset(bare))
        else:
            yield Block("insight" if insight else "p", typeset(line))
            insight = False
