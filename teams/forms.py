"""Inviting a person, giving her one more role, and finding her again."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from gpf import dates
from gpf.editing import EditForm
from gpf.forms import DateInput
from gpf.guarded import GuardedForm
from gpf.norwegian import sort_key
from networks.models import Membership, Participation, Role
from teams.leading import leader_of
from teams.models import Team, TeamMember
from teams.people import STATE_WORDS, Person

BEFORE_AFTER = 366  # days


class RoleForm(GuardedForm):
    """A role in the network, and what it is about."""

    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Role, initial=Role.TEAM_MEMBER)
    team = forms.ModelChoiceField(label=gettext_lazy("Team"), queryset=Team.objects.none(), required=False)
    function = forms.ChoiceField(
        label=gettext_lazy("Function in the team"),
        choices=TeamMember.Function,
        initial=TeamMember.Function.MEMBER,
        required=False,
    )
    title = forms.CharField(
        label=gettext_lazy("Title"), max_length=120, required=False, help_text=gettext_lazy("For example nurse.")
    )
    unit = forms.CharField(label=gettext_lazy("Unit"), max_length=120, required=False)
    teams = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Teams to guide"),
        queryset=Team.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    participation = forms.ModelChoiceField(
        label=gettext_lazy("Organisation"), queryset=Participation.objects.none(), required=False
    )

    SHOWN_FOR: ClassVar = {
        "team": [Role.TEAM_MEMBER],
        "function": [Role.TEAM_MEMBER],
        "title": [Role.TEAM_MEMBER],
        "unit": [Role.TEAM_MEMBER],
        "teams": [Role.SUPERVISOR],
        "participation": [Role.LEADER],
    }
    """Which roles each field is about; the script hides the others."""

    def __init__(self, data: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        teams = Team.objects.going_on().order_by("sort_name", "pk")
        self._offer("team", teams)
        self._offer("teams", teams)
        today = timezone.localdate()
        taking_part = Participation.objects.select_related("organisation").order_by("organisation__sort_name", "pk")
        self._offer("participation", taking_part.exclude(withdrawn=True, withdrawn_on__lte=today))
        for name, roles in self.SHOWN_FOR.items():
            self.fields[name].widget.attrs["data-for-role"] = " ".join(roles)
        self._ask("team", Role.TEAM_MEMBER, _("Choose the team."))
        self._ask("participation", Role.LEADER, _("Choose the organisation."))

    def _ask(self, name: str, role: Role, words: str) -> None:
        """The field is needed for the role, and only for that."""
        self.fields[name].required = not self.is_bound or self.data.get("role") == role
        self.fields[name].error_messages["required"] = words

    def _offer(self, name: str, rows: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows
        field.empty_label = _("None")

    def clean(self) -> dict[str, Any]:
        """No team gets a second leader. What the role is not about is left."""
        cleaned = super().clean() or self.cleaned_data
        role = cleaned.get("role")
        for name, roles in self.SHOWN_FOR.items():
            if role not in roles:
                cleaned[name] = [] if name == "teams" else None if name in ("team", "participation") else ""
                self.errors.pop(name, None)
        cleaned["function"] = cleaned.get("function") or TeamMember.Function.MEMBER
        self._refuse_second_leader(cleaned)
        return cleaned

    def address(self, cleaned: dict[str, Any]) -> str:
        """Whose role it is."""
        return str(cleaned.get("email", "")).lower()

    def _refuse_second_leader(self, cleaned: dict[str, Any]) -> None:
        team = cleaned.get("team")
        if not team:
            return
        leader = leader_of(team)
        own = leader is not None and leader.membership.user.email == self.address(cleaned)
        if cleaned["function"] == TeamMember.Function.LEADER and leader is not None and not own:
            self.add_error(
                "function", _("%(team)s has a team leader already. Choose another function.") % {"team": team}
            )


class InviteForm(RoleForm):
    """Who, as what, and in which team."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    email = forms.EmailField(label=gettext_lazy("Email address"), max_length=254)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES, initial="nb")

    field_order = ["name", "email", "language", "role"]


class AddRoleForm(RoleForm):
    """One more role for a person who is in the network."""

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data, auto_id="rolle-%s")
        self.user = user

    def address(self, cleaned: dict[str, Any]) -> str:
        return self.user.email


class EndRoleForm(GuardedForm):
    """The day a role ends. `own` is asked of a coordinator who shuts herself out."""

    on = forms.DateField(
        label=gettext_lazy("Access ends on"),
        widget=DateInput,
        help_text=gettext_lazy("On this day the person can no longer enter."),
    )
    own = forms.BooleanField(
        label=gettext_lazy("I know that I can not come back by myself"),
        required=True,
        help_text=gettext_lazy("Another coordinator must invite you if you are to come in again."),
    )

    def __init__(self, data: Any, *, membership: Membership, shuts_out: bool) -> None:
        super().__init__(data, initial={"on": timezone.localdate()})
        self.membership = membership
        if not shuts_out:
            del self.fields["own"]
        else:
            self.fields["own"].error_messages["required"] = _("Tick this if you want to give up your own access.")

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day < self.membership.starts_on:
            raise ValidationError(
                _("The role began %(date)s. Choose that day or a later one.")
                % {"date": dates.long_date(self.membership.starts_on)}
            )
        if (day - timezone.localdate()).days > 5 * BEFORE_AFTER:
            raise ValidationError(_("That is more than five years away. Look at the year."))
        return day


class CorrectForm(EditForm):
    """The name and address of somebody who has never signed in."""

    class Meta:
        model = User
        fields: ClassVar = ["name", "email"]
        labels: ClassVar = {"name": gettext_lazy("Name"), "email": gettext_lazy("Email address")}

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).strip().lower()
        if User.objects.filter(email=email).exclude(pk=self.instance.pk).exists():
            raise ValidationError(
                _("Somebody else has this address. End this person’s roles here, and invite that address instead.")
            )
        return email

    def validate_unique(self) -> None:
        """`clean_email` says it in words."""


class FindForm(GuardedForm):
    """Whom to show."""

    q = forms.CharField(label=gettext_lazy("Name or address"), max_length=80, required=False)
    rolle = forms.ChoiceField(label=gettext_lazy("Role"), required=False)
    status = forms.ChoiceField(label=gettext_lazy("Status"), required=False)
    org = forms.ChoiceField(label=gettext_lazy("Organisation"), required=False)

    def __init__(self, data: Any, *, organisations: list[tuple[int, str]]) -> None:
        super().__init__(data, auto_id="vis-%s")
        all_of_them = [("", _("All"))]
        self._offer("rolle", [*all_of_them, *Role.choices])
        self._offer("status", [*all_of_them, *((state.value, word) for state, word in STATE_WORDS.items())])
        self._offer("org", [*all_of_them, *((str(pk), name) for pk, name in organisations)])
        self.is_valid()

    def _offer(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    @property
    def filters(self) -> bool:
        return any(self.cleaned_data.values())

    def choose(self, people: list[Person]) -> list[Person]:
        """Those who fit every choice that was made. What is no choice counts as none."""
        chosen = self.cleaned_data
        words = sort_key(chosen.get("q", ""))
        address = chosen.get("q", "").strip().lower()
        return [
            one
            for one in people
            if (not address or (words and words in sort_key(one.user.name)) or address in one.user.email)
            and (not chosen.get("rolle") or one.has(chosen["rolle"]))
            and (not chosen.get("status") or one.state == chosen["status"])
            and (not chosen.get("org") or int(chosen["org"]) in one.participations)
        ]
