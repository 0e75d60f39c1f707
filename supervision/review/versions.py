"""What is different in each version of a delivery from the one before it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from django.utils import translation

from documents.models import Document
from improvement.plans.content import from_json as plan_from_json
from improvement.plans.difference import compare as compare_plans
from improvement.plans.models import PlanEdition
from improvement.plans.telling import in_words
from posters.archive.comparing import Line, Row, compare, differences
from posters.composing import from_json as poster_from_json
from posters.models import Edition, Rendering
from posters.present.queries import read_pictures
from sessions.access import Pair
from sessions.models import DeliveryVersion

File = Literal["", "first", "same", "new", "gone"]


@dataclass(frozen=True)
class Step:
    """A version, and what is different in it. `file` says what became of the file, and `file_before` which it
    was; `comment` has the changed words marked; `told` are sentences about the plan; `rows` are the poster's parts that
    changed, each with one cell; `sheet` has the poster's picture."""

    version: DeliveryVersion
    number_before: int | None
    file: File
    file_before: Document | None
    comment: tuple[Line, ...]
    told: Sequence[str]
    rows: Sequence[Row]
    edition: Edition | None
    plan: PlanEdition | None
    sheet: Rendering | None = None

    @property
    def is_alike(self) -> bool:
        """Whether nothing of it differs from the one before."""
        return self.number_before is not None and not (
            self.comment or self.told or self.rows or self.file in ("new", "gone")
        )


def read_steps(pair: Pair) -> list[Step]:
    """Every version that was handed in, the newest first. Four queries."""
    versions = list(pair.versions().exclude(delivered_at=None).order_by("number"))
    posters = {each.version_id: each for each in Edition.objects.filter(version__in=versions).select_related("poster")}
    plans = {each.version_id: each for each in PlanEdition.objects.filter(version__in=versions)}
    pictures = read_pictures(list(posters.values())) if posters else {}
    steps: list[Step] = []
    for version in versions:
        before = steps[-1] if steps else None
        steps.append(_step(version, before, posters.get(version.pk), plans.get(version.pk)))
    return [replace(step, sheet=pictures.get(step.edition.pk) if step.edition else None) for step in steps[::-1]]


def _step(version: DeliveryVersion, before: Step | None, edition: Edition | None, plan: PlanEdition | None) -> Step:
    was = before.version if before else None
    return Step(
        version=version,
        number_before=was.number if was else None,
        file=_file(was.document if was else None, version.document, is_first=was is None),
        file_before=was.document if was else None,
        comment=differences(was.comment, version.comment) if was and was.comment != version.comment else (),
        told=_plan(before.plan if before else None, plan),
        rows=_poster(before.edition if before else None, edition),
        edition=edition,
        plan=plan,
    )


def _file(was: Document | None, now: Document | None, *, is_first: bool) -> File:
    if now is None:
        return "gone" if was else ""
    if is_first:
        return "first"
    return "same" if was and was.sha256 == now.sha256 else "new"


def _plan(was: PlanEdition | None, now: PlanEdition | None) -> Sequence[str]:
    if was is None or now is None:
        return ()
    with translation.override(now.language):
        return in_words(compare_plans(plan_from_json(was.content), plan_from_json(now.content)))


def _poster(was: Edition | None, now: Edition | None) -> Sequence[Row]:
    """The parts that differ, each with the cell of the newer poster alone."""
    if was is None or now is None:
        return ()
    rows = compare([poster_from_json(was.content), poster_from_json(now.content)])
    return [Row(row.key, row.heading, row.cells[1:]) for row in rows if row.has_changed]
