"""The page of a paper: it waits while the paper is made, and hands it out."""

from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from documents.serving import serve
from improvement.papers.models import Paper
from improvement.papers.services import request_paper
from improvement.papers.tasks import make_paper
from networks.access import NetworkRequest, has_role, network_view
from networks.models import Role
from teams.access import visible_teams


def lead_to(paper: Paper) -> HttpResponse:
    """The answer of a view that asked for a paper: the worker is set on, and the person is led to the paper's page."""
    if paper.state == Paper.State.QUEUED:
        transaction.on_commit(lambda: make_paper.delay(paper.network_id, paper.pk))
    return redirect("improvement:paper", network_slug=paper.network.slug, paper_pk=paper.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@network_view(when_completed=True)
def paper(request: NetworkRequest, paper_pk: int) -> HttpResponse:
    """How far the making has come; asks anew by a POST where it went wrong."""
    found = _readable(request, paper_pk)
    if request.method == "POST":
        again = request_paper(
            network=request.network,
            team=found.team,
            kind=Paper.Kind(found.kind),
            content=found.content,
            language=found.language,
            title=found.title,
            for_coordinators=found.for_coordinators,
        )
        return lead_to(again)
    stuck = found.is_stuck(timezone.now())
    context = {"paper": found, "state": "failed" if stuck else found.state, "back": _back(request)}
    if not request.headers.get("HX-Request"):
        return render(request, "improvement/paper.html", context)
    response = render(request, "improvement/parts/paper.html", context)
    if found.state == Paper.State.READY:
        response["HX-Trigger"] = '{"announce": "%s"}' % _("The PDF is ready.")  # noqa: UP031  # JSON has its own braces
    return response


@require_safe
@network_view()
def paper_file(request: NetworkRequest, paper_pk: int) -> HttpResponseBase:
    """The file."""
    found = _readable(request, paper_pk)
    if found.document is None:
        raise Http404
    return serve(found.document)


def _readable(request: NetworkRequest, paper_pk: int) -> Paper:
    """The paper, for a person who may read the team's work; a paper of no team is every member's, or the coordinators'.
    Else 404."""
    found = get_object_or_404(Paper.objects.select_related("document", "team", "network"), pk=paper_pk)
    if found.team_id is not None and not visible_teams(request).filter(pk=found.team_id).exists():
        raise Http404
    if found.for_coordinators and not has_role(request, Role.COORDINATOR):
        raise Http404
    return found


def _back(request: NetworkRequest) -> str:
    """The page the person came from, where it is one of the network's own."""
    referrer = request.headers.get("Referer", "")
    start = request.build_absolute_uri(f"/nettverk/{request.network.slug}/")
    return referrer if referrer.startswith(start) and "/papirer/" not in referrer else ""
