"""What is written about a measure."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gpf.editing import EditForm
from gpf.guarded import GuardedModelForm
from improvement.goals.models import Goal
from improvement.measures.fields import NumberField, without_zeros
from improvement.measures.kinds import BY_KIND, EXPLAINED, OF_SOME
from improvement.measures.models import Measure
from networks.models import Network
from teams.models import Team

Kind, Rhythm = Measure.Kind, Measure.Rhythm

FIELDS = (
    "title",
    "goal",
    "kind",
    "numerator",
    "denominator",
    "per",
    "unit",
    "how",
    "rhythm",
    "collected_by",
    "direction",
    "target",
    "baseline",
    "role",
)

LABELS: dict[str, str | Promise] = {
    "title": gettext_lazy("What is the measure called?"),
    "goal": gettext_lazy("Which goal does it belong to?"),
    "kind": gettext_lazy("What kind of number is it?"),
    "numerator": gettext_lazy("What do you count?"),
    "denominator": gettext_lazy("Among whom?"),
    "per": gettext_lazy("Told per"),
    "unit": gettext_lazy("Unit"),
    "direction": gettext_lazy("Which way is better?"),
    "role": gettext_lazy("What does it tell?"),
    "rhythm": gettext_lazy("How often do you count?"),
    "how": gettext_lazy("How is it counted?"),
    "collected_by": gettext_lazy("Who counts?"),
    "target": gettext_lazy("Where do you want to get?"),
    "baseline": gettext_lazy("Where did you stand when you began?"),
}

HELPS: dict[str, str | Promise] = {
    "title": gettext_lazy("Short, as it is to stand above the chart: “Visited within three days”."),
    "goal": gettext_lazy("The measure shows whether you come nearer to it."),
    "numerator": gettext_lazy("For a share, a rate or the time between."),
    "denominator": gettext_lazy("For a share or a rate."),
    "per": gettext_lazy("For a rate: 100 or 1000."),
    "unit": gettext_lazy("For a count or a value: falls, minutes, points."),
    "how": gettext_lazy("So that another person would find the same number: where you look, and whom you leave out."),
    "rhythm": gettext_lazy("Often and little: two numbers a week tell more, and sooner, than twenty a year."),
    "collected_by": gettext_lazy("A role in the team, such as the one who is responsible for measuring."),
    "target": gettext_lazy("A number in the same unit; for a share in percent."),
    "baseline": gettext_lazy("If you know it, in your own words: “about half, last spring”."),
}

ROLES = (
    (Measure.Role.OUTCOME, gettext_lazy("Whether it got better for the users (outcome)")),
    (Measure.Role.PROCESS, gettext_lazy("Whether we do what we agreed on (process)")),
    (Measure.Role.BALANCING, gettext_lazy("Whether it costs something elsewhere (balancing)")),
)

PARTS = (
    (gettext_lazy("What you measure"), ("kind", "title", "numerator", "denominator", "per", "unit", "goal")),
    (gettext_lazy("How you do it"), ("how", "rhythm", "collected_by")),
    (gettext_lazy("Where you are going"), ("direction", "target", "baseline", "role")),
    (gettext_lazy("Who sees it"), ("shared",)),
)


class _MeasureFields(GuardedModelForm):
    """What both forms for a measure have in common."""

    def prepare(self, team: Team, network: Network, kind: str) -> None:
        """Goals of the team alone; the words of the kind, and only its fields. An empty kind has all of them."""
        self.network, self.kind = network, kind
        self.fields["goal"].queryset = Goal.objects.filter(team=team)  # type: ignore[attr-defined]
        self.fields["goal"].empty_label = _("No goal yet")  # type: ignore[attr-defined]
        self.fields["role"].choices = ROLES  # type: ignore[attr-defined]
        self.fields["target"] = NumberField(label=str(LABELS["target"]), help_text=str(HELPS["target"]), required=False)
        self.fields["per"].required = False
        self.fields["shared"] = forms.BooleanField(
            label=_("Show the chart to the others in the network"),
            required=False,
            help_text=_(
                "They see the curve, its sentence and what stands on it, never a number with fewer than five behind it."
            ),
        )
        if network.work_shown == Network.WorkSight.NEVER:
            del self.fields["shared"]
        if kind:
            self._keep_to(kind)
        else:
            self.fields["kind"].choices = [(each.kind, each.name) for each in EXPLAINED]  # type: ignore[attr-defined]
        rhythm = self.fields.get("rhythm")
        if rhythm is not None and kind:
            rhythm.choices = [each for each in Rhythm.choices if each[0] != Rhythm.EVENT]  # type: ignore[attr-defined]

    def _keep_to(self, kind: str) -> None:
        told = BY_KIND[kind]
        gone = {"kind", *OF_SOME} - set(told.fields) | ({"rhythm"} if kind == Kind.TIME_BETWEEN else set())
        for name in gone:
            del self.fields[name]
        for name, label in told.labels.items():
            self.fields[name].label = str(label)
        if kind in (Kind.SHARE, Kind.RATE):
            self.fields["numerator"].required = self.fields["denominator"].required = True
        for name, text in told.helps.items():
            self.fields[name].help_text = str(text)

    def parts(self) -> Iterator[tuple[str, list[forms.BoundField], str]]:
        """The fields in the order of the page: a heading, its fields, and a word where there are none."""
        for heading, names in PARTS:
            found = [self[name] for name in names if name in self.fields]
            said = ""
            if "shared" in names and not found:
                said = _("In this network the teams do not see one another's measures.")
            if found or said:
                yield str(heading), found, said

    def clean_per(self) -> int:
        return int(self.cleaned_data.get("per") or 1)

    def check(self, cleaned: dict[str, Any]) -> None:
        """A share and a rate say what is counted among what; an event has no rhythm."""
        kind = self.kind or cleaned.get("kind") or self.instance.kind
        for name in set(OF_SOME) & set(cleaned) - set(BY_KIND[kind].fields):
            cleaned[name] = 1 if name == "per" else ""
        if kind in (Kind.SHARE, Kind.RATE):
            for name in ("numerator", "denominator"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("Both are needed: what is counted, and among how many."))
        target = cleaned.get("target")
        if target is not None and kind == Kind.SHARE and not 0 <= target <= 100:
            self.add_error("target", _("A share lies between 0 and 100 percent."))
        if kind == Kind.TIME_BETWEEN:
            self.instance.rhythm = Rhythm.EVENT
            if "rhythm" in self.fields:
                cleaned["rhythm"] = Rhythm.EVENT
        elif cleaned.get("rhythm") == Rhythm.EVENT:
            self.add_error("rhythm", _("Only the time between is counted each time it happens. Choose how often."))

    @property
    def is_shared(self) -> bool:
        """Whether the team shows it. Where the network shows nothing, what was chosen before stays."""
        if "shared" in self.fields:
            return bool(self.cleaned_data["shared"])
        return self.instance.shared_at is not None


class MeasureForm(_MeasureFields):
    """A new measure of a kind."""

    class Meta:
        model = Measure
        fields = FIELDS
        labels = LABELS
        help_texts = HELPS
        widgets = {"how": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, team: Team, network: Network, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.prepare(team, network, self.instance.kind)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self.check(cleaned)
        return cleaned


class MeasureEditForm(EditForm, _MeasureFields):
    """A measure changed. What its numbers are made of stays when there are numbers."""

    class Meta(MeasureForm.Meta):
        pass

    def __init__(self, network: Network, *args: Any, has_numbers: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_numbers = has_numbers
        self.prepare(self.instance.team, network, self.instance.kind if has_numbers else "")
        if "shared" in self.fields:
            self.fields["shared"].initial = self.instance.shared_at is not None
        if has_numbers:
            self.fields.pop("rhythm", None)

    def held(self) -> dict[str, Any]:
        """The row's columns, whether it is shown, and the target as it is written."""
        target = self.instance.target
        shown = {"shared": self.instance.shared_at is not None}
        return super().held() | shown | {"target": None if target is None else without_zeros(target)}

    @property
    def kind_words(self) -> str:
        """What kind it is and how often it is counted, for the page that says why they stay so."""
        return f"{BY_KIND[self.instance.kind].name}, {self.instance.get_rhythm_display()}"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self.check(cleaned)
        return cleaned
