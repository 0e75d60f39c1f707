"""Whether white letters can be read on a colour, and the nearest one on which they can.

Source: Web Content Accessibility Guidelines 2.1, "relative luminance" and "contrast ratio".
"""

import re
from colorsys import hls_to_rgb, rgb_to_hls

ENOUGH = 4.5
"""What running text needs. The headline stands in it too, and on the bold design most of the text."""

HEX = re.compile(r"#?([0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
FINEST = 200  # steps between the colour and black


def read_colour(text: str) -> str | None:
    """A colour as "#0b5563", from what people write of one ("0B5563", "#fff"); None where it is none."""
    found = HEX.fullmatch(text.strip())
    if found is None:
        return None
    digits = found[1].lower()
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))


def contrast_with_white(colour: str) -> float:
    """From 1 (white itself) to 21 (black)."""
    red, green, blue = (_linear(part) for part in _parts(colour))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def nearest_readable(colour: str) -> str:
    """The colour itself where white can be read on it, else the least darker one of the same hue."""
    hue, lightness, saturation = rgb_to_hls(*_parts(colour))
    steps = (lightness * (1 - step / FINEST) for step in range(FINEST + 1))
    darker = (_written(hls_to_rgb(hue, each, saturation)) for each in steps)
    return next(each for each in darker if contrast_with_white(each) >= ENOUGH)


def _parts(colour: str) -> tuple[float, float, float]:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red / 255, green / 255, blue / 255


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _written(parts: tuple[float, float, float]) -> str:
    return "#" + bytes(round(part * 255) for part in parts).hex()
