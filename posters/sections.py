"""The sections a poster is written in, in the order they are told on the wall.

What comes with the product lies as data in `data/sections.json`, in bokmål and nynorsk: the programme's sections
gathering by gathering, and what another programme does differently. A network can adapt them (`posters.template`).
A later gathering has every section of the earlier ones and some more; a section left empty is not on the poster.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from posters.content import Kind, Slot, Tone

LAST = 4
WORDS_ON_A_POSTER = 470  # more would be too small to read at two metres
WORDS_A_SECTION = 10  # what its heading and edges take the room of
FEWEST = 5
LANGUAGES = ("nb", "nn")

DATA = Path(__file__).parent / "data" / "sections.json"


@dataclass(frozen=True)
class Section:
    """One section of a template. `heading` and `prompt` are by language ("nb", "nn").

    `words` is guidance for the team (from, to). A later poster has more sections for the same sheet, so each gets
    fewer words; if every section keeps to them, the poster fits. Among the filled sections with a `weight`, the
    heaviest is lifted out on the poster. One that is `hidden` is kept in the template and asked of nobody.
    """

    key: str
    heading: Mapping[str, str]
    prompt: Mapping[str, str]
    words: tuple[int, int]
    kind: Kind = "text"
    slot: Slot = "card"
    tone: Tone = "plain"
    weight: int = 0
    hidden: bool = False

    def named(self, language: str) -> str:
        """The heading in a language; of a language it is not written in, in bokmål."""
        return self.heading.get(language) or self.heading["nb"]

    def asks(self, language: str) -> str:
        """The prompt in a language, as `named`."""
        return self.prompt.get(language) or self.prompt["nb"]


def section_from_json(stored: Mapping[str, Any]) -> Section:
    return Section(**{**stored, "words": tuple(stored["words"])})


def section_as_json(section: Section) -> dict[str, Any]:
    return {**asdict(section), "words": list(section.words)}


def shipped_sections(programme: str, stage: int) -> tuple[Section, ...]:
    """What comes with the product for the poster of a stage, 1–4, in a programme (its slug)."""
    return tuple(section for since, section in _shipped(programme) if since <= stage)


def stage_of(gathering: int, of: int = LAST) -> int:
    """The stage of the poster for gathering number `gathering` of `of`: the last gathering always has every section,
    also in a network of three."""
    return LAST if gathering >= of else min(gathering, LAST - 1)


def with_guidance(sections: Sequence[Section]) -> tuple[Section, ...]:
    """The sections with as many words each as fit on one sheet together, in round numbers."""
    room = WORDS_ON_A_POSTER - WORDS_A_SECTION * len(sections)
    share = max(0.0, min(1.0, room / max(1, sum(section.words[1] for section in sections))))
    return tuple(replace(section, words=_guidance(section.words, share)) for section in sections)


def sections_for(gathering: int, of: int = LAST, programme: str = "") -> tuple[Section, ...]:
    """The shipped sections of the poster for gathering number `gathering` of `of`, with their guidance."""
    return with_guidance(shipped_sections(programme, stage_of(gathering, of)))


def highlighted(sections: Iterable[Section]) -> str:
    """The key of the section to lift out among those filled in; "" when none asks for it."""
    heaviest = max(sections, key=lambda section: section.weight, default=None)
    return heaviest.key if heaviest and heaviest.weight else ""


def _guidance(words: tuple[int, int], share: float) -> tuple[int, int]:
    """The guidance cut to a share, in round numbers."""
    most = max(2 * FEWEST, FEWEST * round(words[1] * share / FEWEST))
    return min(max(FEWEST, round(words[0] * share)), most), most


@cache
def _shipped(programme: str) -> tuple[tuple[int, Section], ...]:
    """(the gathering it first belongs to, section), in order; what a programme words differently, in its words.

    A programme's section of a key that the others do not have stands after the one it names; `since` 0 leaves one out.
    """
    data = json.loads(DATA.read_text())
    own = dict(data["programmes"].get(programme, {}))
    merged = [{**stored, **own.pop(stored["key"], {})} for stored in data["sections"]]
    for key, added in own.items():
        before = next(place for place, stored in enumerate(merged) if stored["key"] == added["after"])
        merged.insert(before + 1, {"key": key, **{name: value for name, value in added.items() if name != "after"}})
    found = []
    for stored in merged:
        since = stored.pop("since")
        if since:
            found.append((since, section_from_json(stored)))
    return tuple(found)
