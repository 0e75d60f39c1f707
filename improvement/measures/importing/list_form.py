"""What is pasted or chosen as a file, read into lines. Nothing of it is kept on the server."""

import csv
from collections.abc import Sequence
from io import StringIO
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gpf.guarded import GuardedForm
from teams.importing.reading import LARGEST, Lines, text_lines, upload_lines

MOST_LINES = 2000


class NumbersListForm(GuardedForm):
    """Numbers pasted, or as a file."""

    text = forms.CharField(
        label=gettext_lazy("Paste the rows here"),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        required=False,
        strip=False,
        max_length=LARGEST,
        help_text=gettext_lazy("Mark the columns in Excel, with their headings if there are any, copy and paste."),
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
            lines = upload_lines(upload, most=MOST_LINES) if upload else text_lines(text)
            _check_size(lines)
            self.lines = _with_formulas(lines)
        except ValidationError as refusal:
            self.add_error("file" if upload else "text", refusal)
        return cleaned


def as_text(lines: Lines) -> str:
    """The lines as they would be pasted, each with as many cells; empty ones hold the place of those that were."""
    by_line = dict(lines.lines)
    width = max(map(len, by_line.values()))
    out = StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    for line in range(1, max(by_line) + 1):
        cells = by_line.get(line, [])
        writer.writerow([*cells, *[""] * (width - len(cells))])
    return out.getvalue()


def _check_size(lines: Lines) -> None:
    if not lines.lines:
        raise ValidationError(_("There is nothing in it. Copy the rows with the days and the numbers."))
    if len(lines.lines) > MOST_LINES + 1 or lines.lines[-1][0] > 2 * MOST_LINES:
        raise ValidationError(
            _("There are more than %(most)s rows. Take one part at a time, the newest first.") % {"most": MOST_LINES}
        )


def _with_formulas(lines: Lines) -> Lines:
    """A formula whose value is not in the file stands as “=”, so that its cell is not taken for an empty one."""
    marked: list[tuple[int, list[str]]] = []
    for line, cells in lines.lines:
        columns: Sequence[int] = [column for at, column in lines.formulas if at == line] if lines.formulas else ()
        whole = [*cells, *[""] * (max(columns, default=0) - len(cells))]
        for column in columns:
            whole[column - 1] = whole[column - 1] or "="
        marked.append((line, whole))
    return Lines(marked, lines.others, lines.formulas)
