"""The page of the queue, the way from one row to the next, and putting a row aside."""

from dataclasses import replace
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from gpf import tenancy
from gpf.declare import signed_in
from networks.belonging import enter, networks_of, own_memberships
from networks.models import Role
from supervision.queue.asides import bring_back, put_aside
from supervision.queue.reaching import mail_links
from supervision.queue.reading import guided_networks, queue_of, read_guided, read_queue
from supervision.queue.rows import Kind, read_place


@require_safe
@signed_in
def queue(request: HttpRequest) -> HttpResponse:
    """Everything that waits for the person, in every network where she guides teams."""
    assert isinstance(request.user, User)  # LoginRequiredMiddleware stands before every view that is not public
    memberships = own_memberships(request.user)
    networks = guided_networks(memberships)
    enter(request, memberships, list(networks.values()))
    today = timezone.localdate()
    with tenancy.scope(networks):
        standings = read_guided(memberships, networks, today)
        found = read_queue(standings, networks, request.user, today, _kind(request.GET.get("slag", "")))
        found = replace(found, whole="alle" in request.GET)
        mails = mail_links({each.team.pk for each in standings}, today)
        context = {
            "queue": found,
            "looked_after": [(row, mails.get(row.team.pk, "")) for row in found.shown_after],
            "lines": [(each, networks[each.team.network_id]) for each in standings],
            "networks": networks_of(memberships, Role.SUPERVISOR),
            "several": len(networks) > 1,
        }
        return render(request, "supervision/queue/queue.html", context)


@require_safe
@signed_in
def following(request: HttpRequest) -> HttpResponse:
    """On to the row after the one the person comes from; to the queue, with a kind word, where there is none."""
    assert isinstance(request.user, User)  # as above
    kind = _kind(request.GET.get("slag", ""))
    row = queue_of(request.user, timezone.localdate(), kind).after(read_place(request.GET.get("ko", "")))
    if row is None:
        messages.success(request, _("That was the last one. Nothing else waits for you."))
        return redirect("supervision:queue")
    return redirect(f"{row.link}&slag={kind.value}" if kind else row.link)


@require_POST
@signed_in
def aside(request: HttpRequest) -> HttpResponse:
    """Put a row aside, or bring it back: which, the button says."""
    assert isinstance(request.user, User)  # as above
    here = read_place(request.POST.get("ko", ""))
    kind = _kind(request.POST.get("slag", ""))
    back = f"{reverse('supervision:queue')}?{urlencode({'slag': kind.value})}" if kind else reverse("supervision:queue")
    memberships = own_memberships(request.user)
    networks = guided_networks(memberships)
    with tenancy.scope(networks):
        if here is None:
            return redirect(back)
        if "back" in request.POST:
            bring_back(kind=here[2], key=here[3], user=request.user)
            return redirect(back)
        today = timezone.localdate()
        found = read_queue(read_guided(memberships, networks, today), networks, request.user, today)
        row = next((each for each in found.every if each.place == here and each.may_be_put_aside), None)
        if row is not None:
            put_aside(row=row, user=request.user, today=today)
            messages.success(
                request, _("Put aside: %(what)s. It comes back if something new happens.") % {"what": row.sentence}
            )
        if "next" in request.POST:
            onward = {"ko": request.POST["ko"], "slag": kind.value if kind else ""}
            return redirect(f"{reverse('supervision:next')}?{urlencode(onward)}")
    return redirect(back)


def _kind(chosen: str) -> Kind | None:
    return Kind(chosen) if chosen in set(Kind) else None
