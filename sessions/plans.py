"""Turning a cycle template into a network's gatherings and assignments."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import get_language

from networks.models import CycleTemplate, Network, TemplateAssignment
from networks.planning import (
    AssignmentPattern,
    CyclePattern,
    GatheringPattern,
    PlannedCycle,
    PlannedGathering,
    due_day,
    plan_cycle,
)
from sessions.models import Assignment, Gathering

FROM_TEMPLATE = ("kind", "title_nb", "title_nn", "guidance_nb", "guidance_nn", "days_before")
"""What an assignment takes from the template, and what the network may have changed since."""


@dataclass(frozen=True)
class Work:
    """An assignment to be: what it says (`FROM_TEMPLATE`), and what the template says of it (None: not in it)."""

    slug: str
    position: int
    words: dict[str, Any]
    planned: dict[str, Any] | None
    hidden: bool = False

    @property
    def days_before(self) -> int:
        return int(self.words["days_before"])

    @property
    def title(self) -> str:
        """In the reader's form of Norwegian."""
        found = self.words["title_nn"] if get_language() == "nn" else ""
        return str(found or self.words["title_nb"])


@dataclass(frozen=True)
class Meeting:
    """A gathering to be, with the work before it."""

    number: int
    months: int
    days: int
    work: tuple[Work, ...]

    @property
    def shown(self) -> tuple[Work, ...]:
        """The work that teams will see."""
        return tuple(work for work in self.work if not work.hidden)


@dataclass(frozen=True)
class Outline:
    """A cycle before it has dates: what the template says, and what a network does otherwise."""

    template: CycleTemplate
    meetings: tuple[Meeting, ...]

    @property
    def pattern(self) -> CyclePattern:
        """As the planner reads it."""
        return CyclePattern(
            gatherings=tuple(
                GatheringPattern(
                    number=meeting.number,
                    months=meeting.months,
                    days=meeting.days,
                    assignments=tuple(AssignmentPattern(work.slug, work.days_before) for work in meeting.work),
                )
                for meeting in self.meetings
            ),
            preparation_months=self.template.preparation_months,
            experience_months=self.template.experience_gathering_months,
        )


def outline_of(template: CycleTemplate) -> Outline:
    """The template's own outline, in two queries."""
    return Outline(
        template,
        tuple(
            Meeting(
                number=gathering.number,
                months=gathering.months_after_previous,
                days=gathering.days,
                work=tuple(_work(assignment) for assignment in gathering.assignments.all()),
            )
            for gathering in template.gatherings.prefetch_related("assignments")
        ),
    )


def _work(assignment: TemplateAssignment) -> Work:
    words = {name: getattr(assignment, name) for name in FROM_TEMPLATE}
    return Work(slug=assignment.slug, position=assignment.position, words=words, planned=words)


@transaction.atomic
def plan_network_cycle(*, network: Network, template: CycleTemplate, first: date) -> PlannedCycle:
    """Give a network its cycle, planned from the wanted first day. Needs the network's scope.

    1. Lay out the cycle.
    2. Write it as it lies.
    """
    outline = outline_of(template)
    cycle = plan_cycle(outline.pattern, first)
    write_cycle(network=network, outline=outline, planned=cycle, chosen=cycle)
    return cycle


@transaction.atomic
def write_cycle(*, network: Network, outline: Outline, planned: PlannedCycle, chosen: PlannedCycle) -> None:
    """Write a cycle, in as many statements however long it is. Needs the network's scope.

    `planned` is how the planner laid it out and `chosen` how the coordinator wants it; each row keeps what was planned,
    so that what differs from it can be marked.

    1. The gatherings with their days, and the experience gathering where one was chosen.
    2. The assignments of each with their deadlines.
    3. The template and its months of preparation, on the network.
    """
    before = {plan.number: plan for plan in planned.all_gatherings}
    rows = Gathering.objects.bulk_create(
        _gathering(network, plan, before.get(plan.number)) for plan in chosen.all_gatherings
    )
    by_number = {row.number: row for row in rows}
    plans = {plan.number: plan for plan in chosen.gatherings}
    Assignment.objects.bulk_create(
        _assignment(by_number[meeting.number], work, plans[meeting.number])
        for meeting in outline.meetings
        for work in meeting.work
    )
    network.template = outline.template
    network.preparation_months = outline.template.preparation_months
    network.save(update_fields=["template", "preparation_months"])


def _gathering(network: Network, plan: PlannedGathering, planned: PlannedGathering | None) -> Gathering:
    """Number 0 is the experience gathering, which has no number of its own."""
    return Gathering(
        network=network,
        kind=Gathering.Kind.NETWORK if plan.number else Gathering.Kind.EXPERIENCE,
        number=plan.number or None,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        planned=_days(planned) if planned else None,
    )


def _days(plan: PlannedGathering) -> dict[str, str]:
    return {"starts_on": plan.starts_on.isoformat(), "ends_on": plan.ends_on.isoformat()}


def _assignment(gathering: Gathering, work: Work, plan: PlannedGathering) -> Assignment:
    due = plan.due.get(work.slug) or due_day(plan.starts_on, work.days_before)
    return Assignment(
        network_id=gathering.network_id,
        gathering=gathering,
        slug=work.slug,
        position=work.position,
        due=due,
        planned=work.planned,
        hidden=work.hidden,
        **{**work.words, "days_before": _days_before(plan.starts_on, due, work.days_before)},
    )


def _days_before(starts_on: date, due: date, days_before: int) -> int:
    """How many days before the gathering: another number only where the deadline was put on another day."""
    return days_before if due_day(starts_on, days_before) == due else (starts_on - due).days
