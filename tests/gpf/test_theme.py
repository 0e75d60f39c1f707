"""The theme's texts can be read on every ground they are put on, in light and in dark."""

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).resolve().parent.parent.parent / "static" / "theme" / "gpf.css").read_text(encoding="utf-8")
COLOURS = ["primary", "todo", "neutral", "success", "warning", "danger", "info"]
GROUNDS = ["background-default", "background-tinted", "surface-default", "surface-tinted"]


def tokens(scheme: str) -> dict[str, str]:
    start = CSS.index(f"@layer ds.theme.color-scheme.{scheme} {{")
    block = CSS[start : CSS.index("}", start)]
    return dict(re.findall(r"--ds-color-([a-z-]+): (#[0-9a-fA-F]{6});", block))


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2.1 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_itself() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("colour", COLOURS)
def test_texts_reach_four_and_a_half(scheme: str, colour: str) -> None:
    found = tokens(scheme)
    low = {
        (text, ground): round(ratio, 2)
        for text in ("text-default", "text-subtle")
        for ground in GROUNDS
        if (ratio := contrast(found[f"{colour}-{text}"], found[f"{colour}-{ground}"])) < 4.5
    }
    assert low == {}
    assert contrast(found[f"{colour}-base-contrast-default"], found[f"{colour}-base-default"]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("colour", COLOURS)
def test_words_of_state_can_be_read_on_the_page_and_in_a_table_heading(scheme: str, colour: str) -> None:
    found = tokens(scheme)
    for ground in ("background-default", "background-tinted"):
        assert contrast(found[f"{colour}-text-subtle"], found[f"neutral-{ground}"]) >= 4.5
