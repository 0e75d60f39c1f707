"""Charts and pictures in a section: in which rows they stand, and how large. Lengths in em of the type size."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gpf import fonts
from posters.content import PosterChart, PosterPhoto, PosterSection, clean
from posters.geometry import Geometry
from posters.words import Words

PHOTOS_IN_A_ROW = ((3, 6), (4, 12), (5, 10_000))  # so many, for no more than so many pictures
CHARTS_IN_A_WIDE_ROW = 2
"""In a card's column each chart has the whole width: its letters must be read at two metres."""


@dataclass(frozen=True)
class Placed:
    """A chart or a picture with the size it is drawn in."""

    what: PosterChart | PosterPhoto
    width: float
    height: float

    @property
    def is_chart(self) -> bool:
        return isinstance(self.what, PosterChart)


@dataclass(frozen=True)
class Row:
    """Figures side by side, equally high. `height` is of the row with the titles over its charts."""

    placed: tuple[Placed, ...]
    height: float
    titles: float


def figure_rows(section: PosterSection, width: float, g: Geometry, *, wide: bool) -> list[Row]:
    """The section's figures in rows no wider than `width`: its charts, then its pictures."""
    per_row = CHARTS_IN_A_WIDE_ROW if wide else 1
    charts = [_row(group, width, g.chart_most * g.figures, g) for group in _groups(section.charts, per_row)]
    abreast = next(abreast for abreast, most in PHOTOS_IN_A_ROW if len(section.photos) <= most)
    photos = [_row(group, width, g.photo_most * g.figures, g) for group in _groups(section.photos, abreast)]
    return charts + photos


def rows_height(rows: Sequence[Row], g: Geometry) -> float:
    """Of all rows with the gaps between them."""
    return sum(row.height for row in rows) + g.figure_gap * max(0, len(rows) - 1)


def stands_beside(section: PosterSection, *, wide: bool) -> bool:
    """Whether the text stands beside the section's only figure: in a card over the whole width, where there is text."""
    return wide and len(section.charts) + len(section.photos) == 1 and bool(clean(section.text))


def drawn_beside(section: PosterSection, width: float, g: Geometry) -> float:
    """The width of the figure that text stands beside."""
    (row,) = figure_rows(section, width * g.beside, g, wide=True)
    return row.placed[0].width


def _groups(figures: Sequence[Any], number: int) -> list[tuple[Any, ...]]:
    """Rows of about as many each."""
    if not figures:
        return []
    rows = -(-len(figures) // number)
    each = -(-len(figures) // rows)
    return [tuple(figures[start : start + each]) for start in range(0, len(figures), each)]


def _row(figures: Sequence[PosterChart | PosterPhoto], width: float, most: float, g: Geometry) -> Row:
    aspects = [max(0.2, min(6.0, one.width / max(1, one.height))) for one in figures]
    gaps = g.figure_gap * (len(figures) - 1)
    height = min(most, (width - gaps) / sum(aspects))
    placed = tuple(
        Placed(one, round(aspect * height, 3), round(height, 3)) for one, aspect in zip(figures, aspects, strict=True)
    )
    titles = max(_title(one, g) for one in placed)
    return Row(placed, titles + height, titles)


def _title(one: Placed, g: Geometry) -> float:
    """The height of what stands over a chart: its title."""
    if not isinstance(one.what, PosterChart):
        return 0.0
    return Words.of(clean(one.what.title), fonts.STRONG).lines(one.width) * g.line + g.figure_title_gap
