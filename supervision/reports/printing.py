"""The reports on paper, as PDF/A."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils.safestring import mark_safe

from gpf.pdf import render_template
from supervision.reports.leading import from_content
from supervision.reports.wording import lines_from


def render_standing(content: Mapping[str, Any], *, language: str, title: str) -> bytes:
    """Where the teams of a network are, on lying sheets. `content` as `wording.as_content` gives it, with the network's
    name, the sentence above the table, and the day."""
    context = {**content, "lines": lines_from(content), "title": title}
    return render_template("supervision/pdf/standing.html", context, language=language, title=title)


def render_leader_page(content: Mapping[str, Any], *, language: str, title: str) -> bytes:
    """What a leader gets of her teams, as PDF/A. `content` as `leading.as_content` gives it."""
    page = from_content(content)
    teams = [
        replace(team, changed=[replace(each, chart=mark_safe(each.chart)) for each in team.changed])  # our own drawing
        for team in page.teams
    ]
    context = {"page": replace(page, teams=teams), "words": content["words"], "title": title}
    return render_template("supervision/pdf/leader.html", context, language=language, title=title)
