"""What the page shows on which a delivery is answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.safestring import SafeString

from improvement.charts.svg import Shape, draw
from improvement.charts.words import sentence
from improvement.goals.queries import read_chain
from improvement.measures.analysing import pictures_of
from improvement.measures.models import Measure
from improvement.plans.composing import compose
from improvement.plans.content import from_json
from improvement.plans.page import body, in_its_language
from networks.access import NetworkRequest, has_role
from networks.models import AssignmentKind, Role
from posters.models import Poster
from sessions.access import Pair
from sessions.models import Delivery
from sessions.progress import Progress
from sessions.queries import Event, read_history
from supervision.access import noted_teams, readable_notes
from supervision.models import FeedbackDraft, PrivateNote
from supervision.queue.answers import unanswered
from supervision.queue.rows import Kind, place, read_place, written
from supervision.review.forms import FeedbackForm
from supervision.review.versions import Step, read_steps

CHARTS = 6
NOTES = 3


@dataclass(frozen=True)
class Chart:
    """A measure of the team's, small."""

    measure: Measure
    drawing: SafeString
    sentence: str


@dataclass(frozen=True)
class ReviewPage:
    """All of it. `plan` is as it was handed in, or as it stands now where the work is another; `poster_begun` says
    that a poster is being written and not handed in."""

    pair: Pair
    steps: Sequence[Step]
    history: Sequence[Event]
    plan: SafeString
    plan_language: str
    charts: Sequence[Chart]
    poster_begun: bool
    notes: Sequence[PrivateNote]
    may_note: bool
    draft: FeedbackDraft | None
    waits: bool
    next_address: str

    @property
    def newest(self) -> Step | None:
        return self.steps[0] if self.steps else None

    @property
    def earlier(self) -> Sequence[Step]:
        return self.steps[1:]

    @property
    def progress(self) -> Progress:
        return self.pair.progress(timezone.localdate())

    @property
    def is_plan(self) -> bool:
        return self.pair.assignment.kind == AssignmentKind.PLAN

    @property
    def is_poster(self) -> bool:
        return self.pair.assignment.kind == AssignmentKind.POSTER

    def first_form(self) -> FeedbackForm:
        """The form with what she has written so far."""
        kept = self.draft
        begun = {"text": kept.text, "note": kept.note} if kept else {}
        return FeedbackForm(self.pair.assignment.kind, initial=begun, may_note=self.may_note)


def read_review(request: NetworkRequest, pair: Pair) -> ReviewPage:
    """Some thirty queries, however much has been handed in and measured. Needs the network's scope."""
    steps = read_steps(pair)
    newest = steps[0] if steps else None
    may_note = noted_teams(request).filter(pk=pair.team.pk).exists()
    own_drafts = FeedbackDraft.objects.filter(author=request.user)
    pair.team.network = request.network
    return ReviewPage(
        pair=pair,
        steps=steps,
        history=read_history(pair.delivery, [step.version for step in steps]),
        plan=_plan(pair, newest),
        plan_language=newest.plan.language if newest and newest.plan else pair.team.language,
        charts=_charts(pair),
        poster_begun=_poster_begun(pair),
        notes=list(_notes(request, pair)) if may_note else [],
        may_note=may_note,
        draft=own_drafts.filter(version=newest.version).first() if newest else None,
        waits=_waits(pair),
        next_address=_next(request, pair.delivery) if has_role(request, Role.SUPERVISOR) else "",
    )


def _plan(pair: Pair, newest: Step | None) -> SafeString:
    """The plan that was handed in; of other work, the plan as it stands, where there is anything in it."""
    if newest and newest.plan:
        whole, language = from_json(newest.plan.content), newest.plan.language
    else:
        chain = read_chain(pair.team)
        if not (chain.needs or chain.goals):
            return SafeString()
        with translation.override(pair.team.language):
            whole, language = compose(chain, today=timezone.localdate()), pair.team.language
    return body(in_its_language(whole, None, language), language)


def _charts(pair: Pair) -> list[Chart]:
    """As somebody outside the team sees them. Those with numbers, in the team's order."""
    found = Measure.objects.filter(team=pair.team, ended_on=None, observations__isnull=False)
    measures = list(found.select_related("team").distinct()[:CHARTS])
    pictures = pictures_of(measures, own=False)
    return [Chart(each, draw(pictures[each.pk], shape=Shape.SMALL), sentence(pictures[each.pk])) for each in measures]


def _poster_begun(pair: Pair) -> bool:
    if pair.assignment.kind != AssignmentKind.POSTER:
        return False
    return Poster.objects.filter(team=pair.team, gathering=pair.assignment.gathering_id).exists()


def _notes(request: NetworkRequest, pair: Pair) -> Any:
    return readable_notes(request).filter(team=pair.team).select_related("written_by")[:NOTES]


def _waits(pair: Pair) -> bool:
    """Whether somebody in the team waits for a word."""
    delivery = pair.delivery
    if delivery is None:
        return False
    return delivery.state == Delivery.State.DELIVERED or unanswered().filter(delivery=delivery).exists()


def _next(request: NetworkRequest, delivery: Delivery | None) -> str:
    """The way on from here in her queue: from the place she came from, else from the delivery's own."""
    here = read_place(request.GET.get("ko", ""))
    if here is None and delivery is not None and delivery.delivered_at:
        here = place(Kind.DELIVERY, str(delivery.pk), delivery.delivered_at)
    kind = request.GET.get("slag", "")
    asked = [f"ko={written(here)}"] if here else []
    asked += [f"slag={Kind(kind).value}"] if kind in set(Kind) else []
    return f"{reverse('supervision:next')}?{'&'.join(asked)}".rstrip("?")
