"""One invited organisation: its letter, its link, and what can be done about them."""

from functools import partial

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gpf import dates
from networks.access import NetworkRequest, is_completed, network_view
from networks.models import Role
from networks.organisation_register import read_succession
from notices.tasks import send_letters
from signup import rounds_queries as queries
from signup import rounds_sending as sending
from signup.letters import as_mail, blocks, invitation, invitation_pdf
from signup.links import link_url
from signup.models import Invitee
from signup.rounds_forms import ExtendForm, SendAgainForm
from signup.rounds_services import replace_by_successor
from signup.tasks import write_letter

NOT_SHOWN = "https://…/"
"""Stands in a preview for the link: whoever opens the real one counts as having opened the letter."""


def get_invitee(request: NetworkRequest, pk: int, *, lock: bool = False) -> Invitee:
    """The invitee of this network with all that a letter needs, or 404."""
    found = Invitee.objects.select_related("round", "organisation", "network__programme")
    invitee = (found.select_for_update(of=["self"]) if lock else found.select_related("message")).filter(pk=pk).first()
    if invitee is None:
        raise Http404
    return invitee


@require_http_methods(["GET", "HEAD", "POST"])
@network_view(Role.COORDINATOR)
def invitee(request: NetworkRequest, invitee_pk: int) -> HttpResponseBase:
    """How one organisation has come along; correcting who gets the letter and sending it again."""
    found = get_invitee(request, invitee_pk, lock=request.method == "POST")
    form = SendAgainForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        sending.send_again(invitee=form.save(commit=False))
        transaction.on_commit(partial(write_letter.delay, found.network_id, found.pk, found.link_number))
        told = _("The letter is on its way to %(address)s, with a new link. The old link no longer works.")
        messages.success(request, told % {"address": found.leader_email})
        return redirect("signup:round", request.network.slug, found.round_id)
    today = timezone.localdate()
    (row,) = queries.read_rows([found], today, read_succession(today))
    context = {
        "row": row,
        "invitee": found,
        "letters": found.round,
        "form": form,
        "extend": ExtendForm(initial={"last_day": found.expires_on}),
        "link": link_url(found) if found.link_works(today) else "",
        "may_change": not is_completed(request.network),
    }
    return render(request, "signup/round_invitee.html", context)


@require_safe
@network_view(Role.COORDINATOR)
def invitee_letter(request: NetworkRequest, invitee_pk: int) -> HttpResponse:
    """The letter as this recipient reads it: the mail, and the PDF in the page."""
    found = get_invitee(request, invitee_pk)
    letter = invitation(found, link=NOT_SHOWN)
    others = queries.invitees_of(found.round).values_list("pk", "organisation__name")
    context = {
        "invitee": found,
        "letters": found.round,
        "letter": letter,
        "blocks": blocks(as_mail(letter, found.round)),
        "link": NOT_SHOWN,
        "others": list(others),
    }
    return render(request, "signup/round_letter.html", context)


@require_safe
@network_view(Role.COORDINATOR)
def invitee_pdf(request: NetworkRequest, invitee_pk: int) -> HttpResponse:
    """The letter as PDF, shown by the browser."""
    found = get_invitee(request, invitee_pk)
    name = f"invitasjon-{found.organisation.slug}.pdf"
    return HttpResponse(
        invitation_pdf(found, link=NOT_SHOWN),
        headers={"Content-Type": "application/pdf", "Content-Disposition": f'inline; filename="{name}"'},
    )


@require_POST
@network_view(Role.COORDINATOR)
def invitee_remind(request: NetworkRequest, invitee_pk: int) -> HttpResponseBase:
    """The letter again, to one."""
    found = get_invitee(request, invitee_pk)
    (row,) = queries.read_rows([found], timezone.localdate())
    if not row.may_be_reminded:
        messages.error(request, _("Only those who have the letter and have not answered can be reminded."))
    elif sending.remind(invitees=[found]):
        transaction.on_commit(partial(send_letters.delay, request.network.pk))
        messages.success(request, _("%(name)s has been reminded.") % {"name": found})
    else:
        messages.info(request, _("%(name)s has been reminded today already.") % {"name": found})
    return redirect("signup:round", request.network.slug, found.round_id)


@require_POST
@network_view(Role.COORDINATOR)
def invitee_withdraw(request: NetworkRequest, invitee_pk: int) -> HttpResponseBase:
    """Take the invitation back; one that was never sent leaves the round."""
    found = get_invitee(request, invitee_pk, lock=True)
    if found.sent_at is None and found.withdrawn_at is None:
        found.delete()
        messages.success(request, _("%(name)s is taken out of the round.") % {"name": found.organisation})
    else:
        sending.withdraw(invitee=found)
        messages.success(request, _("The link of %(name)s no longer works.") % {"name": found})
    return redirect("signup:round", request.network.slug, found.round_id)


@require_POST
@network_view(Role.COORDINATOR)
def invitee_extend(request: NetworkRequest, invitee_pk: int) -> HttpResponseBase:
    """Another last day for the link."""
    found = get_invitee(request, invitee_pk, lock=True)
    form = ExtendForm(request.POST)
    if form.is_valid():
        sending.extend_link(invitee=found, last_day=form.cleaned_data["last_day"])
        told = _("The link of %(name)s works up to and including %(day)s.")
        messages.success(request, told % {"name": found, "day": dates.long_date(form.cleaned_data["last_day"])})
    else:
        messages.error(request, " ".join(map(str, form.errors["last_day"])))
    return redirect("signup:invitee", request.network.slug, found.pk)


@require_POST
@network_view(Role.COORDINATOR)
def invitee_replace(request: NetworkRequest, invitee_pk: int) -> HttpResponseBase:
    """Invite what a merged municipality has become instead."""
    found = get_invitee(request, invitee_pk, lock=True)
    became = {entry.number: entry for entry in read_succession(timezone.localdate()).now(found.organisation.number)}
    successor = became.get(request.POST.get("number", ""))
    if successor is None or found.sent_at is not None:
        messages.error(request, _("That can not be done any longer."))
    else:
        former = found.organisation.name
        replace_by_successor(invitee=found, successor=successor)
        told = _("%(name)s is in the round instead of %(former)s.")
        messages.success(request, told % {"name": successor.name, "former": former})
    return redirect("signup:round", request.network.slug, found.round_id)
