"""XmR charts as NHS England's Making Data Count reads them.

Source: NHSRplotthedots 0.2.2 and its documentation, for what each rule flags and which one is shown.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Literal

from improvement.spc.limits import Lines, Points, level, mean, mean_range
from improvement.spc.results import Numbers, Options, Special
from improvement.spc.runs import side

PROCESS = 2.66  # not 3 / 1.128, which is 2.6596
IN_THREE = 2

Assurance = Literal["pass", "fail", "inconsistent"]


def process_limits(points: Points, cl: float | None, *, screened: bool) -> Lines:
    """The mean, and 2.66 mean moving ranges to each side. Never clipped."""
    centre = cl if cl is not None else mean(points.baseline(points.y))
    ranges = mean_range(points.y, points.base, screened=screened)

    def line(sigmas: float) -> float | None:
        return None if centre is None or ranges is None else centre + sigmas * PROCESS / 3 * ranges

    outer = level(line(-3), points), level(line(3), points)
    inner = level(line(-2), points), level(line(2), points)
    return Lines(level(centre, points), outer, inner)


class Marks:
    """One phase's points while the rules are held against them.

    Missing and excluded points belong to no pattern, and neither make nor break one.
    """

    def __init__(self, y: Numbers, lines: Lines, included: Sequence[bool]) -> None:
        self.y = y
        (lpl, upl), (low, high) = lines.outer, lines.inner
        self.relative = [
            None if value is None or centre is None else side(value, centre)
            for value, centre in zip(y, lines.cl, strict=True)
        ]
        self.outside = [_beyond(value, lower, upper) for value, lower, upper in zip(y, lpl, upl, strict=True)]
        beyond = [_beyond(value, lower, upper) for value, lower, upper in zip(y, low, high, strict=True)]
        self.close = [far and not out for far, out in zip(beyond, self.outside, strict=True)]
        self.beyond = beyond
        self.order = [at for at, value in enumerate(y) if value is not None and included[at]]

    def causes(self, options: Options) -> list[tuple[str, bool | None]]:
        """For each point the rule that is shown, and whether the pattern is high or rising."""
        rising = self._trends(options.trend_points)
        shifts = self._shifts(options.shift_points)
        twos = self._two_of_three(options.two_of_three)
        return [self._cause(at, rising, shifts, twos) for at in range(len(self.y))]

    def _cause(self, at: int, rising: dict[int, bool], shifts: set[int], twos: set[int]) -> tuple[str, bool | None]:
        high = self.relative[at] == 1
        if self.outside[at]:
            return "outside", high
        if at in rising:
            return "trend", rising[at]
        if at in twos:
            return "two_of_three", high
        if at in shifts:
            return "shift", high
        return "", None

    def _shifts(self, length: int) -> set[int]:
        """Points in a row on one side of the mean. A point on the mean breaks it."""
        found: set[int] = set()
        for row in _rows(self.order, lambda before, at: self.relative[before] == self.relative[at]):
            if len(row) >= length and self.relative[row[0]]:
                found.update(row)
        return found

    def _trends(self, length: int) -> dict[int, bool]:
        """Points that all rise or all fall. Where one ends and the opposite begins, the point is the latter's."""
        found: dict[int, bool] = {}
        steps = [self._step(before, at) for before, at in pairwise(self.order)]
        for row in _rows(range(len(steps)), lambda before, at: steps[before] == steps[at]):
            if len(row) + 1 >= length and steps[row[0]]:
                found.update(dict.fromkeys(self.order[row[0] : row[-1] + 2], steps[row[0]] > 0))
        return found

    def _step(self, before: int, at: int) -> int:
        low, high = self.y[before], self.y[at]
        assert low is not None
        assert high is not None
        return side(high, low)

    def _two_of_three(self, mode: str) -> set[int]:
        """Of three points in a row on one side, those beyond two sigma, where they are two or three."""
        far = self.beyond if mode == "mdc2024" else self.close
        found: set[int] = set()
        for three in zip(self.order, self.order[1:], self.order[2:], strict=False):
            counted = [each for each in three if far[each]]
            if len(counted) >= IN_THREE and self.relative[three[0]] and len({self.relative[at] for at in three}) == 1:
                found.update(counted)
        return found


def _rows(order: Sequence[int], goes_on: Callable[[int, int], bool]) -> Iterator[list[int]]:
    """Divide an order where it does not go on."""
    row: list[int] = []
    for at in order:
        if row and not goes_on(row[-1], at):
            yield row
            row = []
        row.append(at)
    if row:
        yield row


def _beyond(value: float | None, lower: float | None, upper: float | None) -> bool:
    if value is None or lower is None or upper is None:
        return False
    return side(value, upper) > 0 or side(value, lower) < 0


def special(phases: Sequence[tuple[Marks, Lines]], options: Options) -> Special:
    """What the rules say of every point, and the two icons of the chart."""
    causes = [each for marks, _lines in phases for each in marks.causes(options)]
    types = [_point_type(rising, options.direction) for _cause, rising in causes]
    last = _last(phases)
    return Special(
        relative_to_mean=tuple(each for marks, _lines in phases for each in marks.relative),
        outside=tuple(each for marks, _lines in phases for each in marks.outside),
        close=tuple(each for marks, _lines in phases for each in marks.close),
        cause=tuple(cause for cause, _rising in causes),
        rising=tuple(rising for _cause, rising in causes),
        point_type=tuple(types),
        variation="common_cause" if last is None else _variation(types[last], rising=causes[last][1]),
        assurance=_assurance(phases[-1][1], options) if phases else None,
    )


def _last(phases: Sequence[tuple[Marks, Lines]]) -> int | None:
    """The place of the last point that is judged, in the whole series."""
    start, last = 0, None
    for marks, _lines in phases:
        if marks.order:
            last = start + marks.order[-1]
        start += len(marks.y)
    return last


def _point_type(rising: bool | None, direction: str) -> str:
    if rising is None:
        return "common_cause"
    if direction == "neutral":
        return "special_cause_neutral_high" if rising else "special_cause_neutral_low"
    return "special_cause_improvement" if rising == (direction == "increase") else "special_cause_concern"


def _variation(point_type: str, *, rising: bool | None) -> str:
    """The icon of a point."""
    if rising is None:
        return "common_cause"
    kind = point_type.removeprefix("special_cause_").partition("_")[0]
    return f"{kind}_{'high' if rising else 'low'}"


def _assurance(lines: Lines, options: Options) -> Assurance | None:
    """Whether the process, as it is, meets the target. None without a target, a direction or limits.

    The target is told in the unit that is shown, as the limits are once they are multiplied.
    """
    (lpl, upl) = lines.outer
    if options.target is None or options.direction == "neutral" or not lpl or lpl[-1] is None or upl[-1] is None:
        return None
    above, below = options.target > upl[-1] * options.multiply, options.target < lpl[-1] * options.multiply
    if not above and not below:
        return "inconsistent"
    return "pass" if below == (options.direction == "increase") else "fail"
