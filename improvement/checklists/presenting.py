"""Checklists in words, and where their buttons lead."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from improvement.checklists.content import Row
from improvement.checklists.difference import Marked, compare
from improvement.checklists.forms import FIELD_WORDS
from improvement.checklists.models import ChecklistVersion
from improvement.checklists.queries import Held, Holder
from improvement.checklists.steps import STEPS, Step
from improvement.measures.models import Measure
from teams.models import Team

PAGES = ("checklist", "checklist_edit", "checklist_pdf", "checklist_docx")
STATES: dict[str, str | Promise] = {
    "added": gettext_lazy("New"),
    "changed": gettext_lazy("Changed"),
    "moved": gettext_lazy("Moved"),
    "removed": gettext_lazy("Removed"),
}
MEASURES: dict[str, str | Promise] = {
    "readmission-30-days": gettext_lazy("Share readmitted within 30 days"),
    "asked-what-matters": gettext_lazy("Share of new users asked “What matters to you?”"),
    "hph2-3-days": gettext_lazy("Share with HPH2 within three days"),
    "hph3-14-days": gettext_lazy("Share with HPH3 within fourteen days"),
    "hph5-4-weeks": gettext_lazy("Share with HPH5 at four weeks"),
    "hph6-3-hours": gettext_lazy("Share with HPH6 within three hours"),
    "checklists-complete": gettext_lazy("Share of checklists that are complete"),
}


@dataclass(frozen=True)
class NaturalMeasure:
    """The measure a step gives: its key in the library, its words, and the team's own, once it has begun."""

    key: str
    words: str | Promise
    own: Measure | None


@dataclass(frozen=True)
class MarkedRow:
    """A row of a comparison, with the word for what has come of it and the words for its field."""

    row: Row
    state: str
    word: str | Promise
    before: str
    field: str | Promise


@dataclass(frozen=True)
class VersionLine:
    """A version in the list of them."""

    version: ChecklistVersion
    url: str


@dataclass(frozen=True)
class Comparison:
    """Another version to compare with."""

    name: str
    url: str
    current: bool


def name(held: Held) -> str:
    """Which version it is: “version 2”, “the network's version 3”, “the starting version”."""
    if held.version is None:
        return _("the starting version")
    if held.source == "network":
        return _("the network's version %(number)d") % {"number": held.version.number}
    return _("version %(number)d") % {"number": held.version.number}


def before(held: Held) -> str:
    """The token of the version this one was built on; empty for the starting version."""
    if held.version is None:
        return ""
    if held.version.number > 1:
        return f"{held.source}-{held.version.number - 1}"
    taken_in = int(held.content.get("network_version", 0))
    return f"network-{taken_in}" if held.source == "team" and taken_in else "start"


def urls(holder: Holder, step: Step) -> dict[str, str]:
    """The addresses of the holder's pages of one list, by their name without the noun."""
    return {page.removeprefix("checklist_"): holder.url(page, step=step.key) for page in PAGES}


def version_url(holder: Holder, step: Step, token: str, against: str = "") -> str:
    """The address of a version, compared with another if one is named."""
    url = holder.url("checklist_version", step=step.key, token=token)
    return f"{url}?mot={against}" if against else url


def newer_url(holder: Holder, held: Held) -> str:
    """The address that shows what the network has changed since the version the team's list takes in."""
    if held.newer is None:
        return ""
    known = f"network-{held.network_version}" if held.network_version else "start"
    return version_url(holder, held.step, f"network-{held.newer.number}", known)


def version_lines(holder: Holder, step: Step, versions: Sequence[ChecklistVersion]) -> list[VersionLine]:
    """The holder's versions with their addresses."""
    return [VersionLine(one, version_url(holder, step, f"{holder.source}-{one.number}")) for one in versions]


def comparisons(holder: Holder, version: Held, against: str) -> list[Comparison]:
    """What a version can be compared with: the one it was built on, and the starting version."""
    earlier = before(version)
    if not earlier:
        return []
    named = {earlier: _("the version before"), "start": _("the starting version")}
    return [
        Comparison(words, version_url(holder, version.step, version.token, token), token == against)
        for token, words in named.items()
    ]


def field_words(row: Row) -> str | Promise:
    """What the point has to fill in, or nothing."""
    return FIELD_WORDS[row["field"]] if row["field"] in FIELD_WORDS and row["field"] else ""


def marked(other: Held | None, version: Held) -> list[MarkedRow]:
    """The version's rows, with what differs from the other one."""
    found = compare(other.rows, version.rows) if other else [Marked(row, "") for row in version.rows]
    return [
        MarkedRow(
            one.row,
            one.state,
            STATES.get(one.state, ""),
            one.before if one.before != one.row["text"] else "",
            field_words(one.row),
        )
        for one in found
    ]


def told(other: Held | None, version: Held) -> str:
    """The differences in one sentence; empty where there is nothing to compare with."""
    if other is None:
        return ""
    states = [one.state for one in compare(other.rows, version.rows)]
    parts = [
        ngettext("%(count)d new", "%(count)d new", states.count("added")) % {"count": states.count("added")},
        ngettext("%(count)d changed", "%(count)d changed", states.count("changed"))
        % {"count": states.count("changed")},
        ngettext("%(count)d moved", "%(count)d moved", states.count("moved")) % {"count": states.count("moved")},
        ngettext("%(count)d removed", "%(count)d removed", states.count("removed"))
        % {"count": states.count("removed")},
    ]
    some = [part for part in parts if not part.startswith("0 ")]
    words = _("Compared with %(version)s: %(what)s.")
    return words % {"version": name(other), "what": ", ".join(some) or _("the points are the same")}


def measure(team: Team | None, step: Step) -> NaturalMeasure:
    """The measure the step gives."""
    return measures(team)[step.measure]


def measures(team: Team | None) -> dict[str, NaturalMeasure]:
    """The measures the steps give, by their key in the library. One query, none without a team."""
    keys = {step.measure for step in STEPS}
    rows = Measure.objects.filter(team=team, library_key__in=keys, ended_on=None).order_by("-pk") if team else []
    own = {row.library_key: row for row in rows}
    return {key: NaturalMeasure(key, MEASURES[key], own.get(key)) for key in keys}
