"""Forms of the way a team works."""

from typing import Any, ClassVar

from django import forms
from django.db.models import Max, Sum
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from gpf.editing import EditForm
from gpf.forms import DateInput
from improvement.method.effect_goals import LEVELS, EffectGoal
from improvement.method.models import EffectRating, InterviewRound, TeamMethod, Theme
from teams.models import Team


class OtherModelForm(EditForm):
    """The model the team uses instead of the wheel."""

    other_model = forms.CharField(
        label=_("What is your model called?"),
        max_length=160,
        help_text=_("For instance the name your organisation uses for its way of improving services."),
    )

    class Meta:
        model = TeamMethod
        fields: ClassVar = ["other_model"]


class RoundForm(EditForm):
    """So many were asked, in such a way. New rounds and rounds that are rewritten alike."""

    asked = forms.ChoiceField(
        label=_("Whom did you ask?"), choices=InterviewRound.Asked, widget=forms.RadioSelect, initial="users"
    )
    count = forms.IntegerField(
        label=_("How many did you ask?"),
        min_value=1,
        max_value=500,
        help_text=_("Only the number. Who they were, and what each of them said, is never written here."),
        error_messages={
            "required": _("Write how many you asked."),
            "min_value": _("Write at least 1. If you have asked nobody yet, there is nothing to write down."),
            "max_value": _("Write at most 500. If you have asked more, write it down as several rounds."),
        },
    )
    from_on = forms.DateField(label=_("From"), widget=DateInput, required=False)
    to_on = forms.DateField(label=_("To"), widget=DateInput, required=False)
    note = forms.CharField(
        label=_("How did you do it?"),
        max_length=250,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "For instance: at home, half an hour each, two from the team together. "
            "No names, and nothing one person said."
        ),
    )

    class Meta:
        model = InterviewRound
        fields: ClassVar = ["asked", "count", "from_on", "to_on", "note"]

    def __init__(self, *args: Any, team: Team, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.team = team

    def clean_from_on(self) -> Any:
        return self._not_ahead("from_on")

    def clean_to_on(self) -> Any:
        return self._not_ahead("to_on")

    def clean_count(self) -> int:
        """So many that no theme is left said by more than were asked."""
        count: int = self.cleaned_data["count"]
        if self.instance.pk is None:
            return count
        others = (
            asked_in_all(self.team)
            - InterviewRound.objects.filter(pk=self.instance.pk).aggregate(n=Sum("count", default=0))["n"]
        )
        most = Theme.objects.filter(team=self.team).aggregate(n=Max("mentioned_by"))["n"] or 0
        if others + count < most:
            raise forms.ValidationError(
                gettext("One of the themes is said by %(most)d. Then at least %(least)d were asked here.")
                % {"most": most, "least": most - others}
            )
        return count

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.get("from_on"), cleaned.get("to_on")
        if first and last and last < first:
            self.add_error("to_on", gettext("The last day is before the first. Look over the two days."))
        return cleaned

    def _not_ahead(self, name: str) -> Any:
        day = self.cleaned_data[name]
        if day and day > timezone.localdate():
            raise forms.ValidationError(gettext("This day has not been yet. Write down interviews you have done."))
        return day


class ThemeForm(EditForm):
    """What came up in several interviews, and how many said it."""

    text = forms.CharField(
        label=_("The theme"),
        max_length=200,
        help_text=_(
            "In the team's own words, so that nobody can be recognised. For instance: “Will know who comes, and when”."
        ),
        error_messages={"required": _("Write the theme in a few words.")},
    )
    mentioned_by = forms.IntegerField(
        label=_("How many said it?"),
        min_value=1,
        required=False,
        error_messages={"min_value": _("Write at least 1, or leave it empty if you did not count.")},
    )
    about = forms.CharField(
        label=_("More about it"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What lies in the theme. No names, and no sentence one person can be known by."),
    )

    class Meta:
        model = Theme
        fields: ClassVar = ["text", "mentioned_by", "about"]

    def __init__(self, *args: Any, team: Team, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.team = team

    def clean_mentioned_by(self) -> int | None:
        said: int | None = self.cleaned_data["mentioned_by"]
        if said is None:
            return None
        asked = asked_in_all(self.team)
        if not asked:
            raise forms.ValidationError(gettext("Write down how many you have interviewed first, or leave this empty."))
        if said > asked:
            raise forms.ValidationError(
                ngettext(
                    "You have asked %(asked)d person in all, so no more than that can have said it.",
                    "You have asked %(asked)d in all, so no more than that can have said it.",
                    asked,
                )
                % {"asked": asked}
            )
        return said


class RatingForm(EditForm):
    """One effect goal at one gathering. The page has five, and saves them all or none."""

    score = forms.TypedChoiceField(
        coerce=int,
        empty_value=None,
        required=False,
        choices=[*((str(level.score), level.words) for level in LEVELS), ("", _("Not rated"))],
        widget=forms.RadioSelect,
    )
    sentence = forms.CharField(
        label=_("Why? A sentence"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    class Meta:
        model = EffectRating
        fields: ClassVar = ["score", "sentence"]

    def __init__(self, *args: Any, goal: EffectGoal, **kwargs: Any) -> None:
        super().__init__(*args, prefix=f"mal{goal.number}", **kwargs)
        self.goal = goal
        self.fields["score"].label = str(goal.name)
        self.fields["score"].help_text = str(goal.meaning)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("sentence") and not cleaned.get("score") and "score" not in self.errors:
            self.add_error("score", gettext("Choose a number too, or take the sentence away."))
        return cleaned

    def _refusal(self) -> str:
        """Which numbers somebody else has changed: the page says once what that means."""
        return " ".join(
            gettext("%(label)s: was “%(before)s”, is now “%(now)s”.")
            % {"label": self._place(change.label), "before": change.before, "now": change.now}
            for change in self.meanwhile
        )

    def _place(self, label: str) -> str:
        """Which of the five it is about: the sentence's own label does not say."""
        return label if label == str(self.goal.name) else f"{self.goal.name} – {label}"


def asked_in_all(team: Team) -> int:
    """How many the team has interviewed."""
    found: int = InterviewRound.objects.filter(team=team).aggregate(n=Sum("count", default=0))["n"]
    return found
