"""The progress matrix as a page and as files."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gpf.status import WORDS
from networks.access import NetworkRequest, has_role, is_completed, network_view
from networks.models import Role
from overview import matrix_files, matrix_html
from overview.gatherings import gathering_name
from overview.matrix import (
    Choice,
    Matrix,
    Member,
    gatherings_of,
    guides_of,
    read_columns,
    read_matrix,
    read_teams,
    sentence,
)
from overview.waiting import read_waiting
from sessions.models import Assignment
from teams.access import reviewable_teams

READERS = (Role.COORDINATOR, Role.SUPERVISOR)


@network_view(*READERS)
def page(request: NetworkRequest) -> HttpResponse:
    """The coordinator's home: every team, or the supervisor's own."""
    shown = _read(request)
    coordinates = has_role(request, Role.COORDINATOR)
    return render(
        request,
        "overview/matrix.html",
        {
            "selects": shown.selects,
            "choice": shown.choice,
            "sentence": sentence(shown.matrix, own=not coordinates),
            "matrix": shown.matrix,
            "table": matrix_html.render(shown.matrix, request.network),
            "files": _files(request),
            "may_relieve": coordinates and not is_completed(request.network),
            "waiting": read_waiting([request.network]) if coordinates else [],
        },
    )


@network_view(*READERS)
def as_csv(request: NetworkRequest) -> HttpResponse:
    shown = _read(request)
    return _download(request, matrix_files.as_csv(shown.matrix), matrix_files.CSV, "csv")


@network_view(*READERS)
def as_xlsx(request: NetworkRequest) -> HttpResponse:
    shown = _read(request)
    return _download(request, matrix_files.as_xlsx(shown.matrix, _("Progress")), matrix_files.XLSX, "xlsx")


@dataclass(frozen=True)
class Select:
    """One choice of the filter. Its name stands in the address; an answer that is not offered counts as none."""

    name: str
    label: str
    options: list[tuple[str, str]]
    chosen: str


@dataclass(frozen=True)
class _Shown:
    selects: list[Select]
    choice: Choice
    matrix: Matrix


def _read(request: NetworkRequest) -> _Shown:
    """What the page and the files alike show to this person with this address."""
    today = timezone.localdate()
    columns = read_columns()
    teams = read_teams(reviewable_teams(request), today)
    selects = _selects(request, columns, teams)
    choice = _choice({select.name: select.chosen for select in selects})
    return _Shown(selects, choice, read_matrix(columns, teams, choice, today=today))


def _selects(request: NetworkRequest, columns: list[Assignment], teams: list[Member]) -> list[Select]:
    every = ("", _("All"))
    gatherings = [(str(gathering.pk), gathering_name(gathering)) for gathering in gatherings_of(columns)]
    states = [(state, str(word)) for state, word in WORDS.items()]
    offered = [
        ("samling", _("Gathering"), [every, *gatherings]),
        ("tilstand", _("Teams with something that is"), [("", _("Anything")), *states]),
        ("rekkefolge", _("Order"), [("", _("By name")), ("forsinket", _("Most behind first"))]),
    ]
    if has_role(request, Role.COORDINATOR):
        guides = [(str(membership), name) for membership, name in guides_of(teams)]
        offered.insert(2, ("veileder", _("Supervisor"), [every, *guides]))
    return [_select(request.GET.get(name, ""), name, label, options) for name, label, options in offered]


def _select(answer: str, name: str, label: str, options: list[tuple[str, str]]) -> Select:
    return Select(name, label, options, answer if answer in dict(options) else "")


def _choice(answers: dict[str, str]) -> Choice:
    supervisor = answers.get("veileder", "")
    return Choice(
        state=answers["tilstand"],
        gathering=int(answers["samling"]) if answers["samling"] else None,
        supervisor=int(supervisor) if supervisor else None,
        by_lateness=answers["rekkefolge"] == "forsinket",
    )


def _files(request: NetworkRequest) -> list[tuple[str, str]]:
    """The addresses of the files, with the choice in them."""
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    slug = {"network_slug": request.network.slug}
    kinds = (("CSV", "csv"), ("Excel", "xlsx"))
    return [(name, reverse(f"overview:matrix_{kind}", kwargs=slug) + query) for name, kind in kinds]


def _download(request: NetworkRequest, content: bytes, kind: str, ending: str) -> HttpResponse:
    name = f"fremdrift-{request.network.slug}-{timezone.localdate():%Y-%m-%d}.{ending}"
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
