"""The door behind a personal link: whoever has it may register for the organisation it was sent to."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.views.decorators.debug import sensitive_variables

from gpf import tenancy
from gpf.declare import View, public
from networks.access import READING, is_completed
from networks.queries import contacts
from signup.letters import formal_name
from signup.links import LinkError, LinkKind, linked_network, open_link
from signup.models import Invitee


class LinkRequest(HttpRequest):
    """A request behind a personal link: only the rows of its network can be seen."""

    invitee: Invitee
    token: str


def link_view(view: Callable[..., HttpResponseBase]) -> View:
    """A view at `/pamelding/<token>/…`. A link that does not work gets a page that says what to do.

    Nothing of the page is kept by caches or found by search engines. A completed network is read only.
    """

    @public
    @sensitive_variables("token")
    @wraps(view)
    def inner(request: LinkRequest, token: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            request.invitee = open_link(token)
        except LinkError as error:
            return _private(_closed(request, token, error))
        request.token = token
        speak(request, request.invitee.language)
        with tenancy.scope([request.invitee.network_id], savepoint=False):
            if request.method not in READING and is_completed(request.invitee.network):
                return _private(_completed(request))
            return _private(view(request, *args, **kwargs))

    return inner


def speak(request: HttpRequest, language: str) -> None:
    """The page's language: the one chosen in this browser or by the person signed in, else that of the invitation."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    if request.user.is_authenticated or chosen in dict(settings.LANGUAGES):
        return
    translation.activate(language)
    request.LANGUAGE_CODE = language


def _closed(request: HttpRequest, token: str, error: LinkError) -> HttpResponse:
    """Why the link does not work and whom to ask. Of a link that is none of ours, nothing is said."""
    if error.kind == LinkKind.UNKNOWN or error.invitee is None:
        return render(request, "registration/unknown.html", status=404)
    speak(request, error.invitee.language)
    with tenancy.scope([linked_network(token)]):
        people = contacts(error.invitee.network)
    context = {
        "kind": error.kind.value,
        "invitee": error.invitee,
        "organisation": formal_name(error.invitee.organisation),
        "contacts": people,
    }
    return render(request, "registration/closed.html", context, status=410)


def _completed(request: LinkRequest) -> HttpResponse:
    context = {"kind": "completed", "invitee": request.invitee, "contacts": contacts(request.invitee.network)}
    return render(request, "registration/closed.html", context, status=410)


def _private(response: HttpResponseBase) -> HttpResponseBase:
    if not response.has_header("Cache-Control"):
        patch_cache_control(response, private=True, no_cache=True)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
