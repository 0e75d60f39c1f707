"""The page where numbers come from Excel: what each line would do is shown before anything is kept."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from gpf.guarded import GuardedForm
from improvement.measures.access import MeasurePlace, write_measure
from improvement.measures.importing.columns import find_columns, is_heading, names_of
from improvement.measures.importing.judging import Judged, judge, letter
from improvement.measures.models import Measure, Observation
from improvement.measures.services import save_numbers
from networks.access import NetworkRequest, network_view
from networks.models import Role
from teams.importing.reading import Lines, others_unread, text_lines, upload_lines

MOST_LINES = 2000
SHOWN = 200


class NumbersListForm(GuardedForm):
    """Numbers pasted, or as a file."""

    text = forms.CharField(
        label=gettext_lazy("Paste the rows here"),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        required=False,
        strip=False,
        max_length=300_000,
        help_text=gettext_lazy("Copy the columns in Excel, with their headings if there are any, and paste them."),
    )
    file = forms.FileField(
        label=gettext_lazy("Or choose a file"),
        required=False,
        help_text=gettext_lazy("CSV or Excel (.xlsx), at most 1 MB and 2000 rows."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
    )
    lines: Lines | None = None

    def clean(self) -> dict[str, Any]:
        """Read the lines. What can not be read says why at its field, and nothing of it is kept."""
        cleaned = super().clean() or self.cleaned_data
        upload, text = cleaned.get("file"), cleaned.get("text") or ""
        if self.errors:
            return cleaned
        if not upload and not text.strip():
            self.add_error("text", _("Paste rows, or choose a file."))
            return cleaned
        try:
            self.lines = upload_lines(upload, most=MOST_LINES) if upload else text_lines(text)
            _check_size(self.lines)
        except ValidationError as refusal:
            self.lines = None
            self.add_error("file" if upload else "text", refusal)
        return cleaned


def _check_size(lines: Lines) -> None:
    if not lines.lines:
        raise ValidationError(_("There is nothing in it. Copy the rows with the days and the numbers."))
    if len(lines.lines) > MOST_LINES + 1:
        raise ValidationError(
            _("There are more than %(most)s rows. Take one part at a time, the newest first.") % {"most": MOST_LINES}
        )


@require_http_methods(["GET", "HEAD", "POST"])
@network_view(Role.TEAM_MEMBER, to_write=True)
def paste(request: NetworkRequest, team_slug: str, measure_pk: int) -> HttpResponse:
    """Take rows, show what they would do, and do it."""
    found = write_measure(request, team_slug, measure_pk)
    form = NumbersListForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid() or form.lines is None:
        return render(request, "improvement/paste.html", {"place": found.place, "measure": found.measure, "form": form})
    heading, body = _divide(found.measure, form.lines)
    columns = _chosen(request, found.measure, heading, body)
    judged = _judge(found.measure, form.lines, body, columns)
    if "keep" in request.POST:
        return _keep(request, found, judged, form, heading, columns)
    return _preview(request, found, form.lines, heading, columns, judged)


def _divide(measure: Measure, lines: Lines) -> tuple[list[str] | None, list[tuple[int, list[str]]]]:
    """The headings, where there are any, and the rest."""
    first = lines.lines[0][1]
    if len(lines.lines) > 1 and is_heading(first, measure.rhythm, timezone.localdate()):
        return first, lines.lines[1:]
    return None, lines.lines


def _chosen(
    request: NetworkRequest, measure: Measure, heading: Sequence[str] | None, body: Sequence[tuple[int, list[str]]]
) -> list[str]:
    """What each column holds: as the person says, else as it looks."""
    names = {name for name, _words in names_of(measure)}
    sent = request.POST.getlist("column")
    if sent:
        return [name if name in names and name not in sent[:at] else "" for at, name in enumerate(sent[:30])]
    return find_columns(measure, [cells for _line, cells in body], heading, timezone.localdate())


def _judge(
    measure: Measure, lines: Lines, body: Sequence[tuple[int, list[str]]], columns: Sequence[str]
) -> list[Judged]:
    kept = {row.on: row for row in Observation.objects.filter(measure=measure)}
    return judge(measure, body, columns, kept, today=timezone.localdate(), formulas=lines.formulas)


def _preview(
    request: NetworkRequest,
    found: MeasurePlace,
    lines: Lines,
    heading: Sequence[str] | None,
    columns: Sequence[str],
    judged: Sequence[Judged],
) -> HttpResponse:
    """What would happen. The rows travel along as text, so that the server keeps nothing of them."""
    names = names_of(found.measure)
    wrong = [each for each in judged if each.state == "wrong"]
    context = {
        "place": found.place,
        "measure": found.measure,
        "text": _as_text(lines),
        "columns": [
            {"letter": letter(at), "heading": heading[at] if heading and at < len(heading) else "", "name": name}
            for at, name in enumerate(columns)
        ],
        "names": names,
        "unplaced": [words for name, words in names if name != "note" and name not in columns],
        "wrong": wrong[:SHOWN],
        "good": [each for each in judged if each.state != "wrong"][:SHOWN],
        "counts": {state: sum(each.state == state for each in judged) for state in ("new", "changed", "same", "wrong")},
        "usable": sum(each.state in ("new", "changed") for each in judged),
        "more": len(judged) > SHOWN,
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


def _as_text(lines: Lines) -> str:
    """The lines as they would be pasted; empty ones hold the place of those that were empty."""
    by_line = dict(lines.lines)
    last = max(by_line)
    return "\n".join("\t".join(by_line.get(line, [])) for line in range(1, last + 1))


def _keep(
    request: NetworkRequest,
    found: MeasurePlace,
    judged: Sequence[Judged],
    form: NumbersListForm,
    heading: Sequence[str] | None,
    columns: Sequence[str],
) -> HttpResponse:
    """Keep the good rows: all, or none where some are wrong and the person has not said to keep the rest."""
    wrong = [each for each in judged if each.state == "wrong"]
    entries = [each.entry for each in judged if each.entry is not None]
    if not entries or (wrong and request.POST.get("keep") != "good"):
        assert form.lines is not None
        messages.error(request, _("Nothing is kept yet: some rows are wrong."))
        return _preview(request, found, form.lines, heading, columns, judged)
    saved = save_numbers(measure=found.measure, entries=entries, by=request.user)
    words = {"added": saved.added, "changed": saved.changed, "wrong": len(wrong)}
    messages.success(request, _("%(added)s numbers are new, %(changed)s are changed.") % words)
    if wrong:
        told = ngettext("%(wrong)s row was left out.", "%(wrong)s rows were left out.", len(wrong)) % words
        messages.warning(request, told)
    return redirect("improvement:measure", *found.keys)
