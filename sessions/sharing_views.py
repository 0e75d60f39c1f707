"""A team shares its delivered work with the network, and others read it."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from documents.serving import serve
from networks.access import NetworkRequest, network_view
from networks.models import Role
from sessions.access import Pair, write_pair
from sessions.models import Delivery
from sessions.sharing import Sight, handed_in, read_shared


@require_safe
@network_view()
def read(request: NetworkRequest, team_slug: str, assignment_pk: int) -> HttpResponse:
    """What the team handed in last, as the network reads it."""
    shared = read_shared(request, team_slug, assignment_pk)
    return render(request, "sessions/shared.html", {"delivery": shared.delivery, "version": shared.version})


@require_safe
@network_view()
def file(request: NetworkRequest, team_slug: str, assignment_pk: int) -> HttpResponseBase:
    """Its file."""
    document = read_shared(request, team_slug, assignment_pk).version.document
    if document is None:
        raise Http404
    return serve(document)


@network_view(Role.TEAM_MEMBER)
def share(request: NetworkRequest, team_slug: str, assignment_pk: int) -> HttpResponse:
    """Share what is delivered, or stop: which of them, the button says."""
    pair = write_pair(request, team_slug, assignment_pk)
    if request.method == "POST":
        _share(request, pair) if request.POST.get("do") == "share" else _stop(request, pair)
    return redirect("gatherings:delivery", request.network.slug, pair.team.slug, pair.assignment.pk)


def _share(request: NetworkRequest, pair: Pair) -> None:
    if request.network.work_shown != Sight.WHEN_SHARED or not _of(pair).exists():
        raise Http404
    if _of(pair).filter(shared_at=None).update(shared_at=timezone.now()):
        messages.success(request, _("Shared. Everyone in the network can read what you have delivered."))


def _stop(request: NetworkRequest, pair: Pair) -> None:
    if _of(pair).exclude(shared_at=None).update(shared_at=None):
        messages.success(request, _("The network does not see it any more."))


def _of(pair: Pair) -> QuerySet[Delivery]:
    return handed_in().filter(team=pair.team, assignment=pair.assignment)
