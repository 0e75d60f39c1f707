"""What needs attention in a network: each thing a sentence, and where to do something about it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gpf import dates
from networks.access import NetworkRequest, has_role, is_completed
from networks.models import Network, Participation, Role
from overview.gatherings import gathering_name
from overview.matrix import Matrix, Row
from overview.waiting import said_waiting
from sessions.models import Gathering
from sessions.progress import State
from signup.models import Registration

UNDER_WAY = (Network.Phase.PLANNED, Network.Phase.RUNNING)
PLACE_WANTED = timedelta(days=60)
NAMED = 5  # so many names stand in a sentence before it says how many more there are


@dataclass(frozen=True)
class Concern:
    """One sentence. `state` is the sign before it, `address` where it leads."""

    text: str
    address: str = ""
    state: str = ""


def read_concerns(request: NetworkRequest, matrix: Matrix, participations: Sequence[Participation]) -> list[Concern]:
    """Most pressing first; the supervisor reads of her own teams, the coordinator of the whole network too.

    In a completed network nobody can do anything about it, and nothing is said.
    """
    if is_completed(request.network):
        return []
    found = [*_in_state(request, matrix, State.LATE), *_in_state(request, matrix, State.DELIVERED)]
    if has_role(request, Role.COORDINATOR) and request.network.phase in UNDER_WAY:
        found += [
            *_registered(request),
            *_gatherings(request),
            *_without_team(request, participations, matrix),
            *_unguided(request, matrix),
        ]
    return found


def _registered(request: NetworkRequest) -> list[Concern]:
    """Registrations that wait for the coordinator's answer."""
    count = Registration.objects.filter(state=Registration.State.SUBMITTED).count()
    return [Concern(said_waiting(count), _at(request, "signup:registrations"))] if count else []


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


def _gatherings(request: NetworkRequest) -> list[Concern]:
    """Gatherings to come that nobody can put in a calendar, or travel to: people book their journey by the place."""
    planned = list(Gathering.objects.filter(state=Gathering.State.PLANNED).order_by("number", "pk"))
    if not planned and not Gathering.objects.exists():
        return [Concern(_("The gatherings have not been planned yet"), _at(request, "gatherings:plan"))]
    return [concern for each in planned for concern in _of_gathering(request, each)]


def _of_gathering(request: NetworkRequest, gathering: Gathering) -> list[Concern]:
    today, name = timezone.localdate(), gathering_name(gathering)
    if gathering.starts_on is None:
        return [Concern(_("%(gathering)s has no date") % {"gathering": name}, _at(request, "gatherings:plan"))]
    if gathering.place or gathering.online_link or not today <= gathering.starts_on <= today + PLACE_WANTED:
        return []
    when = dates.from_now(gathering.starts_on, today=today)
    edit = reverse("gatherings:edit", kwargs={"network_slug": request.network.slug, "gathering_pk": gathering.pk})
    return [Concern(_("%(gathering)s is %(when)s and has no place yet") % {"gathering": name, "when": when}, edit)]


def _without_team(request: NetworkRequest, participations: Iterable[Participation], matrix: Matrix) -> list[Concern]:
    having = {row.team.participation for row in matrix.every}
    names = [each.organisation.name for each in participations if not each.is_out and each.pk not in having]
    words = _("No team yet: %(names)s") % {"names": _names(names)}
    return [Concern(words, _at(request, "teams:participants"))] if names else []


def _unguided(request: NetworkRequest, matrix: Matrix) -> list[Concern]:
    names = [row.team.name for row in matrix.every if not row.team.guides]
    address = reverse("overview:teams", kwargs={"network_slug": request.network.slug})
    return [Concern(_("No supervisor yet: %(names)s") % {"names": _names(names)}, address)] if names else []


def _at(request: NetworkRequest, name: str) -> str:
    return reverse(name, kwargs={"network_slug": request.network.slug})


def _names(names: Iterable[str]) -> str:
    """Bø, Tokke, Vinje and 2 more."""
    every = list(names)
    shown = ", ".join(every[:NAMED])
    more = len(every) - NAMED
    if more <= 0:
        return shown
    others = _("and %(count)s more") % {"count": more}
    return f"{shown} {others}"
