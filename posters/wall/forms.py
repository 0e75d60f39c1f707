"""What is written to a poster."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gpf.guarded import GuardedForm
from teams.models import Team

LONGEST = 1000


class IdeaForm(GuardedForm):
    """What a team takes with it. Who works in several teams says for which."""

    prefix = "idea"

    text = forms.CharField(
        label=_("What do you take with you?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It goes to your team's list, and the team behind the poster sees it."),
        error_messages={"required": _("Write what you take with you.")},
    )
    team = forms.ModelChoiceField(Team.objects.none(), label=_("For which team?"), empty_label=None)

    def __init__(self, *args: Any, teams: Sequence[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["team"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Team.objects.filter(pk__in=[team.pk for team in teams])
        field.initial = teams[0].pk
        if len(teams) == 1:
            field.widget, field.required = forms.HiddenInput(), False


class CommentForm(GuardedForm):
    """A word or a question to the team, read by everybody who reads the poster."""

    prefix = "comment"

    text = forms.CharField(
        label=_("Your comment or question"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody who can read the poster can read it, with your name."),
        error_messages={"required": _("Write your comment or question.")},
    )
