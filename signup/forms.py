"""The forms behind a personal link, and the coordinator's answer to a registration."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gpf.forms import DateInput
from gpf.guarded import GuardedForm
from signup.models import Readiness, RegisteredPerson, Registration
from signup.registration_fields import FIXED, MOST_PEOPLE, PARTS, QUESTIONS, person_field, title_at
from signup.registration_rules import NEEDED

LONGEST_TEXT = 4000
FEWEST_MEMBERS = 2
MORE_MEMBERS = 3


def _longest(model: type[Registration] | type[RegisteredPerson], name: str) -> int:
    return model._meta.get_field(name).max_length or LONGEST_TEXT  # type: ignore[union-attr]  # text columns, each


def _line(label: Any, longest: int, help_text: Any = "", **attrs: str) -> forms.CharField:
    """One line of text. The limit is a validator: a field with a limit of its own cuts off what is pasted."""
    validators = [MaxLengthValidator(longest)]
    widget = forms.TextInput(attrs=attrs)
    return forms.CharField(label=label, required=False, validators=validators, widget=widget, help_text=help_text)


def _address(label: Any, help_text: Any = "") -> forms.CharField:
    """An address as it is typed: whether it is whole is asked when the form is sent, not while it is saved."""
    return _line(label, 254, help_text, type="email", inputmode="email", autocapitalize="off", spellcheck="false")


def _text(label: Any, help_text: Any, rows: int) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    validators = [MaxLengthValidator(LONGEST_TEXT)]
    return forms.CharField(label=label, required=False, validators=validators, widget=widget, help_text=help_text)


class RegistrationForm(GuardedForm):
    """A registration as it is typed. It asks for nothing; `registration_rules.problems` does when it is sent."""

    readiness_note = _text(
        gettext_lazy("Something we should know?"),
        gettext_lazy("A sentence or two is enough. No patient information."),
        3,
    )
    team_name = _line(
        gettext_lazy("Name of the team"),
        _longest(Registration, "team_name"),
        gettext_lazy("What the others in the network will know you by, such as “Hjemmetjenesten nord”."),
    )
    units = _text(
        gettext_lazy("Units that take part"),
        gettext_lazy("One on each line. Empty, if it is the whole organisation."),
        3,
    )
    patient_group = _line(
        gettext_lazy("Patients or users you want to do better for"),
        _longest(Registration, "patient_group"),
        gettext_lazy("Such as “elderly people who come home from hospital”. You may change it later."),
    )
    leader_name = _line(gettext_lazy("Name"), _longest(Registration, "leader_name"))
    leader_title = _line(
        gettext_lazy("Title"),
        _longest(Registration, "leader_title"),
        gettext_lazy("Such as “kommunalsjef for helse” or “klinikksjef”."),
    )
    leader_email = _address(
        gettext_lazy("Email address"), gettext_lazy("She can then follow the team, and gets our answer.")
    )
    committed_on = forms.DateField(
        label=gettext_lazy("Decided on"),
        required=False,
        widget=DateInput,
        help_text=gettext_lazy("The day the leader decided that you take part."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("The team writes"),
        required=False,
        choices=[("nb", "Bokmål"), ("nn", "Nynorsk")],
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Mails and letters to you come in it. Each person can choose her own later."),
    )
    written_by = _line(
        gettext_lazy("Who has filled in the form?"),
        _longest(Registration, "written_by"),
        gettext_lazy("If we wonder about something, we know whom to ask."),
    )

    def __init__(self, *args: Any, members: int = FEWEST_MEMBERS, **kwargs: Any) -> None:
        """`members` is how many rows for members there are at least."""
        super().__init__(*args, **kwargs)
        for name, question in QUESTIONS.items():
            self.fields[name] = forms.ChoiceField(
                label=question, required=False, choices=Readiness.choices, widget=forms.RadioSelect
            )
        held = {**dict(self.data.items()), **self.initial}
        self.people = range(max(len(FIXED) + members, _rows(held)))
        for position in self.people:
            self.fields |= _person(position)
        for part in ("name", "title", "email"):
            _tell_whose(self.fields[f"leader_{part}"], _("The leader who commits"))

    @property
    def texts(self) -> dict[str, str]:
        """What came in and may be kept, by field; a field with something wrong in it is not there."""
        held = {name: value for name, value in self.cleaned_data.items() if self.add_prefix(name) in self.data}
        return {name: _as_text(value) for name, value in held.items()}

    def mark_needed(self) -> None:
        """Let what must stand there before the form is sent say so. Called when the form is shown."""
        for name in NEEDED & self.fields.keys():
            self.fields[name].needed = True  # type: ignore[attr-defined]  # read by the template of a field


def _person(position: int) -> dict[str, forms.Field]:
    fields = {
        "name": _line(gettext_lazy("Name"), _longest(RegisteredPerson, "name")),
        "email": _address(gettext_lazy("Email address")),
        "title": _line(gettext_lazy("Role or title"), _longest(RegisteredPerson, "title")),
        "unit": _line(gettext_lazy("Unit"), _longest(RegisteredPerson, "unit")),
    }
    for field in fields.values():
        _tell_whose(field, title_at(position))
    return {person_field(position, part): fields[part] for part in PARTS}


def _tell_whose(field: forms.Field, whose: str) -> None:
    """In the summary of what is wrong the field stands alone: there it says whose it is."""
    field.in_full = f"{whose}, {str(field.label).lower()}"  # type: ignore[attr-defined]  # read by gpf.forms.problems


def _rows(held: Mapping[str, Any]) -> int:
    """How many people the form has room for: at least those it came with."""
    numbers = [int(found[1]) for name in held if (found := re.fullmatch(r"person_(\d{1,2})_[a-z]+", name))]
    return min(MOST_PEOPLE, max(numbers, default=-1) + 1)


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    return value.replace("\r\n", "\n") if isinstance(value, str) else str(value)


class DeclineForm(GuardedForm):
    """Why an organisation does not take part; it need not say."""

    reason = forms.CharField(
        label=gettext_lazy("Will you tell us why?"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("It helps us to ask at a better time. You need not answer."),
    )


class DecisionForm(GuardedForm):
    """A coordinator's answer to a registration. `seen` is where it stood when the page was shown."""

    decision = forms.ChoiceField(
        label=gettext_lazy("What do you decide?"),
        widget=forms.RadioSelect,
        choices=[
            (Registration.State.ACCEPTED, gettext_lazy("Accept: the team takes part")),
            (Registration.State.ASKED, gettext_lazy("Ask back: the form opens again")),
            (Registration.State.WAITING, gettext_lazy("Put on the waiting list")),
            (Registration.State.DECLINED, gettext_lazy("Decline")),
        ],
    )
    text = forms.CharField(
        label=gettext_lazy("What you want to say"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Stands in the letter as you write it. Needed when you ask back or decline."),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        """Who asks or declines says what and why."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("text") and "text" not in self.errors:
            if cleaned.get("decision") == Registration.State.ASKED:
                self.add_error("text", _("Write what you want to know."))
            elif cleaned.get("decision") == Registration.State.DECLINED:
                self.add_error("text", _("Write why, so that they need not wonder."))
        return cleaned
