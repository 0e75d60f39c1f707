"""What a coordinator writes of the work before a gathering."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gpf.editing import EditForm
from gpf.guarded import GuardedModelForm
from networks.models import AssignmentKind
from networks.planning import last_working_day
from sessions.models import Assignment, Gathering
from sessions.plan_forms import DayField, in_words

LONGEST_TEXT = 5000


class _Words(GuardedModelForm):
    """The fields of an assignment, and what holds for its day."""

    due = DayField(label=gettext_lazy("Deadline"))

    class Meta:
        model = Assignment
        fields: ClassVar = ["title_nb", "title_nn", "guidance_nb", "guidance_nn", "kind", "due"]
        labels: ClassVar = {
            "title_nb": gettext_lazy("What to do, in bokmål"),
            "title_nn": gettext_lazy("What to do, in nynorsk"),
            "guidance_nb": gettext_lazy("Guidance in bokmål"),
            "guidance_nn": gettext_lazy("Guidance in nynorsk"),
            "kind": gettext_lazy("What the teams hand in"),
        }
        help_texts: ClassVar = {
            "title_nb": gettext_lazy("Short, and as something to do: “Lag plakat”."),
            "title_nn": gettext_lazy("Left empty, those who read nynorsk get the bokmål."),
        }
        widgets: ClassVar = {
            "guidance_nb": forms.Textarea(attrs={"rows": 4, "maxlength": LONGEST_TEXT}),
            "guidance_nn": forms.Textarea(attrs={"rows": 4, "maxlength": LONGEST_TEXT}),
        }

    gathering: Gathering

    def clean_due(self) -> date:
        """Not after the gathering begins. A day nobody is at work becomes the last working day before it."""
        due: date = self.cleaned_data["due"]
        assert self.gathering.starts_on is not None
        if due == self.instance.due:
            return due
        if due > self.gathering.starts_on:
            words = {"gathering": str(self.gathering), **in_words(self.gathering.starts_on)}
            raise ValidationError(_("The work is done before %(gathering)s. Choose %(day)s or earlier.") % words)
        return last_working_day(due)

    def _word(self) -> None:
        assert self.gathering.starts_on is not None
        words = {"gathering": capfirst(str(self.gathering)), **in_words(self.gathering.starts_on)}
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [(value, capfirst(label)) for value, label in AssignmentKind.choices]
        self.fields["due"].help_text = (
            _(
                "%(gathering)s begins %(day)s. If it is moved, the deadline moves as much. "
                "A day nobody is at work becomes the last working day before it."
            )
            % words
        )


class AssignmentForm(_Words, EditForm):
    """A piece of work as it stands, in both languages. Its day is counted from the gathering."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.gathering = self.instance.gathering
        self._due_before = self.instance.due
        self._word()

    @property
    def is_redated(self) -> bool:
        """Whether she has chosen another day; a deadline that was left alone keeps its own count."""
        return bool(self.cleaned_data["due"] != self._due_before)


class NewAssignmentForm(_Words):
    """A piece of work that the network adds."""

    def __init__(self, gathering: Gathering, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.gathering = gathering
        self._word()
