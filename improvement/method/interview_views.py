"""The interviews: the guide, how many were asked, and the page where the themes stand."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from improvement.access import READERS, Place, read_place, write_place
from improvement.method import services
from improvement.method.forms import RoundForm, ThemeForm
from improvement.method.interview_queries import read_interviews
from improvement.method.models import InterviewRound
from networks.access import NetworkRequest, network_view
from networks.models import Role


@require_safe
@network_view(*READERS)
def interviews(request: NetworkRequest, team_slug: str) -> HttpResponse:
    """How many were asked, and what came out of it."""
    place = read_place(request, team_slug)
    context = {"place": place, "found": read_interviews(place.team, own=place.is_own)}
    if place.may_write:
        context["form"] = ThemeForm(team=place.team)
    return render(request, "improvement/interviews.html", context)


@require_safe
@network_view(*READERS)
def guide(request: NetworkRequest, team_slug: str) -> HttpResponse:
    """How to ask what matters, to be read and printed."""
    return render(request, "improvement/guide.html", {"place": read_place(request, team_slug)})


@network_view(Role.TEAM_MEMBER, to_write=True)
def add(request: NetworkRequest, team_slug: str) -> HttpResponse:
    """Write down that so many were asked."""
    place = write_place(request, team_slug)
    form = RoundForm(request.POST or None, team=place.team)
    if request.method == "POST" and form.is_valid():
        _save(form, place, request)
        return to_interviews(request, place)
    return render(request, "improvement/interview_form.html", {"place": place, "form": form})


@network_view(Role.TEAM_MEMBER, to_write=True)
def edit(request: NetworkRequest, team_slug: str, round_pk: int) -> HttpResponse:
    """Rewrite a round."""
    place = write_place(request, team_slug)
    found = get_object_or_404(InterviewRound.objects.select_for_update(), team=place.team, pk=round_pk)
    form = RoundForm(request.POST or None, instance=found, team=place.team)
    if request.method == "POST" and form.is_valid():
        _save(form, place, request)
        return to_interviews(request, place)
    return render(request, "improvement/interview_form.html", {"place": place, "form": form, "row": found})


@require_POST
@network_view(Role.TEAM_MEMBER)
def put_away(request: NetworkRequest, team_slug: str, round_pk: int) -> HttpResponse:
    """Take a round off the page. The message takes it back."""
    place = write_place(request, team_slug)
    found = get_object_or_404(InterviewRound, team=place.team, pk=round_pk)
    services.put_away(row=found)
    tell_undo(request, _("The interviews are put away."), f"tilbake-runde-{found.pk}")
    return to_interviews(request, place)


@require_POST
@network_view(Role.TEAM_MEMBER)
def take_back(request: NetworkRequest, team_slug: str, round_pk: int) -> HttpResponse:
    """Put a round on the page again."""
    place = write_place(request, team_slug)
    services.take_back(row=get_object_or_404(InterviewRound.with_put_away, team=place.team, pk=round_pk))
    messages.success(request, _("The interviews are back."))
    return to_interviews(request, place)


def to_interviews(request: NetworkRequest, place: Place, anchor: str = "") -> HttpResponse:
    """Back to the page, at the spot the person worked."""
    response = redirect("improvement:interviews", network_slug=request.network.slug, team_slug=place.team.slug)
    if anchor:
        response["Location"] += f"#{anchor}"
    return response


def tell_undo(request: NetworkRequest, said: str, form_id: str) -> None:
    """A message with a button that sends the form of this id, which stands among what has been put away."""
    undo = '{} <button class="link-button" type="submit" form="{}">{}</button>'
    messages.success(request, format_html(undo, said, form_id, _("Undo")))


def _save(form: RoundForm, place: Place, request: NetworkRequest) -> None:
    form.instance.team, form.instance.network = place.team, request.network
    form.instance.saved_by = request.user
    form.save()
    messages.success(request, _("The interviews are written down."))
