"""Who guides whom, and what becomes of it: handing over, sharing, standing in."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gpf import dates
from networks.access import NetworkRequest, has_role, is_completed, network_view
from networks.models import Membership, Role
from notices.tasks import send_letters
from supervision.handing import access, services
from supervision.handing.forms import HandForm, ShareForm, StandInForm
from supervision.handing.queries import own_teams_of, read_guides, unguided
from teams.guiding import end_guiding, end_stand_in
from teams.models import Supervisor


@require_safe
@network_view(*access.ROLES)
def guiding(request: NetworkRequest) -> HttpResponse:
    """A supervisor's own teams; for a coordinator everybody's, and the teams nobody guides."""
    today = timezone.localdate()
    coordinates = has_role(request, Role.COORDINATOR)
    memberships = list(access.guides(request))
    context = {
        "guides": read_guides(memberships, today),
        "unguided": unguided(today) if coordinates else [],
        "coordinates": coordinates,
        "alone": access.active_guides(request).count() < 2,
        "may_write": not is_completed(request.network),
        "today": today,
    }
    return render(request, "supervision/guiding.html", context)


@network_view(*access.ROLES, to_write=True)
def hand_over(request: NetworkRequest, membership_pk: int) -> HttpResponse:
    """Let another guide some of a supervisor's teams from today, in her place."""

    def act(giver: Membership, chosen: dict[str, Any]) -> str:
        services.hand_over(teams=list(chosen["teams"]), giver=giver, taker=chosen["to"], network=request.network)
        return _("%(name)s guides them from today. Both of you, and those who lead the teams, get a mail.")

    return _hand(request, membership_pk, HandForm, act, "hand")


@network_view(*access.ROLES, to_write=True)
def share(request: NetworkRequest, membership_pk: int) -> HttpResponse:
    """Let another guide some of a supervisor's teams, too."""

    def act(giver: Membership, chosen: dict[str, Any]) -> str:
        services.share(teams=list(chosen["teams"]), giver=giver, taker=chosen["to"], network=request.network)
        return _("%(name)s guides them, too. Both of you, and those who lead the teams, get a mail.")

    return _hand(request, membership_pk, ShareForm, act, "share")


@network_view(*access.ROLES, to_write=True)
def stand_in(request: NetworkRequest, membership_pk: int) -> HttpResponse:
    """Let another guide some of a supervisor's teams while she is away."""

    def act(giver: Membership, chosen: dict[str, Any]) -> str:
        made = services.let_stand_in(
            teams=list(chosen["teams"]),
            giver=giver,
            taker=chosen["to"],
            since=chosen["since"],
            last_day=chosen["last_day"],
            network=request.network,
        )
        if not made:
            return _("%(name)s guides them in that time already.")
        return _("%(name)s stands in. Both of you, and those who lead the teams, get a mail.")

    return _hand(request, membership_pk, StandInForm, act, "stand_in")


def _hand(
    request: NetworkRequest,
    membership_pk: int,
    form_class: type[HandForm],
    act: Callable[[Membership, dict[str, Any]], str],
    what: str,
) -> HttpResponse:
    giver = access.read_guide(request, membership_pk)
    teams = own_teams_of(giver, timezone.localdate())
    others = access.active_guides(request).exclude(pk=giver.pk)
    form = form_class(request.POST or None, teams=teams, others=others, ticked=request.GET.getlist("team"))
    if request.method == "POST" and form.is_valid():
        said = act(giver, form.cleaned_data)
        transaction.on_commit(lambda: send_letters.delay(request.network.pk))
        messages.success(request, said % {"name": form.cleaned_data["to"].user})
        return redirect("supervision:guiding", request.network.slug)
    context = {
        "form": form,
        "giver": giver,
        "what": what,
        "teams": teams,
        "others": others,
        "is_own": giver.user == request.user,
        "coordinates": has_role(request, Role.COORDINATOR),
    }
    return render(request, "supervision/hand.html", context)


@require_POST
@network_view(*access.ROLES)
def end(request: NetworkRequest, row_pk: int) -> HttpResponse:
    """A stand-in ends before its time, or one of several who guide a team stops."""
    row = access.ended_by(request, row_pk)
    words = {"name": row.membership.user, "team": row.team}
    if row.stands_in_for_id is not None:
        end_stand_in(row=row)
        messages.success(request, _("%(name)s no longer stands in for %(team)s.") % words)
    elif _is_alone(row):
        messages.info(request, _("Nobody else guides %(team)s. Hand it over instead.") % words)
    else:
        end_guiding(team=row.team, membership=row.membership)
        now = {"time": dates.clock(timezone.now())}
        messages.success(request, _("%(name)s no longer guides %(team)s. Saved %(time)s.") % {**words, **now})
    return redirect("supervision:guiding", request.network.slug)


def _is_alone(row: Supervisor) -> bool:
    if row.membership.role != Role.SUPERVISOR or row.until is not None:
        raise Http404
    others = Supervisor.objects.guiding().filter(
        team=row.team, stands_in_for=None, membership__in=Membership.objects.active()
    )
    return not others.exclude(membership=row.membership).exists()
