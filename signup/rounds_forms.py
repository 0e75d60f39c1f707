"""The forms of invitation rounds."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gpf.editing import EditForm
from gpf.forms import DateInput
from gpf.guarded import GuardedForm
from networks.models import HealthCommunity
from signup import letters
from signup.models import InvitationRound, Invitee
from signup.silent import APART

LONGEST_TEXT = 8000
LONGEST_PASTE = 100_000

REMINDERS = ("remind_after", "remind_again", "remind_before")
LATEST_REMINDER = 60  # days


def _fields_help(language: str) -> str:
    names = " ".join(f"{{{name}}}" for name in letters.SHOWN[language])
    return _("These are filled in for each organisation: %(names)s. Lines that begin with a dash become a list.") % {
        "names": names
    }


class RoundForm(EditForm):
    """A round: its name, the day to answer by, who signs, and the letter in both languages."""

    class Meta:
        model = InvitationRound
        fields: ClassVar = [
            "name", "answer_by", "signed_by", "remind_after", "remind_again", "remind_before",
            "subject_nb", "text_nb", "subject_nn", "text_nn",
        ]  # fmt: skip
        widgets: ClassVar = {"answer_by": DateInput, "signed_by": forms.Textarea(attrs={"rows": 3})}
        labels: ClassVar = {
            "name": gettext_lazy("What do you call the round?"),
            "answer_by": gettext_lazy("Answer by"),
            "signed_by": gettext_lazy("Who signs"),
            "remind_after": gettext_lazy("So many days after the letter"),
            "remind_again": gettext_lazy("And again, so many days after the letter"),
            "remind_before": gettext_lazy("So many days before the day to answer by"),
            "subject_nb": gettext_lazy("Subject in bokmål"),
            "text_nb": gettext_lazy("Letter in bokmål"),
            "subject_nn": gettext_lazy("Subject in nynorsk"),
            "text_nn": gettext_lazy("Letter in nynorsk"),
        }
        help_texts: ClassVar = {
            "name": gettext_lazy("Only coordinators see it. For example “Municipalities, autumn”."),
            "answer_by": gettext_lazy(
                "Stands in the letter. The link opens for four weeks more, for those who are late."
            ),
            "signed_by": gettext_lazy("Name, title and organisation, each on a line."),
        }
        help_texts |= dict.fromkeys(REMINDERS, gettext_lazy("Empty: no reminder then."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language in ("nb", "nn"):
            text = self.fields[f"text_{language}"]
            text.widget = forms.Textarea(attrs={"rows": 24, "maxlength": LONGEST_TEXT, "lang": language})
            text.help_text = _fields_help(language)
            self.fields[f"subject_{language}"].widget.attrs["lang"] = language
        for name in REMINDERS:
            self.fields[name].validators = [MinValueValidator(1), MaxValueValidator(LATEST_REMINDER)]
            self.fields[name].widget.attrs |= {"min": 1, "max": LATEST_REMINDER}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, second = cleaned.get("remind_after"), cleaned.get("remind_again")
        if first and second and second < first + APART.days:
            self.add_error(
                "remind_again",
                _("Leave at least %(days)d days between two letters: choose %(day)d or more.")
                % {"days": APART.days, "day": first + APART.days},
            )
        return cleaned

    def clean_answer_by(self) -> date:
        day: date = self.cleaned_data["answer_by"]
        if day < timezone.localdate() and day != self.initial.get("answer_by"):
            raise ValidationError(_("That day has passed. Choose one that the leaders can still keep."))
        return day

    def clean_subject_nb(self) -> str:
        return self._checked("subject_nb")

    def clean_subject_nn(self) -> str:
        return self._checked("subject_nn")

    def clean_text_nb(self) -> str:
        return self._with_link("text_nb", "{lenke}")

    def clean_text_nn(self) -> str:
        return self._with_link("text_nn", "{lenkje}")

    def _checked(self, name: str) -> str:
        text: str = self.cleaned_data[name]
        unknown, broken = letters.unknown_fields(text), letters.broken_braces(text)
        if unknown:
            raise ValidationError(
                _("No field is called %(unknown)s. The fields are %(names)s.")
                % {"unknown": ", ".join(unknown), "names": " ".join(f"{{{one}}}" for one in letters.SHOWN[name[-2:]])}
            )
        if broken:
            raise ValidationError(
                _("A brace stands alone here: “%(place)s”. A field begins with { and ends with }.")
                % {"place": broken[0]}
            )
        return text

    def _with_link(self, name: str, link: str) -> str:
        text = self._checked(name)
        if not letters.has_field(text, "link"):
            raise ValidationError(_("The letter lacks %(link)s: without the link nobody can answer.") % {"link": link})
        if len(text) > LONGEST_TEXT:
            raise ValidationError(_("The letter is too long. Keep it under 8,000 characters."))
        return text


class LookForm(GuardedForm):
    """What to list on the page where organisations are chosen."""

    q = forms.CharField(label=gettext_lazy("Name or number"), required=False, max_length=80)

    def __init__(self, *args: Any, counties: list[str], communities: list[HealthCommunity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["county"] = forms.ChoiceField(
            label=gettext_lazy("County"),
            required=False,
            choices=[("", _("All")), *((county, county) for county in counties)],
        )
        self.fields["community"] = forms.TypedChoiceField(
            label=gettext_lazy("Health community"),
            required=False,
            choices=[("", _("All")), *((str(one.pk), one.name) for one in communities)],
            coerce={str(one.pk): one for one in communities}.get,
            empty_value=None,
        )


class PersonForm(EditForm):
    """Who gets the letter in one organisation."""

    class Meta:
        model = Invitee
        fields: ClassVar = ["leader_name", "leader_title", "leader_email", "language"]
        labels: ClassVar = {
            "leader_name": gettext_lazy("Name of the leader"),
            "leader_title": gettext_lazy("Title"),
            "leader_email": gettext_lazy("Email address"),
            "language": gettext_lazy("Language"),
        }


class SendAgainForm(PersonForm):
    """Who gets the letter, once more: an address is needed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leader_email"].required = True


class PasteForm(GuardedForm):
    """Lines from a list the coordinator has already."""

    lines = forms.CharField(
        label=gettext_lazy("Lines"),
        max_length=LONGEST_PASTE,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=gettext_lazy(
            "One organisation on each line: organisation; name; title; email address; language (nb or nn). "
            "Copied cells from a spreadsheet work too. What you leave out may be filled in afterwards."
        ),
    )


class ExtendForm(GuardedForm):
    """A later last day for a link."""

    last_day = forms.DateField(label=gettext_lazy("The link works up to and including"), widget=DateInput)

    def clean_last_day(self) -> date:
        day: date = self.cleaned_data["last_day"]
        if day < timezone.localdate():
            raise ValidationError(_("That day has passed. Withdraw the link if nobody is to use it."))
        return day


class StateForm(GuardedForm):
    """Which of a round's organisations to show."""

    state = forms.ChoiceField(label=gettext_lazy("Show"), required=False)

    def __init__(self, *args: Any, states: list[tuple[str, str, int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [  # type: ignore[attr-defined]  # the mapping says Field
            ("", _("Everybody")),
            ("silent", _("have not answered")),
            *((value, f"{word} ({number})") for value, word, number in states),
        ]
