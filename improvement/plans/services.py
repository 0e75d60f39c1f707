"""Handing in the plan as it stands, and its files.

Every function needs the network's scope and writes everything or nothing. The view that calls starts
`improvement.plans.tasks.make_file` on commit.
"""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from improvement.goals.queries import read_chain
from improvement.papers.models import Paper
from improvement.papers.services import request_paper
from improvement.plans.composing import compose
from improvement.plans.content import Plan, as_json, from_json, without_charts
from improvement.plans.labels import file_name
from improvement.plans.models import PlanEdition
from improvement.plans.queries import Earlier, read_earlier
from sessions.models import Assignment, Delivery
from sessions.services import attach_file, deliver
from teams.models import Team


class EmptyPlanError(ValueError):
    """The team has written nothing that a plan is made of."""


@transaction.atomic
def deliver_plan(*, team: Team, assignment: Assignment, by: User, comment: str) -> PlanEdition:
    """Hand in the plan as it stands, and keep it as it stood. Its PDF is made afterwards, by `make_file`.

    1. Let one at a time hand in for the team.
    2. Compose the plan; refuse one with nothing in it (EmptyPlanError).
    3. Where exactly this is what was handed in last for this work, and nobody has answered it, it is in already.
    4. Hand in, without a file: the assignment is done from now on, and those who answer it are told.
    5. Keep the plan as the team's next edition.
    """
    Team.objects.select_for_update().get(pk=team.pk)
    plan = compose(read_chain(team), today=timezone.localdate())
    if plan.is_empty:
        raise EmptyPlanError
    content = as_json(plan)
    there = _handed_in_already(team, assignment, content, comment)
    if there:
        return there
    version = deliver(team=team, assignment=assignment, by=by, comment=comment, file_follows=True)
    newest = PlanEdition.objects.filter(team=team).aggregate(newest=Max("number"))["newest"] or 0
    return PlanEdition.objects.create(
        network_id=team.network_id,
        team=team,
        number=newest + 1,
        language=team.language,
        content=content,
        made_by=by,
        version=version,
    )


def _handed_in_already(team: Team, assignment: Assignment, content: dict[str, Any], comment: str) -> PlanEdition | None:
    editions = PlanEdition.objects.filter(
        team=team,
        version__delivery__assignment=assignment,
        version__delivery__state=Delivery.State.DELIVERED,
        version__comment=comment,
    )
    newest = editions.order_by("-number").first()
    return newest if newest and newest.content == content else None


def request_plan_paper(*, team: Team, plan: Plan, language: str, earlier: Earlier | None, number: int = 0) -> Paper:
    """The plan as a paper: as it stands, or the edition with this number."""
    content = {
        "plan": as_json(plan),
        "earlier": as_json(without_charts(earlier.plan)) if earlier else None,
        "gathering": earlier.gathering if earlier else "",
    }
    return request_paper(
        network=team.network,
        team=team,
        kind=Paper.Kind.PLAN,
        content=content,
        language=language,
        title=file_name(plan.team, number or plan.made_on.isoformat(), language),
    )


def request_edition_paper(*, edition: PlanEdition) -> Paper:
    """The edition as a paper."""
    return request_plan_paper(
        team=edition.team,
        plan=from_json(edition.content),
        language=edition.language,
        earlier=read_earlier(edition.team, before=edition),
        number=edition.number,
    )


def attach_paper(*, edition: PlanEdition, paper: Paper) -> None:
    """Let the file be what was handed in, so that everybody who reads deliveries finds it."""
    if edition.version is not None and paper.document is not None:
        attach_file(version=edition.version, document=paper.document)
