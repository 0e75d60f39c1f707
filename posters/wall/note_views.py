"""What is said to posters: written, put away, taken down; and posters closed for it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from improvement import access as improvement
from improvement.goals.models import Goal
from networks.access import NetworkRequest, has_role, network_view
from networks.models import Role
from posters.access import Place, read_poster, write_place
from posters.models import Poster, WallNote
from posters.pages import address
from posters.wall import services
from posters.wall.forms import CommentForm, IdeaForm
from posters.wall.notes import WRITERS, ideas_of, own_teams_of, read_ideas, read_talk
from posters.wall.page import poster_page


@require_POST
@network_view(*WRITERS)
def take_along(request: NetworkRequest, team_slug: str, gathering_number: int) -> HttpResponse:
    """Note an idea from a poster for one's own team."""
    reading = read_poster(request, team_slug, gathering_number)
    teams = read_talk(request, reading).taking
    if not teams:
        raise Http404
    form = IdeaForm(request.POST, teams=teams)
    if not form.is_valid():
        return render(request, "posters/poster.html", poster_page(request, reading, idea=form))
    team = form.cleaned_data["team"] or teams[0]
    services.take_along(poster=_poster(reading.place), team=team, by=request.user, text=form.cleaned_data["text"])
    messages.success(request, _("It is on %(team)s's list of what you take with you.") % {"team": team})
    return redirect(f"{address('poster', reading.place)}#ideas")


@require_POST
@network_view(*WRITERS)
def comment(request: NetworkRequest, team_slug: str, gathering_number: int) -> HttpResponse:
    """Say something to the team behind a poster."""
    reading = read_poster(request, team_slug, gathering_number)
    if reading.edition is None:
        raise Http404
    form = CommentForm(request.POST)
    if not form.is_valid():
        return render(request, "posters/poster.html", poster_page(request, reading, comment=form))
    own, poster = own_teams_of(request), _poster(reading.place)
    team = next((team for team in own if team.pk == reading.place.team.pk), own[0] if own else None)
    try:
        services.comment(poster=poster, team=team, by=request.user, text=form.cleaned_data["text"])
    except services.ClosedError:
        messages.error(request, _("The poster has been closed for comments meanwhile, so yours is not sent."))
        return render(request, "posters/poster.html", poster_page(request, reading, comment=form))
    return redirect(f"{address('poster', reading.place)}#comments")


@require_POST
@network_view(*WRITERS)
def note(request: NetworkRequest, team_slug: str, gathering_number: int, note_pk: int) -> HttpResponse:
    """Put away what one wrote, or take it back; a coordinator takes down what others wrote, or puts it back."""
    place = read_poster(request, team_slug, gathering_number).place
    notes = WallNote.with_put_away.filter(poster__team=place.team, poster__gathering=place.gathering)
    do = request.POST.get("do")
    if do in ("down", "up"):
        if not has_role(request, Role.COORDINATOR):
            raise Http404
        _moderate(request, get_object_or_404(notes, pk=note_pk), do)
    else:
        _keep(request, get_object_or_404(notes, pk=note_pk, author=request.user))
    return redirect(f"{address('poster', place)}#comments")


@require_POST
@network_view(Role.TEAM_MEMBER)
def let_comment(request: NetworkRequest, team_slug: str, gathering_number: int) -> HttpResponse:
    """A team opens its poster for comments, or closes it."""
    place = write_place(request, team_slug, gathering_number)
    is_open = request.POST.get("do") == "open"
    services.let_comment(poster=_poster(place), is_open=is_open)
    messages.success(request, _said_of(is_open))
    return redirect(f"{address('poster', place)}#comments")


@require_POST
@network_view(Role.COORDINATOR)
def let_comment_all(request: NetworkRequest) -> HttpResponse:
    """A coordinator opens all the posters for comments, or closes them."""
    is_open = request.POST.get("do") == "open"
    services.let_comment_all(network=request.network, is_open=is_open)
    said = _("The posters are open for comments.") if is_open else _("The posters are closed for comments.")
    messages.success(request, said)
    return redirect("posters:wall", request.network.slug)


# A team's list of ideas


@require_safe
@network_view(*improvement.READERS)
def ideas(request: NetworkRequest, team_slug: str) -> HttpResponse:
    """What a team has taken with it from others' posters."""
    place = improvement.read_place(request, team_slug)
    found, away = read_ideas(request, place.team)
    has_goal = place.may_write and Goal.objects.filter(team=place.team).exists()
    context = {"place": place, "ideas": found, "put_away": away, "has_goal": has_goal}
    return render(request, "posters/wall/ideas.html", context)


@require_POST
@network_view(Role.TEAM_MEMBER)
def idea(request: NetworkRequest, team_slug: str, note_pk: int) -> HttpResponse:
    """Put an idea away from the team's list, or take it back."""
    place = improvement.write_place(request, team_slug)
    _keep(request, get_object_or_404(ideas_of(request, place.team), pk=note_pk))
    return redirect(reverse("posters:ideas", args=[request.network.slug, place.team.slug]))


# What the pages are made of


def _poster(place: Place) -> Poster:
    return get_object_or_404(Poster, team=place.team, gathering=place.gathering)


def _keep(request: NetworkRequest, note: WallNote) -> None:
    if request.POST.get("do") == "back":
        services.take_back(note=note)
        messages.success(request, _("It is back where it was."))
    else:
        services.put_away(note=note)
        messages.success(request, _("It is put away. You can take it back."))


def _moderate(request: NetworkRequest, note: WallNote, do: str) -> None:
    if do == "down":
        services.take_down(note=note, by=request.user)
        messages.success(request, _("It is taken down. Whoever wrote it sees that you took it down."))
    else:
        services.put_back(note=note)
        messages.success(request, _("It is back where it was."))


def _said_of(is_open: bool) -> str:
    return _("Your poster is open for comments.") if is_open else _("Your poster is closed for comments.")
