"""A poster shown to everybody who has its link: no account is needed."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_safe

from documents.serving import serve
from gpf import tenancy
from gpf.declare import View, public
from posters.composing import from_json
from posters.models import Edition, Photo, Rendering
from posters.pages import readable
from posters.wall.links import UnknownLinkError, open_link
from signup.form_access import speak


class PublicRequest(HttpRequest):
    """A request behind a poster's link: only the rows of its network can be seen."""

    edition: Edition
    token: str


def shown_view(view: Callable[..., HttpResponseBase]) -> View:
    """A view at `/apen-plakat/<token>/…`. A link that does not work gets a page that says so.

    No cache keeps the page and no search engine finds it: it is gone as soon as it is taken back.
    """

    @public
    @sensitive_variables("token")
    @require_safe
    @wraps(view)
    def inner(request: PublicRequest, token: str, **more: Any) -> HttpResponseBase:
        try:
            edition = open_link(token)
        except UnknownLinkError:
            return _unlisted(render(request, "posters/wall/not_public.html", {"is_unknown": True}, status=404))
        if edition is None:
            return _unlisted(render(request, "posters/wall/not_public.html", status=410))
        request.edition, request.token = edition, token
        speak(request, edition.language)
        with tenancy.scope([edition.network_id], savepoint=False):
            return _unlisted(view(request, **more))

    return inner


@shown_view
def poster(request: PublicRequest) -> HttpResponse:
    """The poster as text, with its picture and its PDF."""
    edition = request.edition
    content, sheet = from_json(edition.content), _sheet(edition)
    context = {
        "content": content,
        "language": edition.language,
        "facts": readable(content.sections, "fact"),
        "cards": readable(content.sections, "card"),
        "sheet": sheet,
        "token": request.token,
        "photo_base": reverse("public_poster:photo", args=[request.token, "0"]).removesuffix("0/"),
    }
    return render(request, "posters/wall/public.html", context)


@shown_view
def pdf(request: PublicRequest) -> HttpResponseBase:
    """The sheet, to be saved."""
    return _file(_sheet(request.edition), "document")


@shown_view
def picture(request: PublicRequest) -> HttpResponseBase:
    """The picture of the sheet."""
    return _file(_sheet(request.edition), "picture")


@shown_view
def photo(request: PublicRequest, sha256: str) -> HttpResponseBase:
    """A picture that stands on the poster, and no other."""
    if sha256 not in {photo.sha256 for photo in from_json(request.edition.content).photos}:
        raise Http404
    photos = Photo.with_put_away.filter(poster=request.edition.poster_id, document__sha256=sha256)
    found = photos.select_related("document").first()
    if found is None:
        raise Http404
    return serve(found.document)


# What the pages are made of


def _sheet(edition: Edition) -> Rendering | None:
    made = edition.renderings.filter(paper=Rendering.Paper.A3, state=Rendering.State.READY)
    return made.select_related("document", "picture").first()


def _file(sheet: Rendering | None, which: str) -> HttpResponseBase:
    document = getattr(sheet, which, None)
    if document is None:
        raise Http404
    return serve(document)


def _unlisted(response: HttpResponseBase) -> HttpResponseBase:
    if not response.has_header("Cache-Control"):
        patch_cache_control(response, private=True, no_store=True)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
