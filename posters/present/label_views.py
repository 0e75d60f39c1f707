"""The QR code of a poster, and labels with the codes of all of a gathering's."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from improvement.papers.models import Paper
from improvement.papers.services import request_paper
from improvement.papers.views import lead_to
from networks.access import NetworkRequest, network_view
from networks.models import Role
from posters.access import read_poster
from posters.composing import gathering_name
from posters.present.labels import on_paper, read_labels
from posters.present.printing import A_SHEET
from posters.present.qr import code_for
from posters.present.views import find_gathering


@require_http_methods(["GET", "HEAD", "POST"])
@network_view(Role.COORDINATOR, when_completed=True)
def labels(request: NetworkRequest, gathering_number: int) -> HttpResponse:
    """Which posters get a label; the sheets are asked for by a POST."""
    gathering = find_gathering(gathering_number)
    found = read_labels(request.network, gathering)
    if request.method == "POST" and found.labels:
        paper = request_paper(
            network=request.network,
            team=None,
            kind=Paper.Kind.LABELS,
            content=on_paper(gathering, found),
            language=get_language() or "nb",
            title=_("Labels for %(gathering)s") % {"gathering": gathering_name(gathering).lower()},
            for_coordinators=True,
        )
        return lead_to(paper)
    context = {
        "gathering": gathering,
        "gathering_name": gathering_name(gathering),
        "labels": found.labels,
        "without": found.without,
        "sheets": -(-len(found.labels) // A_SHEET),
    }
    return render(request, "posters/present/labels.html", context)


@require_safe
@network_view()
def qr_code(request: NetworkRequest, team_slug: str, gathering_number: int) -> HttpResponse:
    """The QR code of one poster, large, to be held up or printed."""
    reading = read_poster(request, team_slug, gathering_number)
    headline = reading.content.headline
    title = _("QR code to the poster “%(headline)s”") % {"headline": headline}
    code = code_for(request.network, team_slug, gathering_number, title)
    context = {"reading": reading, "place": reading.place, "content": reading.content, "code": code}
    return render(request, "posters/present/qr_page.html", context)
