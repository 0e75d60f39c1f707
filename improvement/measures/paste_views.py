"""The page where numbers come from Excel: what each line would do is shown before anything is kept."""

import hashlib
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from improvement.measures.access import MeasurePlace, write_measure
from improvement.measures.importing.columns import divide, find_columns, names_of
from improvement.measures.importing.judging import Judged, judge, letter
from improvement.measures.importing.list_form import NumbersListForm, as_text
from improvement.measures.models import Measure, Observation
from improvement.measures.services import save_numbers
from networks.access import NetworkRequest, network_view
from networks.models import Role
from teams.importing.reading import Lines, others_unread
from teams.importing.sheet import MOST_COLUMNS

SHOWN = 200
WOULD_DO = ("new", "changed")


@require_http_methods(["GET", "HEAD", "POST"])
@network_view(Role.TEAM_MEMBER, to_write=True)
def paste(request: NetworkRequest, team_slug: str, measure_pk: int) -> HttpResponse:
    """Take rows, show what they would do, and do it."""
    found = write_measure(request, team_slug, measure_pk, lock="keep" in request.POST)
    form = NumbersListForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid() or form.lines is None:
        return render(request, "improvement/paste.html", {"place": found.place, "measure": found.measure, "form": form})
    today = timezone.localdate()
    heading, body = divide(form.lines.lines, found.measure.rhythm, today)
    columns = _chosen(request, found.measure) or find_columns(
        found.measure, [cells for _line, cells in body], heading, today
    )
    kept = {row.on: row for row in Observation.objects.filter(measure=found.measure)}
    judged = judge(found.measure, body, columns, kept, today=today)
    if "keep" in request.POST and (refused := _refused(request, judged)):
        messages.error(request, refused)
    elif "keep" in request.POST:
        return _keep(request, found, judged)
    return _preview(request, found, form.lines, heading, columns, judged)


def _chosen(request: NetworkRequest, measure: Measure) -> list[str]:
    """What each column holds as the person says; empty where she has not been asked."""
    names = {name for name, _words in names_of(measure)}
    sent = request.POST.getlist("column")[:MOST_COLUMNS]
    return [name if name in names and name not in sent[:at] else "" for at, name in enumerate(sent)]


def _digest(judged: Sequence[Judged]) -> str:
    """What the person saw, in short: columns chosen anew or a number typed in meanwhile give another."""
    seen = [(each.line, each.state, each.when, each.said, each.before) for each in judged]
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:32]


def _refused(request: NetworkRequest, judged: Sequence[Judged]) -> str:
    """Why nothing is kept; an empty text when it can be."""
    states = {each.state for each in judged}
    if request.POST.get("seen") != _digest(judged):
        return _("This is not what you looked at last: see whether it is right now. Nothing is kept yet.")
    if not states & set(WOULD_DO):
        return _("There is nothing new in these rows.")
    if "wrong" in states and request.POST.get("keep") != "good":
        return _("Nothing is kept yet: some rows are wrong.")
    return ""


def _preview(
    request: NetworkRequest,
    found: MeasurePlace,
    lines: Lines,
    heading: Sequence[str],
    columns: Sequence[str],
    judged: Sequence[Judged],
) -> HttpResponse:
    """What would happen. The rows travel along as text, so that the server keeps nothing of them."""
    names = names_of(found.measure)
    by_state: dict[str, list[Judged]] = {state: [] for state in ("new", "changed", "same", "empty", "wrong")}
    for each in judged:
        by_state[each.state].append(each)
    good = [each for each in judged if each.entry is not None]
    context: dict[str, Any] = {
        "place": found.place,
        "measure": found.measure,
        "text": as_text(lines),
        "seen": _digest(judged),
        "columns": [
            {"letter": letter(at), "heading": heading[at] if at < len(heading) else "", "name": name}
            for at, name in enumerate(columns)
        ],
        "names": names,
        "unplaced": [words for name, words in names if name != "note" and name not in columns],
        "wrong": by_state["wrong"][:SHOWN],
        "good": good[:SHOWN],
        "counts": {state: len(rows) for state, rows in by_state.items()},
        "usable": sum(len(by_state[state]) for state in WOULD_DO),
        "more": max(len(good), len(by_state["wrong"])) > SHOWN,
        "notes": _notes(lines),
    }
    return render(request, "improvement/paste_preview.html", context)


def _notes(lines: Lines) -> list[str]:
    notes = [others_unread()] if lines.others else []
    if lines.formulas:
        first = ", ".join(f"{letter(column - 1)}{line}" for line, column in sorted(lines.formulas)[:5])
        notes.append(
            _("Some cells are formulas (%(cells)s). The values Excel had reckoned last are used.") % {"cells": first}
        )
    return notes


def _keep(request: NetworkRequest, found: MeasurePlace, judged: Sequence[Judged]) -> HttpResponse:
    """Keep the rows that are right, all of them or none."""
    entries = [each.entry for each in judged if each.entry is not None]
    saved = save_numbers(measure=found.measure, entries=entries, by=request.user)
    new = ngettext("%(count)s new number is kept.", "%(count)s new numbers are kept.", saved.added)
    changed = ngettext("%(count)s number is changed.", "%(count)s numbers are changed.", saved.changed)
    said = [new % {"count": saved.added}] if saved.added else []
    said += [changed % {"count": saved.changed}] if saved.changed else []
    messages.success(request, " ".join(said))
    if wrong := sum(each.state == "wrong" for each in judged):
        left = ngettext("%(count)s row was left out.", "%(count)s rows were left out.", wrong)
        messages.warning(request, left % {"count": wrong})
    return redirect("improvement:measure", *found.keys)
