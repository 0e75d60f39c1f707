"""Inviting a person."""

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gpf.guarded import GuardedForm
from networks.models import Role
from teams.models import Team, TeamMember

WITH_TEAM = {Role.TEAM_MEMBER, Role.SUPERVISOR, Role.LEADER}


class InviteForm(GuardedForm):
    """Who, as what, and in which team."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    email = forms.EmailField(label=gettext_lazy("Email address"), max_length=254)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES, initial="nb")
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Role, initial=Role.TEAM_MEMBER)
    team = forms.ModelChoiceField(
        label=gettext_lazy("Team"),
        queryset=Team.objects.none(),
        required=False,
        help_text=gettext_lazy("For team members and supervisors. For an organisation leader: a team of hers."),
    )
    function = forms.ChoiceField(
        label=gettext_lazy("Function in the team"),
        choices=TeamMember.Function,
        initial=TeamMember.Function.MEMBER,
        required=False,
        help_text=gettext_lazy("For team members."),
    )

    def __init__(self, data: Any, *, teams: QuerySet[Team]) -> None:
        super().__init__(data)
        field = self.fields["team"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = teams
        field.empty_label = _("None")

    def clean(self) -> dict[str, Any]:
        """A role that needs a team has one, and no team gets a second leader."""
        cleaned = super().clean() or self.cleaned_data
        role, team = cleaned.get("role"), cleaned.get("team")
        if role in WITH_TEAM and team is None and "team" not in self.errors:
            self.add_error("team", _("Choose the team."))
        cleaned["function"] = cleaned.get("function") or TeamMember.Function.MEMBER
        if team and role == Role.TEAM_MEMBER and self._has_another_leader(team, cleaned):
            self.add_error(
                "function", _("%(team)s has a team leader already. Choose another function.") % {"team": team}
            )
        return cleaned

    @staticmethod
    def _has_another_leader(team: Team, cleaned: dict[str, Any]) -> bool:
        if cleaned["function"] != TeamMember.Function.LEADER:
            return False
        leaders = team.members.filter(function=TeamMember.Function.LEADER, left_on=None)
        return leaders.exclude(membership__user__email=str(cleaned.get("email", "")).lower()).exists()
