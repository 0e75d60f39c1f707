"""The page of a team's delivery, and what is done on it."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.content import Refused
from documents.services import store_document
from documents.serving import serve
from gpf import dates
from networks.access import NetworkRequest, network_view
from networks.models import Role
from sessions import queries, services
from sessions.access import Pair, read_pair, review_pair, write_pair
from sessions.forms import DeliveryForm, ExemptionForm, ExtensionForm, ReplyForm
from sessions.models import DeliveryVersion
from sessions.replies import write_reply

MADE_WITHIN = timedelta(minutes=1)
"""So long a worker may need for a plan's file."""

READERS = (Role.COORDINATOR, Role.SUPERVISOR, Role.TEAM_MEMBER, Role.LEADER)


@network_view(*READERS)
def delivery(request: NetworkRequest, team_slug: str, assignment_pk: int) -> HttpResponse:
    """What to do and by when, what was handed in, and what was answered."""
    return _page(request, read_pair(request, team_slug, assignment_pk))


@network_view(*READERS)
def file(request: NetworkRequest, team_slug: str, assignment_pk: int, number: int) -> HttpResponseBase:
    """The file of one version."""
    pair = read_pair(request, team_slug, assignment_pk)
    version = pair.versions().filter(number=number).exclude(document=None).first()
    if version is None or version.document is None:
        raise Http404
    return serve(version.document)


@network_view(Role.TEAM_MEMBER)
def hand_in(request: NetworkRequest, team_slug: str, assignment_pk: int) -> HttpResponse:
    """Deliver, or keep as a draft: which of them, the button says."""
    pair = write_pair(request, team_slug, assignment_pk)
    if request.method != "POST":
        return _back(request, pair)
    form = DeliveryForm(pair.assignment, request.POST, request.FILES, has_file=pair.has_file())
    if form.is_valid() and _hand_in(request, pair, form, is_draft="draft" in request.POST):
        return _back(request, pair)
    _keep_file(request, pair, form)
    return _page(request, write_pair(request, team_slug, assignment_pk), delivery_form=form)


def _keep_file(request: NetworkRequest, pair: Pair, form: DeliveryForm) -> None:
    """A browser forgets the file when a page is shown again: keep a good one in the draft, so that it is not lost."""
    upload = form.cleaned_data.get("file")
    if not upload or "file" in form.errors:
        return
    draft = pair.versions().filter(delivered_at=None).first()
    try:
        with transaction.atomic():
            services.save_draft(
                team=pair.team,
                assignment=pair.assignment,
                by=request.user,
                comment=draft.comment if draft else "",
                document=store_document(network=request.network, by=request.user, upload=upload),
            )
    except Refused as refusal:
        form.add_error("file", refusal)
    else:
        messages.info(request, _("The file is kept in the draft. You need not choose it again."))


def _hand_in(request: NetworkRequest, pair: Pair, form: DeliveryForm, *, is_draft: bool) -> bool:
    """Keep the file and hand in; or put into the form why not."""
    write = services.save_draft if is_draft else services.deliver
    upload = form.cleaned_data["file"]
    try:
        with transaction.atomic():
            document = store_document(network=request.network, by=request.user, upload=upload) if upload else None
            write(
                team=pair.team,
                assignment=pair.assignment,
                by=request.user,
                comment=form.cleaned_data["comment"],
                document=document,
            )
    except Refused as refusal:
        form.add_error("file", refusal)
        return False
    messages.success(request, _said_draft() if is_draft else _said_delivered(pair))
    return True


def _said_draft() -> str:
    return _("Saved %(time)s. Only the team sees it until you deliver.") % {"time": dates.clock(timezone.now())}


def _said_delivered(pair: Pair) -> str:
    people = queries.read_supervisors(pair.team, timezone.localdate())
    if not people:
        return _("Delivered.")
    return _("Delivered. %(people)s will be told.") % {"people": ", ".join(people)}


@network_view(Role.TEAM_MEMBER)
def reply(request: NetworkRequest, team_slug: str, assignment_pk: int) -> HttpResponse:
    """The team says something to those who guide it: to an answer, or before there is one."""
    pair = write_pair(request, team_slug, assignment_pk)
    if request.method != "POST":
        return _back(request, pair)
    form = ReplyForm(request.POST)
    if form.is_valid():
        write_reply(
            team=pair.team, assignment=pair.assignment, by=request.user, text=form.cleaned_data["text"], from_team=True
        )
        messages.success(request, _said_reply(pair))
        return _back(request, pair)
    return _page(request, pair, reply_form=form)


def _said_reply(pair: Pair) -> str:
    people = queries.read_supervisors(pair.team, timezone.localdate())
    return _("Sent. %(people)s will see it.") % {"people": ", ".join(people)} if people else _("Sent.")


@network_view(Role.COORDINATOR)
def give_extension(request: NetworkRequest, team_slug: str, assignment_pk: int) -> HttpResponse:
    """Give the team a later day."""
    pair = review_pair(request, team_slug, assignment_pk)
    if request.method != "POST":
        return _back(request, pair)
    form = ExtensionForm(pair.assignment, timezone.localdate(), request.POST)
    if form.is_valid():
        services.extend(team=pair.team, assignment=pair.assignment, **form.cleaned_data)
        said = _("%(team)s has until %(day)s. It is told in the next mail.")
        messages.success(request, said % {"team": pair.team, "day": dates.long_date(form.cleaned_data["until"])})
        return _back(request, pair)
    return _page(request, pair, extension_form=form)


@network_view(Role.COORDINATOR)
def give_exemption(request: NetworkRequest, team_slug: str, assignment_pk: int) -> HttpResponse:
    """Free the team from the work."""
    pair = review_pair(request, team_slug, assignment_pk)
    if request.method != "POST":
        return _back(request, pair)
    form = ExemptionForm(request.POST)
    if form.is_valid():
        services.exempt(team=pair.team, assignment=pair.assignment, **form.cleaned_data)
        messages.success(request, _("%(team)s need not do this. It is told in the next mail.") % {"team": pair.team})
        return _back(request, pair)
    return _page(request, pair, exemption_form=form)


@network_view(Role.COORDINATOR)
def end_exemption(request: NetworkRequest, team_slug: str, assignment_pk: int) -> HttpResponse:
    """Ask the team for the work after all."""
    pair = review_pair(request, team_slug, assignment_pk)
    if request.method == "POST":
        services.lift_exemption(team=pair.team, assignment=pair.assignment)
        messages.success(
            request, _("%(team)s is asked for this again. It is told in the next mail.") % {"team": pair.team}
        )
    return _back(request, pair)


def _back(request: NetworkRequest, pair: Pair) -> HttpResponse:
    return redirect("gatherings:delivery", request.network.slug, pair.team.slug, pair.assignment.pk)


def _page(request: NetworkRequest, pair: Pair, **refused: Any) -> HttpResponse:
    """The page, with a form as it was written where it was refused."""
    today = timezone.localdate()
    versions = list(pair.versions())
    draft = next((version for version in versions if version.delivered_at is None), None)
    newest = next((version for version in versions if version.delivered_at), None)
    progress = pair.progress(today)
    history = queries.read_history(pair.delivery, versions)
    context = {
        "pair": pair,
        "progress": progress,
        "draft": draft,
        "newest": newest,
        "file_comes": _file_comes(pair, newest),
        "history": history,
        "relief": queries.read_relief(pair.delivery),
        "sent_back": next((event for event in history if event.kind == "returned"), None),
        "supervisors": queries.read_supervisors(pair.team, today),
        "up": _way_up(request, pair),
        **_forms(pair, draft, today),
        **refused,
    }
    return render(request, "sessions/delivery.html", context)


def _file_comes(pair: Pair, newest: DeliveryVersion | None) -> str:
    """Of a plan that was handed in without its file: "soon" while a worker makes it, "late" when none seems to."""
    if not pair.is_plan or newest is None or newest.document_id is not None or newest.delivered_at is None:
        return ""
    return "soon" if timezone.now() - newest.delivered_at < MADE_WITHIN else "late"


def _way_up(request: NetworkRequest, pair: Pair) -> tuple[str, str]:
    """Back to the table or the queue the person came from, as it was filtered; else to the gathering."""
    came_from = urlsplit(request.headers.get("referer", ""))
    here = came_from.netloc == request.get_host()
    for path, label in (
        (f"/nettverk/{request.network.slug}/fremdrift/", _("Progress")),
        ("/veiledning/", _("Waiting for guidance")),
    ):
        if here and came_from.path == path:
            return f"{path}?{came_from.query}" if came_from.query else path, label
    gathering = pair.assignment.gathering
    return reverse("gatherings:gathering", args=[request.network.slug, gathering.pk]), str(gathering)


def _forms(pair: Pair, draft: DeliveryVersion | None, today: date) -> dict[str, Any]:
    """The forms the person may use, as they are before she writes in them."""
    forms: dict[str, Any] = {}
    if pair.may_deliver:
        comment = draft.comment if draft else ""
        forms["delivery_form"] = DeliveryForm(pair.assignment, initial={"comment": comment})
        forms["reply_form"] = ReplyForm()
    if pair.may_relieve:
        forms |= {"extension_form": ExtensionForm(pair.assignment, today), "exemption_form": ExemptionForm()}
    return forms
