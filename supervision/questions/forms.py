"""A question, and what is said to it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from gpf.guarded import GuardedForm
from sessions.forms import LONGEST_TEXT


class QuestionForm(GuardedForm):
    """What the team wonders about."""

    text = forms.CharField(
        label=gettext_lazy("Your question"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Small or large. Everybody in the team sees the answer. No patient information."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"auto_id": "spor-%s"})


class WordForm(GuardedForm):
    """An answer, or the team's next word."""

    text = forms.CharField(
        label=gettext_lazy("Your answer"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, *args: Any, label: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"auto_id": "ord-%s"})
        if label:
            self.fields["text"].label = label
