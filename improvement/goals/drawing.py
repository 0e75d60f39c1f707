"""The driver diagram of a goal: the goal with its measures, the needs that drive it, the changes that are tried.

Drawn from plain data, alike on screen and on paper, in the text's own colour with shapes that tell the kinds apart, so
that it prints in one colour; `static/gpf/goals.css` adds colours by class. Each box is as tall as its text, and each
driver has a stretch of height of its own that its changes fill: nothing can overlap.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from gpf import fonts
from improvement.goals.trees import Leaf, Tree
from improvement.goals.wrapping import wrap


@dataclass(frozen=True)
class Drawing:
    """A drawing: its size in its own units (CSS pixels at full size), and all that is drawn, escaped."""

    width: float
    height: float
    key: str
    title: str
    inner: str

    @property
    def svg(self) -> SafeString:
        return self.scaled(1.0)

    def scaled(self, times: float) -> SafeString:
        """So many times as large."""
        return mark_safe(  # every text in it was escaped when it was drawn
            f'<svg xmlns="http://www.w3.org/2000/svg" class="driver" viewBox="0 0 {self.width:g} {self.height:.1f}" '
            f'width="{self.width * times:.1f}" height="{self.height * times:.1f}" role="img" '
            f'aria-labelledby="{self.key}" font-family="Inter, Text, sans-serif">'
            f'<title id="{self.key}">{escape(self.title)}</title>{self.inner}</svg>'
        )


GOAL, DRIVER, CHANGE = (0.0, 330.0), (394.0, 340.0), (798.0, 380.0)  # left edge and width of each column
WIDTH = CHANGE[0] + CHANGE[1]
PAD, GAP, APART = 12.0, 10.0, 22.0
HEADING = 30.0
MARK = 22.0
DEEPEST = 140.0  # the goal stands in the middle, but never so far down that a tall diagram begins with nothing
EDGE = 1.0  # half of the widest line, so that nothing is cut off


@dataclass(frozen=True)
class Line:
    text: str
    size: float = 15.0
    strong: bool = False
    above: float = 0.0  # room over it

    @property
    def height(self) -> float:
        return self.size * 1.36 + self.above


@dataclass(frozen=True)
class Box:
    """A box with wrapped text; how it looks is its kind's."""

    kind: str
    lines: tuple[Line, ...]
    left: float
    width: float
    top: float = 0.0

    @property
    def height(self) -> float:
        return sum(line.height for line in self.lines) + 2 * PAD

    @property
    def middle(self) -> float:
        return self.top + self.height / 2

    def at(self, top: float) -> "Box":
        return Box(self.kind, self.lines, self.left, self.width, top)


def draw_goal(tree: Tree, number: int) -> Drawing:
    """The diagram of one goal, in the active language. `number` makes its ids its own on the page."""
    goal = [_goal_box(tree), *_measure_boxes(tree)]
    stretches = [_stretch(branch.text, branch.leaves) for branch in tree.branches]
    stretches += [_stretch("", tree.leaves)] if tree.leaves else []
    if not stretches:
        stretches = [_stretch(_("No need is linked to the goal yet"), [], is_missing=True)]
    needed = sum(max(_tall([driver] if driver else []), _tall(leaves)) for driver, leaves in stretches)
    body = max(_tall(goal), needed + APART * (len(stretches) - 1))
    height = HEADING + body + EDGE
    left = list(_stacked(goal, HEADING + min(DEEPEST, (body - _tall(goal)) / 2)))
    placed, lines = _place(stretches, HEADING + (body - needed - APART * (len(stretches) - 1)) / 2, left[0].middle)
    parts = [_headings(), *lines, *(_box(box) for box in [*left, *placed])]
    title = _("Driver diagram of the goal: %(goal)s") % {"goal": tree.text}
    return Drawing(WIDTH + EDGE, height, f"driver-{number}", title, "".join(parts))


Stretch = tuple[Box | None, list[Box]]
"""A driver and its changes; no driver where the changes lead straight to the goal."""


def _stretch(text: str, leaves: Sequence[Leaf], *, is_missing: bool = False) -> Stretch:
    driver = Box("missing" if is_missing else "driver", _wrapped(text, DRIVER[1]), *DRIVER) if text else None
    boxes = [_change_box(leaf) for leaf in leaves]
    if not boxes:
        boxes = [Box("missing", _wrapped(_("No change yet"), CHANGE[1]), *CHANGE)]
    return driver, boxes


def _place(stretches: Sequence[Stretch], top: float, goal_at: float) -> tuple[list[Box], list[str]]:
    placed: list[Box] = []
    lines: list[str] = []
    for driver, leaves in stretches:
        tall = max(_tall([driver] if driver else []), _tall(leaves))
        right = list(_stacked(leaves, top + (tall - _tall(leaves)) / 2))
        middle = top + tall / 2
        lines.append(_bend(GOAL[0] + GOAL[1], goal_at, DRIVER[0], middle))
        if driver:
            placed.append(driver.at(middle - driver.height / 2))
        else:
            lines.append(_bend(DRIVER[0], middle, DRIVER[0] + DRIVER[1], middle))
        lines += [_bend(DRIVER[0] + DRIVER[1], middle, CHANGE[0], leaf.middle) for leaf in right]
        placed += right
        top += tall + APART
    return placed, lines


def _stacked(boxes: Iterable[Box], top: float) -> Iterator[Box]:
    for box in boxes:
        yield box.at(top)
        top += box.height + GAP


def _tall(boxes: Sequence[Box]) -> float:
    return sum(box.height for box in boxes) + GAP * max(0, len(boxes) - 1)


# Boxes and lines


def _wrapped(
    text: str, width: float, size: float = 15.0, *, strong: bool = False, above: float = 0.0
) -> tuple[Line, ...]:
    found = wrap(text, fonts.STRONG if strong else fonts.TEXT, size, width - 2 * PAD)
    return tuple(Line(line, size, strong, 0.0 if at else above) for at, line in enumerate(found))


def _goal_box(tree: Tree) -> Box:
    said = _wrapped(tree.text, GOAL[1], 16, strong=True)
    return Box("goal", said + (_wrapped(tree.terms, GOAL[1], 14, above=5) if tree.terms else ()), *GOAL)


def _measure_boxes(tree: Tree) -> list[Box]:
    if not tree.measures:
        return [Box("missing", _wrapped(_("No measure yet"), GOAL[1]), *GOAL)]
    return [Box("measure", _wrapped(title, GOAL[1] - MARK, 14), *GOAL) for title in tree.measures]


def _change_box(leaf: Leaf) -> Box:
    state = _wrapped(leaf.word, CHANGE[1], 13, above=2)
    return Box(f"change-{leaf.state.replace('_', '-')}", _wrapped(leaf.text, CHANGE[1]) + state, *CHANGE)


def _headings() -> str:
    named = ((GOAL, _("Goal and measures")), (DRIVER, _("Needs that drive it")), (CHANGE, _("Changes you try")))
    look = 'class="driver-heading" y="16" font-size="14" fill="#3c5057"'
    return "".join(f'<text x="{place[0] + EDGE:g}" {look}>{escape(name)}</text>' for place, name in named)


LOOKS: Mapping[str, str] = {
    "goal": 'rx="6" fill="#fff" stroke="#17282d" stroke-width="2"',
    "measure": 'rx="6" fill="#fff" stroke="#51646a"',
    "driver": 'rx="6" fill="#fff" stroke="#17282d"',
    "change-idea": 'rx="18" fill="#fff" stroke="#51646a" stroke-dasharray="2 3"',
    "change-trying": 'rx="18" fill="#fff" stroke="#17282d"',
    "change-in-use": 'rx="18" fill="#fff" stroke="#17282d" stroke-width="2"',
    "missing": 'rx="6" fill="none" stroke="#51646a" stroke-dasharray="6 5"',
}


def _box(box: Box) -> str:
    left, indent = box.left + EDGE, MARK if box.kind == "measure" else 0.0
    drawn = [
        f'<rect class="driver-box driver-{box.kind}" x="{left:g}" y="{box.top:.1f}" width="{box.width - 2 * EDGE:g}" '
        f'height="{box.height:.1f}" {LOOKS[box.kind]}/>'
    ]
    if indent:
        foot = box.top + PAD + 15
        drawn.append(
            f'<path class="driver-mark" d="M{left + PAD:g} {foot:.1f}l5 -5 4 3 5 -8" fill="none" stroke="#17282d" '
            'stroke-width="1.6"/>'
        )
    top = box.top + PAD
    for line in box.lines:
        weight, foot = ' font-weight="600"' if line.strong else "", top + line.above + line.size
        kind = "driver-text" if line.size >= 15 else "driver-text driver-small"
        drawn.append(
            f'<text class="{kind}" x="{left + PAD + indent:g}" y="{foot:.1f}" font-size="{line.size:g}"'
            f'{weight} fill="#17282d">{escape(line.text)}</text>'
        )
        top += line.height
    return "".join(drawn)


def _bend(x1: float, y1: float, x2: float, y2: float) -> str:
    half = (x1 + x2) / 2
    return (
        f'<path class="driver-line" d="M{x1:g} {y1:.1f}C{half:g} {y1:.1f} {half:g} {y2:.1f} {x2:g} {y2:.1f}" '
        'fill="none" stroke="#51646a" stroke-width="1.25"/>'
    )
