"""What the page of a cycle being planned shows: the line, every gathering and deadline, what speaks against a day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django import forms
from django.utils.translation import gettext as _

from accounts.models import User
from gpf.timeline import Stop, Timeline, lay_out
from networks.planning import PlannedCycle, PlannedGathering
from sessions.clashes import Span, calendar_marks, neighbour_mark, read_neighbours
from sessions.models import Gathering
from sessions.new_network_dates import PlanForm, Row
from sessions.plans import Work


@dataclass(frozen=True)
class Deadline:
    """A deadline as the page shows it: the field, the day it holds, and what speaks against it."""

    work: Work
    field: forms.BoundField
    day: date
    marks: list[str]

    @property
    def own(self) -> str:
        """What the network does otherwise than the template, in a word."""
        if self.work.planned is None:
            return _("added")
        return _("rewritten") if self.work.planned != self.work.words else ""


@dataclass(frozen=True)
class Stretch:
    """A gathering as the page shows it. Without days it is the experience gathering that was emptied."""

    row: Row
    first: forms.BoundField
    last: forms.BoundField
    shown: forms.BoundField
    plan: PlannedGathering | None
    planned: PlannedGathering
    marks: list[str]
    deadlines: list[Deadline]

    @property
    def anchor(self) -> str:
        return f"om-{self.row.prefix}"

    @property
    def differs(self) -> bool:
        """Whether its days are other ones than the planner's."""
        return self.plan is not None and (self.plan.starts_on, self.plan.ends_on) != (
            self.planned.starts_on,
            self.planned.ends_on,
        )

    @property
    def hidden(self) -> list[Work]:
        """The work the network does not use."""
        return [work for work in self.row.meeting.work if work.hidden] if self.row.meeting else []

    @property
    def warnings(self) -> int:
        return len(self.marks) + sum(len(deadline.marks) for deadline in self.deadlines)


@dataclass(frozen=True)
class Aside:
    """The wanted first day, where gathering 1 was laid on another, and what spoke against it."""

    wanted: date
    found: date
    reasons: list[str]


@dataclass(frozen=True)
class CyclePage:
    """The whole cycle as the page shows it."""

    timeline: Timeline
    stretches: list[Stretch]
    aside: Aside | None

    @property
    def warned(self) -> list[Stretch]:
        """The gatherings something speaks against."""
        return [stretch for stretch in self.stretches if stretch.warnings]

    @property
    def gatherings(self) -> int:
        return sum(stretch.row.number > 0 for stretch in self.stretches)

    @property
    def deadlines(self) -> int:
        return sum(len(stretch.deadlines) for stretch in self.stretches)


def read_cycle_page(form: PlanForm, *, wanted: date, user: User, today: date) -> CyclePage:
    """The page of the form as it stands. Looks at the other networks the person may enter, and at nothing else.

    `wanted` is the first day that was asked for.
    """
    cycle = form.chosen()
    plans = {plan.number: plan for plan in cycle.all_gatherings}
    spans = [
        Span(row.prefix, plans[row.number].starts_on, plans[row.number].ends_on)
        for row in form.rows
        if row.number in plans
    ]
    neighbours = read_neighbours(user, spans)
    stretches = []
    before: PlannedGathering | None = None
    for row in form.rows:
        plan = plans.get(row.number)
        stretches.append(_stretch(form, row, plan, before, neighbours.get(row.prefix, []), today))
        before = plan or before
    return CyclePage(_line(form, cycle, today), stretches, _aside(form, wanted))


def _aside(form: PlanForm, wanted: date) -> Aside | None:
    """Why gathering 1 was not laid on the day she wanted, for as long as it stands where it was laid."""
    first = form.planned.gatherings[0]
    if first.starts_on == wanted or form.chosen().gatherings[0].starts_on != first.starts_on:
        return None
    return Aside(wanted, first.starts_on, calendar_marks(wanted, wanted + (first.ends_on - first.starts_on)))


def _line(form: PlanForm, cycle: PlannedCycle, today: date) -> Timeline:
    rows = {row.number: row for row in form.rows}
    stops = [Stop(_("Preparation"), cycle.preparation_starts_on, kind="preparation")]
    stops += [_stop(rows[plan.number], plan) for plan in cycle.all_gatherings]
    return lay_out(stops, today=today)


def _stop(row: Row, plan: PlannedGathering) -> Stop:
    return Stop(
        row.label,
        plan.starts_on,
        plan.ends_on,
        kind="gathering" if plan.number else "extra",
        url=f"#om-{row.prefix}",
        number=plan.number or None,
    )


def _stretch(
    form: PlanForm,
    row: Row,
    plan: PlannedGathering | None,
    before: PlannedGathering | None,
    neighbours: list[Gathering],
    today: date,
) -> Stretch:
    marks = []
    if plan:
        if plan.ends_on < today:
            marks.append(_("It is over already. That is right when you register a network that has begun."))
        marks += calendar_marks(plan.starts_on, plan.ends_on)
        marks += [neighbour_mark(gathering) for gathering in neighbours]
    return Stretch(
        row=row,
        first=form[row.first],
        last=form[row.last],
        shown=form[row.shown],
        plan=plan,
        planned=form.plans[row.number],
        marks=marks,
        deadlines=list(_deadlines(form, row, plan, before, today)),
    )


def _deadlines(
    form: PlanForm, row: Row, plan: PlannedGathering | None, before: PlannedGathering | None, today: date
) -> Iterator[Deadline]:
    """The deadlines of a gathering, in the order of their days."""
    found = [] if plan is None else [(plan.due[work.slug], work) for work in row.works]
    for day, work in sorted(found, key=lambda each: (each[0], each[1].position)):
        assert plan is not None  # without a plan nothing was found
        marks = calendar_marks(day)
        if day < today <= plan.starts_on:
            marks.insert(0, _("The day has passed already."))
        if before and day <= before.ends_on:
            marks.append(_("Before the gathering that comes first is over."))
        yield Deadline(work, form[row.due(work)], day, marks)
