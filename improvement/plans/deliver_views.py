"""Handing in the plan: first what is handed in and who is told, then the button."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from improvement.access import Place, write_place
from improvement.goals.queries import read_chain
from improvement.plans.composing import compose
from improvement.plans.forms import DeliverPlanForm
from improvement.plans.models import PlanEdition
from improvement.plans.page import body, in_its_language, missing
from improvement.plans.queries import Asked, read_asked, read_earlier
from improvement.plans.services import EmptyPlanError, deliver_plan
from improvement.plans.tasks import make_file
from networks.access import NetworkRequest, network_view
from networks.models import Role
from sessions.models import DeliveryVersion
from sessions.queries import read_supervisors


@network_view(Role.TEAM_MEMBER, to_write=True)
def plan_deliver(request: NetworkRequest, team_slug: str, assignment_pk: int) -> HttpResponse:
    """Hand in the plan as it stands, for the work that asks for it."""
    place = write_place(request, team_slug)
    today = timezone.localdate()
    asked = next((each for each in read_asked(place.team, today) if each.assignment.pk == assignment_pk), None)
    if asked is None:
        raise Http404
    drafts = DeliveryVersion.objects.filter(delivery=asked.delivery, delivered_at=None)
    draft = drafts.select_related("document").first()
    sent = request.POST if request.method == "POST" else None
    form = DeliverPlanForm(sent, initial={"comment": draft.comment if draft else ""})
    if form.is_valid():
        return _hand_in(request, place, asked, form.cleaned_data["comment"])
    chain = read_chain(place.team)
    whole = compose(chain, today=today)
    words = in_its_language(whole, read_earlier(place.team), place.team.language)
    context = {
        "place": place,
        "asked": asked,
        "plan": whole,
        "form": form,
        "draft": draft,
        "missing": missing(chain),
        "gaps": len(chain.gaps),
        "words": words,
        "body": body(words, place.team.language),
        "supervisors": read_supervisors(place.team, today),
        "is_shared": bool(asked.delivery and asked.delivery.shared_at),
    }
    return render(request, "improvement/plan_deliver.html", context)


def _hand_in(request: NetworkRequest, place: Place, asked: Asked, comment: str) -> HttpResponse:
    try:
        edition = deliver_plan(team=place.team, assignment=asked.assignment, by=request.user, comment=comment)
    except EmptyPlanError:
        messages.error(request, _("There is nothing in the plan yet. Begin with a need or a goal."))
        return redirect("improvement:plan", request.network.slug, place.team.slug)
    start_making(edition)
    messages.success(request, _said(place))
    return redirect("gatherings:delivery", request.network.slug, place.team.slug, asked.assignment.pk)


def start_making(edition: PlanEdition) -> None:
    """Set a worker on the edition's PDF once what was written is seen by all."""
    transaction.on_commit(lambda: make_file.delay(edition.network_id, edition.pk))


def _said(place: Place) -> str:
    people = read_supervisors(place.team, timezone.localdate())
    if not people:
        return _("The plan is delivered.")
    return _("The plan is delivered. %(people)s will be told.") % {"people": ", ".join(people)}
