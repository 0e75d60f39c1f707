"""The days of a cycle as a form: every date of every gathering, and what must be right about them."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gpf.dates import long_date
from gpf.forms import DateInput
from gpf.guarded import GuardedForm
from networks.models import Network
from networks.planning import EARLIEST, LATEST, PlannedCycle, PlannedGathering, add_months, due_day
from sessions.gathering_days import LONGEST
from sessions.plans import Meeting, Outline, Work


def day_field(label: Any, **options: Any) -> forms.DateField:
    """A date within this century: a year with a digit missing is no date."""
    words = gettext_lazy("Check the year: a date between 2000 and 2090.")
    limits = [MinValueValidator(EARLIEST, words), MaxValueValidator(LATEST, words)]
    return forms.DateField(label=label, widget=DateInput, validators=limits, **options)


@dataclass(frozen=True)
class Row:
    """The fields of one gathering: the days it had when they were last shown, and one deadline for each work."""

    prefix: str
    meeting: Meeting | None  # None: the experience gathering

    @property
    def number(self) -> int:
        return self.meeting.number if self.meeting else 0

    @property
    def label(self) -> str:
        """What the gathering is called."""
        if self.meeting is None:
            return _("Experience gathering")
        return _("Gathering %(number)d") % {"number": self.number}

    @property
    def works(self) -> tuple[Work, ...]:
        return self.meeting.shown if self.meeting else ()

    def due(self, work: Work) -> str:
        return f"{self.prefix}_frist_{work.slug}"

    @property
    def first(self) -> str:
        return f"{self.prefix}_fra"

    @property
    def last(self) -> str:
        return f"{self.prefix}_til"

    @property
    def shown(self) -> str:
        return f"{self.prefix}_vist"


class PlanForm(GuardedForm):
    """Every date of a cycle, to be changed as she likes.

    A last day and a deadline that nobody has touched follow their gathering when it gets another first day:
    `followed` names the gatherings that something followed, so that it is shown before it is written.
    """

    laid_out = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, outline: Outline, planned: PlannedCycle, data: QueryDict | None, *, stamp: str) -> None:
        """`planned` is how the planner lays it out; `data` what she has made of it, if she has seen it."""
        self.outline = outline
        self.planned = planned
        self.rows = [Row(f"samling{meeting.number}", meeting) for meeting in outline.meetings]
        if planned.experience:
            self.rows.append(Row("erfaring", None))
        self.followed: list[str] = []
        super().__init__(self._follow(data) if data is not None else None, auto_id="plan-%s")
        self.initial["laid_out"] = stamp
        for row in self.rows:
            self._add_fields(row)

    def _add_fields(self, row: Row) -> None:
        plan = self.plans[row.number]
        words = {"gathering": row.label}
        needed = row.meeting is not None
        required = {"required": _("Choose the day.")}
        dates = [(row.first, _("%(gathering)s, first day"), plan.starts_on)]
        dates.append((row.last, _("%(gathering)s, last day"), plan.ends_on))
        for name, label, day in dates:
            field = day_field(label % words, initial=day, required=needed, error_messages=required)
            self.fields[name] = field
        shown = f"{plan.starts_on.isoformat()}/{plan.ends_on.isoformat()}"
        self.fields[row.shown] = forms.CharField(widget=forms.HiddenInput, required=False, initial=shown)
        for work in row.works:
            label = _("%(gathering)s, deadline of “%(work)s”") % {**words, "work": work.title}
            self.fields[row.due(work)] = day_field(
                label, initial=plan.due[work.slug], required=True, error_messages=required
            )

    @cached_property
    def plans(self) -> dict[int, PlannedGathering]:
        return {plan.number: plan for plan in self.planned.all_gatherings}

    # Following a gathering that got other days

    def _follow(self, data: QueryDict) -> QueryDict:
        """What came in, with what was not touched moved along, and shown days brought up to date."""
        moved = data.copy()
        for row in self.rows:
            before = _days(data.get(row.shown, ""))
            now = _day(data.get(row.first, ""))
            if before is None or now is None or not EARLIEST <= now <= LATEST:
                continue
            for name, day in self._moved(row, data, before, now):
                moved[name] = day.isoformat()
                self.followed.append(row.label)
            # A last day that can not be is kept as one that can: else nothing would follow when she puts it right.
            last = min(max(_day(moved.get(row.last, "")) or now, now), now + timedelta(days=LONGEST))
            moved[row.shown] = f"{now.isoformat()}/{last.isoformat()}"
        self.followed = list(dict.fromkeys(self.followed))
        return moved

    def _moved(self, row: Row, data: QueryDict, before: tuple[date, date], now: date) -> Iterator[tuple[str, date]]:
        if now == before[0]:
            return
        if _day(data.get(row.last, "")) == before[1]:
            yield row.last, now + (before[1] - before[0])
        for work in row.works:
            if _day(data.get(row.due(work), "")) == due_day(before[0], work.days_before):
                yield row.due(work), due_day(now, work.days_before)

    # What must be right

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        before: tuple[str, date] | None = None
        for row in self.rows:
            first, last = cleaned.get(row.first), cleaned.get(row.last)
            if row.meeting is None and first and not last and row.last not in self.errors:
                cleaned[row.last] = last = first
            if row.meeting is None and last and not first and row.first not in self.errors:
                self.add_error(row.first, _("Choose the first day too, or empty both."))
            self._check_days(row, first, last, before)
            if first:
                self._check_deadlines(row, first)
                before = (row.label, max(first, last or first))
        return cleaned

    def _check_days(self, row: Row, first: date | None, last: date | None, before: tuple[str, date] | None) -> None:
        if first and last and last < first:
            self.add_error(row.last, _("The last day must not come before the first, %(day)s.") % _said(first))
        elif first and last and (last - first).days >= LONGEST:
            self.add_error(row.last, _("A gathering lasts two weeks at most. Check the month and the year."))
        if first and before and first <= before[1]:
            words = {"before": before[0], "day": long_date(before[1])}
            self.add_error(row.first, _("%(before)s ends %(day)s. Choose a day after it.") % words)

    def _check_deadlines(self, row: Row, first: date) -> None:
        for work in row.works:
            due = self.cleaned_data.get(row.due(work))
            if due and due > first:
                words = _said(first)
                self.add_error(
                    row.due(work), _("The gathering begins %(day)s. The deadline must not come after.") % words
                )

    # What came out

    def chosen(self) -> PlannedCycle:
        """The cycle as she wants it. Of a form with errors: as far as its dates can be read, the rest as planned."""
        gatherings = [plan for row in self.rows if row.meeting for plan in self._chosen(row)]
        experience = [plan for row in self.rows if row.meeting is None for plan in self._chosen(row)]
        months = self.outline.template.preparation_months
        return PlannedCycle(
            preparation_starts_on=add_months(gatherings[0].starts_on, -months),
            gatherings=tuple(gatherings),
            experience=experience[0] if experience else None,
        )

    def _chosen(self, row: Row) -> list[PlannedGathering]:
        """The gathering of the row; none where the experience gathering was emptied."""
        plan = self.plans[row.number]
        first = self._value(row.first)
        if first is None and row.meeting is None:
            return []
        starts_on = first or plan.starts_on
        ends_on = max(self._value(row.last) or starts_on, starts_on)
        due = {work.slug: self._value(row.due(work)) or plan.due[work.slug] for work in row.works}
        return [PlannedGathering(number=row.number, starts_on=starts_on, ends_on=ends_on, due=due)]

    def _value(self, name: str) -> date | None:
        """What the field holds: what she wrote where that is a date, or what was planned when nothing came in."""
        if not self.is_bound:
            initial: date | None = self.fields[name].initial
            return initial
        value = _day(self.data.get(name, ""))
        return value if value and EARLIEST <= value <= LATEST else None


def stamp_of(outline: Outline, first: date, old: Network | None) -> str:
    """What a cycle was laid out from: when any of it is another one, the dates of the page no longer belong to it."""
    parts = [
        outline.template.pk,
        outline.template.preparation_months,
        outline.template.experience_gathering_months,
        first.isoformat(),
        old.pk if old else None,
        [
            (meeting.number, meeting.months, meeting.days, [(work.slug, work.days_before) for work in meeting.shown])
            for meeting in outline.meetings
        ],
    ]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]


def _said(day: date) -> dict[str, str]:
    return {"day": long_date(day)}


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "").strip())
    except ValueError:
        return None


def _days(text: str) -> tuple[date, date] | None:
    first, _slash, last = text.partition("/")
    starts_on, ends_on = _day(first), _day(last)
    if starts_on is None or ends_on is None or not timedelta(0) <= ends_on - starts_on <= timedelta(days=LONGEST):
        return None
    return starts_on, ends_on
