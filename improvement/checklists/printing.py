"""A checklist on A4: boxes to tick, and a line for the date and initials by each point."""

from collections.abc import Mapping
from typing import Any

from gpf.pdf import render_template
from improvement.checklists.content import sections
from improvement.checklists.paper_words import foot


def render(content: Mapping[str, Any], *, language: str, title: str) -> bytes:
    """The list as PDF/A. `content` as `handing_out.on_paper` gives it."""
    context = {"list": content, "sections": sections(content["rows"]), "foot": foot(content)}
    return render_template("improvement/pdf/checklist.html", context, language=language, title=title)
