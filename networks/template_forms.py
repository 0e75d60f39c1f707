"""What a national coordinator writes in a cycle template."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gpf.editing import EditForm
from gpf.forms import DateInput
from gpf.guarded import GuardedForm
from networks.models import AssignmentKind, CycleTemplate, Programme, TemplateAssignment, TemplateGathering
from networks.planning import EARLIEST, LATEST

SHORTEST_MONTH = 28  # days
KINDS = [
    (AssignmentKind.ANSWER, gettext_lazy("An answer: a few words about what was done")),
    (AssignmentKind.DOCUMENT, gettext_lazy("A document: a file is handed in")),
    (AssignmentKind.PLAN, gettext_lazy("The improvement plan: it writes itself from the team's work here")),
    (AssignmentKind.POSTER, gettext_lazy("The poster: it is made here")),
]


def _number(label: Any, lowest: int, highest: int, **options: Any) -> forms.IntegerField:
    """A number within limits, with one answer to whatever else is written."""
    words = format_lazy(
        gettext_lazy("Write a number from {lowest} to {highest}."), lowest=str(lowest), highest=str(highest)
    )
    limits = [MinValueValidator(lowest, words), MaxValueValidator(highest, words)]
    return forms.IntegerField(
        label=label, validators=limits, error_messages={"invalid": words, "required": words}, **options
    )


class TemplateForm(EditForm):
    """The template as a whole."""

    preparation_months = _number(
        gettext_lazy("Months of preparation"), 0, 12, help_text=gettext_lazy("Before gathering 1. Most have three.")
    )
    experience_gathering_months = _number(
        gettext_lazy("Months from the last gathering to the experience gathering"),
        0,
        36,
        help_text=gettext_lazy("0: no experience gathering is planned."),
    )

    class Meta:
        model = CycleTemplate
        fields = ("name_nb", "name_nn", "preparation_months", "experience_gathering_months")
        labels = {"name_nb": gettext_lazy("Name in bokmål"), "name_nn": gettext_lazy("Name in nynorsk")}


class GatheringForm(EditForm):
    """When a gathering comes, and how long it lasts. The first one's day is given when a network is planned."""

    months_after_previous = _number(
        gettext_lazy("Months after the gathering before"),
        1,
        24,
        help_text=gettext_lazy("Counted from its first day."),
    )
    days = _number(gettext_lazy("Days"), 1, 5, help_text=gettext_lazy("In a row, within one working week."))

    class Meta:
        model = TemplateGathering
        fields = ("months_after_previous", "days")

    def __init__(self, *args: Any, number: int, **kwargs: Any) -> None:
        self.number = number
        super().__init__(*args, **kwargs)
        if number == 1:
            del self.fields["months_after_previous"]

    def clean_months_after_previous(self) -> int:
        """Long enough for the work that is due before it."""
        months: int = self.cleaned_data["months_after_previous"]
        work = self.instance.assignments.order_by("-days_before").first() if self.instance.pk else None
        if work and work.days_before >= months * SHORTEST_MONTH:
            words = _("“%(work)s” is due %(days)d days before it. Put that later first, or keep more months.")
            raise ValidationError(words % {"work": work.title, "days": work.days_before})
        return months


class AssignmentForm(EditForm):
    """Work before a gathering, in both languages."""

    kind = forms.ChoiceField(label=gettext_lazy("What the team hands in"), choices=KINDS, widget=forms.RadioSelect)
    days_before = _number(
        gettext_lazy("Due so many days before the gathering"),
        0,
        365,
        help_text=gettext_lazy("Moved to the nearest earlier working day when a network is planned."),
    )

    class Meta:
        model = TemplateAssignment
        fields = ("title_nb", "guidance_nb", "title_nn", "guidance_nn", "kind", "days_before")
        labels = {
            "title_nb": gettext_lazy("Title in bokmål"),
            "title_nn": gettext_lazy("Title in nynorsk"),
            "guidance_nb": gettext_lazy("What to do, in bokmål"),
            "guidance_nn": gettext_lazy("What to do, in nynorsk"),
        }
        widgets = {  # what is written is Norwegian, whatever the page around it is
            "title_nb": forms.TextInput(attrs={"lang": "nb"}),
            "title_nn": forms.TextInput(attrs={"lang": "nn"}),
            "guidance_nb": forms.Textarea(attrs={"rows": 6, "lang": "nb"}),
            "guidance_nn": forms.Textarea(attrs={"rows": 6, "lang": "nn"}),
        }

    def __init__(self, *args: Any, gathering: TemplateGathering, **kwargs: Any) -> None:
        self.gathering = gathering
        super().__init__(*args, **kwargs)

    def clean_days_before(self) -> int:
        """After the gathering before: nobody works for two at a time."""
        days: int = self.cleaned_data["days_before"]
        months = self.gathering.months_after_previous
        if self.gathering.number > 1 and days >= months * SHORTEST_MONTH:
            words = _("The gathering before is %(months)d months earlier. Write fewer than %(days)d days.")
            raise ValidationError(words % {"months": months, "days": months * SHORTEST_MONTH})
        return days


class CopyForm(GuardedForm):
    """What the copy is called, and whose it is."""

    name_nb = forms.CharField(label=gettext_lazy("Name in bokmål"), max_length=160)
    name_nn = forms.CharField(label=gettext_lazy("Name in nynorsk"), max_length=160)
    programme = forms.ModelChoiceField(
        Programme.objects.order_by("name"), label=gettext_lazy("Programme"), empty_label=None
    )
    new_programme = forms.CharField(
        label=gettext_lazy("Or a new programme"),
        required=False,
        max_length=160,
        help_text=gettext_lazy("Only when the programme is not in the list above."),
    )

    def clean_new_programme(self) -> str:
        name = str(self.cleaned_data["new_programme"]).strip()
        if name and Programme.objects.filter(name__iexact=name).exists():
            raise ValidationError(_("That programme is in the list already. Choose it there."))
        return name


class ExampleForm(GuardedForm):
    """The day an example begins."""

    fra = forms.DateField(
        label=gettext_lazy("If gathering 1 begins"),
        widget=DateInput,
        validators=[
            MinValueValidator(EARLIEST, gettext_lazy("Check the year: a date between 2000 and 2090.")),
            MaxValueValidator(LATEST, gettext_lazy("Check the year: a date between 2000 and 2090.")),
        ],
    )
