"""What a chart is drawn on: how large it is, what the axes reach, and where a value and a day stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from improvement.charts.days import Named, named
from improvement.charts.labels import labels, widest, within
from improvement.charts.numbers import percent, ticks
from improvement.charts.picture import Picture
from improvement.charts.scales import Calendar, Scale, extent, rounded, width


@dataclass(frozen=True)
class Layout:
    """The measures of a drawing, in its own units: how large, the margins (on the right: at most), letters, points."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    text: float
    radius: float
    ticks: int
    labelled: bool


class Shape(Enum):
    """What the chart is drawn for."""

    PAGE = Layout(720, 340, 40, 176, 36, 28, 13, 4, 5, labelled=True)
    SMALL = Layout(320, 170, 30, 76, 14, 24, 11.5, 2.6, 3, labelled=False)
    PHONE = Layout(360, 270, 30, 106, 32, 28, 12.5, 3.2, 4, labelled=True)
    POSTER = Layout(500, 310, 48, 140, 38, 34, 19, 4.6, 4, labelled=True)


@dataclass(frozen=True)
class Frame:
    """A shared frame for several charts side by side: the same least and most value, the same first and last day."""

    low: float
    high: float
    first: date
    last: date


def frame_of(pictures: Sequence[Picture]) -> Frame | None:
    """The frame that holds them all; None where there is no number at all."""
    days = [day for picture in pictures for day in picture.days]
    if not days:
        return None
    reaches = [_reach(picture) for picture in pictures]
    return Frame(min(low for low, _high in reaches), max(high for _low, high in reaches), min(days), max(days))


def _reach(picture: Picture) -> tuple[float, float]:
    analysis = picture.analysis
    counted = [value for at, value in enumerate(analysis.y) if not picture.is_excluded(at)]
    values = [value for column in (counted, analysis.cl, (picture.target,)) for value in column if value is not None]
    limits = [value for column in (analysis.lcl, analysis.ucl) for value in column if value is not None]
    return extent(values, picture.kind, limits)


class Ground:
    """A picture's axes and labels, laid out in a layout of its own or in a shared frame."""

    def __init__(self, picture: Picture, layout: Layout, frame: Frame | None) -> None:
        self.picture, self.layout = picture, layout
        low, high = (frame.low, frame.high) if frame else _reach(picture)
        self.ticks = rounded(low, high, layout.ticks, whole=picture.kind == "count")
        self.tick_words = [percent(tick) for tick in self.ticks] if picture.kind == "share" else ticks(self.ticks)
        self.small = layout.text * 0.92
        wide = max(width(tick, self.small) for tick in self.tick_words)
        self.left = max(layout.left, round(wide + 14))
        self.labels = labels(picture, self.ticks, size=layout.text, room=layout.right - 12, full=layout.labelled)
        # Side by side the charts' ends are to lie under one another, whatever their own labels are.
        asked = wide + layout.text * 1.8 if frame and not layout.labelled else widest(self.labels, layout.text)
        self.edge = layout.width - min(layout.right, round(asked + 14))
        self.radius = layout.radius
        self.lay_days(frame)
        self.y = Scale(self.ticks[0], self.ticks[-1], self.foot, layout.top)

    def lay_days(self, frame: Frame | None) -> None:
        """Where the days stand, what is named of them, and where the foot is: higher where years stand under it."""
        days, inset = self.picture.days, self.radius * 2
        self.calendar: Calendar | None = None
        self.named: list[Named] = []
        self.at: list[float] = []
        if days:
            first, last = (frame.first, frame.last) if frame else (days[0], days[-1])
            self.calendar = Calendar(first, last, self.left + inset, self.edge - inset)
            self.named = named(self.calendar, self.picture.rhythm, self.small)
            self.at = [self.calendar(day) for day in days]
            self.radius = max(1.4, min(self.radius, (self.edge - self.left) / len(days) * 0.42))
        years = [each.year for each in self.named if each.year]
        self.has_years = bool(years) and (self.layout.labelled or len(years) > 1)
        self.foot = self.layout.height - self.layout.bottom - (round(self.small * 1.3) if self.has_years else 0)

    def left_of(self, at: int) -> float:
        """Where a point's part of a line begins: half-way from the point before."""
        return self.left if at == 0 else round((self.at[at] + self.at[at - 1]) / 2, 1)

    def right_of(self, at: int) -> float:
        """Where it ends: half-way to the next point."""
        return self.edge if at + 1 == len(self.at) else round((self.at[at] + self.at[at + 1]) / 2, 1)

    def inside(self, value: float) -> bool:
        """Whether the axis reaches a value."""
        return within(self.ticks, value)
