"""What one side says of where the team is."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gpf.editing import EditForm
from sessions.forms import LONGEST_TEXT
from supervision.models import Score
from supervision.scores.scale import LEVELS, Level


class ScoreForm(EditForm):
    """A level, why, and what is next. A draft may lack any of them; what is given has them all."""

    value = forms.TypedChoiceField(
        coerce=Decimal, empty_value=None, required=False, widget=forms.RadioSelect, choices=()
    )
    reason = forms.CharField(
        label=_("Why just there?"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What has been tried, what the numbers show, what those you are there for notice. No patients."),
    )
    next_step = forms.CharField(
        label=_("What is the next step?"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One thing that would lift the team to the next level."),
    )

    class Meta:
        model = Score
        fields: ClassVar = ["value", "reason", "next_step"]

    def __init__(self, *args: Any, gives: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.gives = gives
        value = self.fields["value"]
        assert isinstance(value, forms.ChoiceField)
        value.choices = [(str(level.value), str(level)) for level in LEVELS]
        value.label = _("Where are you now?") if self.instance.side == Score.Side.TEAM else _("Where is the team now?")

    def levels(self) -> Iterator[tuple[forms.BoundField, Level]]:
        """Each level's button beside its words."""
        return zip(self["value"], LEVELS, strict=True)  # type: ignore[arg-type]  # a bound field's own parts

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.gives or self.instance.given_at is not None:
            missing = {
                "value": gettext("Choose the level that fits best."),
                "reason": gettext("Write why: it is what the conversation is about."),
                "next_step": gettext("Write what the next step is."),
            }
            for name, words in missing.items():
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, words)
        return cleaned
