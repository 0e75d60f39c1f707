"""A chart on paper."""

from collections.abc import Mapping
from typing import Any

from django.utils.safestring import mark_safe

from gpf.pdf import render_template


def render(content: Mapping[str, Any], *, language: str, title: str) -> bytes:
    """The sentence, the chart, what stands on it, and the numbers: one measure on A4, as tagged PDF/A."""
    context = dict(content) | {"chart": mark_safe(content["chart"])}  # our own drawing; its texts are escaped
    return render_template("improvement/pdf/chart.html", context, language=language, title=title)
