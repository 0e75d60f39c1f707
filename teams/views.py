"""The people of a network: finding, inviting, and what each may do. For coordinators."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from gpf import dates
from networks.access import NetworkRequest, is_national, network_view
from networks.models import Membership, Participation, Role
from notices.troubles import trouble_of
from teams.forms import AddRoleForm, CorrectForm, EndRoleForm, FindForm, InviteForm
from teams.leading import LEADER
from teams.models import TeamMember
from teams.participants import names_apart
from teams.people import Person, State, read_people
from teams.people_services import (
    LastCoordinatorError,
    correct_person,
    end_role_safely,
    may_be_corrected,
    other_coordinators,
)
from teams.services import add_person, add_role
from teams.telling import invite, invite_who_has_not_been_in

PAGE_SIZE = 50


@network_view(Role.COORDINATOR)
def people(request: NetworkRequest) -> HttpResponse:
    """Everyone in the network, and the form that invites one more."""
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = add_person(network=request.network, **form.cleaned_data)
        invite(request, user)
        messages.success(request, _("%(name)s is invited. The mail is on its way.") % {"name": user})
        return redirect("teams:people", request.network.slug)
    everyone = read_people(timezone.localdate())
    find = FindForm(request.GET, organisations=_organisations())
    found = find.choose(everyone)
    return render(
        request,
        "teams/people.html",
        {
            "form": form,
            "find": find,
            "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
            "total": len(everyone),
            "shown": len(found),
            "waiting": sum(one.state == State.EXPIRED for one in everyone),
        },
    )


def _organisations() -> list[tuple[int, str]]:
    """The network's organisations to choose from."""
    rows = Participation.objects.select_related("organisation").order_by("organisation__sort_name", "pk")
    names = names_apart([row.organisation for row in rows])
    return [(row.pk, names[row.organisation_id]) for row in rows]


@network_view(Role.COORDINATOR)
def person(request: NetworkRequest, user_pk: int) -> HttpResponse:
    """One person: what she is in the network, and whether she has come in."""
    found = _find(user_pk)
    form = AddRoleForm(request.POST or None, user=found.user)
    if request.method == "POST" and form.is_valid():
        add_role(network=request.network, user=found.user, **form.cleaned_data)
        told = invite_who_has_not_been_in(request, found.user)
        said = _("%(name)s has the role now, and is invited.") if told else _("%(name)s has the role now.")
        messages.success(request, said % {"name": found.user})
        return redirect("teams:person", request.network.slug, user_pk)
    may_correct = may_be_corrected(found.user, request.network)
    context = {"person": found, "form": form, "may_correct": may_correct, "trouble": trouble_of(found.user.email)}
    return render(request, "teams/person.html", context)


def _find(user_pk: int) -> Person:
    """A person with a role in the network, now or once; 404 for everybody else, whatever account there is."""
    return read_people(timezone.localdate(), _members(user_pk).user)[0]


def _members(user_pk: int) -> Membership:
    rows: QuerySet[Membership] = Membership.objects.select_related("user").order_by("pk")
    first = rows.filter(user=user_pk).values_list("pk", flat=True)[:1]
    return get_object_or_404(rows, pk__in=list(first))


@network_view(Role.COORDINATOR)
def invite_again(request: NetworkRequest, user_pk: int) -> HttpResponse:
    """Send a new link; the earlier ones stop working."""
    found = _find(user_pk)
    if request.method == "POST" and found.state != State.ENDED:
        invite(request, found.user)
        messages.success(request, _("%(name)s is invited. The mail is on its way.") % {"name": found.user})
    return redirect("teams:person", request.network.slug, user_pk)


@network_view(Role.COORDINATOR, to_write=True)
def correct(request: NetworkRequest, user_pk: int) -> HttpResponse:
    """Put a mistyped name or address right, for somebody who has never been in."""
    user = get_object_or_404(User.objects.select_for_update(), pk=_members(user_pk).user_id)
    if not may_be_corrected(user, request.network):
        messages.info(request, _("The account is the person’s own now: only she changes it."))
        return redirect("teams:person", request.network.slug, user_pk)
    old = user.email
    form = CorrectForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        user.email = old
        if correct_person(user=user, name=form.cleaned_data["name"], email=form.cleaned_data["email"]):
            invite(request, user)
            messages.success(request, _("%(name)s is invited. The mail is on its way.") % {"name": user})
        else:
            messages.success(request, _("Saved %(time)s.") % {"time": dates.clock(timezone.now())})
        return redirect("teams:person", request.network.slug, user_pk)
    return render(request, "teams/correct.html", {"form": form, "user_pk": user_pk, "address": old})


@network_view(Role.COORDINATOR, to_write=True)
def role_end(request: NetworkRequest, user_pk: int, membership_pk: int) -> HttpResponse:
    """End one of a person's roles, once it has been seen what that does."""
    membership = get_object_or_404(Membership.objects.select_related("user"), pk=membership_pk, user=user_pk)
    if membership.ends_on is not None and membership.ends_on <= timezone.localdate():
        return redirect("teams:person", request.network.slug, user_pk)
    is_own = membership.user == request.user and membership.role == Role.COORDINATOR
    form = EndRoleForm(request.POST or None, membership=membership, shuts_out=is_own and not is_national(request.user))
    is_last = membership.role == Role.COORDINATOR and not other_coordinators(membership)
    if request.method == "POST" and form.is_valid():
        try:
            end_role_safely(network=request.network, membership=membership, on=form.cleaned_data["on"])
        except LastCoordinatorError:
            is_last = True
        else:
            return _ended(request, membership)
    found = _find(user_pk)
    return render(
        request,
        "teams/role_end.html",
        {
            "form": form,
            "person": found,
            "line": next(line for line in found.roles if line.membership == membership),
            "others": [line for line in found.roles if line.membership != membership and not line.ended],
            "leading": _leading(membership),
            "is_last": is_last,
        },
    )


def _ended(request: NetworkRequest, membership: Membership) -> HttpResponse:
    assert membership.ends_on is not None
    words = {
        "name": str(membership.user),
        "role": membership.get_role_display(),
        "date": dates.long_date(membership.ends_on),
    }
    messages.success(request, _("%(name)s is %(role)s until %(date)s.") % words)
    if membership.user == request.user and membership.role == Role.COORDINATOR and not is_national(request.user):
        return redirect("overview:home")
    return redirect("teams:person", request.network.slug, membership.user_id)


def _leading(membership: Membership) -> list[TeamMember]:
    """The teams that will have no leader when the role has ended."""
    return list(membership.team_places.filter(function=LEADER, left_on=None).select_related("team"))
