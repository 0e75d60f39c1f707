"""What a coordinator writes in a network's plan: gatherings, and the work before them."""

from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gpf import dates
from gpf.editing import EditForm
from gpf.forms import DateInput
from gpf.guarded import GuardedForm, GuardedModelForm
from sessions.models import Assignment, Gathering
from sessions.moving import Days, days_of, out_of_order
from sessions.planning import last_working_day
from sessions.wording import said_misplaced

FIRST_YEAR = 2000
YEARS_AHEAD = 10
LONGEST_DAYS = 14
LONGEST_TEXT = 5000


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
        form.add_error("ends_on", _("The last day is before the first. Choose %(day)s or later.") % _day(first))
    elif first and last and (last - first).days >= LONGEST_DAYS:
        latest = first + timedelta(days=LONGEST_DAYS - 1)
        form.add_error("ends_on", _("A gathering lasts two weeks at most. Choose %(day)s or earlier.") % _day(latest))


class MoveForm(DaysForm):
    """The new days, and whether the gatherings after it come along."""

    along = forms.BooleanField(label=gettext_lazy("Move the ones after it too"), required=False)

    def __init__(self, gathering: Gathering, followers: list[Gathering], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._before = days_of(gathering)
        if followers:
            names = ", ".join(str(each) for each in followers)
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


_LABELS = {
    "kind": gettext_lazy("What it is"),
    "title": gettext_lazy("Name"),
    "number": gettext_lazy("Number"),
    "form": gettext_lazy("How we meet"),
    "place": gettext_lazy("Place"),
    "online_link": gettext_lazy("Link to the meeting"),
    "programme": gettext_lazy("Programme"),
}
_HELP = {
    "title": gettext_lazy("Only where it needs a name of its own, as “Measurement workshop in Horten”."),
    "number": gettext_lazy("Only for one of the cycle's numbered gatherings."),
    "online_link": gettext_lazy("For those who take part from where they are."),
    "programme": gettext_lazy("Times and titles, a line for each. Can be added later."),
}


def _link_field() -> forms.URLField:
    return forms.URLField(
        label=_LABELS["online_link"], required=False, assume_scheme="https", help_text=_HELP["online_link"]
    )


class GatheringForm(EditForm):
    """The facts of a gathering, but for its days and its number: those are moved, and told of."""

    online_link = _link_field()

    class Meta:
        model = Gathering
        fields: ClassVar = ["kind", "title", "form", "place", "online_link", "programme"]
        labels = _LABELS
        help_texts = _HELP
        widgets: ClassVar = {"programme": forms.Textarea(attrs={"rows": 8})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_how_we_meet(self)
        if self.instance.kind == Gathering.Kind.NETWORK:
            del self.fields["kind"]
        else:
            kind = self.fields["kind"]
            assert isinstance(kind, forms.ChoiceField)
            kind.choices = _kinds(without=Gathering.Kind.NETWORK)


class NewGatheringForm(GuardedModelForm):
    """A gathering that the network adds to its cycle."""

    starts_on = DayField(label=gettext_lazy("First day"))
    ends_on = DayField(label=gettext_lazy("Last day"), help_text=gettext_lazy("The same day if it lasts one day."))
    online_link = _link_field()

    class Meta:
        model = Gathering
        fields: ClassVar = [
            "kind", "number", "title", "starts_on", "ends_on", "form", "place", "online_link", "programme",
        ]  # fmt: skip
        labels = _LABELS
        help_texts = _HELP
        widgets: ClassVar = {"programme": forms.Textarea(attrs={"rows": 8})}

    def __init__(self, others: list[Gathering], *args: Any, **kwargs: Any) -> None:
        """`others` are the network's gatherings, held by the transaction."""
        super().__init__(*args, **kwargs)
        self._others = others
        _say_how_we_meet(self)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [*_kinds(without=Gathering.Kind.NETWORK), *_kinds(only=Gathering.Kind.NETWORK)]
        kind.initial = Gathering.Kind.MEASUREMENT_WORKSHOP

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        check_days(self, cleaned)
        if cleaned.get("kind") == Gathering.Kind.NETWORK:
            self._check_number(cleaned)
        else:
            cleaned["number"] = None
        return cleaned

    def _check_number(self, cleaned: dict[str, Any]) -> None:
        number = cleaned.get("number")
        if number is None:
            if "number" not in self.errors:
                self.add_error(
                    "number", _("Which number has the gathering? The next one is %(number)s.") % self._next()
                )
            return
        taken = next((each for each in self._numbered() if each.number == number), None)
        if taken:
            words = {"gathering": capfirst(str(taken)), "days": _days(taken), **self._next()}
            said = _("There is one already: %(gathering)s, %(days)s. The next number is %(number)s.")
            self.add_error("number", said % words)
        elif number == 0 or number > self._next()["number"]:
            self.add_error(
                "number", _("Gatherings are numbered without gaps. The next one is %(number)s.") % self._next()
            )
        elif not self.errors:
            self._check_order(Gathering(kind=Gathering.Kind.NETWORK, number=number), cleaned)

    def _check_order(self, gathering: Gathering, cleaned: dict[str, Any]) -> None:
        days = Days(cleaned["starts_on"], cleaned["ends_on"])
        known = [(each, days_of(each)) for each in self._numbered() if each.state != Gathering.State.CANCELLED]
        others = {each: placed for each, placed in known if placed}
        for found in out_of_order(gathering, days, others):
            self.add_error("starts_on", said_misplaced(found))

    def _numbered(self) -> list[Gathering]:
        return [each for each in self._others if each.kind == Gathering.Kind.NETWORK and each.number]

    def _next(self) -> dict[str, int]:
        return {"number": max((each.number or 0 for each in self._numbered()), default=0) + 1}


class _Words(forms.ModelForm):  # type: ignore[type-arg]  # ModelForm is generic to mypy only
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
            words = {"gathering": str(self.gathering), **_day(self.gathering.starts_on)}
            raise ValidationError(_("The work is done before %(gathering)s. Choose %(day)s or earlier.") % words)
        return last_working_day(due)

    def _say_when(self) -> None:
        assert self.gathering.starts_on is not None
        words = {"gathering": capfirst(str(self.gathering)), **_day(self.gathering.starts_on)}
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
        self._say_when()

    @property
    def is_redated(self) -> bool:
        """Whether she has chosen another day; a deadline that was left alone keeps its own count."""
        return bool(self.cleaned_data["due"] != self._due_before)


class NewAssignmentForm(_Words, GuardedModelForm):
    """A piece of work that the network adds."""

    def __init__(self, gathering: Gathering, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.gathering = gathering
        self._say_when()


def _say_how_we_meet(form: forms.ModelForm) -> None:  # type: ignore[type-arg]  # ModelForm is generic to mypy only
    field = form.fields["form"]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [("", _("Not decided yet")), *((value, capfirst(label)) for value, label in Gathering.Form.choices)]


def _kinds(*, without: str = "", only: str = "") -> list[tuple[str, str]]:
    return [
        (value, str(capfirst(label)))
        for value, label in Gathering.Kind.choices
        if value != without and only in ("", value)
    ]


def _day(day: date) -> dict[str, str]:
    return {"day": dates.long_date(day)}


def _days(gathering: Gathering) -> str:
    return dates.date_range(gathering.starts_on, gathering.ends_on) if gathering.starts_on else _("not decided")
