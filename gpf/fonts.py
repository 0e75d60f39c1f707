"""The fonts of what is made as PDF: found among the static files, decoded once a process, measured without layout."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from django.contrib.staticfiles import finders
from django.core.exceptions import ImproperlyConfigured

TEXT = "Inter-Regular"
STRONG = "Inter-SemiBold"
HEADING = "InterDisplay-Bold"
HEADLINE = "InterDisplay-ExtraBold"
EMOJI = "noto-emoji-emoji-400-normal"
NAMES = (TEXT, STRONG, HEADING, HEADLINE, EMOJI)

UNKNOWN_WIDTH = 1.25  # em; an emoji, and wide enough for any letter another font has to lend


@dataclass(frozen=True)
class Face:
    """Advance widths by code point, in em."""

    widths: Mapping[int, float]

    def width(self, text: str) -> float:
        """The length of a line of text in em, without kerning."""
        widths = self.widths
        return sum([widths.get(ord(char), UNKNOWN_WIDTH) for char in text])


def font_path(name: str) -> Path:
    """Where the font lies. Raises ImproperlyConfigured when the front-end packages have not been set up."""
    found = finders.find(f"vendor/fonts/{name}.woff2")
    if not found:
        raise ImproperlyConfigured(f"The font {name} is missing from static/vendor/fonts/. Run `make setup`.")
    return Path(str(found))


@cache
def font_data(name: str) -> bytes:
    """The font as TrueType bytes. Decoding takes 0.3 s, so a worker does it once, not once a file."""
    from fontTools.ttLib import woff2  # type: ignore[import-untyped]  # it has none

    decoded = BytesIO()
    woff2.decompress(BytesIO(font_path(name).read_bytes()), decoded)
    return decoded.getvalue()


@cache
def face(name: str) -> Face:
    """The font's measures."""
    from fontTools.ttLib import TTFont

    font = TTFont(BytesIO(font_data(name)), lazy=True)
    metrics, em = font["hmtx"].metrics, font["head"].unitsPerEm
    return Face({code: metrics[glyph][0] / em for code, glyph in font.getBestCmap().items()})


def wants_emoji(text: str) -> bool:
    """Whether the text holds what only the font of emoji may have, which takes a second to decode."""
    known = face(TEXT).widths
    return any(ord(char) > 0x2000 and ord(char) not in known for char in text)
