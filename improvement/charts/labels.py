"""What stands beside a chart, at the ends of its lines: the newest number, and what each line is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from improvement.charts import words
from improvement.charts.numbers import MILLION, percent, short, with_unit
from improvement.charts.picture import Picture
from improvement.charts.scales import LETTER, width

CLIPPED = ("p", "pp", "u", "up", "c", "g", "t", "mr")
"""Charts whose lower limit is cut off at 0, where it says nothing."""
NEARLY_NONE = 0.01


@dataclass(frozen=True)
class Label:
    """At the height of `value`, in one line or more; `kind` is its class."""

    value: float
    lines: tuple[str, ...]
    kind: str

    @property
    def strong(self) -> bool:
        return self.kind == "newest"


def labels(picture: Picture, axis: Sequence[float], *, size: float, room: float, full: bool) -> list[Label]:
    """The labels of a chart whose axis has these ticks, in letters of that size, none wider than `room`.

    `full` is every line's; else only the newest number's.
    """
    found = [*_newest(picture, axis, full=full), *(_of_lines(picture, axis) if full else ())]
    return [Label(value, _wrapped(text, size, room, strong=kind == "newest"), kind) for value, text, kind in found]


def widest(found: Sequence[Label], size: float) -> float:
    """How wide the widest of them is."""
    return max((width(line, size, strong=each.strong) for each in found for line in each.lines), default=0)


def lower_limit(picture: Picture, at: int) -> float | None:
    """The lower limit where it says something: not at the foot of a chart whose numbers cannot be below it."""
    limit, centre = picture.analysis.lcl[at], picture.analysis.cl[at]
    if limit is None or centre is None or picture.analysis.chart not in CLIPPED:
        return limit
    return limit if limit > centre * NEARLY_NONE else None


Told = tuple[float, str, str]


def _newest(picture: Picture, axis: Sequence[float], *, full: bool) -> Iterator[Told]:
    value = None if picture.last is None else picture.values[picture.last]
    if value is None or not within(axis, value):
        return
    if picture.kind == "share":
        yield value, percent(value), "newest"
    elif not full or abs(value) >= MILLION:
        yield value, f"{short(value)} {picture.unit if full else ''}".strip(), "newest"
    else:
        yield value, with_unit(picture, value), "newest"


def _of_lines(picture: Picture, axis: Sequence[float]) -> Iterator[Told]:
    analysis = picture.analysis
    if not analysis.y:
        return
    last = len(analysis.y) - 1
    ends = (
        (analysis.cl[last], words.line_name(picture), "at-centre"),
        (analysis.ucl[last], _("Upper limit"), "at-limit"),
        (lower_limit(picture, last), _("Lower limit"), "at-limit"),
        (picture.target, _("Target"), "at-target"),
    )
    for value, name, kind in ends:
        if value is None:
            continue
        told = f"{name} {percent(value) if picture.kind == 'share' else short(value)}"
        if within(axis, value):
            yield value, told, kind
        elif value > axis[-1]:
            yield axis[-1], f"{told} ↑", kind


def within(axis: Sequence[float], value: float) -> bool:
    """Whether a value lies on the axis with these ticks."""
    slack = (axis[-1] - axis[0]) * 1e-9
    return axis[0] - slack <= value <= axis[-1] + slack


def _wrapped(text: str, size: float, room: float, *, strong: bool) -> tuple[str, ...]:
    """A text that is too long is broken between words, and a word that is too long is cut."""
    lines, begun = [], ""
    for word in text.split(" "):  # a number and its sign are held together by another kind of space
        longer = f"{begun} {word}" if begun else word
        if begun and width(longer, size, strong=strong) > room:
            lines.append(begun)
            longer = word
        begun = longer
    most = max(3, int(room / size / LETTER))
    return tuple(Truncator(line).chars(most) for line in (*lines, begun))
