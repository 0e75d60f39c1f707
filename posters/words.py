"""Text measured as the layout engine would break it, without the engine."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from math import ceil

from gpf import fonts


@dataclass(frozen=True)
class Words:
    """A run of text as the widths of its unbreakable parts, each with the space that follows it, in em.

    Kerning and hyphenation are left out: they save a line now and then, and never cost one.
    """

    parts: tuple[tuple[float, float], ...]

    @classmethod
    def of(cls, text: str, font: str, spacing: float = 0.0) -> "Words":
        """`spacing` is the letter spacing in em."""
        face = fonts.face(font)

        def measure(part: str) -> float:
            return face.width(part) + spacing * len(part)

        return cls(tuple(_parts(text.split(" "), measure)))

    def lines(self, width: float) -> int:
        """How many lines the text takes at a width in em."""
        lines, used = 1, 0.0
        for part, space in self.parts:
            if used + part > width and used:
                lines, used = lines + 1, 0.0
            if part > width:
                full = ceil(part / width)
                lines, used = lines + full - 1, part - (full - 1) * width
            else:
                used += part
            used += space
        return lines


def _parts(words: Iterable[str], measure: Callable[[str], float]) -> Iterator[tuple[float, float]]:
    """Words with the space after them, cut after a hyphen as the layout engine does."""
    space = measure(" ")
    for word in filter(None, words):
        *heads, tail = re.findall(r"[^-]*-+|[^-]+", word) if "-" in word else [word]
        yield from ((measure(head), 0.0) for head in heads)
        yield measure(tail), space
