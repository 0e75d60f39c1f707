"""The driver diagram on paper: A4 on its side, a goal after the other, each as large as the sheet lets it be."""

from collections.abc import Mapping
from typing import Any

from django.utils import translation

from gpf.pdf import render_template
from improvement.goals.drawing import draw_goal
from improvement.goals.trees import from_content

SHEET = (267 / 25.4 * 96, 155 / 25.4 * 96)  # width and height left for a drawing, in CSS pixels


def render(content: Mapping[str, Any], *, language: str, title: str) -> bytes:
    """The PDF of a team's diagrams; `content` as `drawing.as_content` makes it."""
    trees = from_content(content)
    with translation.override(language):
        drawings = [draw_goal(tree, number) for number, tree in enumerate(trees, start=1)]
    sizes = [min(1.0, SHEET[0] / one.width, SHEET[1] / one.height) for one in drawings]
    figures = [
        {"tree": tree, "svg": one.svg, "width": round(one.width * size, 1)}
        for tree, one, size in zip(trees, drawings, sizes, strict=True)
    ]
    context = {"title": title, "network": content["network"], "figures": figures}
    return render_template("improvement/pdf/diagram.html", context, language=language, title=title)
