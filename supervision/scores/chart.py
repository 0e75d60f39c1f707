"""A team's scores over the gatherings as a small drawing: the team's as discs, the supervisor's as rings. Pure.

Told apart by shape and by dashes, so that it prints in one colour. A table stands beside it with the same numbers.
"""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from supervision.scores.queries import Pair, Said, apart
from supervision.scores.scale import number

LEFT, STEP, RIGHT = 56, 128, 64
TOP, UNIT, FOOT = 20, 36, 34
HIGHEST, LOWEST = Decimal(5), Decimal(1)
RADIUS = 7

Side = Callable[[Pair], Said | None]


def draw_scores(pairs: Sequence[Pair], name: str) -> SafeString:
    """The drawing as an SVG element with a title and a text alternative, in the active language.

    `pairs` are what the person may read, in the order of time; drafts are left out.
    """
    width = LEFT + STEP * max(len(pairs) - 1, 1) + RIGHT
    height = round(_y(Decimal("0.5")) + FOOT)
    body = "".join((*_ground(pairs, width), *_line(pairs, _of_team, ring=False), *_line(pairs, _of_guide, ring=True)))
    title = _("Where %(team)s stands, gathering by gathering") % {"team": name}
    return mark_safe(  # every text in it has been escaped
        f'<svg class="scores" viewBox="0 0 {width} {height}" preserveAspectRatio="xMinYMin" role="img" '
        f'aria-labelledby="skala-t skala-d" '
        f'fill="currentColor" font-size="14"><title id="skala-t">{escape(title)}</title>'
        f'<desc id="skala-d">{escape(_alternative(pairs))}</desc>{body}</svg>'
    )


def _of_team(pair: Pair) -> Said | None:
    return pair.team


def _of_guide(pair: Pair) -> Said | None:
    return pair.supervisor


def _ground(pairs: Sequence[Pair], width: int) -> Iterator[str]:
    """A thin line for each whole level, and the gatherings below."""
    for level in range(int(LOWEST), int(HIGHEST) + 1):
        height = _y(Decimal(level))
        yield f'<path d="M{LEFT - 20} {height}H{width}" stroke="currentColor" stroke-opacity=".18"/>'
        yield f'<text class="scores-small" x="{LEFT - 28}" y="{height + 5}" text-anchor="end">{level}</text>'
    for at, pair in enumerate(pairs):
        foot = round(_y(Decimal("0.5")) + FOOT - 8)
        name = escape(capfirst(str(pair.gathering)))
        yield f'<text class="scores-small" x="{_x(at)}" y="{foot}" text-anchor="middle">{name}</text>'


def _line(pairs: Sequence[Pair], side: Side, *, ring: bool) -> Iterator[str]:
    """One side's marks, joined; each says what it is. Where both stand on one spot the ring goes round the disc."""
    kind = "supervisor" if ring else "team"
    dots = [(_x(at), said.score.value, pair) for at, pair in enumerate(pairs) if (said := _given(side(pair)))]
    path = " ".join(f"{x},{_y(value)}" for x, value, _pair in dots if value is not None)
    if len(dots) > 1:
        dashes = ' stroke-dasharray="6 5"' if ring else ""
        yield (
            f'<polyline class="scores-path {kind}" points="{path}" fill="none" stroke="currentColor"'
            f' stroke-width="2"{dashes}/>'
        )
    for x, value, pair in dots:
        assert value is not None  # what is given has a value
        told = escape(f"{_who(ring)}, {pair.gathering}: {number(value)}")
        same = pair.gap == 0
        look = (
            f'r="{RADIUS + (4 if same else 0)}" fill="{"none" if same else "var(--scores-ground, #fff)"}"'
            ' stroke="currentColor" stroke-width="2.5"'
            if ring
            else f'r="{RADIUS}"'
        )
        yield f'<circle class="scores-dot {kind}" cx="{x}" cy="{_y(value)}" {look}><title>{told}</title></circle>'


def _given(said: Said | None) -> Said | None:
    return said if said and said.is_given else None


def _who(ring: bool) -> str:
    return _("The supervisor") if ring else _("The team")


def _alternative(pairs: Sequence[Pair]) -> str:
    """All the marks as sentences."""
    told = []
    for pair in pairs:
        sides = ((_who(False), _given(pair.team)), (_who(True), _given(pair.supervisor)))
        said = [f"{who.lower()} {number(each.score.value)}" for who, each in sides if each and each.score.value]
        if said:
            told.append(f"{capfirst(str(pair.gathering))}: {', '.join(said)}.")
    return " ".join([*told, apart(pairs)])


def _x(at: int) -> int:
    return LEFT + STEP * at + 12


def _y(value: Decimal) -> int:
    return round(TOP + UNIT * float(HIGHEST - value))
