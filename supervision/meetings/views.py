"""The log of guidance meetings: writing one down, reading it, a team's history, and the list to search in."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from gpf.forms import DateInput
from gpf.guarded import GuardedForm
from networks.access import NetworkRequest, has_role, is_completed, network_view
from networks.models import Role
from notices.tasks import send_letters
from supervision.access import readable_notes
from supervision.meetings import access, services
from supervision.meetings.page import WritePage
from supervision.meetings.queries import entries, read_guiding, search
from supervision.models import Meeting
from teams.models import Team

PAGE_SIZE = 20


@network_view(*access.WRITERS, to_write=True)
def write_new(request: NetworkRequest) -> HttpResponse:
    """Write down a meeting that was held, with teams the address names (?team=)."""
    meeting = Meeting(network=request.network, day=timezone.localdate())
    return _write(request, meeting)


@network_view(*access.WRITERS, to_write=True)
def write(request: NetworkRequest, meeting_pk: int) -> HttpResponse:
    """Write down a meeting that was planned, or write on in one that was held."""
    meeting = access.write_meeting(request, meeting_pk)
    if meeting.state == Meeting.State.CANCELLED:
        return redirect("supervision:meeting", request.network.slug, meeting.pk)
    return _write(request, meeting)


def _write(request: NetworkRequest, meeting: Meeting) -> HttpResponse:
    page = WritePage(request, meeting)
    if request.method == "POST" and not page.is_unfinished and page.is_valid():
        is_new = meeting.pk is None
        saved = services.write_log(meeting=page.form.save(commit=False), log=page.log(), by=request.user)
        asked = page.plan_next(saved)
        if asked is not None:
            transaction.on_commit(lambda: send_letters.delay(request.network.pk))
        messages.success(request, _said(asked) if is_new or asked is not None else _("The log is saved."))
        return redirect("supervision:meeting", request.network.slug, saved.pk)
    context = {"page": page, "meeting": meeting, "form": page.form, "rows": page.rows}
    return render(request, "supervision/meeting_write.html", context)


def _said(asked: int | None) -> str:
    """What the writer reads when it is saved."""
    if asked is None:
        return _("The meeting is written down. The teams can read it now.")
    return ngettext(
        "The meeting is written down, and %(count)d person is asked to the next one.",
        "The meeting is written down, and %(count)d people are asked to the next one.",
        asked,
    ) % {"count": asked}


@require_safe
@network_view(*access.READERS)
def meeting(request: NetworkRequest, meeting_pk: int) -> HttpResponse:
    """One meeting, as far as the person may read it."""
    found = access.read_meeting(request, meeting_pk)
    (entry,) = entries(request, [found])
    may_write = access.may_write(request, found)
    next_meetings = access.readable_meetings(request).filter(follows=found).exclude(state=Meeting.State.CANCELLED)
    context = {
        "meeting": found,
        "entry": entry,
        "people": list(found.people.order_by("user", "pk")),
        "may_write": may_write,
        "may_settle": not is_completed(request.network),
        "has_been": found.day <= timezone.localdate(),
        "notes": list(readable_notes(request).filter(meeting=found).select_related("team", "written_by")),
        "guides": has_role(request, *access.WRITERS) and may_write,
        "next": next_meetings.order_by("day").first(),
        "several": len(entry.teams) > 1,
    }
    return render(request, "supervision/meeting.html", context)


@require_safe
@network_view(*access.READERS)
def team_log(request: NetworkRequest, team_slug: str) -> HttpResponse:
    """A team's guidance: what it has agreed to, the next meeting, and those that were held."""
    team = access.read_team(request, team_slug)
    found = read_guiding(request, team)
    context = {
        "team": team,
        "found": found,
        "entries": entries(request, found.held),
        "may_write": not is_completed(request.network) and access.written_teams(request).filter(pk=team.pk).exists(),
        "may_settle": not is_completed(request.network),
    }
    return render(request, "supervision/team_log.html", context)


class SearchForm(GuardedForm):
    """What to look for in the log."""

    q = forms.CharField(
        label=gettext_lazy("Search in the log"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    team = forms.ModelChoiceField(
        Team.objects.none(), label=gettext_lazy("Team"), required=False, empty_label=gettext_lazy("All")
    )
    since = forms.DateField(label=gettext_lazy("From"), required=False, widget=DateInput)
    to = forms.DateField(label=gettext_lazy("To"), required=False, widget=DateInput)

    def __init__(self, data: QueryDict, *, request: NetworkRequest) -> None:
        super().__init__(data)
        team = self.fields["team"]
        assert isinstance(team, forms.ModelChoiceField)
        team.queryset = access.log_teams(request).order_by("sort_name", "pk")


@require_safe
@network_view(*access.WRITERS)
def log(request: NetworkRequest) -> HttpResponse:
    """Every meeting the person may read, to search in: by words, by team, by period."""
    form = SearchForm(request.GET, request=request)
    asked = form.cleaned_data if form.is_valid() else {}
    team: Team | None = asked.get("team")
    found = search(
        request,
        words=asked.get("q", ""),
        team=team.pk if team else None,
        since=asked.get("since"),
        to=asked.get("to"),
    )
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "entries": entries(request, list(page.object_list)),
        "active": any(asked.values()),
        "may_write": not is_completed(request.network),
        "is_supervisor": has_role(request, Role.SUPERVISOR),
    }
    return render(request, "supervision/log.html", context)
