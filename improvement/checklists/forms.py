"""The form of a whole checklist: every row in one page, in the order they stand."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gpf.guarded import GuardedForm, IdentityNumberError, refuse_identity_numbers
from improvement.checklists.content import (
    FIELDS,
    ID,
    LONGEST_HEADING,
    LONGEST_POINT,
    LONGEST_WHEN,
    MOST_ROWS,
    Row,
    new_id,
)

FIELD_WORDS = {
    "": gettext_lazy("only a box to tick"),
    "line": gettext_lazy("a line to write on"),
    "date": gettext_lazy("a date"),
    "time": gettext_lazy("a date and a time"),
    "number": gettext_lazy("a number"),
}
BULLET = re.compile(r"^\s*(?:[-–•*☐□▪]|\d{1,2}[.)])\s+")  # what people's own lists begin with
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class RowsWidget(forms.Widget):
    """Reads the rows from three lists of equal names: `row` (kind and id), `text`, `field`."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[Row]:
        assert isinstance(data, QueryDict)
        fields = data.getlist("field")
        rows = [
            _row(key, text, fields[n] if n < len(fields) else "")
            for n, (key, text) in enumerate(zip(data.getlist("row"), data.getlist("text"), strict=False))
        ]
        return _with_own_ids(_split(rows))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False


class RowsField(forms.Field):
    """The rows without the empty ones. What is wrong with a row is told by its number; `errors_of` has it by its id."""

    widget = RowsWidget

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.errors_of: dict[str, str] = {}

    def clean(self, value: list[Row]) -> list[Row]:
        self.errors_of = {}
        rows = [row for row in value if row["text"]]
        problems = [problem for number, row in enumerate(value, 1) if (problem := self._problem(number, row))]
        if not any(row["kind"] == "item" for row in rows):
            problems.append(_("The list is empty. Write at least one point."))
        elif len(rows) > MOST_ROWS:
            words = _("There are %(count)d rows. A list has room for %(most)d.")
            problems.append(words % {"count": len(rows), "most": MOST_ROWS})
        if problems:
            raise ValidationError(problems)
        return rows

    def _problem(self, number: int, row: Row) -> str:
        said = _what_is_wrong(row)
        if not said:
            return ""
        self.errors_of[row["id"]] = said
        return _("Row %(number)d:") % {"number": number} + f" {said}"


class ChecklistForm(GuardedForm):
    """A checklist being adapted."""

    when = forms.CharField(
        label=gettext_lazy("Who fills it in, and when"),
        max_length=LONGEST_WHEN,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    rows = RowsField(label=gettext_lazy("The points"))
    note = forms.CharField(
        label=gettext_lazy("What have you changed, and why?"),
        help_text=gettext_lazy("For instance: “Took in the weight, because three users had lost weight unnoticed”."),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    @property
    def row_errors(self) -> dict[str, str]:
        """What is wrong with a row, by its id."""
        if not self.is_bound:
            return {}
        self.errors  # noqa: B018  # has it cleaned
        field = self.fields["rows"]
        assert isinstance(field, RowsField)
        return field.errors_of


def _row(key: str, text: str, field: str) -> Row:
    kind, _colon, identifier = key.partition(":")
    text = CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    heading = kind == "section"
    return {
        "id": identifier if ID.fullmatch(identifier) else new_id(),
        "kind": "section" if heading else "item",
        "text": " ".join(text.split()) if heading else text,
        "field": field if field in FIELDS and not heading else "",
    }


def _split(rows: list[Row]) -> list[Row]:
    """A point written over several lines becomes several points, as long as there is room for them."""
    found: list[Row] = []
    for row in rows:
        lines = [" ".join(BULLET.sub("", line).split()) for line in row["text"].split("\n") if line.strip()]
        if len(lines) > 1 and len(rows) + len(lines) > MOST_ROWS:
            found.append(row)
            continue
        for n, line in enumerate(lines or [""]):
            found.append({**row, "id": new_id() if n else row["id"], "text": line if len(lines) > 1 else row["text"]})
    return found


def _with_own_ids(rows: list[Row]) -> list[Row]:
    seen: set[str] = set()
    for row in rows:
        if row["id"] in seen:
            row["id"] = new_id()
        seen.add(row["id"])
    return rows


def _what_is_wrong(row: Row) -> str:
    most = LONGEST_HEADING if row["kind"] == "section" else LONGEST_POINT
    lines = row["text"].count("\n") + 1
    if lines > 1:
        words = _("Here are %(count)d lines, and each becomes a point. A list has room for %(most)d rows.")
        return words % {"count": lines, "most": MOST_ROWS}
    if len(row["text"]) > most:
        words = _("The text has %(count)d characters. There is room for %(most)d.")
        return words % {"count": len(row["text"]), "most": most}
    try:
        refuse_identity_numbers(row["text"])
    except IdentityNumberError as error:
        return str(error.messages[0])
    return ""
