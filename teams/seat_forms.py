"""What a coordinator writes about the people in a team."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gpf.editing import EditForm
from gpf.forms import DateInput
from gpf.guarded import GuardedForm
from teams.leading import leader_of
from teams.models import Team, TeamMember

NEW = "new"


class NewSeatForm(GuardedForm):
    """A person who comes into the team."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    email = forms.EmailField(label=gettext_lazy("Email address"), max_length=254)
    function = forms.ChoiceField(label=gettext_lazy("Function in the team"), choices=TeamMember.Function)
    title = forms.CharField(
        label=gettext_lazy("Title"), max_length=120, required=False, help_text=gettext_lazy("For example nurse.")
    )
    unit = forms.CharField(label=gettext_lazy("Unit"), max_length=120, required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES[:2])

    def __init__(self, data: Any, *, team: Team, initial: dict[str, str]) -> None:
        super().__init__(data, initial={"language": team.language, **initial})
        self.team = team

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        here = self.team.members.filter(membership__user__email=email, left_on=None).select_related("membership__user")
        if seat := here.first():
            raise forms.ValidationError(
                _("%(name)s is in the team already, as %(function)s. Change it in the list.")
                % {"name": seat, "function": seat.get_function_display()}
            )
        return email

    def clean_function(self) -> str:
        function = str(self.cleaned_data["function"])
        _refuse_second_leader(self.team, function)
        return function


class SeatForm(EditForm):
    """A person's place in the team."""

    class Meta:
        model = TeamMember
        fields: ClassVar = ["function", "title", "unit", "left_on"]
        widgets: ClassVar = {"left_on": DateInput}
        labels: ClassVar = {
            "function": gettext_lazy("Function in the team"),
            "title": gettext_lazy("Title"),
            "unit": gettext_lazy("Unit"),
            "left_on": gettext_lazy("Leaves the team on"),
        }
        help_texts: ClassVar = {
            "left_on": gettext_lazy(
                "Empty as long as the person is in the team. Who has no other place in the network loses access that "
                "day; what the team has done stays."
            ),
        }

    def clean_function(self) -> str:
        function = str(self.cleaned_data["function"])
        _refuse_second_leader(self.instance.team, function, self.instance)
        return function


class NewLeaderForm(GuardedForm):
    """Who leads the team from today: a member, or a person who is new in it; and what becomes of the one who did."""

    who = forms.ChoiceField(label=gettext_lazy("Who leads the team from today?"), widget=forms.RadioSelect)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120, required=False)
    email = forms.EmailField(label=gettext_lazy("Email address"), max_length=254, required=False)
    title = forms.CharField(label=gettext_lazy("Title"), max_length=120, required=False)
    unit = forms.CharField(label=gettext_lazy("Unit"), max_length=120, required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES[:2], required=False)
    old = forms.ChoiceField(
        choices=(("leaves", gettext_lazy("leaves the team")), ("stays", gettext_lazy("stays as a member"))),
        initial="leaves",
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any, *, team: Team, members: list[TeamMember], old: TeamMember | None) -> None:
        super().__init__(data, initial={"language": team.language, "who": "" if members else NEW})
        who = self.fields["who"]
        assert isinstance(who, forms.ChoiceField)
        who.choices = [
            *((str(seat.pk), f"{seat} ({seat.get_function_display()})") for seat in members),
            (NEW, _("somebody who is not in the team yet")),
        ]
        for name in ("name", "email"):  # asked of whoever is new
            self.fields[name].required = data is None or data.get("who") == NEW
            self.fields[name].error_messages["required"] = _("Write this for somebody who is new in the team.")
        if old is None:
            del self.fields["old"]
        else:
            self.fields["old"].label = _("What about %(name)s, who leads it now?") % {"name": old}

    @property
    def new_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("name", "email", "title", "unit", "language")]


def _refuse_second_leader(team: Team, function: str, seat: TeamMember | None = None) -> None:
    if function != TeamMember.Function.LEADER:
        return
    leader = leader_of(team)
    if leader is not None and leader != seat:
        raise forms.ValidationError(
            _("%(name)s leads the team. Use “New team leader”: it changes both in one step.") % {"name": leader}
        )
