"""Invitation rounds: the list, a round's letter, how it goes, sending and reminding."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from networks.access import NetworkRequest, is_completed, network_view
from networks.models import Role
from networks.organisation_register import read_succession
from notices.tasks import send_letters
from sessions.models import Gathering
from signup import rounds_draft
from signup import rounds_queries as queries
from signup import rounds_sending as sending
from signup.letters import shipped
from signup.models import Answer, InvitationRound
from signup.rounds_forms import RoundForm, StateForm
from signup.rounds_states import SILENT, sentence
from signup.silent import in_words as reminders_in_words
from signup.tasks import write_letter

POLLED = 10 * 60
"""Seconds after which a letter on its way is no longer watched: then the mail server is away, and waits are longer."""


def get_round(request: NetworkRequest, pk: int, *, lock: bool = False) -> InvitationRound:
    """The round of this network, or 404."""
    found = InvitationRound.objects.select_related("network__programme")
    letters = (found.select_for_update(of=["self"]) if lock else found).filter(pk=pk).first()
    if letters is None:
        raise Http404
    return letters


@require_safe
@network_view(Role.COORDINATOR)
def rounds(request: NetworkRequest) -> HttpResponse:
    """The network's rounds, each with how it goes and what is next."""
    may_change = not is_completed(request.network)
    context = {
        "lines": queries.read_rounds(timezone.localdate()),
        "may_change": may_change,
        "draft": rounds_draft.kept(request) if may_change else None,
    }
    return render(request, "signup/rounds.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@network_view(Role.COORDINATOR, to_write=True)
def round_new(request: NetworkRequest) -> HttpResponseBase:
    """A new round, its letter prefilled with the shipped one, or with what she had begun on."""
    letters = InvitationRound(network=request.network, created_by=request.user)
    draft = rounds_draft.kept(request)
    initial = _prefilled(request) | (draft.texts if draft else {})
    form = RoundForm(request.POST or None, instance=letters, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = form.save()
        rounds_draft.forget(request)
        return redirect("signup:round_choose", request.network.slug, made.pk)
    return render(request, "signup/round_form.html", {"form": form, "draft": None if form.is_bound else draft})


@require_http_methods(["GET", "HEAD", "POST"])
@network_view(Role.COORDINATOR, to_write=True)
def round_edit(request: NetworkRequest, round_pk: int) -> HttpResponseBase:
    """The round's name, day and letter. What has been sent stays as it was sent."""
    letters = get_round(request, round_pk, lock=request.method == "POST")
    form = RoundForm(request.POST or None, instance=letters)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The letter is saved."))
        return redirect("signup:round", request.network.slug, letters.pk)
    sent = letters.invitees.exclude(sent_at=None).count()
    return render(request, "signup/round_form.html", {"form": form, "letters": letters, "sent": sent})


@require_safe
@network_view(Role.COORDINATOR)
def round_page(request: NetworkRequest, round_pk: int) -> HttpResponse:
    """How a round goes: one sentence, and a row for each organisation. Comes again by itself while letters are made."""
    letters = get_round(request, round_pk)
    today = timezone.localdate()
    rows = queries.read_rows(queries.invitees_of(letters), today, read_succession(today))
    form = StateForm(request.GET, states=queries.state_counts(rows))
    wanted = form.cleaned_data["state"] if form.is_valid() else ""
    answers = [row.answer for row in rows]
    context: dict[str, Any] = {
        "letters": letters,
        "sentence": sentence(answers),
        "next": queries.next_thing(letters, rows, today),
        "reminders": reminders_in_words(letters),
        "rows": [row for row in rows if _is_wanted(row, wanted)],
        "form": form,
        "wanted": wanted,
        "empty": not rows,
        "watched": any(_is_watched(row) for row in rows),
        "may_change": not is_completed(request.network),
        "to_send": sum(row.answer == Answer.NOT_SENT and bool(row.invitee.leader_email) for row in rows),
        "without": sum(row.answer == Answer.NOT_SENT and not row.invitee.leader_email for row in rows),
        "to_remind": sum(row.may_be_reminded and not row.reminded_today for row in rows),
        "merged": [row for row in rows if row.became and row.answer == Answer.NOT_SENT],
        "shared": queries.shared_addresses(row.invitee for row in rows),
        "after_gathering": answers_after_gathering(letters),
    }
    if request.headers.get("HX-Request"):
        return render(request, "signup/parts/round_rows.html", context)
    return render(request, "signup/round.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@network_view(Role.COORDINATOR, to_write=True)
def round_send(request: NetworkRequest, round_pk: int) -> HttpResponseBase:
    """Who gets the letter now, and sending it to them."""
    letters = get_round(request, round_pk, lock=request.method == "POST")
    waiting = list(sending.sendable(letters).select_related("organisation").order_by("organisation__sort_name"))
    too_late = letters.answer_by < timezone.localdate()
    if request.method == "POST" and not too_late:
        taken = sending.ask_for_letters(letters=letters, by=request.user)
        for invitee in waiting:
            if invitee.pk in taken:
                run = partial(write_letter.delay, request.network.pk, invitee.pk, invitee.link_number)
                transaction.on_commit(run)
        told = ngettext("%(number)d letter is on its way.", "%(number)d letters are on their way.", len(taken))
        messages.success(request, told % {"number": len(taken)})
        return redirect("signup:round", request.network.slug, letters.pk)
    without = letters.invitees.filter(sent_at=None, leader_email="").select_related("organisation")
    context = {
        "letters": letters,
        "waiting": waiting,
        "without": without.order_by("organisation__sort_name"),
        "shared": queries.shared_addresses(letters.invitees.select_related("organisation")),
        "too_late": too_late,
        "after_gathering": answers_after_gathering(letters),
    }
    return render(request, "signup/round_send.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@network_view(Role.COORDINATOR)
def round_remind(request: NetworkRequest, round_pk: int) -> HttpResponseBase:
    """Who has not answered, and reminding all of them."""
    letters = get_round(request, round_pk)
    rows = queries.read_rows(queries.invitees_of(letters), timezone.localdate())
    silent = [row for row in rows if row.may_be_reminded]
    those = [row.invitee for row in silent if not row.reminded_today]
    if request.method == "POST":
        count = sending.remind(invitees=those)
        transaction.on_commit(partial(send_letters.delay, request.network.pk))
        told = ngettext("%(number)d has been reminded.", "%(number)d have been reminded.", count)
        messages.success(request, told % {"number": count})
        return redirect("signup:round", request.network.slug, letters.pk)
    context = {"letters": letters, "those": those, "today": [row.invitee for row in silent if row.reminded_today]}
    return render(request, "signup/round_remind.html", context)


@require_POST
@network_view(Role.COORDINATOR)
def round_delete(request: NetworkRequest, round_pk: int) -> HttpResponseBase:
    """Remove a round that nothing has been sent in."""
    letters = get_round(request, round_pk, lock=True)
    if letters.invitees.exclude(sent_at=None).exists():
        messages.error(request, _("Letters have been sent in this round, so it stays."))
        return redirect("signup:round", request.network.slug, letters.pk)
    letters.delete()
    messages.success(request, _("The round is removed."))
    return redirect("signup:rounds", request.network.slug)


def answers_after_gathering(letters: InvitationRound) -> bool:
    """Whether the leaders may answer so late that the first gathering has begun."""
    first = Gathering.objects.filter(kind=Gathering.Kind.NETWORK, starts_on__lte=letters.answer_by)
    return first.exclude(state=Gathering.State.CANCELLED).exists()


def _prefilled(request: NetworkRequest) -> dict[str, str]:
    letters = {language: shipped("invitation", language) for language in ("nb", "nn")}
    return {
        "signed_by": request.user.name,
        **{f"subject_{language}": letter.subject for language, letter in letters.items()},
        **{f"text_{language}": letter.text for language, letter in letters.items()},
    }


def _is_wanted(row: queries.Row, wanted: str) -> bool:
    return not wanted or (row.answer in SILENT if wanted == "silent" else row.answer == wanted)


def _is_watched(row: queries.Row) -> bool:
    """Whether a letter has been asked for a short while ago and has not gone."""
    asked = row.invitee.sent_at
    return row.answer == Answer.QUEUED and asked is not None and (timezone.now() - asked).total_seconds() < POLLED
