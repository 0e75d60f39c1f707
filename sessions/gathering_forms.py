"""What a coordinator writes of a gathering: one that she adds, and the facts of any."""

from typing import Any, ClassVar

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gpf import dates
from gpf.editing import EditForm
from gpf.guarded import GuardedModelForm
from sessions.gathering_days import Days, days_of, out_of_order
from sessions.models import Gathering
from sessions.plan_forms import DayField, check_days
from sessions.wording import said_misplaced

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
    "programme": gettext_lazy(
        "Times and titles, a line for each. Only you who coordinate see it until you publish it."
    ),
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


def _days(gathering: Gathering) -> str:
    return dates.date_range(gathering.starts_on, gathering.ends_on) if gathering.starts_on else _("not decided")
