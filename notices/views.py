"""The outbox: what the network's people have been sent, and what became of it. For its coordinators."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from gpf.guarded import GuardedForm
from networks.access import NetworkRequest, is_completed, network_view
from networks.models import Role
from notices.access import visible_messages
from notices.mailing import send_again
from notices.models import Message, Notice
from notices.tasks import send_letters

PAGE_SIZE = 25
RESENDABLE = (Message.State.FAILED, Message.State.BOUNCED)
UNTOLD = (Notice.State.MISSED, Notice.State.WITHDRAWN)

DAILY, LETTERS, NEVER = "dag", "brev", "usendt"


class ChoiceForm(GuardedForm):
    """What is shown. What is not a choice counts as none."""

    hva = forms.ChoiceField(
        label=gettext_lazy("What"),
        choices=[
            ("", gettext_lazy("All mail")),
            (DAILY, gettext_lazy("The day’s mail")),
            (LETTERS, gettext_lazy("Letters")),
            (NEVER, gettext_lazy("Notices that were never sent")),
        ],
        required=False,
    )
    tilstand = forms.ChoiceField(
        label=gettext_lazy("State"),
        choices=[("", gettext_lazy("All")), *Message.State.choices],
        required=False,
    )
    hvem = forms.CharField(label=gettext_lazy("Name or address"), max_length=120, required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data, auto_id="valg-%s")
        self.is_valid()

    def chosen(self, name: str) -> str:
        return str(self.cleaned_data.get(name) or "").strip()

    @property
    def narrows(self) -> bool:
        return any(self.chosen(name) for name in self.fields)


@require_safe
@network_view(Role.COORDINATOR)
def outbox(request: NetworkRequest) -> HttpResponse:
    """Every message about this network, newest first; or the notices that never became one."""
    form = ChoiceForm(request.GET)
    untold = form.chosen("hva") == NEVER
    found: QuerySet[Any] = _untold(request, form) if untold else _messages(request, form)
    context = {
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "form": form,
        "untold": untold,
    }
    return render(request, "notices/outbox.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@network_view(Role.COORDINATOR)
def message(request: NetworkRequest, message_pk: int) -> HttpResponse:
    """One message, as the recipient read it; a letter that did not arrive is sent again by a POST."""
    found = get_object_or_404(visible_messages(request), pk=message_pk)
    if request.method == "POST":
        if send_again(found):
            transaction.on_commit(lambda: send_letters.delay(request.network.pk))
            messages.success(request, _("It is on its way again, to the address of today."))
        else:
            messages.info(request, _("It has not failed, or is on its way already."))
        return redirect("notices:message", request.network.slug, found.pk)
    may_resend = bool(found.key) and found.state in RESENDABLE and not is_completed(request.network)
    return render(request, "notices/message.html", {"message": found, "may_resend": may_resend})


def _messages(request: NetworkRequest, form: ChoiceForm) -> QuerySet[Message]:
    found = visible_messages(request).defer("text")
    if form.chosen("hva") in (DAILY, LETTERS):
        found = found.filter(key="") if form.chosen("hva") == DAILY else found.exclude(key="")
    if form.chosen("tilstand"):
        found = found.filter(state=form.chosen("tilstand"))
    if who := form.chosen("hvem"):
        of_account = Q(recipient__name__icontains=who) | Q(recipient__email__icontains=who)
        found = found.filter(Q(name__icontains=who) | Q(address__icontains=who) | of_account)
    return found


def _untold(request: NetworkRequest, form: ChoiceForm) -> QuerySet[Notice]:
    """What was overtaken by a later notice, or was no longer true when its time came."""
    found = Notice.objects.filter(network=request.network, state__in=UNTOLD).select_related("recipient")
    if who := form.chosen("hvem"):
        found = found.filter(Q(recipient__name__icontains=who) | Q(recipient__email__icontains=who))
    return found.order_by("-closed_at", "-pk")
