"""Circulars: the list, writing one, looking it over, sending it, and how it went."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desk.circulars.audience import Audience, Reached, read_audience
from desk.circulars.forms import CircularForm
from desk.circulars.services import key_of, send_circular, send_test
from desk.circulars.words import ALLOWED, ready_texts, write
from desk.models import Circular
from networks.access import NetworkRequest, is_completed, network_view
from networks.models import Role
from notices import hours
from notices.models import Message
from notices.tasks import send_letters

PREVIEWED = 3


@require_safe
@network_view(Role.COORDINATOR)
def circulars(request: NetworkRequest) -> HttpResponse:
    """Drafts first, then what was sent; and texts to begin with."""
    found = list(Circular.objects.select_related("written_by", "sent_by"))
    context = {
        "drafts": [each for each in found if each.state == Circular.State.DRAFT],
        "sent": [each for each in found if each.state == Circular.State.SENT],
        "ready": ready_texts(),
        "may_write": not is_completed(request.network),
    }
    return render(request, "desk/circulars.html", context)


@require_POST
@network_view(Role.COORDINATOR)
def begin(request: NetworkRequest) -> HttpResponse:
    """A new draft, from a ready text or from nothing."""
    chosen = next((each for each in ready_texts() if each.key == request.POST.get("ready")), None)
    circular = Circular(network=request.network, written_by=request.user, audience=Audience().as_json())
    if chosen:
        circular.audience = Audience(whom=chosen.whom).as_json()
        circular.subject_nb, circular.text_nb = chosen.subject_nb, chosen.text_nb
        circular.subject_nn, circular.text_nn = chosen.subject_nn, chosen.text_nn
    circular.save()
    return redirect("desk:circular_edit", request.network.slug, circular.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@network_view(Role.COORDINATOR, to_write=True)
def edit(request: NetworkRequest, circular_pk: int) -> HttpResponse:
    """Write it. Saving leads on to looking it over."""
    rows = Circular.objects.select_for_update().filter(state=Circular.State.DRAFT)
    circular = get_object_or_404(rows, pk=circular_pk)
    form = CircularForm(request.POST or None, instance=circular, network=request.network)
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect("desk:circular", request.network.slug, circular.pk)
    return render(request, "desk/circular_edit.html", {"form": form, "circular": circular, "fields": ALLOWED})


@require_safe
@network_view(Role.COORDINATOR)
def circular(request: NetworkRequest, circular_pk: int) -> HttpResponse:
    """A draft as three real people would read it, with everybody it reaches; of one that is sent, how it went."""
    found = get_object_or_404(Circular.objects.select_related("sent_by"), pk=circular_pk)
    if found.state == Circular.State.SENT:
        letters = Message.objects.filter(network=request.network, key__startswith=key_of(found))
        context: dict[str, Any] = {
            "circular": found,
            "letters": letters.select_related("recipient").order_by("name", "pk"),
        }
        return render(request, "desk/circular_sent.html", context)
    reached = read_audience(Audience.of(found.audience), timezone.localdate())
    context = {
        "circular": found,
        "reached": reached,
        "samples": [write(found, each, request.network) for each in _different(reached)],
        "is_worded": bool(found.text_nb or found.text_nn),
        "unworded": _unworded(found, reached),
        "may_send": not is_completed(request.network),
        "hours": hours.may_send(timezone.now()),
    }
    return render(request, "desk/circular.html", context)


def _different(reached: Sequence[Reached]) -> list[Reached]:
    """Three real recipients: of both languages and of different teams, where there are such."""
    found = []
    seen: set[tuple[str, int | None]] = set()
    for each in reached:
        key = (each.user.language, each.team.pk if each.team else None)
        if key not in seen:
            seen.add(key)
            found.append(each)
    languages = {each.user.language: each for each in reversed(found)}
    first = list(languages.values())
    return [*first, *(each for each in found if each not in first)][:PREVIEWED]


def _unworded(circular: Circular, reached: Sequence[Reached]) -> str:
    """A warning where somebody reads a language the circular is not worded in."""
    languages = {each.user.language for each in reached}
    if "nn" in languages and circular.text_nb and not circular.text_nn:
        return _("Some of them read nynorsk, and there is no text in nynorsk. They get the one in bokmål.")
    if languages - {"nn"} and circular.text_nn and not circular.text_nb:
        return _("Some of them read bokmål, and there is no text in bokmål. They get the one in nynorsk.")
    return ""


@require_POST
@network_view(Role.COORDINATOR)
def send(request: NetworkRequest, circular_pk: int) -> HttpResponse:
    """Send it, or a test of it to oneself, or throw the draft away: which, the button says."""
    found = get_object_or_404(Circular, pk=circular_pk, state=Circular.State.DRAFT)
    network = request.network
    if request.POST.get("do") == "remove":
        found.delete()
        messages.success(request, _("The draft is gone."))
        return redirect("desk:circulars", network.slug)
    if not (found.text_nb or found.text_nn):
        return redirect("desk:circular_edit", network.slug, found.pk)
    if request.POST.get("do") == "test":
        send_test(circular=found, network=network, to=request.user)
        messages.success(request, _("A test is on its way to %(address)s.") % {"address": request.user.email})
    else:
        count = send_circular(circular_pk=found.pk, network=network, by=request.user)
        told = ngettext("It is on its way to %(count)s person.", "It is on its way to %(count)s people.", count)
        messages.success(request, told % {"count": count})
    transaction.on_commit(lambda: send_letters.delay(network.pk))
    return redirect("desk:circular", network.slug, found.pk)
