"""How the wheel of the five phases is drawn: a ring with a piece for each phase, and outside it an arc for each step.

Pure: degrees from the top, clockwise, to the paths of an SVG of 400 × 400.
"""

from dataclasses import dataclass
from math import cos, radians, sin

CENTRE = 200.0
PIECE = (76.0, 160.0)
ARC = (167.0, 183.0)
NAME = 119.0
GAP = 1.2  # degrees left open on each side


@dataclass(frozen=True)
class Piece:
    """The outline of one phase, where its name stands, and the outline of each of its steps.

    Numbers are texts, so that no language puts a comma in them.
    """

    outline: str
    x: str
    y: str
    arcs: tuple[str, ...]


def draw(steps: list[int]) -> list[Piece]:
    """The pieces of a wheel whose phases have so many steps each; the first begins at the top."""
    share = 360 / len(steps)
    return [_piece(number * share, (number + 1) * share, count) for number, count in enumerate(steps)]


def _piece(start: float, end: float, steps: int) -> Piece:
    x, y = _point(NAME, (start + end) / 2)
    each = (end - start) / steps
    arcs = tuple(_ring(*ARC, start + each * number, start + each * (number + 1)) for number in range(steps))
    return Piece(_ring(*PIECE, start, end), str(x), str(y), arcs)


def _ring(inner: float, outer: float, start: float, end: float) -> str:
    """A piece of a ring, the gaps on its sides equally wide all the way in."""
    outer_gap, inner_gap = GAP, GAP * outer / inner
    a, b = _point(outer, start + outer_gap), _point(outer, end - outer_gap)
    c, d = _point(inner, end - inner_gap), _point(inner, start + inner_gap)
    return (
        f"M{a[0]} {a[1]}A{outer:g} {outer:g} 0 0 1 {b[0]} {b[1]}L{c[0]} {c[1]}A{inner:g} {inner:g} 0 0 0 {d[0]} {d[1]}Z"
    )


def _point(radius: float, degrees: float) -> tuple[float, float]:
    turned = radians(degrees)
    return round(CENTRE + radius * sin(turned), 1), round(CENTRE - radius * cos(turned), 1)
