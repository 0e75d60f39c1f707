"""Changing cycle templates. No network follows: from the day it was planned, it has its own gatherings and work."""

from typing import Any

from django.db import transaction
from django.db.models import Max

from gpf.norwegian import free_slug
from networks.models import CycleTemplate, Network, Programme, TemplateAssignment, TemplateGathering


@transaction.atomic
def copy_template(
    *, template: CycleTemplate, name_nb: str, name_nn: str, programme: Programme | None = None, new_programme: str = ""
) -> CycleTemplate:
    """Make a new template that begins as another one is. `new_programme` names a programme that is not there yet.

    1. The programme, where it is new.
    2. The template under an address of its own.
    3. Its gatherings, 4. and their assignments.
    """
    if new_programme:
        programme = Programme.objects.create(slug=_free(Programme, new_programme), name=new_programme)
    made = CycleTemplate.objects.create(
        slug=_free(CycleTemplate, name_nb),
        programme=programme or template.programme,
        name_nb=name_nb,
        name_nn=name_nn,
        preparation_months=template.preparation_months,
        experience_gathering_months=template.experience_gathering_months,
    )
    for gathering in template.gatherings.prefetch_related("assignments"):
        work = list(gathering.assignments.all())
        copy = TemplateGathering.objects.create(
            template=made,
            number=gathering.number,
            months_after_previous=gathering.months_after_previous,
            days=gathering.days,
        )
        for assignment in work:
            assignment.pk, assignment.gathering = None, copy
        TemplateAssignment.objects.bulk_create(work)
    return made


@transaction.atomic
def add_gathering(*, template: CycleTemplate, months_after_previous: int, days: int) -> TemplateGathering:
    """Put a gathering at the end. Two who do it at once take turns, so that no number is given twice."""
    CycleTemplate.objects.select_for_update().get(pk=template.pk)
    last = template.gatherings.aggregate(last=Max("number"))["last"] or 0
    months = max(months_after_previous, 1) if last else 0  # only the first comes after nothing
    return TemplateGathering.objects.create(template=template, number=last + 1, months_after_previous=months, days=days)


@transaction.atomic
def remove_gathering(*, gathering: TemplateGathering) -> None:
    """Take a gathering out with its assignments.

    1. It goes. 2. Those after it get the number before their own, so that there is never a gap.
    """
    CycleTemplate.objects.select_for_update().get(pk=gathering.template_id)
    later = list(TemplateGathering.objects.filter(template=gathering.template_id, number__gt=gathering.number))
    gathering.delete()
    for row in later:  # in order, for two may not have one number even for a moment
        row.number -= 1
        row.save(update_fields=["number"])


@transaction.atomic
def add_assignment(*, gathering: TemplateGathering, **words: Any) -> TemplateAssignment:
    """Put an assignment last before a gathering, under a slug that no other there has."""
    TemplateGathering.objects.select_for_update().get(pk=gathering.pk)
    taken = set(gathering.assignments.values_list("slug", flat=True))
    last = gathering.assignments.aggregate(last=Max("position"))["last"]
    return TemplateAssignment.objects.create(
        gathering=gathering,
        slug=free_slug(words["title_nb"], taken, otherwise="arbeid"),
        position=0 if last is None else last + 1,
        **words,
    )


@transaction.atomic
def move_assignment(*, assignment: TemplateAssignment, up: bool) -> None:
    """Let an assignment change places with the one above or below it; nothing happens at the ends.

    Every place is counted anew, so that old gaps and doubles do no harm.
    """
    TemplateGathering.objects.select_for_update().get(pk=assignment.gathering_id)
    rows = list(TemplateAssignment.objects.filter(gathering=assignment.gathering_id))
    here = next(place for place, row in enumerate(rows) if row.pk == assignment.pk)
    there = here - 1 if up else here + 1
    if 0 <= there < len(rows):
        rows[here], rows[there] = rows[there], rows[here]
    for place, row in enumerate(rows):
        row.position = place
    TemplateAssignment.objects.bulk_update(rows, ["position"])


@transaction.atomic
def remove_template(*, template: CycleTemplate) -> bool:
    """Remove a template that no network was planned from. Says whether it went."""
    CycleTemplate.objects.select_for_update().get(pk=template.pk)
    if Network.objects.filter(template=template).exists():
        return False
    template.delete()
    return True


def _free(model: "type[CycleTemplate | Programme]", name: str) -> str:
    """A slug no other row has."""
    taken = set(model._default_manager.values_list("slug", flat=True))
    return free_slug(name, taken, otherwise="mal")
