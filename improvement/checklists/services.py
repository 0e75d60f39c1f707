"""Saving a checklist as a new version."""

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from improvement.checklists.content import Content
from improvement.checklists.models import Checklist, ChecklistVersion
from improvement.checklists.queries import Holder, read_held
from improvement.checklists.steps import Step


class OutdatedError(Exception):
    """Another version holds by now than the one the person began from. Nothing is saved."""


@transaction.atomic
def save_version(
    *, holder: Holder, step: Step, began_from: str, content: Content, language: str, note: str, by: User
) -> ChecklistVersion | None:
    """The new version; None where nothing differs from what holds. Raises OutdatedError. Needs the network's scope.

    1. Lock the list, so that two people save one after the other.
    2. Refuse when the version that holds is no longer the one the person began from (`Held.token`).
    3. Write the version with the next number.
    """
    checklist, _made = Checklist.objects.get_or_create(network=holder.network, team=holder.team, step=step.key)
    Checklist.objects.select_for_update().get(pk=checklist.pk)
    held = read_held(holder, step, language)
    if held.token != began_from:
        raise OutdatedError
    if held.newer is None and held.content["when"] == content["when"] and held.rows == content["rows"]:
        return None
    last = checklist.versions.aggregate(last=Max("number"))["last"] or 0
    return ChecklistVersion.objects.create(
        network=holder.network,
        checklist=checklist,
        number=last + 1,
        language=language,
        content=content,
        note=note,
        made_by=by,
    )
