"""Turning a cycle template into a network's gatherings and assignments."""

from datetime import date

from django.db import transaction

from networks.models import CycleTemplate, Network, TemplateAssignment, TemplateGathering
from sessions.models import Assignment, Gathering
from sessions.planning import (
    AssignmentPattern,
    CyclePattern,
    GatheringPattern,
    PlannedCycle,
    PlannedGathering,
    plan_cycle,
)

FROM_TEMPLATE = ("kind", "title_nb", "title_nn", "guidance_nb", "guidance_nn", "days_before")
"""What an assignment takes from the template, and what the network may have changed since."""


def pattern_of(template: CycleTemplate) -> CyclePattern:
    """The template as the planner reads it."""
    return CyclePattern(
        gatherings=tuple(
            GatheringPattern(
                number=gathering.number,
                months=gathering.months_after_previous,
                days=gathering.days,
                assignments=tuple(
                    AssignmentPattern(assignment.slug, assignment.days_before)
                    for assignment in gathering.assignments.all()
                ),
            )
            for gathering in template.gatherings.prefetch_related("assignments")
        ),
        preparation_months=template.preparation_months,
        experience_months=template.experience_gathering_months,
    )


@transaction.atomic
def plan_network_cycle(*, network: Network, template: CycleTemplate, first: date) -> PlannedCycle:
    """Give a network its cycle, planned from the wanted first day. Needs the network's scope.

    1. Lay out the cycle.
    2. Write the gatherings with their days, and the experience gathering.
    3. Write the assignments of each with their deadlines.
    4. Remember the template on the network.
    """
    cycle = plan_cycle(pattern_of(template), first)
    for plan in cycle.gatherings:
        gathering = Gathering.objects.create(
            network=network,
            number=plan.number,
            starts_on=plan.starts_on,
            ends_on=plan.ends_on,
            planned=_days(plan),
        )
        _write_assignments(gathering, template.gatherings.get(number=plan.number), plan)
    Gathering.objects.create(
        network=network,
        kind=Gathering.Kind.EXPERIENCE,
        starts_on=cycle.experience.starts_on,
        ends_on=cycle.experience.ends_on,
        planned=_days(cycle.experience),
    )
    network.template = template
    network.save(update_fields=["template"])
    return cycle


def _days(plan: PlannedGathering) -> dict[str, str]:
    return {"starts_on": plan.starts_on.isoformat(), "ends_on": plan.ends_on.isoformat()}


def _write_assignments(gathering: Gathering, pattern: TemplateGathering, plan: PlannedGathering) -> None:
    Assignment.objects.bulk_create(
        _assignment(gathering, template, plan.due[template.slug]) for template in pattern.assignments.all()
    )


def _assignment(gathering: Gathering, template: TemplateAssignment, due: date) -> Assignment:
    words = {name: getattr(template, name) for name in FROM_TEMPLATE}
    return Assignment(
        network_id=gathering.network_id,
        gathering=gathering,
        slug=template.slug,
        position=template.position,
        due=due,
        planned=words,
        **words,
    )
