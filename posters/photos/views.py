"""Pictures while a poster is written: each in a small form of its own beside the large one, which saves itself."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from documents.content import Refused
from documents.serving import serve
from networks.access import NetworkRequest, network_view
from networks.models import Role
from posters.access import Place, read_poster, write_place
from posters.fields import digest
from posters.models import Photo, Poster
from posters.pages import address
from posters.photos import services
from posters.photos.forms import PhotoForm
from posters.photos.queries import read_photos
from posters.template.resolving import sections_of_poster
from posters.writing import save_poster


@require_POST
@network_view(Role.TEAM_MEMBER)
def add(request: NetworkRequest, team_slug: str, gathering_number: int, section: str) -> HttpResponse:
    """Put a picture into a section; a script sends several one after another. What can not be read is told."""
    place = write_place(request, team_slug, gathering_number)
    poster = _begun(request, place)
    if section not in {one.key for one in sections_of_poster(poster)}:
        raise Http404
    upload, refusals = request.FILES.get("photo"), []
    if upload is None:
        refusals.append(_("Choose a picture first."))
    else:
        try:
            prepared = services.prepare(upload)
            services.add_photo(
                poster=poster, section=section, prepared=prepared, name=upload.name or "", by=request.user
            )
        except Refused as refused:
            refusals.append(f"{upload.name}: {refused.message}")
    return _answer(request, place, poster, section, refusals)


@require_POST
@network_view(Role.TEAM_MEMBER)
def change(request: NetworkRequest, team_slug: str, gathering_number: int, photo_pk: int) -> HttpResponse:
    """Save what is said about a picture, put it away, take it back, or move it. `do` says which."""
    place = write_place(request, team_slug, gathering_number)
    photo, refusals = _photo(place, photo_pk), []
    match request.POST.get("do"):
        case "away":
            services.put_away(photo=photo)
        case "back":
            refusals = _take_back(photo)
        case "up":
            services.move_up(photo=photo)
        case _:
            refusals = _save(request, photo)
    return _answer(request, place, photo.poster, photo.section, refusals, photo)


@require_safe
@network_view()
def picture(request: NetworkRequest, team_slug: str, gathering_number: int, sha256: str) -> HttpResponseBase:
    """A picture on a poster, for those who may read it; not printed yet, for those who follow its making."""
    reading = read_poster(request, team_slug, gathering_number)
    printed = sha256 in {photo.sha256 for photo in reading.content.photos}
    photos = Photo.with_put_away.filter(poster__team=reading.place.team, poster__gathering=reading.place.gathering)
    found = photos.filter(document__sha256=sha256).select_related("document").first()
    if found is None or not (printed or reading.is_inner):
        raise Http404
    return serve(found.document)


# What the pages are made of


def _begun(request: NetworkRequest, place: Place) -> Poster:
    """The poster, begun if nobody has written on it yet: a picture may come before the first word."""
    return save_poster(team=place.team, gathering=place.gathering, by=request.user, texts={}, seen={}).poster


def _photo(place: Place, pk: int) -> Photo:
    found = Photo.with_put_away.select_related("poster__team__network", "poster__gathering__network__programme")
    return get_object_or_404(found, pk=pk, poster__team=place.team, poster__gathering=place.gathering)


def _save(request: NetworkRequest, photo: Photo) -> list[str]:
    """Answers with what was wrong."""
    form = PhotoForm(request.POST, photo=photo)
    if not form.is_valid():
        return [str(problem) for found in form.errors.values() for problem in found]
    alt = form.cleaned_data["alt"]
    if alt != photo.alt and form.cleaned_data["seen"] not in ("", digest(photo.alt)):
        return [_("Somebody else has written this about the picture meanwhile: “%(text)s”") % {"text": photo.alt}]
    photo.alt, photo.people = alt, form.cleaned_data["people"]
    photo.save(update_fields=["alt", "people"])
    return []


def _take_back(photo: Photo) -> list[str]:
    try:
        services.take_back(photo=photo)
    except Refused as refused:
        return [str(refused.message)]
    return []


def _answer(
    request: NetworkRequest,
    place: Place,
    poster: Poster,
    section: str,
    refusals: Sequence[str] = (),
    photo: Photo | None = None,
) -> HttpResponse:
    """The section's pictures as they are now, with what was refused beside the picture it is about; without a script
    the page they stand on. What she typed about a refused picture stands there still."""
    if not request.headers.get("HX-Request"):
        for refusal in refusals:
            messages.error(request, refusal)
        return redirect(f"{address('edit', place)}#section-{section}")
    typed = request.POST if refusals and photo else None
    pictures = read_photos(poster, typed=typed, about=photo, problems=refusals)
    context: dict[str, Any] = {"place": place, "poster": poster, "key": section, "pictures": pictures}
    context |= {"shown": pictures.of(section), "refusals": [] if photo else refusals}
    one = next((one for one in pictures.kept if one.photo == photo and "do" not in request.POST), None)
    # What was saved about a picture leaves its fields alone: she may be writing on.
    template = "posters/photos/saved.html" if one else "posters/photos/answer.html"
    response = render(request, template, context | {"one": one})
    response["HX-Trigger"] = "photos-changed"
    return response
