"""What is written on a delivery's page."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.forms import UploadField
from gpf.forms import DateInput
from gpf.guarded import GuardedForm
from networks.models import AssignmentKind
from sessions.models import Assignment
from sessions.wording import refused_extension

LONGEST_TEXT = 5000


class DeliveryForm(GuardedForm):
    """What the team hands in, or keeps as a draft."""

    file = UploadField(label=gettext_lazy("File"), required=False)
    comment = forms.CharField(
        label=gettext_lazy("Comment"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "For example what has changed, and what you want an opinion on. No patient information."
        ),
    )

    def __init__(self, assignment: Assignment, *args: Any, has_file: bool = False, **kwargs: Any) -> None:
        """`has_file` says that a file is there already, in the draft or in an earlier version."""
        super().__init__(*args, **kwargs | {"auto_id": "lever-%s"})
        self.assignment = assignment
        self.has_file = has_file
        if assignment.kind == AssignmentKind.ANSWER:
            self.fields["comment"].label = _("What you have done")
            self.fields["comment"].help_text = _("A sentence or two is enough. No patient information.")
            self.order_fields(["comment", "file"])
        elif assignment.kind == AssignmentKind.PLAN:
            self.fields["file"].label = _("Your own file")

    def clean(self) -> dict[str, Any]:
        """What is handed in holds what was asked for; a draft may hold anything."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "draft" in self.data or "file" in self.errors or cleaned.get("file") or self.has_file:
            return cleaned
        if self.assignment.kind != AssignmentKind.ANSWER:
            self.add_error("file", _("Choose the file you want to deliver."))
        elif not cleaned.get("comment") and "comment" not in self.errors:
            self.add_error("comment", _("Write a few words about what you have done."))
        return cleaned


class ReplyForm(GuardedForm):
    """What the team says to those who guide it."""

    text = forms.CharField(
        label=gettext_lazy("Write to the supervisor"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("An answer, a thank you, or what you wonder about. No patient information."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"auto_id": "ord-%s"})


class ExtensionForm(GuardedForm):
    """A later day for one team, or another than it was given."""

    until = forms.DateField(label=gettext_lazy("New due date"), widget=DateInput)
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=250)

    def __init__(self, assignment: Assignment, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"auto_id": "utsett-%s"})
        self._assignment, self._today = assignment, today

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        refusal = refused_extension(self._assignment, until, self._today)
        if refusal:
            raise ValidationError(refusal)
        return until


class ExemptionForm(GuardedForm):
    """Why one team need not do this."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=250)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"auto_id": "frita-%s"})
