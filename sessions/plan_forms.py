"""Days that a coordinator writes in a plan, and why she moves a gathering or calls it off."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gpf import dates
from gpf.forms import DateInput
from gpf.guarded import GuardedForm
from sessions.gathering_days import LONGEST, Days, days_of
from sessions.models import Gathering

FIRST_YEAR = 2000
YEARS_AHEAD = 10


class DayField(forms.DateField):
    """A day that can be meant: a year typed wrong is said so."""

    widget = DateInput

    def clean(self, value: Any) -> date | None:
        day: date | None = super().clean(value)
        last = timezone.localdate().year + YEARS_AHEAD
        if day and not FIRST_YEAR <= day.year <= last:
            words = {"year": day.year, "first": FIRST_YEAR, "last": last}
            raise ValidationError(
                _("The year is %(year)s. Choose one between %(first)s and %(last)s.") % words, code="year"
            )
        return day


class DaysForm(GuardedForm):
    """The days of a gathering."""

    starts_on = DayField(label=gettext_lazy("First day"))
    ends_on = DayField(label=gettext_lazy("Last day"), help_text=gettext_lazy("The same day if it lasts one day."))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        check_days(self, cleaned)
        return cleaned

    @property
    def days(self) -> Days:
        """The days as written, once they are valid."""
        return Days(self.cleaned_data["starts_on"], self.cleaned_data["ends_on"])


def check_days(form: forms.BaseForm, cleaned: dict[str, Any]) -> None:
    """The last day is not before the first, nor weeks after it."""
    first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
    if first and last and last < first:
        form.add_error("ends_on", _("The last day is before the first. Choose %(day)s or later.") % in_words(first))
    elif first and last and (last - first).days >= LONGEST:
        latest = first + timedelta(days=LONGEST - 1)
        form.add_error(
            "ends_on", _("A gathering lasts two weeks at most. Choose %(day)s or earlier.") % in_words(latest)
        )


class MoveForm(DaysForm):
    """The new days, and whether the gatherings after it come along."""

    along = forms.BooleanField(label=gettext_lazy("Move the ones after it too"), required=False)

    def __init__(self, gathering: Gathering, followers: list[Gathering], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._before = days_of(gathering)
        if followers:
            names = get_text_list([str(each) for each in followers], _("and"))
            self.fields["along"].help_text = _(
                "%(gatherings)s move by as many days, each to the nearest working days."
            ) % {"gatherings": capfirst(names)}
        else:
            del self.fields["along"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and self._before == self.days:
            self.add_error("starts_on", _("The gathering has these days already. Choose others."))
        return cleaned


class ReasonForm(GuardedForm):
    """Why: everybody who is told reads it."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=250,
        help_text=gettext_lazy("One sentence. Everybody who gets the letter reads it. No patient information."),
    )


def in_words(day: date) -> dict[str, str]:
    """The day for a sentence that asks for it by name."""
    return {"day": dates.long_date(day)}
