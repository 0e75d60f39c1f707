"""The private notes about a team."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from networks.access import NetworkRequest, is_completed, network_view
from supervision.access import GUIDES, noted_team, readable_notes
from supervision.notes.forms import NoteForm
from supervision.notes.services import write_note


@require_http_methods(["GET", "HEAD", "POST"])
@network_view(*GUIDES)
def notes(request: NetworkRequest, team_slug: str) -> HttpResponse:
    """Every note about the team, the newest first, and a field for another."""
    team = noted_team(request, team_slug)
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        write_note(team=team, by=request.user, text=form.cleaned_data["text"])
        messages.success(request, _("The note is kept. The team does not see it."))
        return redirect("supervision:notes", request.network.slug, team.slug)
    found = (
        readable_notes(request)
        .filter(team=team)
        .select_related("written_by", "delivery__assignment__gathering", "meeting")
    )
    context = {"team": team, "notes": found, "form": None if is_completed(request.network) else form}
    return render(request, "supervision/notes/notes.html", context)


@require_POST
@network_view(*GUIDES)
def remove(request: NetworkRequest, team_slug: str, note_pk: int) -> HttpResponse:
    """Take a note of one's own away."""
    team = noted_team(request, team_slug)
    get_object_or_404(readable_notes(request), pk=note_pk, team=team, written_by=request.user).delete()
    messages.success(request, _("The note is taken away."))
    return redirect("supervision:notes", request.network.slug, team.slug)
