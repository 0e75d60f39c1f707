"""The calendar behind its secret address, and the page where a person finds hers."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from gpf.declare import public, signed_in
from networks.belonging import enter, networks_of, own_memberships
from sessions.calendar import CONTENT_TYPE
from sessions.feed import calendar_for, find, mark_of, note_fetched, own_feed, renew, secret_of


@require_safe
@public
def feed(request: HttpRequest, secret: str) -> HttpResponseBase:
    """The calendar, for whoever has the address; nothing for any other."""
    found = find(secret)
    if found is None:
        raise Http404
    note_fetched(found)
    calendar = calendar_for(found.user)
    mark = mark_of(calendar)
    headers = {
        "Content-Disposition": 'inline; filename="laeringsnettverk.ics"',
        "Cache-Control": "private, no-cache",  # asked for every time: who lost access a moment ago finds nothing
        "ETag": mark,
    }
    response = HttpResponse(calendar, content_type=CONTENT_TYPE, headers=headers)
    return get_conditional_response(request, etag=mark, response=response) or response


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def own(request: HttpRequest) -> HttpResponse:
    """The person's own address and how it is used; a POST makes a new one."""
    assert isinstance(request.user, User)  # LoginRequiredMiddleware stands before every view that is not public
    if request.method == "POST":
        renew(request.user)
        messages.success(request, _("You have a new address. The old one no longer works."))
        return redirect("calendar_feed:own")
    memberships = own_memberships(request.user)
    enter(request, memberships, networks_of(memberships))
    found = own_feed(request.user)
    address = settings.GPF_BASE_URL.rstrip("/") + reverse("calendar_feed:feed", args=[secret_of(found)])
    context = {"address": address, "webcal": "webcal://" + address.partition("://")[2], "feed": found}
    return render(request, "sessions/feed.html", context)
