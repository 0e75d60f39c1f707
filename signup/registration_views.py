"""The registrations of a network: read and answered by its coordinators."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.tasks import send_invitation
from documents.serving import serve
from networks.access import NetworkRequest, network_view
from networks.models import Role
from notices.tasks import send_letters
from signup.accepting import Accepted, accept_registration
from signup.forms import DecisionForm
from signup.letters import formal_name
from signup.models import RegisteredPerson, Registration
from signup.registration_fields import advice, concerns
from signup.registration_letters import recipients
from signup.registration_queries import read_drafts, read_groups, read_history, read_package
from signup.registration_reading import in_words
from signup.registration_rules import in_two_places
from signup.registration_services import DECIDABLE, DecidedError, NotPossibleError, answer_registration, standing

State = Registration.State


@require_safe
@network_view(Role.COORDINATOR)
def registrations(request: NetworkRequest) -> HttpResponse:
    """Everything that has been registered, what waits for an answer first."""
    context = {"groups": read_groups(), "drafts": read_drafts()}
    return render(request, "signup/registrations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@network_view(Role.COORDINATOR)
def registration(request: NetworkRequest, registration_pk: int) -> HttpResponse:
    """One registration: what was said, what has happened, and the coordinator's answer."""
    found = _found(registration_pk)
    form = DecisionForm(request.POST if request.method == "POST" else None, initial={"seen": standing(found)})
    if request.method == "POST" and form.is_valid():
        if _decided(request, found, form):
            return redirect(_address(request, found))
        found = _found(registration_pk)
    return render(request, "signup/registration.html", _reading(found, form))


@require_safe
@network_view(Role.COORDINATOR)
def copy(request: NetworkRequest, registration_pk: int) -> HttpResponseBase:
    """The copy as PDF/A."""
    found = _found(registration_pk)
    if found.copy is None:
        raise Http404
    return serve(found.copy)


def _found(pk: int) -> Registration:
    """A registration that has been sent. What is only being written is not for coordinators."""
    whole = Registration.objects.select_related(
        "invitee__organisation", "invitee__round", "network", "copy", "team", "decided_by"
    )
    return get_object_or_404(whole.exclude(state=State.DRAFT), pk=pk)


def _reading(found: Registration, form: DecisionForm) -> dict[str, Any]:
    people = list(found.people.all())
    values = {f"person_{p.position}_{part}": getattr(p, part) for p in people for part in ("name", "email")}
    return {
        "registration": found,
        "organisation": formal_name(found.invitee.organisation),
        "form": form,
        "parts": in_words(found, people),
        "concerns": concerns(found),
        "advice": advice(found),
        "history": read_history(found),
        "recipients": recipients(found),
        "without_address": [person.name for person in people if person.name and not person.email],
        "invited": _invited(found, people),
        "in_two_places": in_two_places(values),
        "package": read_package(),
        "may_decide": found.state in DECIDABLE,
    }


def _invited(found: Registration, people: list[RegisteredPerson]) -> list[str]:
    """The names of those who get a way in when it is accepted, each once."""
    named = {person.email.lower(): person.name for person in reversed(people) if person.email}
    leader = {found.leader_email.lower(): found.leader_name} if found.leader_email else {}
    return list(dict(reversed((leader | named).items())).values())


def _decided(request: NetworkRequest, found: Registration, form: DecisionForm) -> bool:
    """Do what was decided; or put into the form, or into a message, why not."""
    decision = State(form.cleaned_data["decision"])
    words = {"text": form.cleaned_data["text"], "seen": form.cleaned_data["seen"]}
    try:
        if decision == State.ACCEPTED:
            _invite(request, accept_registration(registration=found, by=request.user, **words))
        else:
            answer_registration(registration=found, by=request.user, decision=decision, **words)
    except NotPossibleError as error:
        form.add_error("decision", str(error))
        return False
    except DecidedError as error:
        _show_meanwhile(form, error.registration)
        return False
    transaction.on_commit(lambda: send_letters.delay(request.network.pk))
    messages.success(request, _SAID[decision] % {"team": found.team_name})
    return True


def _invite(request: NetworkRequest, accepted: Accepted) -> None:
    """Send everyone of the team a way in that leads to the team's page."""
    where = {"network_slug": request.network.slug, "team_slug": accepted.team.slug}
    landing = reverse("overview:team", kwargs=where)
    for person in accepted.invited:
        invitation = (person.pk, landing, request.network.name, request.user.pk)
        transaction.on_commit(lambda told=invitation: send_invitation.delay(*told))  # type: ignore[misc]  # a lambda's default has no type


def _show_meanwhile(form: DecisionForm, current: Registration) -> None:
    """Say what happened, keep what the person wrote, and let her decide on what she now sees."""
    data = form.data.copy()  # type: ignore[attr-defined]  # a QueryDict: it came in a request
    data["seen"] = standing(current)
    form.data = data
    form.add_error(None, _meanwhile(current))


def _meanwhile(current: Registration) -> str:
    """Who was a moment earlier, and with what."""
    if current.state == State.SUBMITTED or current.decided_by is None:
        return _("The registration was sent anew meanwhile. Read it again before you answer; nothing was saved.")
    return _("%(person)s has answered meanwhile: %(state)s. Your answer was not saved.") % {
        "person": current.decided_by,
        "state": current.get_state_display(),
    }


def _address(request: NetworkRequest, found: Registration) -> str:
    where = {"network_slug": request.network.slug, "registration_pk": found.pk}
    return reverse("signup:registration", kwargs=where)


_SAID = {
    State.ACCEPTED: gettext_lazy("%(team)s is in. The letter and the invitations are on their way."),
    State.ASKED: gettext_lazy("You have asked back about %(team)s. The letter is on its way."),
    State.WAITING: gettext_lazy("%(team)s is on the waiting list. The letter is on its way."),
    State.DECLINED: gettext_lazy("You have declined %(team)s. The letter is on its way."),
}
