"""The colours of a poster: the design's own, or made from the network's so that every text on them can be read."""

from collections.abc import Callable
from colorsys import hls_to_rgb, rgb_to_hls
from dataclasses import dataclass

from posters.content import Design

ENOUGH = 4.6
"""The contrast running text needs is 4.5; a little more, as colours are rounded to whole steps of a screen.

Source: Web Content Accessibility Guidelines 2.1, "contrast ratio".
"""

OURS = "#0b5563"
PAPER, INK = "#ffffff", "#17282d"
Rgb = tuple[float, float, float]


@dataclass(frozen=True)
class Palette:
    """Colours as "#rrggbb". `on_…` is written on what it is named after."""

    main: str
    """The band on top, the card lifted out, headings: white can be read on it, and it on white and on `tint`."""
    on_main: str
    soft_on_main: str
    line_on_main: str
    lit_on_main: str
    tint: str
    strip: str
    rule: str
    quiet: str
    accent: str
    ask: str
    on_ask: str


def palette(design: Design, colour: str) -> Palette:
    """The colours of a design in the network's colour; "" is the design's own."""
    tint_of, strip_of = (0.955, 0.905) if design != "bold" else (0.965, 0.93)
    base = _rgb(colour or OURS)
    tint, strip = _light(base, tint_of), _light(base, strip_of)
    main = _darkened(base, lambda one: min(contrast(one, _rgb(PAPER)), contrast(one, strip)) >= ENOUGH)
    return Palette(
        main=_hex(main),
        on_main=PAPER,
        soft_on_main=_hex(_readable_on(main, 0.86)),
        line_on_main=_hex(_mixed(main, _rgb(PAPER), 0.5)),
        lit_on_main=_hex(_lightened(_rgb("#f0b27a"), main)),
        tint=_hex(tint),
        strip=_hex(strip),
        rule=_hex(_mixed(main, _rgb(PAPER), 0.72)),
        quiet=_hex(_darkened(_mixed(main, _rgb("#4a5f65"), 0.6), lambda one: contrast(one, _rgb(PAPER)) >= ENOUGH)),
        accent=_hex(_darkened(_rgb("#a9480d"), lambda one: contrast(one, strip) >= ENOUGH)),
        ask="#fdeedd",
        on_ask="#8f3b08",
    )


def contrast(one: Rgb, other: Rgb) -> float:
    """From 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _readable_on(main: Rgb, share: float) -> Rgb:
    """White with a little of the ground in it, as far as it can be read."""
    return next(
        mixed
        for mixed in (_mixed(main, _rgb(PAPER), min(1.0, share + step / 50)) for step in range(51))
        if contrast(mixed, main) >= ENOUGH or mixed == _rgb(PAPER)
    )


def _lightened(one: Rgb, ground: Rgb) -> Rgb:
    return next(
        mixed
        for mixed in (_mixed(one, _rgb(PAPER), step / 50) for step in range(51))
        if contrast(mixed, ground) >= ENOUGH or mixed == _rgb(PAPER)
    )


def _darkened(one: Rgb, enough: Callable[[Rgb], bool]) -> Rgb:
    """The colour itself, or the least darker one of its hue that is enough."""
    hue, lightness, saturation = rgb_to_hls(*one)
    for step in range(101):
        darker = hls_to_rgb(hue, lightness * (1 - step / 100), saturation)
        if enough(darker):
            return darker
    return _rgb(INK)


def _light(one: Rgb, lightness: float) -> Rgb:
    hue, _lightness, saturation = rgb_to_hls(*one)
    return hls_to_rgb(hue, lightness, min(saturation, 0.35))


def _mixed(one: Rgb, other: Rgb, share: float) -> Rgb:
    """`share` of the other."""
    red, green, blue = (a + (b - a) * share for a, b in zip(one, other, strict=True))
    return red, green, blue


def _luminance(one: Rgb) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in one)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _rgb(text: str) -> Rgb:
    red, green, blue = bytes.fromhex(text.removeprefix("#"))
    return red / 255, green / 255, blue / 255


def _hex(one: Rgb) -> str:
    return "#" + bytes(round(part * 255) for part in one).hex()
