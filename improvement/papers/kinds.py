"""Who lays out which paper. Named by path: WeasyPrint is heavy, and a page that asks for a paper needs none of it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.module_loading import import_string

from improvement.papers.models import Paper

Renderer = Callable[..., bytes]
"""(content, *, language, title) → the PDF."""

RENDERERS: Mapping[str, str] = {
    Paper.Kind.PLAN: "improvement.plans.printing.render",
    Paper.Kind.DIAGRAM: "improvement.goals.printing.render",
    Paper.Kind.CHECKLIST: "improvement.checklists.printing.render",
    Paper.Kind.CHART: "improvement.measures.printing.render",
    Paper.Kind.LABELS: "posters.present.printing.render",
    Paper.Kind.STANDING: "supervision.reports.printing.render_standing",
}


def render(kind: str, content: Mapping[str, Any], *, language: str, title: str) -> bytes:
    """The paper as PDF/A. Raises what the renderer raises."""
    renderer: Renderer = import_string(RENDERERS[kind])
    return renderer(content, language=language, title=title)
