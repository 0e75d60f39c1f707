"""The cycle templates that come with the product, as data, and a template as the planner reads it."""

import json
from pathlib import Path
from typing import Any

from django.db import transaction

from networks.models import CycleTemplate, Programme, TemplateAssignment, TemplateGathering
from networks.planning import AssignmentPattern, CyclePattern, GatheringPattern

SHIPPED = Path(__file__).parent / "data" / "cycle_templates.json"


@transaction.atomic
def load_cycle_templates(path: Path = SHIPPED) -> list[CycleTemplate]:
    """Write the templates of a file that are not there yet; safe to repeat. Returns all of the file, in its order.

    A template that is there is left exactly as it is: a national coordinator may have edited it, and her words go
    before ours. To have the shipped one beside it, give the edited one another address (copy it) and remove it.

    1. The programme of each new template, where it is not there yet.
    2. The template and its gatherings.
    3. Their assignments, in the order of the file.
    """
    there = CycleTemplate.objects.in_bulk(field_name="slug")
    return [there.get(entry["slug"]) or _load(entry) for entry in _entries(path)]


def missing_templates(path: Path = SHIPPED) -> list[str]:
    """The bokmål names of the shipped templates that are not in the database."""
    there = set(CycleTemplate.objects.values_list("slug", flat=True))
    return [entry["name_nb"] for entry in _entries(path) if entry["slug"] not in there]


def pattern_of(template: CycleTemplate) -> CyclePattern:
    """The template as the planner reads it, in two queries."""
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


def _entries(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["templates"]
    return found


def _load(entry: dict[str, Any]) -> CycleTemplate:
    programme, _ = Programme.objects.get_or_create(
        slug=entry["programme"], defaults={"name": entry["programme_name"], "owner": entry["owner"]}
    )
    template = CycleTemplate.objects.create(
        slug=entry["slug"],
        programme=programme,
        name_nb=entry["name_nb"],
        name_nn=entry["name_nn"],
        preparation_months=entry["preparation_months"],
        experience_gathering_months=entry["experience_gathering_months"],
    )
    for number, gathering in enumerate(entry["gatherings"], start=1):
        row = TemplateGathering.objects.create(
            template=template,
            number=number,
            months_after_previous=gathering["months_after_previous"],
            days=gathering["days"],
        )
        TemplateAssignment.objects.bulk_create(
            TemplateAssignment(gathering=row, position=position, **assignment)
            for position, assignment in enumerate(gathering["assignments"])
        )
    return template
