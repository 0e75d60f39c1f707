"""The driver diagram on paper: A4 on its side, a goal after the other, each as large as the sheet lets it be.

A goal with so much beneath it that its letters would grow too small goes over several sheets, and stands on each.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from django.utils import translation

from gpf.pdf import render_template
from improvement.goals.drawing import Drawing, draw_goal
from improvement.goals.trees import Branch, Leaf, Tree, from_content

SHEET = (267 / 25.4 * 96, 155 / 25.4 * 96)  # width and height left for a drawing, in CSS pixels
SMALLEST = 0.65  # of full size: letters of 7 points


def render(content: Mapping[str, Any], *, language: str, title: str) -> bytes:
    """The PDF of a team's diagrams; `content` as `trees.as_content` makes it."""
    with translation.override(language):
        parts = [part for tree in from_content(content) for part in sheets(tree)]
        drawings = [draw_goal(part, number) for number, part in enumerate(parts, start=1)]
    figures = [one.scaled(_fitting(one)) for one in drawings]
    context = {"title": title, "network": content["network"], "figures": figures}
    return render_template("improvement/pdf/diagram.html", context, language=language, title=title)


def sheets(tree: Tree) -> list[Tree]:
    """The tree, or what of it goes on each of several sheets. In the active language."""
    twigs: list[tuple[int, Leaf | None]] = [
        (number, leaf) for number, branch in enumerate(tree.branches) for leaf in branch.leaves or (None,)
    ]
    twigs += [(-1, leaf) for leaf in tree.leaves]
    if len(twigs) < 2 or _fitting(draw_goal(tree, 1)) >= SMALLEST:
        return [tree]
    half = (len(twigs) + 1) // 2
    return [*sheets(_of(tree, twigs[:half])), *sheets(_of(tree, twigs[half:]))]


def _of(tree: Tree, twigs: Sequence[tuple[int, Leaf | None]]) -> Tree:
    grouped = [
        (number, tuple(leaf for _number, leaf in group if leaf))
        for number, group in groupby(twigs, key=lambda twig: twig[0])
    ]
    branches = tuple(Branch(tree.branches[number].text, leaves) for number, leaves in grouped if number >= 0)
    return replace(tree, branches=branches, leaves=next((leaves for number, leaves in grouped if number < 0), ()))


def _fitting(drawing: Drawing) -> float:
    """How large it can be on a sheet, never larger than full size."""
    return min(1.0, SHEET[0] / drawing.width, SHEET[1] / drawing.height)
