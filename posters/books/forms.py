"""Which sizes a print order is made in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from gpf.guarded import GuardedForm
from posters.models import Rendering


class PrintForm(GuardedForm):
    papers = forms.MultipleChoiceField(
        label=_("Sizes"),
        choices=[(paper, paper) for paper in sorted(Rendering.Paper.values)],
        widget=forms.CheckboxSelectMultiple,
        initial=[Rendering.Paper.A1.value],
        error_messages={"required": _("Choose at least one size.")},
    )

    def clean_papers(self) -> list[str]:
        """In one order, so that the same order is the same file."""
        return sorted(self.cleaned_data["papers"])
