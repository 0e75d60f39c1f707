"""Writing down needs and rewriting them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from improvement.access import READERS, Place, read_place, write_place
from improvement.goals.finding import asked_for, held_line, own_line, to_goals
from improvement.goals.forms import NeedForm
from improvement.goals.models import Goal, Need
from improvement.goals.page import lay_out
from improvement.goals.queries import read_chain
from improvement.goals.services import save_need
from improvement.method.models import Theme
from networks.access import NetworkRequest, network_view
from networks.models import Role


@require_safe
@network_view(*READERS)
def need(request: NetworkRequest, team_slug: str, need_pk: int) -> HttpResponse:
    """A need: what it grew from, and what answers it."""
    place = read_place(request, team_slug)
    found = own_line(Need, place, need_pk)
    page = lay_out(read_chain(place.team), place, request.network.slug)
    shown = next(one for one in page.needs if one.line.pk == found.pk)
    changes = [one for goal in (*page.goals, *page.over) for one in goal.changes] + [*page.loose_changes]
    grown = {one.line.pk: one for one in changes if one.line.need == found.pk}
    context = {"place": place, "shown": shown, "changes": list(grown.values())}
    return render(request, "improvement/need.html", context)


@network_view(Role.TEAM_MEMBER, to_write=True)
def add(request: NetworkRequest, team_slug: str) -> HttpResponse:
    """A new need: from the beginning, or grown from a theme of the interviews (?theme=)."""
    place = write_place(request, team_slug)
    initial = _from_theme(request.GET.get("theme", ""), place.team.pk)
    initial |= {"goals": [goal.pk for goal in asked_for(Goal, request, place)]}
    form = NeedForm(request.POST or None, team=place.team, initial=initial)
    if request.method == "POST" and form.is_valid():
        return _save(request, place, form)
    return render(request, "improvement/need_form.html", {"place": place, "form": form})


@network_view(Role.TEAM_MEMBER, to_write=True)
def edit(request: NetworkRequest, team_slug: str, need_pk: int) -> HttpResponse:
    """Rewrite a need, and say what it grew from and what answers it."""
    place = write_place(request, team_slug)
    form = NeedForm(request.POST or None, team=place.team, instance=held_line(Need, place, need_pk))
    if request.method == "POST" and form.is_valid():
        return _save(request, place, form)
    return render(request, "improvement/need_form.html", {"place": place, "form": form, "line": form.instance})


def _save(request: NetworkRequest, place: Place, form: NeedForm) -> HttpResponse:
    saved = save_need(
        team=place.team,
        need=form.save(commit=False),
        goals=form.chosen("goals"),
        themes=form.chosen("themes"),
    )
    messages.success(request, _("The need is written down: “%(need)s”.") % {"need": saved})
    return to_goals(request, place, f"behov-{saved.pk}")


def _from_theme(key: str, team_pk: int) -> dict[str, object]:
    """What a need that grows from a theme begins with."""
    if not (key.isascii() and key.isdigit()):
        return {}
    theme = get_object_or_404(Theme, pk=int(key), team=team_pk)
    return {"text": theme.text, "about": theme.about, "themes": [theme.pk]}
