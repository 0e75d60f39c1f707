"""Sheets, and every measure that the style sheet and the estimate of the layout share.

Lengths on the page are in rem: 28 points on A1, the size of running text, and in proportion on other papers. Inside
the poster's body they are in em of the chosen type size, so that everything there grows and shrinks together.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from posters.content import Design, Orientation

REM_MM = 28 / 72 * 25.4  # on A1


@dataclass(frozen=True)
class Paper:
    """A sheet, in millimetres, upright or lying."""

    name: str
    width: int
    height: int

    @property
    def short(self) -> int:
        return min(self.width, self.height)

    @property
    def rem_points(self) -> float:
        """Running text, in points: 28 on A1."""
        return 28 * self.short / 594

    @property
    def width_rem(self) -> float:
        return 594 / REM_MM * self.width / self.short

    @property
    def height_rem(self) -> float:
        return 594 / REM_MM * self.height / self.short

    @property
    def is_lying(self) -> bool:
        return self.width > self.height

    def turned(self, orientation: Orientation) -> "Paper":
        """The same sheet as it hangs."""
        long = max(self.width, self.height)
        lying = orientation == "landscape"
        return Paper(self.name, long if lying else self.short, self.short if lying else long)


A0 = Paper("A0", 841, 1189)
A1 = Paper("A1", 594, 841)
A2 = Paper("A2", 420, 594)
A3 = Paper("A3", 297, 420)
A4 = Paper("A4", 210, 297)
PAPERS = {paper.name: paper for paper in (A0, A1, A2, A3, A4)}


@dataclass(frozen=True)
class Geometry:
    """One way of spacing the poster. rem from `margin`, em from `line`."""

    margin: float = 3.0
    header_top: float = 2.5
    header_bottom: float = 2.3
    meta_size: float = 0.95
    title_gap: float = 1.5
    title_line: float = 1.06
    # Sizes of the headline, with the most lines each may take. The smallest is 62 points on A1.
    titles: tuple[tuple[float, int], ...] = ((5.4, 1), (4.6, 2), (3.9, 2), (3.2, 3), (2.7, 3), (2.22, 99))
    team_size: float = 1.7
    team_gap: float = 0.9
    people_size: float = 1.0
    people_gap: float = 0.5
    body_gap: float = 1.5
    footer_size: float = 0.8
    footer_pad: float = 1.1

    line: float = 1.38
    heading_line: float = 1.14
    gap: float = 0.85
    gutter: float = 0.85  # between columns
    pad_x: float = 1.15
    pad_top: float = 0.95
    pad_bottom: float = 1.1
    heading_size: float = 1.46
    heading_gap: float = 0.42
    tag_size: float = 0.78
    tag_gap: float = 0.3
    paragraph_gap: float = 0.5
    item_gap: float = 0.34
    item_indent: float = 1.0
    number_size: float = 2.2
    number_line: float = 1.0
    number_space: float = 0.45
    number_drop: float = 0.84  # from the top of a figure to the top of its caption, so that both share a base line

    fact_pad: float = 1.3
    fact_gap: float = 1.6
    fact_heading_size: float = 1.04
    fact_heading_gap: float = 0.3
    fact_paragraph_gap: float = 0.14

    wide_pad: float = 1.5
    wide_heading_size: float = 1.75
    wide_heading_gap: float = 0.55
    wide_text_size: float = 1.34
    wide_item_size: float = 1.2
    wide_item_gap: float = 0.4
    wide_column_gap: float = 1.6
    wide_number_size: float = 3.5

    insight_size: float = 1.3
    insight_line: float = 1.22
    figure_gap: float = 0.6  # between a figure and what stands before or beside it
    figure_title_gap: float = 0.25
    photo_most: float = 15.0  # em high
    chart_most: float = 17.0
    figures: float = 1.0  # share of their height
    beside: float = 0.6  # of the width, for the only figure of a card over the whole width; its text stands beside it


ROOMY = Geometry()
COMPACT = replace(
    ROOMY,
    header_top=1.9,
    header_bottom=1.7,
    title_gap=1.1,
    titles=((4.6, 1), (3.4, 1), (2.9, 2), (2.5, 2), (2.22, 99)),
    team_size=1.4,
    team_gap=0.6,
    people_gap=0.35,
    body_gap=1.1,
    footer_pad=0.8,
    line=1.33,
    gap=0.6,
    gutter=0.6,
    pad_x=0.95,
    pad_top=0.66,
    pad_bottom=0.76,
    heading_size=1.28,
    heading_gap=0.26,
    tag_gap=0.2,
    paragraph_gap=0.36,
    item_gap=0.18,
    item_indent=0.9,
    number_size=1.75,
    number_drop=0.47,
    fact_pad=0.95,
    wide_pad=1.1,
    wide_heading_size=1.5,
    wide_heading_gap=0.35,
    wide_text_size=1.2,
    wide_item_size=1.1,
    wide_item_gap=0.24,
    wide_number_size=2.6,
)
TIGHTEST = replace(
    COMPACT,
    header_top=1.4,
    header_bottom=1.2,
    title_gap=0.7,
    titles=((3.4, 1), (2.6, 1), (2.22, 99)),
    team_size=1.25,
    team_gap=0.4,
    body_gap=0.8,
    footer_pad=0.55,
    line=1.27,
    gap=0.42,
    gutter=0.42,
    pad_x=0.75,
    pad_top=0.36,
    pad_bottom=0.42,
    heading_size=1.1,
    heading_gap=0.1,
    paragraph_gap=0.2,
    item_gap=0.08,
    number_size=1.45,
    number_drop=0.2,
    fact_pad=0.65,
    fact_heading_gap=0.1,
    wide_pad=0.75,
    wide_heading_size=1.25,
    wide_heading_gap=0.2,
    wide_text_size=1.1,
    wide_item_size=1.0,
    wide_item_gap=0.1,
    wide_number_size=2.0,
    insight_size=1.12,
    figure_gap=0.4,
)
"""For the posters with every section: each has a line or two."""

# The designs: calm as it stands above; bold with a larger headline and air; and one that lets numbers stand large.
BOLD: dict[str, Any] = {
    "titles": ((7.0, 1), (5.6, 2), (4.6, 2), (3.9, 3), (3.2, 3), (2.6, 4), (2.22, 99)),
    "header_top": 3.0,
}
BOLD |= {"header_bottom": 2.8, "title_line": 1.0, "team_size": 1.9, "heading_size": 1.56, "pad_x": 0.2, "pad_top": 0.75}
BOLD |= {"pad_bottom": 0.55, "gap": 1.05, "gutter": 1.3}
BOLD_COMPACT: dict[str, Any] = {
    "titles": ((6.0, 1), (4.7, 2), (3.9, 2), (3.2, 3), (2.6, 3), (2.22, 99)),
    "title_line": 1.0,
    "pad_x": 0.2,
}
BOLD_COMPACT |= {"pad_top": 0.55, "pad_bottom": 0.4, "gap": 0.8, "gutter": 1.1}
DATA: dict[str, Any] = {
    "titles": ((4.6, 1), (3.9, 2), (3.3, 2), (2.8, 3), (2.22, 99)),
    "number_size": 3.0,
    "number_drop": 1.5,
}
DATA |= {"wide_number_size": 4.6, "chart_most": 20.0}
DATA_COMPACT: dict[str, Any] = {"number_size": 2.6, "number_drop": 1.17, "wide_number_size": 3.8}

GEOMETRIES: Mapping[Design, tuple[Geometry, Geometry, Geometry]] = {
    "calm": (ROOMY, COMPACT, TIGHTEST),
    "bold": (replace(ROOMY, **BOLD), replace(COMPACT, **BOLD_COMPACT), replace(TIGHTEST, pad_x=0.1, gutter=0.9)),
    "data": (replace(ROOMY, **DATA), replace(COMPACT, **DATA_COMPACT), TIGHTEST),
}
"""How each design is spaced: with air, tightly, and as tightly as can be."""

LYING: dict[str, Any] = {"margin": 2.6, "header_top": 1.5, "header_bottom": 1.3, "title_gap": 0.8, "fact_pad": 0.8}
LYING |= {"number_size": 1.9, "number_drop": 0.59, "wide_number_size": 3.0}
LYING_TIGHTEST: dict[str, Any] = {"margin": 2.4, "header_top": 1.1, "header_bottom": 0.9, "title_gap": 0.5, "gap": 0.36}
LYING_TIGHTEST |= {"titles": ((2.6, 1), (2.22, 99)), "fact_pad": 0.5, "line": 1.25, "body_gap": 0.6, "footer_pad": 0.4}


def spacings(design: Design, *, lying: bool) -> tuple[Geometry, Geometry, Geometry]:
    """The design's, the airiest first; a sheet that lies has little height to spare for the band on top."""
    airy, tight, tightest = GEOMETRIES[design]
    return (airy, replace(tight, **LYING), replace(tightest, **LYING_TIGHTEST)) if lying else (airy, tight, tightest)


FIGURE_SHARES = (1.0, 0.78, 0.6, 0.46)
"""Of their height, for charts and pictures: the largest with which the text is still large, else the smallest."""
