"""What the pages of the plan read: gatherings, the work that asks for the plan, and earlier editions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone, translation

from improvement.papers.models import STUCK_AFTER, Paper
from improvement.plans.content import Plan, from_json
from improvement.plans.labels import file_name
from improvement.plans.models import PlanEdition
from networks.models import AssignmentKind
from sessions.access import progress_of
from sessions.models import Assignment, Delivery, Gathering
from sessions.progress import DONE, OPEN, Progress
from teams.models import Team

# Gatherings


def coming_gathering(today: date) -> Gathering | None:
    """The network's gathering that is going on or comes next, of any kind."""
    return next((each for each in _gatherings() if not _is_over(each, today)), None)


def last_held(today: date) -> Gathering | None:
    """The gathering that was held last: of the numbered ones, which a team works from one to the next of."""
    held = [each for each in _gatherings() if each.kind == Gathering.Kind.NETWORK and _is_over(each, today)]
    return held[-1] if held else None


def _gatherings() -> list[Gathering]:
    found = Gathering.objects.exclude(state=Gathering.State.CANCELLED)
    return sorted(found, key=lambda each: (each.when or date.max, each.number or 0, each.pk))


def _is_over(gathering: Gathering, today: date) -> bool:
    """Whether its last day has passed; of one known by its month, the month."""
    if gathering.ends_on:
        return gathering.ends_on < today
    if gathering.month:
        return gathering.month < today.replace(day=1)
    return gathering.state == Gathering.State.HELD


# Work


@dataclass(frozen=True)
class Asked:
    """A piece of work that asks the team for its plan, and how far the team has come with it."""

    assignment: Assignment
    progress: Progress
    delivery: Delivery | None

    @property
    def is_open(self) -> bool:
        return self.progress.state in OPEN

    @property
    def is_done(self) -> bool:
        return self.progress.state in DONE


def read_asked(team: Team, today: date) -> list[Asked]:
    """Every piece of work that asks the team for its plan, in the order it is due. Two queries."""
    asking = Assignment.objects.filter(kind=AssignmentKind.PLAN).exclude(gathering__state=Gathering.State.CANCELLED)
    assignments = list(asking.select_related("gathering"))
    rows = Delivery.objects.filter(team=team, assignment__in=assignments)
    deliveries = {row.assignment_id: row for row in rows}
    found = [
        Asked(each, progress_of(team, each, deliveries.get(each.pk), today=today), deliveries.get(each.pk))
        for each in assignments
    ]
    return sorted(found, key=lambda each: (each.progress.due, each.assignment.pk))


def next_asked(asked: Iterable[Asked]) -> Asked | None:
    """The one to hand in next: the first that is open; None where all is handed in."""
    return next((each for each in asked if each.is_open), None)


# Editions


@dataclass(frozen=True)
class Earlier:
    """The plan another is compared with, and the gathering that was held since it was handed in, where one was."""

    edition: PlanEdition
    plan: Plan
    gathering: str = ""


def read_editions(team: Team) -> list[PlanEdition]:
    """The plans the team has handed in, the newest first, without what stands in them."""
    found = PlanEdition.objects.filter(team=team).defer("content")
    return list(found.select_related("made_by", "version__document", "version__delivery__assignment__gathering"))


def read_earlier(team: Team, *, before: PlanEdition | None = None) -> Earlier | None:
    """What the team's plan (or an edition of it) is compared with; None where nothing was handed in before.

    That is the newest plan handed in before the last gathering that was held: what has changed is what has been done
    since people met. Where none was, it is the newest there is.
    """
    editions = PlanEdition.objects.filter(team=team).order_by("-number")
    today = timezone.localdate()
    if before is not None:
        editions, today = editions.filter(number__lt=before.number), timezone.localdate(before.made_at)
    gathering = last_held(today)
    if gathering is not None and gathering.when is not None:
        found = editions.filter(made_at__date__lte=gathering.when).first()
        if found:
            with translation.override(team.language):
                return Earlier(found, from_json(found.content), str(gathering))
    newest = editions.first()
    return Earlier(newest, from_json(newest.content)) if newest else None


def file_state(edition: PlanEdition) -> str:
    """How far the PDF that goes with what was handed in has come: "ready", "making", "failed"; "" where none goes."""
    if edition.version is None:
        return ""
    if edition.version.document_id is not None:
        return "ready"
    now = timezone.now()
    title = file_name(edition.content["team"], edition.number, edition.language)
    paper = Paper.objects.filter(team=edition.team, kind=Paper.Kind.PLAN, title=title).order_by("-queued_at").first()
    if paper is None:
        return "making" if now - edition.made_at < STUCK_AFTER else "failed"
    return "failed" if paper.state == Paper.State.FAILED or paper.is_stuck(now) else "making"
