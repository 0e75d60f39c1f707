"""The themes that came out of the interviews."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from improvement.access import write_place
from improvement.method import services
from improvement.method.forms import ThemeForm
from improvement.method.interview_views import tell_undo, to_interviews
from improvement.method.models import Theme
from networks.access import NetworkRequest, network_view
from networks.models import Role


@network_view(Role.TEAM_MEMBER, to_write=True)
def add(request: NetworkRequest, team_slug: str) -> HttpResponse:
    """Add a theme: from the page of interviews, or from a page of its own where something is to be put right."""
    place = write_place(request, team_slug)
    form = ThemeForm(request.POST or None, team=place.team)
    if request.method == "POST" and form.is_valid():
        form.instance.team, form.instance.network = place.team, request.network
        form.instance.position = Theme.with_put_away.filter(team=place.team).count()
        form.save()
        messages.success(request, _("“%(theme)s” is added.") % {"theme": form.instance})
        return to_interviews(request, place, "nytt-tema")
    return render(request, "improvement/theme_form.html", {"place": place, "form": form})


@network_view(Role.TEAM_MEMBER, to_write=True)
def edit(request: NetworkRequest, team_slug: str, theme_pk: int) -> HttpResponse:
    """Rewrite a theme."""
    place = write_place(request, team_slug)
    found = get_object_or_404(Theme.objects.select_for_update(), team=place.team, pk=theme_pk)
    form = ThemeForm(request.POST or None, instance=found, team=place.team)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("“%(theme)s” is changed.") % {"theme": form.instance})
        return to_interviews(request, place, f"tema-{found.pk}")
    return render(request, "improvement/theme_form.html", {"place": place, "form": form, "row": found})


@require_POST
@network_view(Role.TEAM_MEMBER)
def put_away(request: NetworkRequest, team_slug: str, theme_pk: int) -> HttpResponse:
    """Take a theme off the page. The message takes it back."""
    place = write_place(request, team_slug)
    found = get_object_or_404(Theme, team=place.team, pk=theme_pk)
    services.put_away(row=found)
    tell_undo(request, _("“%(theme)s” is put away.") % {"theme": found}, f"tilbake-tema-{found.pk}")
    return to_interviews(request, place)


@require_POST
@network_view(Role.TEAM_MEMBER)
def take_back(request: NetworkRequest, team_slug: str, theme_pk: int) -> HttpResponse:
    """Put a theme on the page again."""
    place = write_place(request, team_slug)
    found = get_object_or_404(Theme.with_put_away, team=place.team, pk=theme_pk)
    services.take_back(row=found)
    messages.success(request, _("“%(theme)s” is back.") % {"theme": found})
    return to_interviews(request, place, f"tema-{found.pk}")
