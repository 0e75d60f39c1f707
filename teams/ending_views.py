"""An organisation that withdraws and a team that ends: shown before it is done, and taken back as easily."""

from datetime import date
from functools import partial

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gpf import dates
from networks.access import NetworkRequest, network_view
from networks.models import Network, Participation, Role
from notices.tasks import send_letters
from teams.farewell import write_of_end, write_of_return, write_of_withdrawal
from teams.models import Team
from teams.participant_forms import EndForm
from teams.participants import names_apart
from teams.places import Effects, Ending, effects
from teams.withdrawing import begin_team_again, end_team, take_back_withdrawal, withdraw_organisation


@network_view(Role.COORDINATOR, to_write=True)
def withdraw(request: NetworkRequest, participation_pk: int) -> HttpResponse:
    """Let an organisation withdraw, once it has been seen what that does."""
    rows = Participation.objects.select_related("organisation").select_for_update(of=("self",))
    found = get_object_or_404(rows, pk=participation_pk)
    if found.withdrawn:
        return redirect("teams:participant", request.network.slug, found.pk)
    form = EndForm(request.POST or None, earliest=found.joined_on or _begins(request.network))
    shown = effects(Ending(_day(form), participation=found.pk))
    if request.method == "POST" and form.is_valid() and _has_seen(form, shown):
        withdraw_organisation(participation=found, on=form.cleaned_data["on"], reason=form.cleaned_data["reason"])
        if write_of_withdrawal(network=request.network, participation=found, shown=shown):
            transaction.on_commit(partial(send_letters.delay, request.network.pk))
        messages.success(request, _said(_("%(name)s withdraws %(date)s.") % _words(found, shown.day), shown))
        return redirect("teams:participant", request.network.slug, found.pk)
    name = names_apart([found.organisation])[found.organisation_id]
    context = {"form": form, "effects": shown, "participation": found, "name": name}
    return render(request, "teams/withdraw.html", context)


@network_view(Role.COORDINATOR)
def take_back(request: NetworkRequest, participation_pk: int) -> HttpResponse:
    """The organisation takes part after all."""
    found = get_object_or_404(
        Participation.objects.select_related("organisation").select_for_update(of=("self",)), pk=participation_pk
    )
    if request.method == "POST" and found.withdrawn:
        again = take_back_withdrawal(participation=found)
        if write_of_return(network=request.network, thing=found):
            transaction.on_commit(partial(send_letters.delay, request.network.pk))
        messages.success(request, _said_again(_("%(name)s takes part again.") % {"name": found}, len(again)))
    return redirect("teams:participant", request.network.slug, found.pk)


@network_view(Role.COORDINATOR, to_write=True)
def team_end(request: NetworkRequest, team_slug: str) -> HttpResponse:
    """End one team, once it has been seen what that does."""
    found = _team(team_slug)
    if found.ended_on is not None:
        return redirect("teams:team", request.network.slug, found.slug)
    earliest = found.joined_on or found.participation.joined_on or _begins(request.network)
    form = EndForm(request.POST or None, earliest=earliest, needs_reason=False)
    shown = effects(Ending(_day(form), team=found.pk))
    if request.method == "POST" and form.is_valid() and _has_seen(form, shown):
        end_team(team=found, on=form.cleaned_data["on"], reason=form.cleaned_data["reason"])
        if write_of_end(network=request.network, team=found, shown=shown):
            transaction.on_commit(partial(send_letters.delay, request.network.pk))
        messages.success(request, _said(_("%(name)s ends %(date)s.") % _words(found, shown.day), shown))
        return redirect("teams:team", request.network.slug, found.slug)
    return render(request, "teams/team_end.html", {"form": form, "effects": shown, "team": found})


@network_view(Role.COORDINATOR)
def team_resume(request: NetworkRequest, team_slug: str) -> HttpResponse:
    """The team goes on after all."""
    found = _team(team_slug)
    if request.method == "POST" and found.ended_on is not None:
        again = begin_team_again(team=found)
        if write_of_return(network=request.network, thing=found):
            transaction.on_commit(partial(send_letters.delay, request.network.pk))
        messages.success(request, _said_again(_("%(name)s goes on.") % {"name": found}, len(again)))
    return redirect("teams:team", request.network.slug, found.slug)


def _team(slug: str) -> Team:
    rows = Team.objects.select_related("participation__organisation").select_for_update(of=("self",))
    return get_object_or_404(rows, slug=slug)


def _begins(network: Network) -> date:
    """The first day of the network's first year: nobody was with before that."""
    return date(network.from_year, 1, 1)


def _day(form: EndForm) -> date:
    """The day that was chosen; today where none was, or none that can be."""
    chosen: date | None = form.cleaned_data.get("on") if form.is_bound and form.is_valid() else None
    return chosen or timezone.localdate()


def _has_seen(form: EndForm, shown: Effects) -> bool:
    """Whether what happens is what the person was shown. If not, it is shown to her first."""
    if form.cleaned_data["seen"] == shown.fingerprint:
        return True
    form.add_error(
        None, _("What happens then is not what you were shown. It is brought up to date here: read it once more.")
    )
    return False


def _words(thing: object, day: date) -> dict[str, str]:
    return {"name": str(thing), "date": dates.long_date(day)}


def _said(what: str, shown: Effects) -> str:
    if not shown.losing:
        return what
    count = len(shown.losing)
    who = ngettext("%(count)s person loses access that day.", "%(count)s people lose access that day.", count)
    return f"{what} {who % {'count': count}}"


def _said_again(what: str, count: int) -> str:
    if not count:
        return what
    who = ngettext("%(count)s person has access again.", "%(count)s people have access again.", count)
    return f"{what} {who % {'count': count}}"
