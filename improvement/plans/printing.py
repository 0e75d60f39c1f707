"""The plan on paper: PDF/A-2a in the team's language."""

from collections.abc import Mapping
from typing import Any

from django.utils import translation

from gpf.pdf import render_template
from improvement.plans.content import from_json
from improvement.plans.wording import put_into_words


def render(content: Mapping[str, Any], *, language: str, title: str) -> bytes:
    """The plan as PDF. `content` is what `request_plan_paper` put together: plan, earlier, gathering."""
    earlier = from_json(content["earlier"]) if content["earlier"] else None
    with translation.override(language):
        words = put_into_words(from_json(content["plan"]), earlier, gathering=content["gathering"])
    return render_template("improvement/pdf/plan.html", {"plan": words}, language=language, title=title)
