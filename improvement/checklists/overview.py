"""The page of all eight lists, and the one thing to do next."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from improvement.access import Place
from improvement.checklists import presenting
from improvement.checklists.presenting import NaturalMeasure
from improvement.checklists.queries import Held, Holder, read_all
from networks.access import NetworkRequest

FIRST = "hph2"
"""Where most begin: short, on a known day, and with a number by itself."""


@dataclass(frozen=True)
class Line:
    """A list on the overview."""

    held: Held
    url: str
    points: int
    measure: NaturalMeasure


@dataclass(frozen=True)
class Next:
    """What to do next, and why."""

    title: str
    note: str
    url: str
    label: str


def show(request: NetworkRequest, holder: Holder, place: Place | None = None) -> HttpResponse:
    """The eight lists."""
    measures = presenting.measures(holder.team)
    lines = [
        Line(
            held,
            holder.url("checklist", step=held.step.key),
            sum(row["kind"] == "item" for row in held.rows),
            measures[held.step.measure],
        )
        for held in read_all(holder)
    ]
    context: dict[str, object] = {"place": place, "holder": holder, "lines": lines}
    if holder.may_write:
        context["next"] = _next_for_team(holder, lines) if holder.team else _next_for_network(lines)
    template = "improvement/checklists.html" if holder.team else "improvement/network_checklists.html"
    return render(request, template, context)


def _next_for_team(holder: Holder, lines: list[Line]) -> Next | None:
    newer = next((line for line in lines if line.held.newer), None)
    if newer:
        title = _("The network has changed %(step)s") % {"step": newer.held.step.code or newer.held.step.name}
        return Next(
            title,
            _("Your own version is older. See what is new, and take in what you need."),
            presenting.newer_url(holder, newer.held),
            _("See what is new"),
        )
    first = next(line for line in lines if line.held.step.key == FIRST)
    if not any(line.held.source == "team" for line in lines):
        note = _(
            "Print the list, use it with one user this week, and change what did not fit. One list is enough at first."
        )
        return Next(_("Try HPH2 with one user"), note, first.url, _("Open HPH2"))
    if not any(line.measure.own for line in lines):
        assert holder.team is not None
        url = reverse("improvement:measure_add", args=[holder.network.slug, holder.team.slug])
        note = _("You have adapted a list. Two numbers a month show whether it is used.")
        adapted = next(line for line in lines if line.held.source == "team")
        title = _("Begin to measure: %(measure)s") % {"measure": adapted.measure.words}
        return Next(title, note, f"{url}?library={adapted.measure.key}", _("Begin to measure"))
    return None


def _next_for_network(lines: list[Line]) -> Next | None:
    if any(line.held.source == "network" for line in lines):
        return None
    first = next(line for line in lines if line.held.step.key == FIRST)
    note = _(
        "Put in the telephone numbers and routines you share in the region. Every team then begins from your version."
    )
    return Next(_("Adapt HPH2 for the network"), note, first.url, _("Open HPH2"))
