"""The rows of what was agreed: those that are there, and empty ones for what is new."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gpf.editing import EditForm
from gpf.forms import Problem, problems
from sessions.plan_forms import DayField
from supervision.meetings.forms import as_typed
from supervision.meetings.people import Group
from supervision.models import Agreement
from teams.models import Team

COUNT = "rader"
FIRST, MOST = 2, 20
"""Empty rows to begin with, and in all."""


@dataclass(frozen=True)
class Agreed:
    """One new thing that was agreed, for one team."""

    team: int
    text: str
    responsible: int | None
    due: date | None


class AgreementForm(EditForm):
    """What, by whom, until when. For which team, where the meeting had several."""

    text = forms.CharField(label=_("What was agreed?"), max_length=250, required=False)
    team = forms.TypedChoiceField(label=_("Which team?"), coerce=int, empty_value=None, required=False)
    responsible = forms.TypedChoiceField(label=_("Who does it?"), coerce=int, empty_value=None, required=False)
    due = DayField(label=_("By when?"), required=False)
    remove = forms.BooleanField(label=_("Take this away"), required=False)

    class Meta:
        model = Agreement
        fields: ClassVar = ["text", "due"]

    def __init__(self, data: Any, *, teams: Sequence[Team], groups: Sequence[Group], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        is_new = self.instance.pk is None
        nobody = [("", _("The team together"))]
        self._choose("responsible", [*nobody, *groups])
        all_of_them = [("", _("All of them, each its own"))] if is_new else []
        self._choose("team", [*all_of_them, *((str(team.pk), team.name) for team in teams)])
        if len(teams) < 2:  # one team needs no choosing
            del self.fields["team"]
        if is_new:
            del self.fields["remove"]
        else:
            self.initial.update({name: self._row.get(name) for name in ("team", "responsible")})

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        says_more = any(cleaned.get(name) for name in ("due", "responsible"))
        if not cleaned.get("text") and not cleaned.get("remove") and (says_more or self.instance.pk):
            self.add_error("text", gettext("Write what was agreed."))
        return cleaned

    def agreed(self, teams: Sequence[Team]) -> Iterator[Agreed]:
        """What a new row says, once for each team it is for; nothing where it is empty."""
        if self.cleaned_data.get("text"):
            chosen = self.cleaned_data.get("team")
            for key in [chosen] if chosen else [team.pk for team in teams]:
                yield Agreed(key, self.cleaned_data["text"], self.cleaned_data["responsible"], self.cleaned_data["due"])


class Rows:
    """All the rows of one meeting's form. `existing` are those the writer may change, locked."""

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        existing: Sequence[Agreement],
        teams: Sequence[Team],
        groups: Sequence[Group],
        more: bool = False,
    ) -> None:
        self.teams = teams
        self.count = min(MOST, _count(data) + (1 if more else 0))
        shared: dict[str, Any] = {"teams": teams, "groups": groups}
        self.old = [AgreementForm(data, instance=row, prefix=f"avtale-{row.pk}", **shared) for row in existing]
        self.new = [AgreementForm(data, prefix=f"ny-{number}", **shared) for number in range(self.count)]

    @property
    def forms(self) -> list[AgreementForm]:
        return [*self.old, *self.new]

    @property
    def may_have_more(self) -> bool:
        return self.count < MOST

    def is_valid(self) -> bool:
        return all([form.is_valid() for form in self.forms])  # noqa: C419  # every row is to speak

    def problems(self) -> list[Problem]:
        return [problem for form in self.forms if form.is_bound for problem in problems(form)]

    def as_typed(self) -> None:
        for form in self.forms:
            as_typed(form)

    def added(self) -> list[Agreed]:
        return [each for form in self.new for each in form.agreed(self.teams)]

    def kept(self) -> list[Agreement]:
        """The rows that are there, as they were rewritten."""
        rows = []
        for form in self.old:
            if not form.cleaned_data.get("remove"):
                row: Agreement = form.save(commit=False)
                row.responsible_id = form.cleaned_data["responsible"]
                row.team_id = form.cleaned_data.get("team") or row.team_id
                rows.append(row)
        return rows

    def removed(self) -> list[Agreement]:
        return [form.instance for form in self.old if form.cleaned_data.get("remove")]


def _count(data: Mapping[str, Any] | None) -> int:
    """How many empty rows the page had."""
    sent = str((data or {}).get(COUNT, ""))
    return max(1, int(sent)) if sent.isascii() and sent.isdigit() and len(sent) < 4 else FIRST
