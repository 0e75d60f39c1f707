"""Numbers typed in and corrected."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from gpf.editing import EditForm
from gpf.forms import DateInput
from gpf.guarded import GuardedForm
from improvement.charts.numbers import period as in_words
from improvement.measures.fields import NumberField, without_zeros
from improvement.measures.models import Measure, Observation
from improvement.measures.rules import parts_of, wrong_day, wrong_parts
from improvement.measures.services import Entry

COLUMNS = ("numerator", "denominator", "value")


def part_label(measure: Measure, part: str) -> str:
    """What a part of the number is called: in the team's own words where it has said them."""
    own = {"numerator": measure.numerator, "denominator": measure.denominator, "value": measure.unit}[part]
    return own[:1].upper() + own[1:] if own else _("The number")


class NumbersForm(GuardedForm):
    """The numbers of one period. Left empty altogether, the period is passed over."""

    def __init__(self, measure: Measure, on: date | None, data: QueryDict | None = None) -> None:
        """`on` is the period; None: the person says the day herself, as of an event."""
        super().__init__(data, prefix=f"{on:%Y%m%d}" if on else "new")
        self.measure, self.period = measure, on
        self.taken: Observation | None = None
        if on is None:
            self.fields["on"] = forms.DateField(
                label=_("The day it happened"), widget=DateInput(attrs={"max": f"{timezone.localdate():%Y-%m-%d}"})
            )
        for part in parts_of(measure):
            self.fields[part] = NumberField(label=part_label(measure, part), required=False)
        if on is not None:
            self.fields["absent"] = forms.BooleanField(label=_("Not measured"), required=False)
        self.fields["note"] = forms.CharField(
            label=_("Note"),
            required=False,
            max_length=200,
            help_text=_("What was special: holidays, a new form. Nothing about one person."),
        )

    @property
    def name(self) -> str:
        """The period in words; empty for an event."""
        return in_words(self.period, self.measure.rhythm) if self.period else ""

    @property
    def part_fields(self) -> list[forms.BoundField]:
        """The numbers themselves."""
        return [self[part] for part in parts_of(self.measure)]

    @property
    def is_passed_over(self) -> bool:
        """Whether nothing was said of the period."""
        cleaned = self.cleaned_data
        said = cleaned.get("absent") or cleaned.get("note")
        return (
            self.period is not None and not said and all(cleaned.get(part) is None for part in parts_of(self.measure))
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        on = self.period or cleaned.get("on")
        if on is not None and (problem := wrong_day(on, timezone.localdate())):
            self.add_error("on" if self.period is None else None, problem)
        parts = {part: cleaned.get(part) for part in COLUMNS}
        if any(part in self.errors for part in parts):
            return cleaned
        empty = all(value is None for value in parts.values())
        if cleaned.get("absent") and not empty:
            self.add_error("absent", _("There are numbers too. Take them out, or take this mark away."))
        if self.period is not None and empty and cleaned.get("note") and not cleaned.get("absent"):
            self.add_error(None, _("There is a note and no number. Write the number, or say that it was not measured."))
        for wrong in wrong_parts(self.measure, **parts):
            self.add_error(wrong.part, wrong.text)
        return cleaned

    def tell_taken(self, row: Observation, said: str) -> None:
        """Say that the period has a number, and which; the page leads on to where it is corrected."""
        self.taken = row
        words = {"period": in_words(row.on, self.measure.rhythm), "number": said}
        self.add_error("on" if self.period is None else None, _("%(period)s has a number already: %(number)s.") % words)

    def entry(self) -> Entry:
        """The number that was written."""
        cleaned = self.cleaned_data
        parts = {part: cleaned.get(part) for part in COLUMNS}
        return Entry(on=self.period or cleaned["on"], note=cleaned.get("note", ""), **parts)


class CorrectForm(EditForm):
    """One number corrected."""

    class Meta:
        model = Observation
        fields = (*COLUMNS, "note")

    def __init__(self, measure: Measure, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measure = measure
        for part in COLUMNS:
            del self.fields[part]
        note = self.fields.pop("note")
        for part in parts_of(measure):
            self.fields[part] = NumberField(
                label=part_label(measure, part), required=False, initial=getattr(self.instance, part)
            )
        self.fields["note"] = note
        note.required, note.label = False, _("Note")

    def held(self) -> dict[str, Any]:
        """The numbers without the zeros that a column adds."""
        return {
            name: without_zeros(value) if isinstance(value, Decimal) else value
            for name, value in super().held().items()
        }

    @property
    def part_fields(self) -> list[forms.BoundField]:
        """The numbers themselves."""
        return [self[part] for part in parts_of(self.measure)]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        parts = {part: cleaned.get(part) for part in COLUMNS}
        if not any(part in self.errors for part in parts):
            for wrong in wrong_parts(self.measure, **parts):
                self.add_error(wrong.part, wrong.text)
        return cleaned

    def entry(self) -> Entry:
        """The number as it is to be."""
        parts = {part: self.cleaned_data.get(part) for part in COLUMNS}
        return Entry(on=self.instance.on, note=self.cleaned_data.get("note", ""), **parts)
