"""Forms of needs, goals and changes: new ones and those that are rewritten alike."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gpf.editing import EditForm
from gpf.forms import DateInput
from improvement.checklists.steps import STEPS
from improvement.goals.models import Change, Goal, Need
from improvement.method.effect_goals import EFFECT_GOALS
from improvement.method.models import Theme
from teams.models import Team


class Boxes(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # it is generic to mypy only
    """Rows of the team to tick, none of which must be."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, model: type[Model], **kwargs: Any) -> None:
        super().__init__(model._default_manager.none(), required=False, **kwargs)


class ChainForm(EditForm):
    """A line of the chain with what it hangs on. `links` names the fields that are rows of links and no columns."""

    links: ClassVar[Sequence[str]] = ()

    def __init__(self, *args: Any, team: Team, **kwargs: Any) -> None:
        self.team = team
        super().__init__(*args, **kwargs)
        for name, rows in self.choices().items():
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = rows
            if not rows:
                del self.fields[name]
        for name in self.links:
            self.initial.setdefault(name, self._row.get(name, []))

    def held(self) -> dict[str, Any]:
        return {**super().held(), **({name: [] for name in self.links} if self.instance.pk is None else self.linked())}

    def choices(self) -> Mapping[str, "QuerySet[Any]"]:
        """What may be ticked, by field. A field with nothing to tick is left out of the form."""
        return {}

    def linked(self) -> Mapping[str, list[int]]:
        """What is ticked now, by the fields of `links`."""
        return {}

    def chosen(self, name: str) -> list[Any]:
        """What was ticked; nothing where the field is not in the form."""
        return list(self.cleaned_data.get(name, ()))


class NeedForm(ChainForm):
    """A need, and what it grew from."""

    links = ("themes", "goals")

    text = forms.CharField(
        label=_("What do those you are there for need?"),
        max_length=200,
        help_text=_(
            "In their words, as short as you can. For instance: “To know who comes, and when, on the first day.”"
        ),
        error_messages={"required": _("Write the need in a sentence.")},
    )
    about = forms.CharField(
        label=_("How do you know?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Interviews, figures, experience from practice. Never what one person said."),
    )
    themes = Boxes(Theme, label=_("Which themes from the interviews did it grow from?"))
    goals = Boxes(Goal, label=_("Which goals answer it?"))

    class Meta:
        model = Need
        fields: ClassVar = ["text", "about"]

    def choices(self) -> Mapping[str, "QuerySet[Any]"]:
        free = Q(need=None) | Q(need__put_away_at__isnull=False) | Q(need=self.instance.pk)
        return {
            "themes": Theme.objects.filter(free, team=self.team),
            "goals": Goal.objects.filter(team=self.team),
        }

    def linked(self) -> Mapping[str, list[int]]:
        return {
            "themes": list(Theme.objects.filter(need=self.instance.pk).values_list("pk", flat=True)),
            "goals": list(Goal.objects.filter(need_links__need=self.instance.pk).values_list("pk", flat=True)),
        }


class GoalForm(ChainForm):
    """A goal: how much, for whom, by when, and what it serves. Once it stands, also what has become of it."""

    links = ("needs",)

    text = forms.CharField(
        label=_("What do you want to reach?"),
        max_length=200,
        help_text=_(
            "What will be different for those you are there for? "
            "For instance: “Everybody who comes home from hospital is visited by a nurse within three days.”"
        ),
        error_messages={"required": _("Write the goal in a sentence.")},
    )
    how_much = forms.CharField(
        label=_("How much?"), max_length=160, required=False, help_text=_("For instance: “from 45 to 90 per cent”.")
    )
    for_whom = forms.CharField(
        label=_("For whom?"),
        max_length=160,
        required=False,
        help_text=_("For instance: “people over 75 who live at home”."),
    )
    by_when = forms.DateField(label=_("By when?"), widget=DateInput, required=False)
    needs = Boxes(Need, label=_("Which needs does it answer?"))
    effect_goals = forms.TypedMultipleChoiceField(
        label=_("Which of the programme's effect goals does it serve?"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(goal.number, goal.name) for goal in EFFECT_GOALS],
    )
    hph_steps = forms.MultipleChoiceField(
        label=_("Which step of the home-based pathway (HPH)?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    state = forms.ChoiceField(
        label=_("How is it going?"),
        widget=forms.RadioSelect,
        choices=[
            (Goal.State.DRAFT, _("Draft: we are still finding the words")),
            (Goal.State.CHOSEN, _("Chosen: we work for it")),
            (Goal.State.REACHED, _("Reached")),
            (Goal.State.DROPPED, _("No longer worked on")),
        ],
    )
    outcome = forms.CharField(
        label=_("What became of it?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A sentence or two: what you reached, what you learned, what goes on."),
    )

    class Meta:
        model = Goal
        fields: ClassVar = [
            "text",
            "how_much",
            "for_whom",
            "by_when",
            "effect_goals",
            "hph_steps",
            "state",
            "outcome",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        steps = self.fields["hph_steps"]
        assert isinstance(steps, forms.MultipleChoiceField)
        steps.choices = [(step.key, f"{step.code} {step.name}".strip()) for step in STEPS]
        if self.instance.pk is None:
            del self.fields["state"], self.fields["outcome"]

    def choices(self) -> Mapping[str, "QuerySet[Any]"]:
        return {"needs": Need.objects.filter(team=self.team)}

    def linked(self) -> Mapping[str, list[int]]:
        return {"needs": list(Need.objects.filter(goal_links__goal=self.instance.pk).values_list("pk", flat=True))}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        is_over = cleaned.get("state") in (Goal.State.REACHED, Goal.State.DROPPED)
        if is_over and not cleaned.get("outcome"):
            self.add_error("outcome", gettext("Write a sentence on what became of it: others learn from that."))
        day: date | None = cleaned.get("by_when")
        if day and "by_when" in self.changed_data and not is_over and day < timezone.localdate():
            self.add_error("by_when", gettext("That day has been. By when do you want to be there?"))
        return cleaned


class ChangeForm(ChainForm):
    """A change: what will be done differently, for which goals, by whom."""

    links = ("goals",)

    text = forms.CharField(
        label=_("What will you do differently?"),
        max_length=200,
        help_text=_("For instance: “The nurse rings the hospital the day before homecoming.”"),
        error_messages={"required": _("Write the change in a sentence.")},
    )
    about = forms.CharField(
        label=_("How will it be done?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Where, with whom, and how small you can begin: one unit, one week, three users."),
    )
    goals = Boxes(Goal, label=_("Which goals is it to move?"))
    need = forms.ModelChoiceField(
        Need.objects.none(), label=_("Which need did it grow from?"), required=False, empty_label=_("None chosen")
    )
    responsible = forms.CharField(
        label=_("Who sees to it?"),
        max_length=120,
        required=False,
        help_text=_("A function, or somebody in the team."),
    )
    starts_on = forms.DateField(label=_("Begins"), widget=DateInput, required=False)
    ends_on = forms.DateField(label=_("Ends"), widget=DateInput, required=False)
    state = forms.ChoiceField(
        label=_("How is it going?"),
        widget=forms.RadioSelect,
        choices=[
            (Change.State.IDEA, _("An idea: not tried yet")),
            (Change.State.TRYING, _("We are trying it")),
            (Change.State.IN_USE, _("In use: this is how we work now")),
            (Change.State.STOPPED, _("Stopped: we have let it go")),
        ],
    )

    class Meta:
        model = Change
        fields: ClassVar = ["text", "about", "need", "responsible", "starts_on", "ends_on", "state"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            del self.fields["state"]

    def choices(self) -> Mapping[str, "QuerySet[Any]"]:
        return {"goals": Goal.objects.filter(team=self.team), "need": Need.objects.filter(team=self.team)}

    def linked(self) -> Mapping[str, list[int]]:
        return {"goals": list(Goal.objects.filter(change_links__change=self.instance.pk).values_list("pk", flat=True))}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", gettext("It ends before it begins. Look at the two days once more."))
        return cleaned
