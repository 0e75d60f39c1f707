"""The form of a network's rules for reminders: days before and after a deadline, and whom else to tell."""

import re
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from gpf.editing import EditForm
from sessions.models import ReminderRules
from sessions.reminder_rules import FURTHEST

MOST = 5
"""So many reminders before a deadline, and after it: more of them are read by nobody."""


class DaysField(forms.CharField):
    """Numbers of days, as "14, 3". Cleans to a list without repetitions, in the order typed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=80, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "autocomplete": "off", "size": 16}

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(str(day) for day in value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[int]:
        if isinstance(value, list):  # what the row holds, asked of again
            return value
        text = str(super().clean(value))
        words = [word for word in re.split(r"[\s,;.]+|\b(?:og|and)\b", text) if word]
        strange = next((word for word in words if not word.isdecimal()), None)
        if strange:
            raise ValidationError(_("“%(word)s” is no number. Write days, as “14, 3”.") % {"word": strange})
        days = list(dict.fromkeys(int(word) for word in words))
        if any(not 1 <= day <= FURTHEST for day in days):
            raise ValidationError(_("Write days between 1 and %(most)d.") % {"most": FURTHEST})
        if len(days) > MOST:
            said = ngettext("Choose %(most)d day at most.", "Choose %(most)d days at most.", MOST)
            raise ValidationError(said % {"most": MOST})
        return days


class RulesForm(EditForm):
    """Each field ends a sentence: "Before the deadline, so many days: 14, 3"."""

    before = DaysField(
        label=gettext_lazy("Days before the deadline"),
        help_text=gettext_lazy("As “14, 3”: one reminder two weeks before, and one three days before."),
    )
    on_the_day = forms.BooleanField(label=gettext_lazy("On the day itself"), required=False)
    after = DaysField(
        label=gettext_lazy("Days after the deadline"),
        help_text=gettext_lazy("As “1, 7”. Empty: nobody in the team is reminded of what is late."),
    )

    class Meta:
        model = ReminderRules
        fields: ClassVar = ["supervisor_after", "leader_after"]
        labels: ClassVar = {
            "supervisor_after": gettext_lazy("The team’s supervisors, when it is so many days late"),
            "leader_after": gettext_lazy("The leader who committed, when it is so many days late"),
        }
        help_texts: ClassVar = {
            "supervisor_after": gettext_lazy("Empty: they are not told. They see it in their queue all the same."),
            "leader_after": gettext_lazy("Empty: leaders are not told."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["before", "on_the_day", "after", "supervisor_after", "leader_after"])
        for name in ("supervisor_after", "leader_after"):
            field = self.fields[name]
            field.validators = [MinValueValidator(1), MaxValueValidator(FURTHEST)]
            field.widget.attrs |= {"min": 1, "max": FURTHEST}
        self.initial.update(self._days())

    def held(self) -> dict[str, Any]:
        return {**super().held(), **self._days()}

    def _days(self) -> dict[str, Any]:
        days = sorted(self.instance.days, reverse=True)
        return {
            "before": [day for day in days if day > 0],
            "on_the_day": 0 in days,
            "after": [-day for day in days if day < 0],
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        supervisor, leader = cleaned.get("supervisor_after"), cleaned.get("leader_after")
        if supervisor and leader and leader <= supervisor:
            self.add_error(
                "leader_after",
                _("Give the supervisors time first: choose more than %(days)d days.") % {"days": supervisor},
            )
        return cleaned

    def kept(self) -> ReminderRules:
        """The row as the valid form says it, not saved."""
        row: ReminderRules = self.save(commit=False)
        own = self.cleaned_data
        row.days = [*own["before"], *([0] if own["on_the_day"] else []), *(-day for day in own["after"])]
        return row
