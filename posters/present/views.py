"""The posters of a gathering shown to a room, one at a time."""

import json
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from documents.serving import serve
from networks.access import NetworkRequest, has_role, network_view
from networks.models import Role
from posters.access import read_file
from posters.composing import gathering_name
from posters.pages import readable
from posters.present.forms import PresentForm
from posters.present.queries import Shown, read_shown, read_timer, read_turns
from sessions.models import Gathering


@require_safe
@network_view()
def present(request: NetworkRequest, gathering_number: int) -> HttpResponse:
    """Before the posters are shown: how long for each, and in which order they come."""
    gathering = find_gathering(gathering_number)
    context = {
        "gathering": gathering,
        "gathering_name": gathering_name(gathering),
        "turns": read_turns(request, gathering),
        "form": PresentForm(initial={"minutes": "3"}),
        "makes_labels": has_role(request, Role.COORDINATOR),
    }
    return render(request, "posters/present/begin.html", context)


@require_safe
@network_view()
def present_poster(request: NetworkRequest, gathering_number: int, team_slug: str) -> HttpResponse:
    """One poster on the whole screen: its sheet, or its text in large letters."""
    gathering = find_gathering(gathering_number)
    shown = read_shown(request, gathering, team_slug)
    if shown is None:
        raise Http404
    timer, as_text = read_timer(request.GET), request.GET.get("as") == "text"
    context = {
        "shown": shown,
        "content": shown.content,
        "gathering": gathering,
        "gathering_name": gathering_name(gathering),
        "as_text": shown.picture is None or as_text,
        "sections": readable(shown.content.sections),
        "timer": timer,
        "keep": _query(timer.asked | ({"as": "text"} if as_text else {})),
        "other_form": request.path + _query(timer.asked | ({} if as_text else {"as": "text"})),
    }
    response = render(request, "posters/present/poster.html", context)
    if request.headers.get("HX-Request"):
        response["HX-Trigger"] = json.dumps({"announce": _announcement(shown)})
    return response


@require_safe
@network_view()
def sheet(request: NetworkRequest, rendering_pk: int) -> HttpResponseBase:
    """The picture of a sheet, for the screen."""
    picture = read_file(request, rendering_pk).picture
    if picture is None:
        raise Http404
    return serve(picture)


@require_safe
@network_view()
def sheet_small(request: NetworkRequest, rendering_pk: int) -> HttpResponseBase:
    """The same picture, small, for lists."""
    thumbnail = read_file(request, rendering_pk).thumbnail
    if thumbnail is None:
        raise Http404
    return serve(thumbnail)


def find_gathering(number: int) -> Gathering:
    """The network's gathering of this number, else 404."""
    return get_object_or_404(Gathering, number=number, kind=Gathering.Kind.NETWORK)


def _query(asked: dict[str, str]) -> str:
    return f"?{urlencode(asked)}" if asked else ""


def _announcement(shown: Shown) -> str:
    words = {"place": shown.place_in_words, "headline": shown.turn.headline, "team": shown.turn.team.name}
    return _("%(place)s: %(headline)s, %(team)s") % words
