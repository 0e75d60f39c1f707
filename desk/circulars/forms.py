"""Writing a circular: to whom, and in both languages."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desk.circulars.audience import WHOM, Audience
from desk.circulars.words import ALLOWED
from desk.models import Circular
from gpf import dates
from gpf.editing import EditForm
from networks.models import Membership, Network, Role
from notices import fields
from sessions.models import Assignment, Gathering
from teams.models import Team


class FieldsField(forms.CharField):
    """A text with fields in braces; one that can not be filled in is refused."""

    def clean(self, value: Any) -> str:
        text = str(super().clean(value)).replace("\r\n", "\n")
        problems = fields.check(text, ALLOWED)
        if problems:
            raise ValidationError(problems)
        return text


class CircularForm(EditForm):
    """The draft."""

    whom = forms.ChoiceField(label=gettext_lazy("Who is it for?"), choices=list(WHOM.items()))
    role = forms.ChoiceField(label=gettext_lazy("Which role?"), choices=Role.choices, required=False)
    teams = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Which teams?"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    supervisor = forms.TypedChoiceField(
        label=gettext_lazy("Which supervisor?"), coerce=int, empty_value=None, required=False
    )
    assignment = forms.TypedChoiceField(
        label=gettext_lazy("Not handed in what?"), coerce=int, empty_value=None, required=False
    )
    only_leaders = forms.BooleanField(
        label=gettext_lazy("Only to who leads the team"),
        help_text=gettext_lazy("Where nobody leads it, everybody in the team gets it."),
        required=False,
    )
    subject_nb = FieldsField(label=gettext_lazy("Subject"), max_length=200, required=False)
    text_nb = FieldsField(
        label=gettext_lazy("Text"), max_length=6000, required=False, widget=forms.Textarea(attrs={"rows": 12})
    )
    subject_nn = FieldsField(label=gettext_lazy("Subject"), max_length=200, required=False)
    text_nn = FieldsField(
        label=gettext_lazy("Text"), max_length=6000, required=False, widget=forms.Textarea(attrs={"rows": 12})
    )

    class Meta:
        model = Circular
        fields: ClassVar = ["subject_nb", "text_nb", "subject_nn", "text_nn"]

    def __init__(self, *args: Any, network: Network, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose("teams", [(team.pk, team.name) for team in Team.objects.going_on().order_by("sort_name", "pk")])
        guides = Membership.objects.active().filter(network=network, role=Role.SUPERVISOR).select_related("user")
        self._choose("supervisor", [("", "–"), *((each.pk, each.user.name) for each in guides.order_by("user__name"))])
        self._choose("assignment", [("", "–"), *((each.pk, _said(each)) for each in _assignments())])
        audience = Audience.of(self.instance.audience)
        self.initial.update(audience.as_json())

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        needs = {"role": "role", "teams": "teams", "supervisor": "supervisor", "not_delivered": "assignment"}
        wanted = needs.get(cleaned.get("whom", ""))
        if wanted and not cleaned.get(wanted) and wanted not in self.errors:
            self.add_error(wanted, _("Choose here whom it is for."))
        for language in ("nb", "nn"):
            subject, text = cleaned.get(f"subject_{language}"), cleaned.get(f"text_{language}")
            wrong = {f"subject_{language}", f"text_{language}"} & self.errors.keys()
            if not wrong and bool(subject) != bool(text):
                missing = "subject" if text else "text"
                self.add_error(f"{missing}_{language}", _("Write both the subject and the text, or neither."))
        return cleaned

    def audience(self) -> Audience:
        """Only what the choice is about is kept."""
        given = self.cleaned_data
        whom = given["whom"]
        return Audience(
            whom=whom,
            role=given["role"] if whom == "role" else "",
            teams=tuple(given["teams"]) if whom == "teams" else (),
            supervisor=given["supervisor"] if whom == "supervisor" else None,
            assignment=given["assignment"] if whom == "not_delivered" else None,
            only_leaders=given["only_leaders"] and whom not in ("everybody", "role"),
        )

    def save(self, commit: bool = True) -> Any:
        self.instance.audience = self.audience().as_json()
        return super().save(commit)


def _assignments() -> list[Assignment]:
    found = Assignment.objects.exclude(gathering__state=Gathering.State.CANCELLED).select_related("gathering")
    return list(found.order_by("due", "position", "pk"))


def _said(assignment: Assignment) -> str:
    words = {
        "title": assignment.title,
        "gathering": assignment.gathering,
        "date": dates.short_date(assignment.due),
    }
    return _("%(title)s, before %(gathering)s, due %(date)s") % words
