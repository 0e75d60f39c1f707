"""Small things every answer needs."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers

Handler = Callable[[HttpRequest], HttpResponse]


def vary_on_htmx(get_response: Handler) -> Handler:
    """One URL answers with a page or a part of it: caches must know by which header."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        patch_vary_headers(response, ["HX-Request"])
        return response

    return middleware


def keep_private(get_response: Handler) -> Handler:
    """What a signed-in person sees is hers: nothing between us keeps it, and her browser asks before it shows it
    again. Not `no-store`, which would lose a half-written form on the way back to it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_cache=True)
        return response

    return middleware
