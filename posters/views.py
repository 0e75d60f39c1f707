"""The pages of posters: written, made into files, handed in, read."""

import json

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from documents.serving import serve
from networks.access import NetworkRequest, network_view
from networks.models import Role
from posters import queries, services
from posters.access import read_file, write_place
from posters.composing import compose, gathering_name
from posters.models import Rendering
from posters.own.services import may_be_delivered
from posters.pages import address, ask_for_files, progress_at
from posters.writing import draft_for
from sessions.queries import read_supervisors


@require_http_methods(["GET", "HEAD", "POST"])
@network_view(Role.TEAM_MEMBER)
def files(request: NetworkRequest, team_slug: str, gathering_number: int) -> HttpResponse:
    """The poster's PDFs: asked for by a POST, watched while they are made, fetched."""
    place = write_place(request, team_slug, gathering_number)
    draft = draft_for(place.team, place.gathering)
    if not draft.pk:
        return redirect(address("edit", place))
    if request.method == "POST":
        asked = request.POST.get("paper")
        papers = [asked] if asked in Rendering.Paper.values else services.FOR_THE_WALL
        ask_for_files(services.request_files(edition=services.make_edition(poster=draft), papers=papers))
        return redirect(address("files", place))
    found = queries.read_files(services.current_edition(draft))
    context = {
        "place": place,
        "gathering_name": gathering_name(place.gathering),
        "poster": draft,
        "files": found,
        "total": len(found.renderings),
        "other_papers": [paper for paper in Rendering.Paper.values if paper not in found.papers],
        "progress": progress_at(place),
        "is_delivered": bool(found.edition and found.edition.version_id),
    }
    if not request.headers.get("HX-Request"):
        return render(request, "posters/files.html", context)
    response = render(request, "posters/parts/files.html", context)
    if found.state != "waiting":
        response["HX-Trigger"] = _announcement(found)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@network_view(Role.TEAM_MEMBER)
def deliver(request: NetworkRequest, team_slug: str, gathering_number: int) -> HttpResponse:
    """Hand the poster in: first who will be told, then the button."""
    place = write_place(request, team_slug, gathering_number)
    draft = draft_for(place.team, place.gathering)
    if not draft.pk:
        return redirect(address("edit", place))
    if draft.own_file_id and not may_be_delivered(draft):
        messages.info(request, _("Fill in what is wanting, and then deliver the poster."))
        return redirect(address("own_file", place))
    assignment = services.poster_assignment(place.gathering)
    if request.method == "POST" and assignment:
        ask_for_files(services.request_delivery(poster=draft, by=request.user))
        edition = services.current_edition(draft)
        if edition and edition.version_id:
            messages.success(request, _("The poster is delivered."))
            return redirect(address("poster", place))
        return redirect(address("files", place))
    context = {
        "place": place,
        "gathering_name": gathering_name(place.gathering),
        "content": compose(draft),
        "assignment": assignment,
        "progress": progress_at(place),
        "supervisors": read_supervisors(place.team, timezone.localdate()),
    }
    return render(request, "posters/deliver.html", context)


@require_safe
@network_view()
def file(request: NetworkRequest, rendering_pk: int) -> HttpResponseBase:
    """One PDF, to be saved."""
    document = read_file(request, rendering_pk).document
    assert document is not None  # a ready rendering has one, by the table's own constraint
    response: FileResponse = serve(document)
    return response


def _announcement(found: queries.Files) -> str:
    """What a screen reader says when the waiting is over."""
    words = {
        "ready": _("The PDFs are ready."),
        "too_long": _("The text is too long for the sheet."),
        "failed": _("The PDFs could not be made."),
        "stuck": _("The PDFs could not be made."),
    }
    return json.dumps({"announce": words.get(found.state, "")})
