"""Where every team of a network is, on one page: for a meeting's screen, and for its paper."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gpf import dates
from improvement.papers.models import Paper
from improvement.papers.services import request_paper
from improvement.papers.views import lead_to
from networks.access import NetworkRequest, has_role, network_view
from networks.models import Role
from supervision.reports.reading import Standing, read_standings
from supervision.reports.scores import Newest, newest_scores
from supervision.reports.wording import Line, as_content, line_of, summary
from teams.access import reviewable_teams

ROOMS = (12, 18, 24, 30, 40)  # `data-room` in reports.css; more lines than the last are scrolled to


@require_http_methods(["GET", "HEAD", "POST"])
@network_view(Role.COORDINATOR, Role.SUPERVISOR, when_completed=True)
def standing(request: NetworkRequest) -> HttpResponse:
    """The teams by name, never by score; a coordinator asks for the PDF by a POST.

    With `?skjerm=1` it is the table alone, as large as all of it can be on the screen of a meeting.
    """
    standings = _read(request)
    lines = _lines(standings)
    may_print = has_role(request, Role.COORDINATOR)
    if request.method == "POST" and may_print and lines:
        return _print(request, standings, lines)
    context = {
        "lines": lines,
        "sentence": summary(standings),
        "may_print": may_print,
        "room": _room(len(lines)) if request.GET.get("skjerm") == "1" else 0,
    }
    return render(request, "supervision/reports/standing.html", context)


def _read(request: NetworkRequest) -> list[Standing]:
    today = timezone.localdate()
    teams = reviewable_teams(request).select_related("participation__organisation").order_by("sort_name", "pk")
    return read_standings(teams.filter(pk__in=teams.model.objects.taking_part(today)).distinct(), today)


def _lines(standings: list[Standing]) -> list[Line]:
    scores = newest_scores([each.team for each in standings], timezone.localdate())
    return [line_of(each, scores.get(each.team.pk, Newest())) for each in standings]


def _room(lines: int) -> int:
    """For how many lines the screen makes room: one of `ROOMS`."""
    return next((room for room in ROOMS if lines <= room), ROOMS[-1])


def _print(request: NetworkRequest, standings: list[Standing], lines: list[Line]) -> HttpResponse:
    today = timezone.localdate()
    paper = request_paper(
        network=request.network,
        team=None,
        kind=Paper.Kind.STANDING,
        content=as_content(
            lines, network=request.network.name, sentence=summary(standings), day=dates.long_date(today)
        ),
        language=get_language() or "nb",
        title=_("Where the teams are, %(day)s") % {"day": dates.short_date(today)},
        for_coordinators=True,
    )
    return lead_to(paper)
