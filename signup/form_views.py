"""The pages behind a personal link: the invitation, the registration form, what was sent, the preparation package."""

import json
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from documents.models import LibraryDocument
from documents.serving import serve
from networks.models import Membership, Role
from networks.queries import contacts
from signup import registration_services as services
from signup.form_access import LinkRequest, link_view
from signup.form_page import Page, put_back, seen_by
from signup.forms import FEWEST_MEMBERS, MORE_MEMBERS, DeclineForm, RegistrationForm
from signup.letters import formal_name
from signup.models import Invitee, Registration
from signup.registration_fields import FIXED, MOST_PEOPLE, MOST_TEAMS, begun_for, values_of
from signup.registration_queries import first_gathering, read_gatherings, read_package, registrations_of
from signup.registration_reading import in_words
from signup.registration_rules import problems
from signup.tasks import make_copy
from teams.models import Team

State = Registration.State


@require_safe
@link_view
def front(request: LinkRequest) -> HttpResponse:
    """Who is invited to what, and the three ways on."""
    _note_opening(request)
    return render(request, "registration/front.html", _front(request, DeclineForm()))


@require_POST
@link_view
def decline(request: LinkRequest) -> HttpResponse:
    """The organisation does not take part this time."""
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return render(request, "registration/front.html", _front(request, form))
    if services.decline_invitation(invitee=request.invitee, reason=form.cleaned_data["reason"]):
        messages.success(request, _("Thank you for answering. You will not be reminded."))
    return redirect("registration:form", token=request.token)


@require_POST
@link_view
def undo(request: LinkRequest) -> HttpResponse:
    """It takes part after all."""
    if not services.undo_declining(invitee=request.invitee, today=timezone.localdate()):
        messages.error(request, _("The day to answer by has passed. Ask us, and we see what we can do."))
    return redirect("registration:form", token=request.token)


@require_http_methods(["GET", "HEAD", "POST"])
@link_view
def team(request: LinkRequest, number: int) -> HttpResponse:
    """A registration: the form while it may be written in, what was sent otherwise."""
    registration = _found(request.invitee, number)
    if registration.state not in services.OPEN:
        return _sent(request, registration)
    if request.method == "POST":
        return _write(request, registration)
    held = _held(registration)
    form = RegistrationForm(initial=held, members=_members(request))
    return _show(request, Page(registration, form, held))


@require_POST
@link_view
def save(request: LinkRequest, number: int) -> HttpResponse:
    """What has been typed, sent on its own: answered with "Saved 10.42" and what is to be said by a field."""
    form = RegistrationForm(request.POST, initial=_held(_found(request.invitee, number)))
    form.is_valid()
    seen = seen_by(request, on_its_own=True)
    try:
        saved = services.save_registration(invitee=request.invitee, number=number, texts=form.texts, seen=seen)
    except services.NotOpenError:
        return HttpResponse(headers={"HX-Refresh": "true"})
    page = Page(saved.registration, form, saved.values, saved.conflicts, saved.theirs, earlier=seen)
    response = render(request, "registration/parts/autosaved.html", {"page": page})
    response["X-Saved"] = "yes"
    return response


@require_POST
@link_view
def remove(request: LinkRequest, number: int) -> HttpResponse:
    """Take a registration away that was never sent."""
    if services.remove_draft(invitee=request.invitee, number=number):
        messages.success(request, _("The registration is taken away."))
    return redirect("registration:form", token=request.token)


@require_http_methods(["GET", "HEAD", "POST"])
@link_view
def copy(request: LinkRequest, number: int) -> HttpResponseBase:
    """The copy of what was sent; a POST asks for it again where it has not come."""
    registration = get_object_or_404(registrations_of(request.invitee).exclude(state=State.DRAFT), number=number)
    if request.method == "POST":
        _ask_for_copy(registration)
        return redirect("registration:team", token=request.token, number=number)
    if registration.copy is None:
        raise Http404
    return serve(registration.copy)


@require_safe
@link_view
def document(request: LinkRequest, document_pk: int) -> HttpResponseBase:
    """A document of the preparation package, for those who have been accepted."""
    if not _takes_part(request.invitee):
        raise Http404
    package = LibraryDocument.objects.filter(in_package=True).select_related("document")
    return serve(get_object_or_404(package, pk=document_pk).document)


# What the pages are made of


def _takes_part(invitee: Invitee) -> bool:
    """Whether a team that was accepted goes on: one that has ended, or whose organisation has withdrawn, does not."""
    accepted = registrations_of(invitee).filter(state=State.ACCEPTED)
    return Team.objects.going_on().filter(pk__in=accepted.values("team")).exists()


def _note_opening(request: LinkRequest) -> None:
    """The first time somebody else than a coordinator of the network opens the link."""
    coordinates = Membership.objects.active().filter(role=Role.COORDINATOR, network=request.invitee.network_id)
    if request.user.is_authenticated and coordinates.filter(user=request.user).exists():
        return
    if request.method == "GET":
        Invitee.objects.filter(pk=request.invitee.pk, opened_at=None).update(opened_at=timezone.now())


def _front(request: LinkRequest, form: DeclineForm) -> dict[str, Any]:
    invitee, today = request.invitee, timezone.localdate()
    registrations = list(registrations_of(invitee))
    states = {registration.state for registration in registrations}
    accepted = State.ACCEPTED in states and _takes_part(invitee)
    return {
        **_frame(request),
        "form": form,
        "gatherings": [gathering for gathering in read_gatherings(invitee.network) if gathering.starts_on],
        "registrations": registrations,
        "next_number": _next_number(registrations),
        "may_decline": states <= {State.DRAFT, State.DECLINED},
        "may_undo": today <= invitee.round.answer_by,
        "is_answered": invitee.declined_at is not None or not states <= {State.DRAFT},
        "is_late": today > invitee.round.answer_by,
        "package": read_package() if accepted else [],
        "first_gathering": first_gathering(invitee.network) if accepted else None,
    }


def _frame(request: LinkRequest) -> dict[str, Any]:
    invitee = request.invitee
    return {
        "invitee": invitee,
        "organisation": formal_name(invitee.organisation),
        "token": request.token,
        "contacts": contacts(invitee.network),
    }


def _next_number(registrations: list[Registration]) -> int | None:
    """The number of one more team; None where there are as many as there may be."""
    number = max((registration.number for registration in registrations), default=0) + 1
    return number if number <= MOST_TEAMS else None


def _found(invitee: Invitee, number: int) -> Registration:
    """The registration of that number, or one that nobody has begun. Raises Http404 for any other number."""
    registrations = list(registrations_of(invitee))
    found = next((registration for registration in registrations if registration.number == number), None)
    if found is None and number != _next_number(registrations):
        raise Http404
    return found or begun_for(invitee, number)


def _held(registration: Registration) -> dict[str, str]:
    return values_of(registration, registration.people.all() if registration.pk else [])


def _members(request: LinkRequest) -> int:
    """How many rows for members were asked for."""
    asked = request.GET.get("rader", "")
    return min(int(asked), MOST_PEOPLE - len(FIXED)) if asked.isdecimal() and len(asked) < 4 else FEWEST_MEMBERS


def _write(request: LinkRequest, registration: Registration) -> HttpResponse:
    """Save what was typed, and then what the button says."""
    form = RegistrationForm(request.POST, initial=_held(registration))
    form.is_valid()
    try:
        saved = services.save_registration(
            invitee=request.invitee, number=registration.number, texts=form.texts, seen=seen_by(request)
        )
    except services.NotOpenError:
        return redirect("registration:team", token=request.token, number=registration.number)
    for name in saved.conflicts:
        form.add_error(name, _("Somebody else has written here meanwhile. Save again to keep your text."))
    then = request.POST.get("then")
    if then == "send" and not form.errors:
        for name, what in problems(saved.registration, saved.values, timezone.localdate()):
            form.add_error(name, what)
    if form.errors:
        put_back(form, saved.values, saved.theirs)
        return _show(request, Page(saved.registration, form, saved.values, saved.conflicts, saved.theirs))
    if then == "send":
        services.submit_registration(registration=saved.registration)
        _ask_for_copy(saved.registration)
    return redirect(_next(request, registration.number, then, form))


def _next(request: LinkRequest, number: int, then: str | None, form: RegistrationForm) -> str:
    """Where the button leads."""
    if then == "send":
        return reverse("registration:team", args=[request.token, number])
    if then == "more":
        members = len(form.people) - len(FIXED) + MORE_MEMBERS
        first = len(form.people)
        return reverse("registration:team", args=[request.token, number]) + f"?rader={members}#person-{first}"
    messages.success(request, _("Saved. You or a colleague can go on later, with the same link."))
    return reverse("registration:form", args=[request.token])


def _show(request: LinkRequest, page: Page) -> HttpResponse:
    page.form.mark_needed()
    context = {**_frame(request), "page": page, "form": page.form, "registration": page.registration}
    return render(request, "registration/edit.html", context)


def _sent(request: LinkRequest, registration: Registration) -> HttpResponse:
    context = {**_frame(request), "registration": registration}
    if request.headers.get("HX-Request"):
        response = render(request, "registration/parts/copy.html", context)
        if registration.copy:
            response["HX-Trigger"] = json.dumps({"announce": _("The copy is ready.")})
        return response
    context["parts"] = in_words(registration, registration.people.all())
    return render(request, "registration/sent.html", context)


def _ask_for_copy(registration: Registration) -> None:
    """Tell the workers, once they can see what they are told of."""
    told = (registration.network_id, registration.pk)
    transaction.on_commit(lambda: make_copy.delay(*told))
