"""A private note."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from gpf.guarded import GuardedForm
from sessions.forms import LONGEST_TEXT


class NoteForm(GuardedForm):
    text = forms.CharField(
        label=gettext_lazy("Private note"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("What you want to remember, or tell the others who guide. No patient information."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"auto_id": "notat-%s"})
