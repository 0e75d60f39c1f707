"""The page on which a delivery is read and answered."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from networks.access import NetworkRequest, network_view
from sessions.access import Pair, review_pair
from sessions.models import DeliveryVersion, Review
from sessions.services import NotDeliveredError
from supervision.access import GUIDES, noted_teams
from supervision.review import services
from supervision.review.forms import REPLY, FeedbackForm
from supervision.review.page import ReviewPage, read_review


@require_http_methods(["GET", "HEAD", "POST"])
@network_view(*GUIDES)
def review(request: NetworkRequest, team_slug: str, assignment_pk: int) -> HttpResponse:
    """All that was handed in beside the answer to it. What becomes of the answer, the button says."""
    pair = review_pair(request, team_slug, assignment_pk)
    if not pair.may_review:
        return redirect("gatherings:delivery", request.network.slug, pair.team.slug, pair.assignment.pk)
    if request.method != "POST":
        page = read_review(request, pair)
        return _page(request, page, page.first_form())
    form = _form(request, pair)
    if "use" in request.POST:
        begun = FeedbackForm(pair.assignment.kind, initial=form.started(), may_note="note" in form.fields)
        return _page(request, read_review(request, pair), begun)
    if form.is_valid() and _do(request, pair, form):
        return redirect(_here(request))
    return _page(request, read_review(request, pair), form)


@require_POST
@network_view(*GUIDES)
def draft(request: NetworkRequest, team_slug: str, assignment_pk: int) -> HttpResponse:
    """Keep what is being written, as it is written."""
    pair = review_pair(request, team_slug, assignment_pk)
    form = _form(request, pair)
    version = _version(request, pair)
    kept = None
    if version is not None and form.is_valid():
        kept = services.save_draft(version=version, by=request.user, **_words(form))
    context = {"at": kept.saved_at if kept else None, "refused": form if form.errors else None, "oob": True}
    response = render(request, "supervision/review/saved.html", context)
    response["X-Saved"] = "yes"
    return response


def _do(request: NetworkRequest, pair: Pair, form: FeedbackForm) -> bool:
    """What the button says; or put into the form why not."""
    words, version, by = _words(form), _version(request, pair), request.user
    verdict = request.POST.get("verdict", "")
    if "keep_note" in request.POST:
        services.keep_note(team=pair.team, delivery=pair.delivery, version=version, by=by, **words)
        messages.success(request, _("The note is kept. The team does not see it."))
    elif verdict == REPLY:
        services.write_to_team(team=pair.team, assignment=pair.assignment, version=version, by=by, **words)
        messages.success(request, _("Sent. The team sees it on the page of the delivery."))
    elif verdict in Review.Verdict.values:
        return _answer(request, form, version, Review.Verdict(verdict), words)
    elif version is not None:
        services.save_draft(version=version, by=by, **words)
        messages.success(request, _("The draft is kept. Only you see it."))
    return True


def _answer(
    request: NetworkRequest,
    form: FeedbackForm,
    version: DeliveryVersion | None,
    verdict: Review.Verdict,
    words: dict[str, str],
) -> bool:
    """Answer the version the person has read."""
    try:
        if version is None:
            raise NotDeliveredError
        services.give_feedback(version=version, by=request.user, verdict=verdict, **words)
    except NotDeliveredError:
        form.add_error(None, _("The team has handed in a newer version. Read it before you answer."))
        return False
    said = {
        Review.Verdict.APPROVED: _("Approved. The team will be told."),
        Review.Verdict.RETURNED: _("Sent back. The team will be told why."),
        Review.Verdict.COMMENTED: _("Your comment is on the page of the delivery."),
    }
    messages.success(request, said[verdict])
    return True


def _form(request: NetworkRequest, pair: Pair) -> FeedbackForm:
    may_note = noted_teams(request).filter(pk=pair.team.pk).exists()
    return FeedbackForm(pair.assignment.kind, request.POST, may_note=may_note)


def _words(form: FeedbackForm) -> dict[str, str]:
    return {"text": form.cleaned_data["text"], "note": form.cleaned_data.get("note", "")}


def _version(request: NetworkRequest, pair: Pair) -> DeliveryVersion | None:
    """The version that was on the person's page."""
    text = request.POST.get("version", "")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
    return pair.versions().filter(number=number).exclude(delivered_at=None).first()


def _here(request: NetworkRequest) -> str:
    """This page, with the place in the queue she came from."""
    return request.get_full_path()


def _page(request: NetworkRequest, page: ReviewPage, form: FeedbackForm) -> HttpResponse:
    pair = page.pair
    where = [request.network.slug, pair.team.slug, pair.assignment.pk]
    context = {
        "page": page,
        "pair": pair,
        "form": form,
        "newest": page.newest.version if page.newest else None,
        "history": page.history,
        "draft_address": reverse("supervision:review_draft", args=where),
    }
    return render(request, "supervision/review/review.html", context)
