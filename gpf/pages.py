"""The pages that belong to no room: help, the two statements, and what is said when something goes wrong."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from gpf.declare import public


@public
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/help.html")


@public
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/accessibility.html")


@public
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/privacy.html")


@public
def shut(request: HttpRequest) -> HttpResponse:
    """An address of a package that the product does not use."""
    raise Http404


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


def role_missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A member without the role learns which roles may enter; who wants to change a completed network, that it is."""
    roles = sorted(str(getattr(role, "label", role)) for role in getattr(exception, "roles", ()))
    completed = getattr(exception, "network", None)
    return render(request, "403.html", {"roles": roles, "completed": completed}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    return render(request, "429.html", status=429)


def server_error(request: HttpRequest) -> HttpResponse:
    """Nothing may be trusted to work here: no request, no database, no hashed file names."""
    return HttpResponse(render_to_string("500.html"), status=500)
