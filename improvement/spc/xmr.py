"""XmR charts as NHS England's Making Data Count reads them.

Source: NHSRplotthedots 0.2.2 and its documentation, for what each rule flags and which one is shown.
"""

from collections.abc import Sequence
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
    """One phase's points while the rules are held against them; missing and excluded points belong to no pattern."""

    def __init__(self, y: Numbers, lines: Lines, included: Sequence[bool]) -> None:
        self.y = y
        self.included = included
        (lpl, upl), (low, high) = lines.outer, lines.inner
        self.relative = [
            None if value is None or centre is None else side(value, centre)
            for value, centre in zip(y, lines.cl, strict=True)
        ]
        self.outside = [_beyond(value, lower, upper) for value, lower, upper in zip(y, lpl, upl, strict=True)]
        beyond = [_beyond(value, lower, upper) for value, lower, upper in zip(y, low, high, strict=True)]
        self.close = [far and not out for far, out in zip(beyond, self.outside, strict=True)]
        self.beyond = beyond

    def judged(self, at: int) -> bool:
        return self.included[at] and self.y[at] is not None

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
        row: list[int] = []
        for at, here in enumerate(self.relative):
            here = here if self.judged(at) else None
            row = [*row, at] if here and (not row or self.relative[row[-1]] == here) else [at] if here else []
            if len(row) >= length:
                found.update(row)
        return found

    def _trends(self, length: int) -> dict[int, bool]:
        """Points that all rise or all fall. Where one ends and the opposite begins, the point is the latter's."""
        found: dict[int, bool] = {}
        row: list[int] = []
        way = 0
        for at, value in enumerate(self.y):
            if not self.judged(at) or value is None:
                row, way = [], 0
                continue
            before = self.y[row[-1]] if row else None
            step = side(value, before) if before is not None else 0
            if step and step == way:
                row.append(at)
            else:
                row, way = ([row[-1], at] if row and step else [at]), step
            if way and len(row) >= length:
                found.update(dict.fromkeys(row, way > 0))
        return found

    def _two_of_three(self, mode: str) -> set[int]:
        """Of three points in a row on one side, those beyond two sigma, where they are two or three."""
        far = self.beyond if mode == "mdc2024" else self.close
        found: set[int] = set()
        for at in range(len(self.y) - 2):
            three = range(at, at + 3)
            on = {self.relative[each] if self.judged(each) else None for each in three}
            if len(on) != 1 or not on.pop():
                continue
            counted = [each for each in three if far[each]]
            if len(counted) >= IN_THREE:
                found.update(counted)
        return found


def _beyond(value: float | None, lower: float | None, upper: float | None) -> bool:
    if value is None or lower is None or upper is None:
        return False
    return side(value, upper) > 0 or side(value, lower) < 0


def special(phases: Sequence[tuple[Marks, Lines]], options: Options) -> Special:
    """What the rules say of every point, and the two icons of the chart."""
    causes = [each for marks, _lines in phases for each in marks.causes(options)]
    types = [_point_type(rising, options.direction) for _cause, rising in causes]
    return Special(
        relative_to_mean=tuple(each for marks, _lines in phases for each in marks.relative),
        outside=tuple(each for marks, _lines in phases for each in marks.outside),
        close=tuple(each for marks, _lines in phases for each in marks.close),
        cause=tuple(cause for cause, _rising in causes),
        rising=tuple(rising for _cause, rising in causes),
        point_type=tuple(types),
        variation=_variation(types[-1], rising=causes[-1][1]) if types else "common_cause",
        assurance=_assurance(phases[-1][1], options) if phases else None,
    )


def _point_type(rising: bool | None, direction: str) -> str:
    if rising is None:
        return "common_cause"
    if direction == "neutral":
        return "special_cause_neutral_high" if rising else "special_cause_neutral_low"
    return "special_cause_improvement" if rising == (direction == "increase") else "special_cause_concern"


def _variation(point_type: str, *, rising: bool | None) -> str:
    """The icon of the last point."""
    if rising is None:
        return "common_cause"
    kind = point_type.removeprefix("special_cause_").partition("_")[0]
    return f"{kind}_{'high' if rising else 'low'}"


def _assurance(lines: Lines, options: Options) -> Assurance | None:
    """Whether the process, as it is, meets the target. None without a target, a direction or limits."""
    (lpl, upl) = lines.outer
    if options.target is None or options.direction == "neutral" or not lpl or lpl[-1] is None or upl[-1] is None:
        return None
    above, below = options.target > upl[-1], options.target < lpl[-1]
    if not above and not below:
        return "inconsistent"
    return "pass" if below == (options.direction == "increase") else "fail"
