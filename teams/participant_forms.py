"""What a coordinator writes about an organisation in the network, and its teams."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gpf import dates
from gpf.editing import EditForm
from gpf.forms import DateInput
from gpf.guarded import GuardedForm
from gpf.norwegian import sort_key
from networks.models import Network, Organisation, Participation
from networks.participation_services import PARTS
from teams.models import Team


class SearchForm(GuardedForm):
    """A name or a number."""

    q = forms.CharField(
        label=gettext_lazy("Name, municipality number or organisation number"), max_length=80, required=False
    )


class ParticipationForm(EditForm):
    """The facts of a participation."""

    class Meta:
        model = Participation
        fields: ClassVar = ["joined_on", "joined_note", "anchored_by", "anchored_title", "anchored_on"]
        widgets: ClassVar = {"joined_on": DateInput, "anchored_on": DateInput}
        labels: ClassVar = {
            "joined_on": gettext_lazy("Takes part from"),
            "joined_note": gettext_lazy("Note on how they joined"),
            "anchored_by": gettext_lazy("The leader who committed"),
            "anchored_title": gettext_lazy("Title"),
            "anchored_on": gettext_lazy("Committed on"),
        }
        help_texts: ClassVar = {
            "joined_on": gettext_lazy("Leave it empty for those who are with from the start."),
        }

    def clean_anchored_on(self) -> date | None:
        day: date | None = self.cleaned_data["anchored_on"]
        if day and day > timezone.localdate():
            raise ValidationError(_("The day has not come yet. Write the day the leader committed."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        joined, withdrawn = cleaned.get("joined_on"), self.instance.withdrawn_on
        if joined and withdrawn and joined > withdrawn:
            self.add_error(
                "joined_on",
                _("They withdrew %(date)s. Choose a day before that.") % {"date": dates.long_date(withdrawn)},
            )
        if cleaned.get("anchored_on") and not cleaned.get("anchored_by") and "anchored_by" not in self.errors:
            self.add_error("anchored_by", _("Write who committed that day."))
        return cleaned


class UnitForm(GuardedForm):
    """A part of the organisation: one that is known, or a new one by its name."""

    unit = forms.ModelChoiceField(
        label=gettext_lazy("A part that is known"), queryset=Organisation.objects.none(), required=False
    )
    name = forms.CharField(label=gettext_lazy("Or a new one, by its name"), max_length=200, required=False)
    kind = forms.ChoiceField(label=gettext_lazy("What it is"), required=False)

    def __init__(self, data: Any, *, of: Organisation, parts: QuerySet[Organisation]) -> None:
        super().__init__(data, auto_id="enhet-%s")
        unit, kind = self.fields["unit"], self.fields["kind"]
        assert isinstance(unit, forms.ModelChoiceField)
        assert isinstance(kind, forms.ChoiceField)
        unit.queryset = parts
        unit.empty_label = _("None")
        kinds = PARTS.get(Organisation.Kind(of.kind), (Organisation.Kind.MUNICIPAL_UNIT,))
        self.kinds = [each.value for each in kinds]
        kind.choices = [(each.value, each.label) for each in kinds]
        if len(kinds) == 1:
            kind.widget = forms.HiddenInput()
            kind.initial = kinds[0].value
        if not parts.exists():
            del self.fields["unit"]
            self.fields["name"].label = _("Name")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("unit") and not cleaned.get("name") and not self.errors:
            self.add_error("name", _("Choose a part, or write its name."))
        cleaned["kind"] = cleaned.get("kind") or self.kinds[0]
        return cleaned


class LeaderForm(GuardedForm):
    """A leader who is to read how the organisation's teams do."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    email = forms.EmailField(label=gettext_lazy("Email address"), max_length=254)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES[:2])

    def __init__(self, data: Any, *, language: str) -> None:
        super().__init__(data, auto_id="leder-%s", initial={"language": language})


class TeamForm(EditForm):
    """A team: a new one, or the facts of one there is."""

    class Meta:
        model = Team
        fields: ClassVar = ["name", "patient_group", "language", "joined_on"]
        widgets: ClassVar = {"joined_on": DateInput}
        labels: ClassVar = {
            "name": gettext_lazy("The team’s name"),
            "patient_group": gettext_lazy("Patient group"),
            "language": gettext_lazy("The team writes in"),
            "joined_on": gettext_lazy("With since"),
        }
        help_texts: ClassVar = {
            "joined_on": gettext_lazy(
                "Leave it empty for a team that is with from the start. What was due before this day, the team is "
                "exempt from."
            ),
        }

    def __init__(self, *args: Any, network: Network, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.network = network

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        others = Team.objects.filter(sort_name=sort_key(name)).exclude(pk=self.instance.pk)
        other = others.select_related("participation__organisation").first()
        if other:
            raise ValidationError(
                _(
                    "%(organisation)s has a team called %(name)s in this network already. Give this one a name that "
                    "tells them apart, such as “%(example)s”."
                )
                % {"organisation": other.participation.organisation, "name": other, "example": self._other_name(name)}
            )
        return name

    def _other_name(self, name: str) -> str:
        """The name with the organisation's, or with a number where that is what it is called already."""
        organisation = self.instance.participation.organisation.name
        return f"{name} 2" if sort_key(organisation) in sort_key(name) else f"{name}, {organisation}"

    def clean_joined_on(self) -> date | None:
        day: date | None = self.cleaned_data["joined_on"]
        end = self.instance.ended_on
        if day and end and day > end:
            raise ValidationError(
                _("The team ended %(date)s. Choose a day before that.") % {"date": dates.long_date(end)}
            )
        return day


class EndForm(GuardedForm):
    """On which day something ends, and why. `seen` is what the person was shown would happen."""

    on = forms.DateField(label=gettext_lazy("The day"), widget=DateInput)
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any, *, earliest: date, needs_reason: bool = True) -> None:
        super().__init__(data, initial={"on": timezone.localdate()})
        self.earliest = earliest
        self.fields["reason"].required = needs_reason
        self.fields["on"].help_text = _("Access ends on this day. It may be past, today or to come.")

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day < self.earliest:
            raise ValidationError(
                _("They were not with before %(date)s. Choose that day or a later one.")
                % {"date": dates.long_date(self.earliest)}
            )
        if day.year > timezone.localdate().year + 5:
            raise ValidationError(_("That is more than five years away. Look at the year."))
        return day
