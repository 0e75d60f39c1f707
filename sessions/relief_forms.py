"""Choosing teams, and what is done for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gpf import dates
from gpf.guarded import GuardedForm
from sessions.access import progress_of
from sessions.models import Assignment, Delivery
from sessions.plan_forms import DayField
from sessions.progress import DONE, Progress, State
from sessions.relief import ASKED_AGAIN, EXEMPT, EXTENDED, TAKEN_BACK, limits
from sessions.wording import refused_extension
from teams.models import Team

NEEDS_REASON = (EXTENDED, EXEMPT)


@dataclass(frozen=True)
class Row:
    """A team, how far it has come with the assignment, and what it has been given."""

    team: Team
    progress: Progress
    delivery: Delivery | None
    chosen: bool = False

    @property
    def is_done(self) -> bool:
        return self.progress.state in DONE

    @property
    def is_late(self) -> bool:
        return self.progress.state == State.LATE

    @property
    def extended_to(self) -> date | None:
        return self.delivery.extended_to if self.delivery else None

    @property
    def is_exempt(self) -> bool:
        """By the coordinator, and not for having joined late."""
        return bool(self.delivery and self.delivery.exempt)


def read_rows(assignment: Assignment, teams: QuerySet[Team], today: date) -> list[Row]:
    """Every one of the teams that goes on, by name, in two queries."""
    deliveries = {each.team_id: each for each in Delivery.objects.filter(assignment=assignment)}
    return [
        Row(team, progress_of(team, assignment, deliveries.get(team.pk), today=today), deliveries.get(team.pk))
        for team in teams.order_by("sort_name", "pk")
    ]


class ReliefForm(GuardedForm):
    """For which teams, what, until when, and why."""

    teams = forms.MultipleChoiceField(
        label=gettext_lazy("Teams"),
        error_messages={
            "required": gettext_lazy("Choose at least one team."),
            "invalid_choice": gettext_lazy("One of the teams is no longer there. Choose again."),
        },
    )
    what = forms.ChoiceField(label=gettext_lazy("What the teams get"), widget=forms.RadioSelect, initial=EXTENDED)
    until = DayField(
        label=gettext_lazy("New deadline"), error_messages={"required": gettext_lazy("Choose the new deadline.")}
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=250,
        error_messages={"required": gettext_lazy("Write why. One sentence is enough.")},
        help_text=gettext_lazy("The teams read it, and it stands in the history. No patient information."),
    )

    def __init__(self, assignment: Assignment, rows: Sequence[Row], today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._rows = {row.team.slug: row for row in rows}
        self._assignment, self._today = assignment, today
        teams, what = self.fields["teams"], self.fields["what"]
        assert isinstance(teams, forms.MultipleChoiceField)
        assert isinstance(what, forms.ChoiceField)
        chosen = self.data.get("what", "") if self.is_bound else EXTENDED
        self.fields["until"].required = chosen == EXTENDED
        self.fields["reason"].required = chosen in NEEDS_REASON
        teams.choices = [(row.team.slug, row.team.name) for row in rows if not row.is_done]
        what.choices = list(_choices(rows))
        allowed = limits(assignment, today)
        words = {"first": dates.long_date(allowed.first), "last": dates.long_date(allowed.last)}
        self.fields["until"].help_text = _("Between %(first)s and %(last)s.") % words

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        what = cleaned.get("what")
        if what == EXTENDED and cleaned.get("until"):
            refusal = refused_extension(self._assignment, cleaned["until"], self._today)
            if refusal:
                self.add_error("until", refusal)
        if what in (TAKEN_BACK, ASKED_AGAIN) and cleaned.get("teams") and not self.chosen:
            missing = {
                TAKEN_BACK: _("None of the chosen teams has a later deadline to take back."),
                ASKED_AGAIN: _("None of the chosen teams is exempt."),
            }
            self.add_error("teams", missing[what])
        return cleaned

    @property
    def chosen(self) -> list[Team]:
        """The teams that it concerns: only those that have it can lose it."""
        rows = [self._rows[slug] for slug in self.cleaned_data.get("teams", [])]
        what = self.cleaned_data.get("what")
        if what == TAKEN_BACK:
            rows = [row for row in rows if row.extended_to]
        elif what == ASKED_AGAIN:
            rows = [row for row in rows if row.is_exempt]
        return [row.team for row in rows]


def _choices(rows: Sequence[Row]) -> list[tuple[str, str]]:
    """What can be done: taking back only where something has been given."""
    found = [(EXTENDED, _("A later deadline")), (EXEMPT, _("They need not do it"))]
    if any(row.extended_to for row in rows):
        found.append((TAKEN_BACK, _("The common deadline again: the later one is taken back")))
    if any(row.is_exempt for row in rows):
        found.append((ASKED_AGAIN, _("They do it after all: the exemption is taken back")))
    return found
