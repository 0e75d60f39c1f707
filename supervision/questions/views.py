"""A team's questions, and the talk about one of them."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from networks.access import NetworkRequest, has_role, network_view
from networks.models import Role
from sessions.queries import read_supervisors
from supervision.models import Question
from supervision.questions import access, services
from supervision.questions.access import READERS, Seat, read_seat
from supervision.questions.forms import QuestionForm, WordForm
from supervision.questions.talk import said, waits
from supervision.queue.rows import Kind, place, read_place, written


@require_http_methods(["GET", "HEAD", "POST"])
@network_view(*READERS)
def questions(request: NetworkRequest, team_slug: str) -> HttpResponse:
    """Everything the team has asked, what waits first; and a field for its next question."""
    seat = read_seat(request, team_slug)
    may_ask = seat.is_own and seat.may_write
    form = QuestionForm(request.POST or None) if may_ask else None
    if request.method == "POST" and form is not None and form.is_valid():
        question = services.ask(team=seat.team, by=request.user, text=form.cleaned_data["text"])
        messages.success(request, _said_asked(seat))
        return redirect("supervision:question", request.network.slug, seat.team.slug, question.pk)
    found = access.readable_questions(request).filter(team=seat.team)
    context = {
        "seat": seat,
        "team": seat.team,
        "form": form,
        "waiting": [each for each in found if each.closed_at is None],
        "answered": sorted((each for each in found if each.closed_at), key=lambda each: each.asked_at, reverse=True),
    }
    return render(request, "supervision/questions/questions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@network_view(*READERS)
def question(request: NetworkRequest, team_slug: str, question_pk: int) -> HttpResponse:
    """One question and all that is said to it; the field for the next word."""
    seat = read_seat(request, team_slug)
    asked = get_object_or_404(access.readable_questions(request), pk=question_pk, team=seat.team)
    form = WordForm(request.POST or None, label=_("Write more") if seat.is_own else "") if seat.may_write else None
    if request.method == "POST" and form is not None and form.is_valid():
        services.say(question=asked, by=request.user, text=form.cleaned_data["text"], from_team=seat.is_own)
        messages.success(
            request, _("Sent. The supervisor will see it.") if seat.is_own else _("Answered. The team will be told.")
        )
        return redirect(request.get_full_path())
    context = {
        "seat": seat,
        "team": seat.team,
        "question": asked,
        "talk": said(asked),
        "form": form,
        "next_address": _next(request, asked) if has_role(request, Role.SUPERVISOR) and not seat.is_own else "",
    }
    return render(request, "supervision/questions/question.html", context)


@require_POST
@network_view(*READERS)
def close(request: NetworkRequest, team_slug: str, question_pk: int) -> HttpResponse:
    """It needs no answer any more."""
    seat = read_seat(request, team_slug)
    asked = get_object_or_404(access.readable_questions(request), pk=question_pk, team=seat.team)
    services.close(question=asked)
    messages.success(request, _("The question waits no longer."))
    return redirect("supervision:question", request.network.slug, seat.team.slug, asked.pk)


def _said_asked(seat: Seat) -> str:
    people = read_supervisors(seat.team, timezone.localdate())
    return _("Sent. %(people)s will be told.") % {"people": ", ".join(people)} if people else _("Sent.")


def _next(request: NetworkRequest, asked: Question) -> str:
    """The way on in the queue, from the place she came from."""
    here = read_place(request.GET.get("ko", "")) or place(Kind.QUESTION, str(asked.pk), waits(asked)[0])
    kind = request.GET.get("slag", "")
    chosen = {"slag": Kind(kind).value} if kind in set(Kind) else {}
    return f"{reverse('supervision:next')}?{urlencode({'ko': written(here), **chosen})}"
