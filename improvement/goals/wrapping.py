"""Text broken into lines by the measure of its own font, so that a drawing can be made without a browser."""

from collections.abc import Iterator

from gpf import fonts

LOOSE = 1.04  # a browser's kerning and hinting may draw a line a little wider than the font says


def wrap(text: str, font: str, size: float, width: float) -> list[str]:
    """The lines of a text of a size in a width, in the same unit. A word too long for a line is cut with a hyphen."""
    face, room = fonts.face(font), width / (size * LOOSE)
    lines: list[str] = []
    for piece in (part for word in text.split() for part in _pieces(word, face, room)):
        longer = f"{lines[-1]} {piece}" if lines else piece
        if lines and not lines[-1].endswith("\u2010") and face.width(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(piece)
    return [line.replace("\u2010", "-") for line in lines] or [""]


def _pieces(word: str, face: fonts.Face, room: float) -> Iterator[str]:
    """The word, or where it is too long for a line the parts of it, each but the last with a hyphen of its own."""
    while face.width(word) > room and len(word) > 1:
        end = next(n for n in range(len(word) - 1, 0, -1) if n == 1 or face.width(word[:n] + "-") <= room)
        yield word[:end] + "\u2010"
        word = word[end:]
    yield word
