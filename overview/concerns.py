"""What needs attention in a network: each thing a sentence, and where to do something about it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from networks.access import NetworkRequest, has_role
from networks.models import Network, Participation, Role
from overview.gatherings import gathering_name
from overview.matrix import Matrix, Row
from sessions.models import Gathering
from sessions.progress import State

UNDER_WAY = (Network.Phase.PLANNED, Network.Phase.RUNNING)
NAMED = 5  # so many names stand in a sentence before it says how many more there are


@dataclass(frozen=True)
class Concern:
    """One sentence. `state` is the sign before it, `address` where it leads."""

    text: str
    address: str = ""
    state: str = ""


def read_concerns(request: NetworkRequest, matrix: Matrix, participations: Sequence[Participation]) -> list[Concern]:
    """Most pressing first; the supervisor reads of her own teams, the coordinator of the whole network too."""
    found = [*_in_state(request, matrix, State.LATE), *_in_state(request, matrix, State.DELIVERED)]
    if has_role(request, Role.COORDINATOR) and request.network.phase in UNDER_WAY:
        found += [*_undated(), *_without_team(participations, matrix), *_unguided(request, matrix)]
    return found


def _in_state(request: NetworkRequest, matrix: Matrix, state: State) -> list[Concern]:
    rows = [row for row in matrix.every if state in row.states]
    if not rows:
        return []
    address = reverse("overview:matrix", kwargs={"network_slug": request.network.slug}) + f"?tilstand={state.value}"
    words = _late_words(rows) if state == State.LATE else _waiting_words(request, rows)
    return [Concern(words, address, state.value)]


def _late_words(rows: Sequence[Row]) -> str:
    words = ngettext(
        "%(count)s team is late with something: %(names)s",
        "%(count)s teams are late with something: %(names)s",
        len(rows),
    )
    return words % {"count": len(rows), "names": _names(row.team.name for row in rows)}


def _waiting_words(request: NetworkRequest, rows: Sequence[Row]) -> str:
    count = sum(cell.state == State.DELIVERED for row in rows for cell in row.cells)
    if has_role(request, Role.COORDINATOR):
        words = ngettext(
            "%(count)s delivery waits for a supervisor", "%(count)s deliveries wait for a supervisor", count
        )
    else:
        words = ngettext("%(count)s delivery waits for you", "%(count)s deliveries wait for you", count)
    return words % {"count": count}


def _undated() -> list[Concern]:
    """Gatherings to come that nobody can put in a calendar."""
    planned = list(Gathering.objects.filter(state=Gathering.State.PLANNED).order_by("number", "pk"))
    undated = [gathering for gathering in planned if gathering.starts_on is None]
    if not planned and not Gathering.objects.exists():
        return [Concern(_("The gatherings have not been planned yet"))]
    return [Concern(_("%(gathering)s has no date") % {"gathering": gathering_name(each)}) for each in undated]


def _without_team(participations: Iterable[Participation], matrix: Matrix) -> list[Concern]:
    having = {row.team.participation for row in matrix.every}
    names = [each.organisation.name for each in participations if not each.withdrawn and each.pk not in having]
    return [Concern(_("No team yet: %(names)s") % {"names": _names(names)})] if names else []


def _unguided(request: NetworkRequest, matrix: Matrix) -> list[Concern]:
    names = [row.team.name for row in matrix.every if not row.team.guides]
    address = reverse("overview:teams", kwargs={"network_slug": request.network.slug})
    return [Concern(_("No supervisor yet: %(names)s") % {"names": _names(names)}, address)] if names else []


def _names(names: Iterable[str]) -> str:
    """Bø, Tokke, Vinje and 2 more."""
    every = list(names)
    shown = ", ".join(every[:NAMED])
    more = len(every) - NAMED
    if more <= 0:
        return shown
    others = _("and %(count)s more") % {"count": more}
    return f"{shown} {others}"
