"""The page for a poster that was made elsewhere."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from documents.content import Refused
from networks.access import NetworkRequest, network_view
from networks.models import Role
from posters.access import Place, write_place
from posters.composing import gathering_name
from posters.models import Poster
from posters.own import services
from posters.own.checking import OwnFile, check_own_file
from posters.own.forms import OwnFileForm
from posters.pages import address, ask_for_files
from posters.previews import read_preview, request_preview
from posters.writing import draft_for, save_poster

TICKET = "fil"


@require_http_methods(["GET", "HEAD", "POST"])
@network_view(Role.TEAM_MEMBER)
def own_file(request: NetworkRequest, team_slug: str, gathering_number: int) -> HttpResponse:
    """The file, its headline, language, words and tags, and what is still wanting. Each is kept as it comes."""
    place = write_place(request, team_slug, gathering_number)
    if request.method == "POST":
        return _save(request, place)
    poster = draft_for(place.team, place.gathering)
    ticket = request.GET.get(TICKET, "")
    taken = services.taken_away(poster, ticket) if ticket else None
    return _page(request, place, poster, OwnFileForm(instance=poster), {"taken": taken, "ticket": ticket})


@require_POST
@network_view(Role.TEAM_MEMBER)
def own_file_away(request: NetworkRequest, team_slug: str, gathering_number: int) -> HttpResponse:
    """Back to the poster that is written here; with a ticket, back to the file."""
    place = write_place(request, team_slug, gathering_number)
    here = address("own_file", place)
    found = Poster.objects.filter(team=place.team, gathering=place.gathering)
    if not found.exists():
        return redirect(here)
    poster = get_object_or_404(found.select_for_update(of=("self",)))
    if TICKET in request.POST:
        if not services.take_back(poster=poster, ticket=request.POST[TICKET], by=request.user):
            messages.error(request, _("The file is gone. Choose it once more."))
        return redirect(here)
    if not poster.own_file_id:
        return redirect(here)
    ticket = services.take_away(poster=poster, by=request.user)
    messages.success(request, _("The file is taken away. The poster you write here is the one that is delivered."))
    return redirect(f"{here}?{urlencode({TICKET: ticket})}")


def _save(request: NetworkRequest, place: Place) -> HttpResponse:
    """Keep the file if it can be taken, and what is said of it if that can be; tell of what can not."""
    own, refused = _checked(request)
    save_poster(team=place.team, gathering=place.gathering, by=request.user, texts={}, seen={})
    found = Poster.objects.select_for_update(of=("self",)).filter(team=place.team, gathering=place.gathering)
    poster = found.select_related("own_file", "team__network").get()
    if own:
        services.choose_file(poster=poster, own=own, by=request.user)
    form = OwnFileForm(request.POST, request.FILES, instance=poster)
    if form.is_valid():
        services.save_words(poster=form.instance, tags=form.found_by, by=request.user)
    if refused:
        form.add_error("file", refused.message)
    stored = found.select_related("own_file").get()
    if stored.own_file and (own or not form.errors):
        ask_for_files(request_preview(poster=stored))
    if form.errors:
        return _page(request, place, stored, form)
    messages.success(request, _("Saved. It is delivered when you press the button for it."))
    return redirect(address("own_file", place))


def _checked(request: NetworkRequest) -> tuple[OwnFile | None, Refused | None]:
    upload = request.FILES.get("file")
    if upload is None:
        return None, None
    try:
        return check_own_file(upload), None
    except Refused as refused:
        return None, refused


def _page(
    request: NetworkRequest, place: Place, poster: Poster, form: OwnFileForm, more: dict[str, Any] | None = None
) -> HttpResponse:
    context = {
        "place": place,
        "gathering_name": gathering_name(place.gathering),
        "poster": poster,
        "form": form,
        "wanting": services.wanting(poster),
        "may_be_delivered": services.may_be_delivered(poster),
        "preview": read_preview(poster) if poster.own_file else None,
    }
    return render(request, "posters/own/file.html", context | (more or {}))
