"""The one drawing of a chart: for a page, a small multiple, a poster, and paper.

Drawn in the text's own colour, with shapes and dashes that tell lines and points apart, so that it prints in one
colour; a page's style sheet (`static/gpf/charts.css`) adds colours by class. Every text a person wrote is escaped.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from zlib import crc32

from django.utils import translation
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from improvement.charts.ground import Frame, Ground, Shape, frame_of
from improvement.charts.labels import Label, lower_limit
from improvement.charts.numbers import number, percent
from improvement.charts.picture import Picture
from improvement.charts.scales import spread, width
from improvement.charts.table import alternative, point

__all__ = ["Frame", "Shape", "draw", "frame_of"]


def draw(
    picture: Picture, *, shape: Shape = Shape.PAGE, frame: Frame | None = None, language: str | None = None
) -> SafeString:
    """The chart as an SVG element with a title and a text alternative. In the active language, or the one named."""
    if language:
        with translation.override(language):
            return _Drawing(picture, shape.value, frame).svg()
    return _Drawing(picture, shape.value, frame).svg()


class _Drawing(Ground):
    def svg(self) -> SafeString:
        layout, picture = self.layout, self.picture
        # The same for the same chart, so that a paper's bytes are too; another for its drawing in another size.
        identity = f"c{crc32(f'{picture.team} {picture.title} {picture.days} {layout.width}'.encode()):x}"
        body = "".join((*self._grid(), *self._lines(), *self._marks(), *self._curve(), *self._ends()))
        return mark_safe(  # every text in it has been escaped
            f'<svg class="chart" viewBox="0 0 {layout.width} {layout.height}" role="img" '
            f'aria-labelledby="{identity}t {identity}d" font-family="Text, sans-serif" font-size="{layout.text}" '
            f'fill="currentColor">'
            f'<title id="{identity}t">{escape(self.picture.title)}</title>'
            f'<desc id="{identity}d">{escape(alternative(self.picture))}</desc>{body}</svg>'
        )

    # Behind the curve

    def _grid(self) -> Iterator[str]:
        left, small = self.left, self.small
        ruled = "".join(f"M{left} {self.y(tick)}H{self.edge}" for tick in self.ticks)
        yield f'<path class="grid" d="{ruled}" stroke="currentColor" stroke-opacity=".16"/>'
        for tick, text in zip(self.ticks, self.tick_words, strict=True):
            yield _text(left - 7, self.y(tick) + small * 0.35, text, size=small, anchor="end")
        for day in self.named:
            half = width(day.name, small) / 2
            x = min(max(day.at, half), self.layout.width - half)
            yield _text(x, self.foot + small * 1.6, day.name, size=small, anchor="middle")
            if day.year and self.has_years:
                yield _text(x, self.foot + small * 2.9, day.year, size=small, anchor="middle", kind="year")

    def _lines(self) -> Iterator[str]:
        """Limits, the centre line and the target. A line is broken where a new stretch begins."""
        picture, analysis = self.picture, self.picture.analysis
        lower = [lower_limit(picture, at) for at in range(len(self.at))]
        outer = "".join(self._steps(line, range_) for line in (lower, analysis.ucl) for range_ in self._stretches())
        if outer:
            dashes = "" if picture.settled else ' stroke-dasharray="5 4"'
            yield f'<path class="limit" d="{outer}" fill="none" stroke="currentColor" stroke-opacity=".7"{dashes}/>'
        for number_, range_ in enumerate(self._stretches(), start=1):
            if path := self._steps(analysis.cl, range_):
                yield self._centre(path, signal=picture.line_signals(number_))
        yield from self._earlier_centres()
        if picture.target is not None and self.inside(picture.target):
            height = self.y(picture.target)
            yield (
                f'<path class="target" d="M{self.left} {height}H{self.edge}" stroke="currentColor"'
                ' stroke-width="1.6" stroke-dasharray="2 5" stroke-linecap="round"/>'
            )

    @staticmethod
    def _centre(path: str, *, signal: bool) -> str:
        """Dashed where its runs tell of a change: that belongs to the whole line."""
        drawn = f'd="{path}" fill="none" stroke="currentColor"'
        if not signal:
            return f'<path class="centre" {drawn} stroke-width="1.6"/>'
        told = f"<title>{escape(_('It is probably a real change.'))}</title>"
        return f'<path class="centre signal" {drawn} stroke-width="2.2" stroke-dasharray="9 5">{told}</path>'

    def _earlier_centres(self) -> Iterator[str]:
        """The centre of each stretch before the newest, written on its line where there is room."""
        size = self.layout.text * 0.9
        for stretch in self._stretches()[:-1] if self.layout.labelled else ():
            value, ends = self.picture.analysis.cl[stretch[-1]], self.right_of(stretch[-1])
            if value is not None and self.inside(value) and ends - self.left_of(stretch[0]) > size * 12:
                told = percent(value) if self.picture.kind == "share" else number(value)
                yield _text(ends - 4, self.y(value) - 4, told, size=size, anchor="end", kind="before")

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
            if value is None or not self.inside(value):
                before = None
                continue
            height = self.y(value)
            if before is None:
                found += f"M{self.left_of(at)} {height}"
            elif before != height:
                found += f"H{self.left_of(at)}V{height}"
            before = height
            if at + 1 == stretch.stop or line[at + 1] is None:
                found += f"H{self.right_of(at)}"
        return found

    def _marks(self) -> Iterator[str]:
        """What happened, as numbered flags along the top; the list beside the chart tells what each of them is."""
        if self.calendar is None or not self.layout.labelled:
            return
        first, last = self.calendar.first, self.calendar.last
        shown = [(n, mark) for n, mark in enumerate(self.picture.marks, start=1) if first <= mark.on <= last]
        xs = [self.calendar(mark.on) for _n, mark in shown]
        size = self.layout.text * 0.85
        room = min(size * 1.9, (self.edge - self.left + size) / max(1, len(shown)))
        flags = spread(xs, [room] * len(shown), self.left - size / 2, self.edge + size / 2)
        height, radius = round(self.layout.top - size * 1.4, 1), round(min(size * 0.82, room * 0.46), 1)
        for (n, mark), x, flag in zip(shown, xs, flags, strict=True):
            dashes = "" if mark.kind == "limits" else ' stroke-dasharray="3 3"'
            yield (
                f'<g class="mark {mark.kind}"><title>{escape(mark.text)}</title>'
                f'<path d="M{flag} {round(height + radius, 1)}L{x} {self.layout.top}V{self.foot}" fill="none"'
                f' stroke="currentColor" stroke-opacity=".55"{dashes}/>'
                f'<circle cx="{flag}" cy="{height}" r="{radius}" fill="none" stroke="currentColor"/>'
                f"{_text(flag, height + radius * 0.42, str(n), size=radius * 1.15, anchor='middle')}</g>"
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
        if path:
            yield f'<path class="curve" d="{path}" fill="none" stroke="currentColor" stroke-opacity=".6"/>'
        for at, value in enumerate(picture.values):
            if value is not None:
                yield self._point(at, value)
            elif picture.is_hidden(at):
                yield self._gap(at)

    def _point(self, at: int, value: float) -> str:
        """A disc; a ring where it is left out; a square on its corner where it stands out."""
        # One that is left out does not stretch the axis: far off it stands at the edge, and its words say where it is.
        x, y, r = self.at[at], self.y(min(max(value, self.ticks[0]), self.ticks[-1])), round(self.radius, 1)
        title = f"<title>{escape(point(self.picture, at))}</title>"
        if self.picture.is_excluded(at):
            return (
                f'<circle class="pt out" cx="{x}" cy="{y}" r="{r}" fill="#fff" stroke="currentColor">{title}</circle>'
            )
        if self.picture.signals(at):
            d = round(r * 1.7, 1)
            corners = f"M{x} {round(y - d, 1)}l{d} {d}l-{d} {d}l-{d} -{d}z"
            return f'<path class="pt special" d="{corners}">{title}</path>'
        return f'<circle class="pt" cx="{x}" cy="{y}" r="{r}">{title}</circle>'

    def _gap(self, at: int) -> str:
        """A number that is not shown: a short hatched post on the foot."""
        title = f"<title>{escape(point(self.picture, at))}</title>"
        strokes = "".join(f"M{round(self.at[at] - 3, 1)} {round(self.foot - 2 - 5 * n, 1)}l6 -4" for n in range(3))
        return f'<path class="pt gap" d="{strokes}" stroke="currentColor">{title}</path>'

    # Beside it

    def _ends(self) -> Iterator[str]:
        """What the lines are, at their ends; the newest number in bold."""
        size = self.layout.text
        line = size * 1.2
        sizes = [line * len(each.lines) for each in self.labels]
        middles = spread([self.y(each.value) for each in self.labels], sizes, 2, self.foot + line)
        for each, middle, high in zip(self.labels, middles, sizes, strict=True):
            yield from self._end(each, middle - high / 2 + line / 2 + size * 0.35, line)

    def _end(self, label: Label, y: float, line: float) -> Iterator[str]:
        for number_, text in enumerate(label.lines):
            at = y + number_ * line
            yield _text(self.edge + 8, at, text, size=self.layout.text, strong=label.strong, kind=label.kind)


def _text(x: float, y: float, text: str, *, size: float, anchor: str = "", strong: bool = False, kind: str = "") -> str:
    class_ = f' class="{kind}"' if kind else ""
    where = f' text-anchor="{anchor}"' if anchor else ""
    weight = ' font-weight="600"' if strong else ""
    place = f'x="{round(x, 1)}" y="{round(y, 1)}" font-size="{round(size, 1)}"'
    return f"<text{class_} {place}{where}{weight}>{escape(text)}</text>"
