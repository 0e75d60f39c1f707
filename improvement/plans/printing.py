"""The plan on paper: PDF/A-2a in the team's language."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils import translation

from gpf.pdf import render_template
from improvement.plans.content import Plan, from_json
from improvement.plans.wording import put_into_words


def render(content: Mapping[str, Any], *, language: str, title: str) -> bytes:
    """The plan as PDF. `content` is what `request_plan_paper` put together: plan, earlier, gathering."""
    earlier = from_json(content["earlier"]) if content["earlier"] else None
    plan = from_json(content["plan"])
    with translation.override(language):
        words = put_into_words(_with_our_letters(plan), earlier, gathering=content["gathering"])
    return render_template("improvement/pdf/plan.html", {"plan": words}, language=language, title=title)


def _with_our_letters(plan: Plan) -> Plan:
    """Drawings do not take the letters of the sheet around them: they are told which."""
    lettered = [each.chart.replace("<svg ", '<svg font-family="Text" ', 1) for each in plan.measures]
    drawn = (replace(each, chart=chart) for each, chart in zip(plan.measures, lettered, strict=True))
    return replace(plan, measures=tuple(drawn))
