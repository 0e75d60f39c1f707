"""The leader's page, and the coordinators' list of who has got hers."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from documents.serving import serve
from gpf.guarded import GuardedForm
from networks.access import NetworkRequest, has_role, is_completed, network_view
from networks.models import Membership, Network, Participation, Role
from supervision.models import LeaderReport
from supervision.reports.leading import period_key, period_words, read_page
from supervision.reports.services import ask_for_report, leaders_of
from supervision.reports.tasks import send_leader_report


class WordsForm(GuardedForm):
    """What the sender adds to the page."""

    words = forms.CharField(
        label=gettext_lazy("What you want to add"),
        help_text=gettext_lazy("Stands first on the page, under your teams' names. For instance what you ask of her."),
        required=False,
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@dataclass(frozen=True)
class Line:
    """An organisation, who leads it, and the newest report."""

    participation: Participation
    leaders: list[str]
    teams: int
    newest: LeaderReport | None
    is_sent: bool


@network_view(Role.COORDINATOR)
def leaders(request: NetworkRequest) -> HttpResponse:
    """Who leads what, and who has got her page this half-year; a POST sends to those who have not."""
    today = timezone.localdate()
    lines = _read_lines(request.network, today)
    waiting = [
        line for line in lines if line.leaders and line.teams and not line.is_sent and not is_completed(request.network)
    ]
    if request.method == "POST":
        for line in waiting:
            _ask(request, line.participation, "")
        told = ngettext("%(count)s page is on its way.", "%(count)s pages are on their way.", len(waiting))
        messages.success(request, told % {"count": len(waiting)})
        return redirect("supervision:leaders", request.network.slug)
    context = {"lines": lines, "waiting": waiting, "period": period_words(period_key(today))}
    return render(request, "supervision/reports/leaders.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@network_view(Role.COORDINATOR, Role.LEADER)
def leader(request: NetworkRequest, participation_pk: int) -> HttpResponse:
    """The page as it stands; a coordinator sends it to the leaders by a POST."""
    found = _readable(request, participation_pk)
    coordinates = has_role(request, Role.COORDINATOR)
    people = leaders_of(found)
    form = WordsForm(request.POST or None)
    if request.method == "POST" and coordinates and people and form.is_valid():
        _ask(request, found, form.cleaned_data["words"])
        names = ", ".join(person.name for person in people)
        messages.success(request, _("The page is on its way to %(names)s.") % {"names": names})
        return redirect("supervision:leader", request.network.slug, found.pk)
    page = read_page(found, people, timezone.localdate())
    context = {
        "page": page,
        "teams": [(team, [(each, mark_safe(each.chart)) for each in team.changed]) for team in page.teams],
        "participation": found,
        "people": people,
        "coordinates": coordinates,
        "may_send": coordinates and bool(page.teams) and not is_completed(request.network),
        "form": form,
        "reports": LeaderReport.objects.filter(participation=found, sent_at__isnull=False).select_related("asked_by"),
    }
    return render(request, "supervision/reports/leader.html", context)


@require_safe
@network_view(Role.COORDINATOR, Role.LEADER)
def leader_file(request: NetworkRequest, participation_pk: int, report_pk: int) -> HttpResponseBase:
    """A page as it was sent."""
    rows = LeaderReport.objects.filter(participation=_readable(request, participation_pk)).exclude(document=None)
    report = get_object_or_404(rows.select_related("document"), pk=report_pk)
    if report.document is None:
        raise Http404
    return serve(report.document)


def _readable(request: NetworkRequest, participation_pk: int) -> Participation:
    """The organisation, for a coordinator or a leader who committed it; else 404."""
    rows = Participation.objects.select_related("organisation", "network")
    if not has_role(request, Role.COORDINATOR):
        rows = rows.filter(leaders__user=request.user)
    return get_object_or_404(rows, pk=participation_pk)


def _ask(request: NetworkRequest, participation: Participation, words: str) -> None:
    report = ask_for_report(participation=participation, by=request.user, words=words)
    transaction.on_commit(lambda: send_leader_report.delay(report.network_id, report.pk))


def _read_lines(network: Network, today: date) -> list[Line]:
    """Those that take part, in Norwegian order, with the leaders who have access today. Five queries."""
    seats = Membership.objects.active(today).filter(network=network, role=Role.LEADER).values_list("user", flat=True)
    here_today = set(seats)
    here = Q(withdrawn=False) | Q(withdrawn_on__gt=today)
    rows = Participation.objects.filter(here).select_related("organisation").prefetch_related("leaders__user", "teams")
    newest: dict[int, LeaderReport] = {}
    for report in LeaderReport.objects.order_by("asked_at", "pk"):
        newest[report.participation_id] = report
    found = []
    for each in rows.order_by("organisation__sort_name", "pk"):
        last = newest.get(each.pk)
        found.append(
            Line(
                participation=each,
                leaders=[leader.user.name for leader in each.leaders.all() if leader.user_id in here_today],
                teams=sum(team.ended_on is None or team.ended_on > today for team in each.teams.all()),
                newest=last,
                is_sent=last is not None and last.period == period_key(today),
            )
        )
    return found
