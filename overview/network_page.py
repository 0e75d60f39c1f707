"""One network: its cycle, who takes part, the teams, and what needs attention."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from networks.access import NetworkRequest, has_role, network_view
from networks.models import Organisation, Participation, Role, SupervisingBody
from overview.concerns import read_concerns
from overview.matrix import at_work, read_columns, read_matrix, read_teams, sentence
from overview.matrix_views import READERS
from sessions.cycle import read_cycle
from teams.access import reviewable_teams
from teams.models import Team

MUNICIPAL = frozenset(
    {Organisation.Kind.MUNICIPALITY, Organisation.Kind.DISTRICT, Organisation.Kind.MUNICIPAL_UNIT},
)


@dataclass(frozen=True)
class Participants:
    """Those of one kind, in Norwegian order."""

    heading: str
    participations: list[Participation]


@network_view()
def page(request: NetworkRequest) -> HttpResponse:
    """What every member may know of the network; more for those who run it."""
    today = timezone.localdate()
    participations = _participations()
    context: dict[str, object] = {
        "network": request.network,
        "cycle": read_cycle(request.network, today=today),
        "bodies": _bodies(),
        "participants": _grouped(participations),
        "teams": _teams(today),
    }
    if has_role(request, *READERS):
        context |= _for_those_who_run_it(request, participations, today)
    return render(request, "overview/network.html", context)


def _for_those_who_run_it(
    request: NetworkRequest, participations: list[Participation], today: date
) -> dict[str, object]:
    """How it stands in a sentence, and what needs attention; for a supervisor of her own teams."""
    matrix = read_matrix(read_columns(), read_teams(reviewable_teams(request), today), today=today)
    return {
        "runs": True,
        "may_invite": has_role(request, Role.COORDINATOR),
        "sentence": sentence(matrix, own=not has_role(request, Role.COORDINATOR)),
        "concerns": read_concerns(request, matrix, participations),
    }


def _participations() -> list[Participation]:
    """Everyone who takes part or has taken part, in Norwegian order, with the parts of them that do."""
    return list(
        Participation.objects.select_related("organisation__parent")
        .prefetch_related("units__organisation")
        .order_by("organisation__sort_name", "pk")
    )


def _bodies() -> list[Organisation]:
    found = SupervisingBody.objects.select_related("organisation").order_by("organisation__sort_name")
    return [body.organisation for body in found]


def _teams(today: date) -> QuerySet[Team]:
    return at_work(Team.objects.select_related("participation__organisation"), today).order_by("sort_name", "pk")


def _grouped(participations: Iterable[Participation]) -> list[Participants]:
    municipal: list[Participation] = []
    health: list[Participation] = []
    for participation in participations:
        (municipal if participation.organisation.kind in MUNICIPAL else health).append(participation)
    groups = [Participants(_("Municipalities"), municipal), Participants(_("Hospitals and health trusts"), health)]
    return [group for group in groups if group.participations]
