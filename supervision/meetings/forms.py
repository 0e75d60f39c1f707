"""What is written of a meeting: one that was held, or one that people are asked to."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from gpf.editing import EditForm
from gpf.guarded import GuardedForm
from sessions.forms import LONGEST_TEXT
from sessions.plan_forms import DayField
from supervision.meetings.people import Group, offered_people
from supervision.models import Meeting
from teams.models import Team

SHOWN = "vist"
"""Whom the page offered, when it comes back."""

HOW = _("How did you meet?")


class PeopleField(forms.MultipleChoiceField):
    """People to tick, under headings. Who is no longer offered, since her team was taken away, is left out."""

    widget = forms.CheckboxSelectMultiple

    def to_python(self, value: Any) -> list[str]:
        return [key for key in super().to_python(value) if self.valid_value(key)]


class MeetingForm(EditForm):
    """Of any meeting: the teams, and the people, who are offered by the teams that are ticked.

    `offered` are the teams the writer may choose; teams of the meeting she does not guide stay with it.
    """

    teams = forms.ModelMultipleChoiceField(
        Team.objects.none(),
        label=_("With which teams?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one team.")},
    )
    people = PeopleField(label=_("Who was there?"), required=False)

    class Meta:
        model = Meeting
        fields: ClassVar = ["teams", "people"]

    def __init__(self, data: Any, *, instance: Meeting, offered: Sequence[Team], by: User, **kwargs: Any) -> None:
        self.offered = {team.pk: team for team in offered}
        super().__init__(data, instance=instance, **kwargs)
        teams, people = self.fields["teams"], self.fields["people"]
        assert isinstance(teams, forms.ModelChoiceField)
        assert isinstance(people, PeopleField)
        teams.queryset = Team.objects.filter(pk__in=self.offered).order_by("sort_name", "pk")
        self.initial["teams"] = self.initial.get("teams") or self._row["teams"]
        self.initial["people"] = self.initial.get("people") or self._row["people"] or [str(by.pk)]
        self.fixed = [] if instance.pk is None else self._others_teams()
        self.groups: list[Group] = offered_people(
            [*self.ticked_teams(), *self.fixed], by=by, today=timezone.localdate(), meeting=instance
        )
        people.choices = self.groups

    def held(self) -> dict[str, Any]:
        if self.instance.pk is None:
            return {**super().held(), "teams": [], "people": []}
        own = self.instance.teams.filter(team__in=self.offered).values_list("team_id", flat=True)
        people = self.instance.people.exclude(user=None).values_list("user_id", flat=True)
        return {**super().held(), "teams": list(own), "people": [str(key) for key in people]}

    def ticked_teams(self) -> list[Team]:
        """The teams that are ticked now, whether the form has been sent or not."""
        ticked = self["teams"].data if self.is_bound else self.initial["teams"]
        keys = {str(getattr(each, "pk", each)) for each in ticked or ()}
        return [team for team in self.offered.values() if str(team.pk) in keys]

    def _others_teams(self) -> list[Team]:
        rows = self.instance.teams.exclude(team__in=self.offered).select_related("team")
        return [row.team for row in rows]

    @property
    def names(self) -> dict[int, str]:
        """Everybody who is offered, by key."""
        return {int(key): name for _heading, people in self.groups for key, name in people}


class LogForm(MeetingForm):
    """A meeting that was held: when, how, who was there, what about."""

    day = DayField(label=_("When?"), error_messages={"required": _("Write the day you met.")})
    form = forms.ChoiceField(label=HOW, choices=Meeting.Form, widget=forms.RadioSelect)
    others = forms.CharField(
        label=_("Others who were there"),
        max_length=500,
        required=False,
        help_text=_("Names or functions, with commas between."),
    )
    themes = forms.CharField(
        label=_("What was it about?"),
        max_length=250,
        help_text=_("A few words that you can find it by: “goals, measuring, anchoring”."),
        error_messages={"required": _("Write in a few words what it was about.")},
    )
    summary = forms.CharField(
        label=_("What did you talk about?"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("The teams read this. Nothing of patients."),
    )

    class Meta:
        model = Meeting
        fields: ClassVar = ["teams", "day", "form", "people", "others", "themes", "summary"]

    def held(self) -> dict[str, Any]:
        return {**super().held(), "others": ", ".join(self._named())}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("others", self._row["others"])

    def _named(self) -> list[str]:
        if self.instance.pk is None:
            return []
        return list(self.instance.people.filter(user=None).order_by("pk").values_list("name", flat=True))

    def clean_day(self) -> Any:
        if self.cleaned_data["day"] > timezone.localdate():
            raise forms.ValidationError(gettext("That day has not been yet. Ask people to a meeting instead."))
        return self.cleaned_data["day"]


class WhenForm(EditForm):
    """When and where people are asked to come."""

    day = DayField(label=_("Day"), error_messages={"required": _("Choose a day.")})
    starts_at = forms.TimeField(
        label=_("From"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    ends_at = forms.TimeField(
        label=_("To"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    form = forms.ChoiceField(
        label=_("How will you meet?"), choices=Meeting.Form, widget=forms.RadioSelect, initial=Meeting.Form.DIGITAL
    )
    place = forms.CharField(label=_("Place"), max_length=160, required=False)
    online_link = forms.URLField(label=_("Link to the meeting"), required=False, assume_scheme="https")

    class Meta:
        model = Meeting
        fields: ClassVar = ["day", "starts_at", "ends_at", "form", "place", "online_link"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        day, first, last = cleaned.get("day"), cleaned.get("starts_at"), cleaned.get("ends_at")
        if day and day < timezone.localdate():
            self.add_error("day", gettext("That day has been. Choose one that comes."))
        if last and not first:
            self.add_error("starts_at", gettext("Write when it begins, too."))
        elif first and last and last <= first:
            self.add_error("ends_at", gettext("It ends before it begins. Look over the times."))
        return cleaned


class PlanForm(MeetingForm, WhenForm):
    """A meeting people are asked to: the teams, who is asked, when, where and what about."""

    themes = forms.CharField(label=_("What is it about?"), max_length=250, required=False)

    class Meta:
        model = Meeting
        fields: ClassVar = ["teams", "people", "day", "starts_at", "ends_at", "form", "place", "online_link", "themes"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = self.fields["people"]
        people.label, people.required = _("Who is asked?"), True
        people.error_messages["required"] = _("Choose whom to ask.")
        if self.instance.pk is None and not self.is_bound:  # everybody is asked, but for whom one takes away
            self.initial["people"] = [str(key) for key in self.names]

    def tick_who_is_new(self) -> None:
        """The teams have been ticked anew: who comes with them is asked; of those who were shown, who was ticked."""
        shown = self.data.get(SHOWN, "").split(",")
        new = [str(key) for key in self.names if str(key) not in shown]
        self.initial["people"] = [*(self.initial["people"] or ()), *new]


class NextForm(WhenForm):
    """The next meeting, while the last one is written down. Without a day there is none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix="neste", **kwargs)
        self.fields["day"].required = False
        self.fields["form"].required = False

    def clean_form(self) -> str:
        return self.cleaned_data["form"] or Meeting.Form.DIGITAL

    @property
    def is_wanted(self) -> bool:
        return bool(self.cleaned_data.get("day"))


class NoteForm(GuardedForm):
    """What those who guide write for each other of the meeting. `about` is asked where there are several teams."""

    note = forms.CharField(
        label=_("Private note"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What you want to remember till next time. Nothing of patients here either."),
    )
    about = forms.ChoiceField(
        label=_("About which team?"), required=False, help_text=_("The note stands among the notes about that team.")
    )

    def __init__(self, data: Any, *, teams: Sequence[Team]) -> None:
        super().__init__(data, prefix="notat")
        about = self.fields["about"]
        assert isinstance(about, forms.ChoiceField)
        about.choices = [("", "–"), *((str(team.pk), team.name) for team in teams)]
        if len(teams) < 2:  # one team needs no choosing
            del self.fields["about"]

    def clean(self) -> dict[str, Any]:
        """A note is about a team: which of several, nobody guesses."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("note") and "about" in self.fields and "about" not in self.errors and not cleaned.get("about"):
            self.add_error("about", gettext("Choose the team."))
        return cleaned


class CancelForm(GuardedForm):
    """Why a meeting is called off, for those who were asked."""

    reason = forms.CharField(
        label=_("Why?"), max_length=250, required=False, help_text=_("It stands in the mail to those who were asked.")
    )


def as_typed(form: forms.BaseForm) -> None:
    """Let a form that was sent be shown as it was typed, without a word of what is wrong: it is not finished yet."""
    typed = {name: form[name].data for name in form.fields}
    form.is_bound = False
    form.initial.update(typed)
