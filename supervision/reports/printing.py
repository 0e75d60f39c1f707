"""The reports on paper, as PDF/A."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils.safestring import mark_safe

from gpf.pdf import render_template
from supervision.reports.leading import Changed, from_content
from supervision.reports.wording import lines_from

DRAWN = 3  # teams whose charts a leader's sheet has room for


def render_standing(content: Mapping[str, Any], *, language: str, title: str) -> bytes:
    """Where the teams of a network are, on lying sheets. `content` as `wording.as_content` gives it, with the network's
    name, the sentence above the table, and the day."""
    context = {**content, "lines": lines_from(content), "title": title}
    return render_template("supervision/pdf/standing.html", context, language=language, title=title)


def render_leader_page(content: Mapping[str, Any], *, language: str, title: str) -> bytes:
    """What a leader gets of her teams, as PDF/A. `content` as `leading.as_content` gives it.

    One sheet: of several teams the first measure of each, beside the rest; of more than `DRAWN` without the charts.
    """
    page = from_content(content)
    count = len(page.teams)
    teams = [
        replace(team, changed=[_drawn(each) for each in team.changed[: 2 if count == 1 else 1]]) for team in page.teams
    ]
    context = {
        "page": replace(page, teams=teams),
        "many": count > 1,
        "drawn": count <= DRAWN,
        "words": content["words"],
        "title": title,
    }
    return render_template("supervision/pdf/leader.html", context, language=language, title=title)


def _drawn(changed: Changed) -> Changed:
    return replace(changed, chart=mark_safe(changed.chart))  # our own drawing
