"""The one drawing of a chart: for a page, a small multiple, a poster, and paper.

Drawn in the text's own colour, with shapes and dashes that tell lines and points apart, so that it prints in one
colour; a page's style sheet (`static/gpf/charts.css`) adds colours by class. Every text a person wrote is escaped.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import groupby
from zlib import crc32

from django.utils import translation
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from improvement.charts import words
from improvement.charts.numbers import number, period, with_unit
from improvement.charts.picture import Picture
from improvement.charts.scales import Scale, chosen, extent, places, rounded, spread
from improvement.charts.table import alternative, point


@dataclass(frozen=True)
class Layout:
    """The measures of a drawing, in its own units: how large, the margins, the letters, the points."""

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

    PAGE = Layout(720, 340, 46, 128, 34, 34, 13, 4, 5, labelled=True)
    SMALL = Layout(320, 170, 34, 44, 14, 24, 11.5, 2.6, 3, labelled=False)
    PHONE = Layout(360, 250, 34, 92, 32, 28, 12.5, 3.2, 4, labelled=True)
    POSTER = Layout(720, 380, 56, 150, 40, 42, 17, 5, 5, labelled=True)


@dataclass(frozen=True)
class Frame:
    """A shared frame for several charts side by side: the same least and most value, the same first and last day."""

    low: float
    high: float
    first: date
    last: date


def draw(
    picture: Picture, *, shape: Shape = Shape.PAGE, frame: Frame | None = None, language: str | None = None
) -> SafeString:
    """The chart as an SVG element with a title and a text alternative. In the active language, or the one named."""
    if language:
        with translation.override(language):
            return _Drawing(picture, shape.value, frame).svg()
    return _Drawing(picture, shape.value, frame).svg()


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
    columns = (counted, analysis.cl, analysis.lcl, analysis.ucl, (picture.target,))
    return extent([value for column in columns for value in column if value is not None], picture.kind)


class _Drawing:
    def __init__(self, picture: Picture, layout: Layout, frame: Frame | None) -> None:
        self.picture, self.layout = picture, layout
        self.foot = layout.height - layout.bottom
        self.edge = layout.width - layout.right
        low, high = (frame.low, frame.high) if frame else _reach(picture)
        self.ticks = rounded(low, high, layout.ticks)
        self.y = Scale(self.ticks[0], self.ticks[-1], self.foot, layout.top)
        self.left = max(layout.left, round(max(len(number(tick)) for tick in self.ticks) * layout.text * 0.56 + 16))
        inset = layout.radius * 2
        days = (frame.first, frame.last) if frame else None
        self.at = places(picture.days, self.left + inset, self.edge - inset, days)
        self.reach = days or ((picture.days[0], picture.days[-1]) if picture.days else None)
        # The same for the same chart, so that a paper's bytes are too; another for its drawing in another size.
        self.identity = f"c{crc32(f'{picture.team} {picture.title} {picture.days} {layout.width}'.encode()):x}"

    def svg(self) -> SafeString:
        layout, identity = self.layout, self.identity
        body = "".join((*self._grid(), *self._lines(), *self._marks(), *self._curve(), *self._labels()))
        return mark_safe(  # every text in it has been escaped
            f'<svg class="chart" viewBox="0 0 {layout.width} {layout.height}" role="img" '
            f'aria-labelledby="{identity}t {identity}d" font-family="Text, sans-serif" font-size="{layout.text}" '
            f'fill="currentColor">'
            f'<title id="{identity}t">{escape(self.picture.title)}</title>'
            f'<desc id="{identity}d">{escape(alternative(self.picture))}</desc>{body}</svg>'
        )

    # Behind the curve

    def _grid(self) -> Iterator[str]:
        left, edge, small = self.left, self.edge, self.layout.text * 0.92
        ruled = "".join(f"M{left} {self.y(tick)}H{edge}" for tick in self.ticks)
        yield f'<path class="grid" d="{ruled}" stroke="currentColor" stroke-opacity=".16"/>'
        unit = "%" if self.picture.kind == "share" else ""
        for tick in self.ticks:
            yield _text(left - 7, self.y(tick) + small * 0.35, f"{number(tick)}{unit}", size=small, anchor="end")
        labels = [period(day, self.picture.rhythm, year=False) for day in self.picture.days]
        room = self.left - 4, self.layout.width if self.layout.labelled else self.edge + self.layout.right
        for index in chosen(labels, self.at, size=small, low=room[0], high=room[1]):
            yield _text(self.at[index], self.foot + small * 1.5, labels[index], size=small, anchor="middle")

    def _lines(self) -> Iterator[str]:
        """Limits, the centre line and the target. A line is broken where a new stretch begins."""
        analysis = self.picture.analysis
        outer = "".join(
            self._steps(line, range_) for line in (analysis.lcl, analysis.ucl) for range_ in self._stretches()
        )
        if outer:
            yield f'<path class="limit" d="{outer}" fill="none" stroke="currentColor" stroke-opacity=".7"/>'
        for number_, range_ in enumerate(self._stretches(), start=1):
            if path := self._steps(analysis.cl, range_):
                shows = self.picture.line_signals(number_)
                dashes = ' stroke-dasharray="9 5"' if shows else ""
                yield (
                    f'<path class="centre{" signal" if shows else ""}" d="{path}" fill="none" stroke="currentColor"'
                    f' stroke-width="1.6"{dashes}/>'
                )
        if self.picture.target is not None and self._inside(self.picture.target):
            height = self.y(self.picture.target)
            yield (
                f'<path class="target" d="M{self.left} {height}H{self.edge}" stroke="currentColor"'
                ' stroke-width="1.6" stroke-dasharray="2 5" stroke-linecap="round"/>'
            )

    def _stretches(self) -> list[range]:
        return [
            range(group[0], group[-1] + 1)
            for _part, grouped in groupby(range(len(self.at)), key=lambda at: self.picture.analysis.part[at])
            if (group := list(grouped))
        ]

    def _steps(self, line: Sequence[float | None], stretch: range) -> str:
        """A level line, or steps where each point has a limit of its own; it reaches half-way to its neighbours."""
        found, before = "", None
        for at in stretch:
            value = line[at]
            if value is None or not self._inside(value):
                before = None
                continue
            height = self.y(value)
            here = self._left_of(at, stretch) if before is None else None
            if before is None:
                found += f"M{here} {height}"
            elif before != height:
                found += f"H{self._left_of(at, stretch)}V{height}"
            before = height
            if at + 1 == stretch.stop or line[at + 1] is None:
                found += f"H{self._right_of(at, stretch)}"
        return found

    def _left_of(self, at: int, stretch: range) -> float:
        if at == stretch.start:
            return self.left if at == 0 else round((self.at[at] + self.at[at - 1]) / 2, 1)
        return round((self.at[at] + self.at[at - 1]) / 2, 1)

    def _right_of(self, at: int, stretch: range) -> float:
        last = at + 1 == len(self.at)
        return self.edge if last else round((self.at[at] + self.at[at + 1]) / 2, 1)

    def _inside(self, value: float) -> bool:
        return self.ticks[0] - 1e-9 <= value <= self.ticks[-1] + 1e-9

    def _marks(self) -> Iterator[str]:
        """What happened, as numbered flags along the top; the list beside the chart tells what each of them is."""
        if not self.reach or not self.layout.labelled:
            return
        first, last = self.reach
        shown = [(n, mark) for n, mark in enumerate(self.picture.marks, start=1) if first <= mark.on <= last]
        xs = places([mark.on for _n, mark in shown], self.left + 8, self.edge - 8, self.reach)
        size = self.layout.text * 0.85
        height, before = self.layout.top - size * 1.4, -99.0
        for (n, mark), x in zip(shown, xs, strict=True):
            flag = max(x, before + size * 1.9)
            before = flag
            dashes = "" if mark.kind == "limits" else ' stroke-dasharray="3 3"'
            yield (
                f'<g class="mark {mark.kind}"><title>{escape(mark.text)}</title>'
                f'<path d="M{flag} {height + size * 0.8}L{x} {self.layout.top}V{self.foot}" fill="none"'
                f' stroke="currentColor" stroke-opacity=".55"{dashes}/>'
                f'<circle cx="{round(flag, 1)}" cy="{round(height, 1)}" r="{round(size * 0.82, 1)}" fill="none"'
                f' stroke="currentColor"/>'
                f"{_text(flag, height + size * 0.33, str(n), size=size * 0.9, anchor='middle')}</g>"
            )

    # The numbers

    def _curve(self) -> Iterator[str]:
        picture, path, pen_down = self.picture, "", False
        for at, value in enumerate(picture.values):
            if value is None or picture.analysis.part[at] != picture.analysis.part[max(0, at - 1)]:
                pen_down = False
            if value is not None and not picture.is_excluded(at):
                path += f"{'L' if pen_down else 'M'}{self.at[at]} {self.y(value)}"
                pen_down = True
        yield f'<path class="curve" d="{path or "M0 0"}" fill="none" stroke="currentColor" stroke-opacity=".6"/>'
        for at, value in enumerate(picture.values):
            if value is not None:
                yield self._point(at, value)
            elif picture.is_hidden(at):
                yield self._gap(at)

    def _point(self, at: int, value: float) -> str:
        """A disc; a ring where it is left out; a square on its corner where it stands out."""
        # One that is left out does not stretch the axis: far off it stands at the edge, and its words say where it is.
        x, y, r = self.at[at], self.y(min(max(value, self.ticks[0]), self.ticks[-1])), self.layout.radius
        title = f"<title>{escape(point(self.picture, at))}</title>"
        if self.picture.is_excluded(at):
            return (
                f'<circle class="pt out" cx="{x}" cy="{y}" r="{r}" fill="none" stroke="currentColor">{title}</circle>'
            )
        if self.picture.signals(at):
            d = r * 1.7
            corners = f"M{x} {round(y - d, 1)}l{d} {d}l-{d} {d}l-{d} -{d}z"
            return f'<path class="pt special" d="{corners}">{title}</path>'
        return f'<circle class="pt" cx="{x}" cy="{y}" r="{r}">{title}</circle>'

    def _gap(self, at: int) -> str:
        """A number that is not shown: a short hatched post on the foot."""
        title = f"<title>{escape(point(self.picture, at))}</title>"
        strokes = "".join(f"M{self.at[at] - 3} {self.foot - 2 - 5 * n}l6 -4" for n in range(3))
        return f'<path class="pt gap" d="{strokes}" stroke="currentColor">{title}</path>'

    # Beside it

    def _labels(self) -> Iterator[str]:
        """What the lines are, at their ends; the newest number in bold."""
        wanted = [
            (height, text, strong) for value, text, strong in self._ends() if (height := self.y(value)) is not None
        ]
        size = self.layout.text
        heights = spread([each[0] for each in wanted], size * 1.25, self.layout.top - 2, self.foot)
        for (_height, text, strong), height in zip(wanted, heights, strict=True):
            yield _text(self.edge + 8, height + size * 0.35, text, size=size, strong=strong)

    def _ends(self) -> Iterator[tuple[float, str, bool]]:
        picture, analysis = self.picture, self.picture.analysis
        if picture.last is not None and (value := picture.values[picture.last]) is not None and self._inside(value):
            labelled = self.layout.labelled or picture.kind == "share"
            yield value, with_unit(picture, value) if labelled else number(value), True
        if not self.layout.labelled or not analysis.y:
            return
        room = round(self.layout.right / self.layout.text * 1.75)
        ends: list[tuple[float | None, str]] = [
            (analysis.cl[-1], words.line_name(picture)),
            (analysis.ucl[-1], _("Upper limit")),
            (analysis.lcl[-1], _("Lower limit")),
            (picture.target, _("Target")),
        ]
        for end, name in ends:
            if end is not None and self._inside(end):
                told = with_unit(picture, end) if picture.kind == "share" else number(end)
                yield end, Truncator(f"{name} {told}").chars(room), False


def _text(x: float, y: float, text: str, *, size: float, anchor: str = "", strong: bool = False) -> str:
    where = f' text-anchor="{anchor}"' if anchor else ""
    weight = ' font-weight="600"' if strong else ""
    return (
        f'<text x="{round(x, 1)}" y="{round(y, 1)}" font-size="{round(size, 1)}"{where}{weight}>{escape(text)}</text>'
    )
