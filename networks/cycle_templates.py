"""The cycle templates that come with the product, as data."""

import json
from pathlib import Path
from typing import Any

from django.db import transaction

from networks.models import CycleTemplate, Programme, TemplateAssignment, TemplateGathering

SHIPPED = Path(__file__).parent / "data" / "cycle_templates.json"


@transaction.atomic
def load_cycle_templates(path: Path = SHIPPED) -> list[CycleTemplate]:
    """Write the templates of a file, or bring them up to date; safe to repeat.

    1. The programme of each template, where it is not there yet.
    2. The template and its gatherings.
    3. Their assignments, in the order of the file.
    """
    return [_load(entry) for entry in json.loads(path.read_text())["templates"]]


def _load(entry: dict[str, Any]) -> CycleTemplate:
    programme, _ = Programme.objects.get_or_create(
        slug=entry["programme"], defaults={"name": entry["programme_name"], "owner": entry["owner"]}
    )
    template, _ = CycleTemplate.objects.update_or_create(
        slug=entry["slug"],
        defaults={
            "programme": programme,
            "name_nb": entry["name_nb"],
            "name_nn": entry["name_nn"],
            "preparation_months": entry["preparation_months"],
            "experience_gathering_months": entry["experience_gathering_months"],
        },
    )
    for number, gathering in enumerate(entry["gatherings"], start=1):
        row, _ = TemplateGathering.objects.update_or_create(
            template=template,
            number=number,
            defaults={"months_after_previous": gathering["months_after_previous"], "days": gathering["days"]},
        )
        for position, assignment in enumerate(gathering["assignments"]):
            TemplateAssignment.objects.update_or_create(
                gathering=row, slug=assignment["slug"], defaults={**assignment, "position": position}
            )
    return template
