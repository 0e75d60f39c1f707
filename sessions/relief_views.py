"""More time, or none needed, for one team or several."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gpf import dates
from networks.access import NetworkRequest, is_completed, network_view
from networks.models import Role
from sessions.models import Assignment, Gathering
from sessions.relief import (
    ASKED_AGAIN,
    EXEMPT,
    EXTENDED,
    TAKEN_BACK,
    exempt_teams,
    extend_teams,
    lift_exemptions,
    take_extensions_back,
)
from sessions.relief_forms import ReliefForm, Row, read_rows
from teams.models import Team


@network_view(Role.COORDINATOR, to_write=True)
def relieve(request: NetworkRequest) -> HttpResponse:
    """Choose the work and the teams, give them a later day or free them, and say why."""
    today = timezone.localdate()
    work = _work()
    if not work:
        return render(request, "sessions/relief.html", {"work": []})
    assignment = _chosen_work(request, work, today)
    rows = read_rows(assignment, Team.objects.going_on(today), today)
    chosen = _chosen_teams(request, rows)
    form = ReliefForm(assignment, rows, today, request.POST or None, initial={"teams": chosen})
    if request.method == "POST" and form.is_valid():
        _give(request, assignment, form)
        address = reverse("gatherings:relieve", args=[request.network.slug])
        return redirect(f"{address}?{urlencode({'assignment': assignment.pk})}")
    context = {
        "work": work,
        "groups": [(name, list(own)) for name, own in groupby(work, key=_gathering_name)],
        "assignment": assignment,
        "rows": [replace(row, chosen=row.team.slug in chosen) for row in rows],
        "late": sum(row.is_late for row in rows),
        "form": form,
        "is_closed": is_completed(request.network),
        "extended": EXTENDED,
    }
    return render(request, "sessions/relief.html", context)


def _work() -> list[Assignment]:
    """The work of the open network that somebody can be asked for, in order of its gatherings."""
    found = Assignment.objects.select_related("gathering").exclude(gathering__state=Gathering.State.CANCELLED)
    return sorted(
        found,
        key=lambda each: (each.gathering.when or date.max, each.gathering_id, each.due, each.position, each.pk),
    )


def _gathering_name(assignment: Assignment) -> str:
    return str(capfirst(str(assignment.gathering)))


def _chosen_work(request: NetworkRequest, work: Sequence[Assignment], today: date) -> Assignment:
    """What she has chosen; else what was due last, within a month, or is due next."""
    asked = request.POST.get("assignment") or request.GET.get("assignment")
    if asked:
        found = next((each for each in work if str(each.pk) == asked), None)
        if found is None:
            raise Http404
        return found
    by_day = sorted(work, key=lambda each: each.due)
    lately = [each for each in by_day if 0 <= (today - each.due).days <= 31]
    coming = [each for each in by_day if each.due > today]
    return (lately[-1:] or coming[:1] or by_day[-1:])[0]


def _chosen_teams(request: NetworkRequest, rows: Sequence[Row]) -> list[str]:
    """Those in the answer or the address; with `sene`, those that are late."""
    if request.method == "POST":
        return request.POST.getlist("teams")
    if "sene" in request.GET:
        return [row.team.slug for row in rows if row.is_late]
    return request.GET.getlist("team")


def _give(request: NetworkRequest, assignment: Assignment, form: ReliefForm) -> None:
    teams, what, reason = form.chosen, form.cleaned_data["what"], form.cleaned_data["reason"]
    until = form.cleaned_data["until"]
    if what == EXTENDED:
        extend_teams(teams=teams, assignment=assignment, until=until, reason=reason)
    elif what == EXEMPT:
        exempt_teams(teams=teams, assignment=assignment, reason=reason)
    elif what == TAKEN_BACK:
        take_extensions_back(teams=teams, assignment=assignment, reason=reason)
    elif what == ASKED_AGAIN:
        lift_exemptions(teams=teams, assignment=assignment, reason=reason)
    messages.success(request, _said(what, teams, assignment, until))


def _said(what: str, teams: Sequence[Team], assignment: Assignment, until: date | None) -> str:
    names = ", ".join(team.name for team in teams) if len(teams) <= 4 else ""
    who = names or ngettext("%(count)d team", "%(count)d teams", len(teams)) % {"count": len(teams)}
    words = {"who": who, "day": dates.long_date(until or assignment.due), "title": assignment.title}
    said = {
        EXTENDED: _("%(who)s: new deadline %(day)s for “%(title)s”."),
        EXEMPT: _("%(who)s: exempt from “%(title)s”."),
        TAKEN_BACK: _("%(who)s: the common deadline for “%(title)s” holds again, %(day)s."),
        ASKED_AGAIN: _("%(who)s: asked for “%(title)s” again, due %(day)s."),
    }
    told = _("They are told in their next mail.")
    return f"{said[what] % words} {told}"
