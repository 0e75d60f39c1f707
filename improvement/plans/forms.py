"""What is written when the plan is handed in, and which editions are compared."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gpf import dates
from gpf.guarded import GuardedForm
from improvement.plans.models import PlanEdition

LONGEST_COMMENT = 5000  # as on the delivery's own page
NOW = 0


class DeliverPlanForm(GuardedForm):
    """A few words along with the plan."""

    comment = forms.CharField(
        label=gettext_lazy("Comment"),
        required=False,
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("For example what you want an opinion on. No patient information."),
    )


class CompareForm(GuardedForm):
    """Two editions; the later may be the plan as it stands now."""

    first = forms.TypedChoiceField(label=gettext_lazy("Earlier"), coerce=int)
    second = forms.TypedChoiceField(label=gettext_lazy("Later"), coerce=int)

    def __init__(self, editions: Sequence[PlanEdition], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(each.number, _named(each)) for each in editions]
        for name, choices in (("first", named), ("second", [(NOW, _("The plan as it is now")), *named])):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices


def _named(edition: PlanEdition) -> str:
    words = {"number": edition.number, "day": dates.date_range(timezone.localdate(edition.made_at))}
    return _("Edition %(number)s, %(day)s") % words
