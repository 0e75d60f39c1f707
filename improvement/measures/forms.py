"""What is written about measures and their numbers."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gpf.editing import EditForm
from gpf.forms import DateInput
from gpf.guarded import GuardedForm, GuardedModelForm
from improvement.goals.models import Goal
from improvement.measures.models import Measure, Observation
from improvement.measures.rules import parts_of, wrong_day, wrong_parts
from improvement.measures.services import Entry
from improvement.measures.values import read_number
from teams.models import Team

FIELDS = (
    "title",
    "goal",
    "kind",
    "numerator",
    "denominator",
    "per",
    "unit",
    "direction",
    "role",
    "rhythm",
    "how",
    "collected_by",
    "target",
    "baseline",
)

LABELS = {
    "title": gettext_lazy("What do you measure?"),
    "goal": gettext_lazy("Which goal does it belong to?"),
    "kind": gettext_lazy("What kind of number is it?"),
    "numerator": gettext_lazy("What do you count?"),
    "denominator": gettext_lazy("Among how many?"),
    "per": gettext_lazy("Told per"),
    "unit": gettext_lazy("Unit"),
    "direction": gettext_lazy("Which way is better?"),
    "role": gettext_lazy("What does it tell?"),
    "rhythm": gettext_lazy("How often do you count?"),
    "how": gettext_lazy("How is it counted?"),
    "collected_by": gettext_lazy("Who counts?"),
    "target": gettext_lazy("Target"),
    "baseline": gettext_lazy("Where did you stand when you began?"),
}

HELPS = {
    "title": gettext_lazy("Such as “Nurse's follow-up within three days”."),
    "goal": gettext_lazy(
        "A goal without a measure can not be seen to be reached, nor a measure without a goal to matter."
    ),
    "numerator": gettext_lazy("For a share or a rate: such as “users who got the visit within three days”."),
    "denominator": gettext_lazy("For a share or a rate: such as “users who came home from hospital”."),
    "per": gettext_lazy("For a rate: 100 or 1000, such as falls per 1000 days."),
    "unit": gettext_lazy("For a count or a value: falls, minutes, points."),
    "how": gettext_lazy("So that another person would count the same: where you look, and whom you count."),
    "collected_by": gettext_lazy("A function or a name in the team."),
    "target": gettext_lazy("A number in the same unit; for a share in percent."),
    "baseline": gettext_lazy("In your own words, if you know it: “about half, last spring”."),
}

KINDS = (
    (Measure.Kind.SHARE, gettext_lazy("Share: 7 of 9 were visited in time")),
    (Measure.Kind.COUNT, gettext_lazy("Count: 4 falls this month")),
    (Measure.Kind.RATE, gettext_lazy("Rate: 3 falls in 1240 days of care")),
    (Measure.Kind.TIME_BETWEEN, gettext_lazy("Time between: the days from one fall to the next")),
    (Measure.Kind.VALUE, gettext_lazy("Value: a mean of 4.8 points, 35 minutes")),
)

ROLES = (
    (Measure.Role.OUTCOME, gettext_lazy("Whether it got better for the users (outcome)")),
    (Measure.Role.PROCESS, gettext_lazy("Whether we do what we agreed on (process)")),
    (Measure.Role.BALANCING, gettext_lazy("Whether it costs something elsewhere (balancing)")),
)


class DecimalInput(forms.TextInput):
    """A number as people here write it: 4,8. A phone shows its digits."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off"} | (attrs or {}))

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, Decimal):
            return f"{value.normalize():f}".replace(".", ",")
        return str(value) if value not in (None, "") else None


class NumberField(forms.CharField):
    """A number with a decimal comma or point."""

    widget = DecimalInput

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        try:
            return read_number(str(value))
        except ValueError:
            raise ValidationError(_("Write a number, such as 12 or 4,8.")) from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.to_python(initial) != self.to_python(data))


class _MeasureFields(forms.ModelForm):  # type: ignore[type-arg]
    """What both forms for a measure have in common."""

    def prepare(self, team: Team) -> None:
        """Goals of the team alone; the words of the fields."""
        self.fields["goal"].queryset = Goal.objects.filter(team=team)  # type: ignore[attr-defined]
        self.fields["goal"].empty_label = _("No goal yet")  # type: ignore[attr-defined]
        self.fields["kind"].choices = KINDS  # type: ignore[attr-defined]
        self.fields["role"].choices = ROLES  # type: ignore[attr-defined]
        self.fields["target"] = NumberField(label=LABELS["target"], help_text=HELPS["target"], required=False)
        self.fields["shared"] = forms.BooleanField(
            label=_("Show the chart to the others in the network"),
            required=False,
            help_text=_(
                "They see the curve, its sentence and what stands on it, never a number with fewer than five behind it."
            ),
        )
        self.fields["per"].required = False

    def clean_per(self) -> int:
        return int(self.cleaned_data.get("per") or 1)

    def check(self, cleaned: dict[str, Any]) -> None:
        """A share and a rate say what is counted among what."""
        if cleaned.get("kind") in (Measure.Kind.SHARE, Measure.Kind.RATE):
            for name in ("numerator", "denominator"):
                if not cleaned.get(name):
                    self.add_error(name, _("A share and a rate need both: what is counted, and among how many."))
        target = cleaned.get("target")
        if target is not None and cleaned.get("kind") == Measure.Kind.SHARE and not 0 <= target <= 100:
            self.add_error("target", _("A share lies between 0 and 100 percent."))
        if cleaned.get("kind") == Measure.Kind.TIME_BETWEEN:
            cleaned["rhythm"] = Measure.Rhythm.EVENT
        elif cleaned.get("rhythm") == Measure.Rhythm.EVENT:
            self.add_error("rhythm", _("Only the time between is counted each time it happens. Choose how often."))


class MeasureForm(GuardedModelForm, _MeasureFields):
    """A new measure."""

    class Meta:
        model = Measure
        fields = FIELDS
        labels = LABELS
        help_texts = HELPS
        widgets = {"how": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, team: Team, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.prepare(team)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self.check(cleaned)
        return cleaned


class MeasureEditForm(EditForm, _MeasureFields):
    """A measure changed. What its numbers are made of stays when there are numbers."""

    class Meta(MeasureForm.Meta):
        pass

    def __init__(self, *args: Any, has_numbers: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.prepare(self.instance.team)
        self.fields["shared"].initial = self.instance.shared_at is not None
        if has_numbers:
            self.fields["kind"].disabled = True
            self.fields["kind"].help_text = _(
                "It has numbers, and can not become another kind. Make a new measure if you count something else."
            )
            self.fields["rhythm"].disabled = True

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self.check(cleaned)
        return cleaned


class NumbersForm(GuardedForm):
    """The numbers of one period. Left empty altogether, the period is passed over."""

    def __init__(self, measure: Measure, on: date | None, *args: Any, **kwargs: Any) -> None:
        """`on` is the period; None: the person says the day herself, as of an event."""
        super().__init__(*args, **kwargs)
        self.measure, self.on = measure, on
        if on is None:
            self.fields["on"] = forms.DateField(label=_("The day it happened"), widget=DateInput)
        for part in parts_of(measure):
            self.fields[part] = NumberField(label=part_label(measure, part), required=False)
        if on is not None:
            self.fields["absent"] = forms.BooleanField(label=_("Not measured in this period"), required=False)
        self.fields["note"] = forms.CharField(
            label=_("Note"), required=False, max_length=200, help_text=_("Shown at the number. No patient information.")
        )

    @property
    def part_fields(self) -> list[forms.BoundField]:
        """The numbers themselves, for the page."""
        return [self[part] for part in parts_of(self.measure)]

    @property
    def on_field(self) -> forms.BoundField | None:
        return self["on"] if "on" in self.fields else None

    @property
    def absent_field(self) -> forms.BoundField | None:
        return self["absent"] if "absent" in self.fields else None

    @property
    def note_field(self) -> forms.BoundField:
        return self["note"]

    @property
    def is_passed_over(self) -> bool:
        """Whether nothing was said of the period."""
        cleaned = self.cleaned_data
        return (
            self.on is not None
            and not cleaned.get("absent")
            and all(cleaned.get(part) is None for part in parts_of(self.measure))
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        today: date = self.today()
        on = self.on or cleaned.get("on")
        if on is not None and (problem := wrong_day(on, today)):
            self.add_error("on" if self.on is None else None, problem)
        parts = {part: cleaned.get(part) for part in ("numerator", "denominator", "value")}
        if any(part in self.errors for part in parts):
            return cleaned
        if cleaned.get("absent") and any(value is not None for value in parts.values()):
            self.add_error("absent", _("There are numbers too. Take them out, or take this mark away."))
        for wrong in wrong_parts(self.measure, **parts):
            self.add_error(wrong.part, wrong.text)
        return cleaned

    @staticmethod
    def today() -> date:
        from django.utils import timezone

        return timezone.localdate()

    def entry(self) -> Entry:
        """The number that was written."""
        cleaned = self.cleaned_data
        return Entry(
            on=self.on or cleaned["on"],
            numerator=cleaned.get("numerator"),
            denominator=cleaned.get("denominator"),
            value=cleaned.get("value"),
            note=cleaned.get("note", ""),
        )


class CorrectForm(EditForm):
    """One number corrected."""

    class Meta:
        model = Observation
        fields = ("numerator", "denominator", "value", "note")

    def __init__(self, measure: Measure, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measure = measure
        for part in ("numerator", "denominator", "value"):
            del self.fields[part]
        note = self.fields.pop("note")
        for part in parts_of(measure):
            self.fields[part] = NumberField(
                label=part_label(measure, part), required=False, initial=getattr(self.instance, part)
            )
        self.fields["note"] = note
        note.required, note.label = False, _("Note")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        parts = {part: cleaned.get(part) for part in ("numerator", "denominator", "value")}
        if not any(part in self.errors for part in parts):
            for wrong in wrong_parts(self.measure, **parts):
                self.add_error(wrong.part, wrong.text)
        return cleaned

    def entry(self) -> Entry:
        """The number as it is to be."""
        parts = {part: self.cleaned_data.get(part) for part in ("numerator", "denominator", "value")}
        return Entry(on=self.instance.on, note=self.cleaned_data.get("note", ""), **parts)


def part_label(measure: Measure, part: str) -> str:
    """What a part of the number is called: in the team's own words where it has said them."""
    own = {"numerator": measure.numerator, "denominator": measure.denominator, "value": measure.unit}[part]
    return own[:1].upper() + own[1:] if own else _("The number")
