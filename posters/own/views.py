"""The page for a poster that was made elsewhere."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from documents.content import Refused
from documents.models import Document
from networks.access import NetworkRequest, network_view
from networks.models import Role
from posters.access import write_place
from posters.composing import gathering_name
from posters.models import Poster
from posters.own.forms import OwnFileForm
from posters.own.services import keep_own_file, save_own, take_away, wanting
from posters.pages import address, ask_for_files
from posters.previews import read_preview, request_preview
from posters.writing import save_poster


@require_http_methods(["GET", "HEAD", "POST"])
@network_view(Role.TEAM_MEMBER)
def own_file(request: NetworkRequest, team_slug: str, gathering_number: int) -> HttpResponse:
    """The file, its headline, language, words and tags, and what is still wanting."""
    place = write_place(request, team_slug, gathering_number)
    if request.method == "POST":
        save_poster(team=place.team, gathering=place.gathering, by=request.user, texts={}, seen={})
    locked = Poster.objects.select_for_update(of=("self",)).filter(team=place.team, gathering=place.gathering)
    poster = locked.select_related("own_file").first() or Poster(
        network=request.network, team=place.team, gathering=place.gathering
    )
    had = poster.own_file
    form = OwnFileForm(request.POST or None, request.FILES or None, instance=poster)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        document: Document | None = None
        try:
            if upload:
                document = keep_own_file(network=request.network, by=request.user, upload=upload)
        except Refused as refused:
            form.add_error("file", refused.message)
        else:
            saved = save_own(poster=form.instance, document=document, tags=form.cleaned_data["tags"], by=request.user)
            if saved.own_file:
                ask_for_files(request_preview(poster=saved))
            messages.success(request, _("Saved. It is delivered when you press the button for it."))
            return redirect(address("own_file", place))
    poster.own_file = had if form.errors else poster.own_file
    context = {
        "place": place,
        "gathering_name": gathering_name(place.gathering),
        "poster": poster,
        "form": form,
        "wanting": wanting(poster),
        "preview": read_preview(poster) if poster.pk and poster.own_file else None,
    }
    return render(request, "posters/own/file.html", context)


@require_POST
@network_view(Role.TEAM_MEMBER)
def own_file_away(request: NetworkRequest, team_slug: str, gathering_number: int) -> HttpResponse:
    """Back to the poster that is written here."""
    place = write_place(request, team_slug, gathering_number)
    poster = Poster.objects.select_for_update(of=("self",)).filter(team=place.team, gathering=place.gathering).first()
    if poster and poster.own_file_id:
        take_away(poster=poster, by=request.user)
        messages.success(request, _("The file is taken away. The poster you write here is the one that is delivered."))
    return redirect(address("own_file", place))
