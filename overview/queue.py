"""The supervisor's queue: what waits for her, oldest first, and the teams that have gone quiet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.models import User
from gpf import tenancy
from gpf.declare import signed_in
from networks.access import is_completed
from networks.models import Network, Role
from overview.access import networks_of, own_memberships, teams_guided
from overview.frame import enter
from overview.matrix import at_work
from overview.work import Thing, Work, read_work
from posters.models import Poster
from sessions.models import DeliveryVersion
from sessions.progress import State
from teams.models import Team

QUIET_AFTER = timedelta(days=30)


@dataclass(frozen=True)
class Waiting:
    """A delivery that waits for an answer."""

    thing: Thing
    network: Network
    address: str
    since: datetime

    @property
    def days(self) -> int:
        return (timezone.localdate() - timezone.localtime(self.since).date()).days


@dataclass(frozen=True)
class Quiet:
    """A team that has not saved anything for a while, or never."""

    team: Team
    network: Network
    work: Work
    since: date | None


@dataclass(frozen=True)
class Line:
    """A team the person guides."""

    team: Team
    network: Network
    work: Work


@signed_in
def queue(request: HttpRequest) -> HttpResponse:
    """Everything that waits for the person, in every network where she guides teams."""
    assert isinstance(request.user, User)  # LoginRequiredMiddleware stands before every view that is not public
    memberships = own_memberships(request.user)
    guided = networks_of(memberships, Role.SUPERVISOR)
    networks = {network.pk: network for network in guided if not is_completed(network)}
    enter(request, memberships, list(networks.values()))
    with tenancy.scope(networks):
        today = timezone.localdate()
        teams = list(at_work(teams_guided(memberships).filter(network__in=networks), today))
        work = read_work(teams, today)
        return render(
            request,
            "overview/queue.html",
            {
                "waiting": waiting(work.values(), networks),
                "quiet": quiet(teams, work, networks, today),
                "teams": teams,
                "lines": [Line(team, networks[team.network_id], work[team.pk]) for team in teams],
                "networks": guided,
                "several": len(networks) > 1,
            },
        )


def waiting(work: Iterable[Work], networks: dict[int, Network]) -> list[Waiting]:
    """What is handed in and not answered, oldest first."""
    found = []
    for thing in (thing for each in work for thing in each.things):
        if thing.progress.state == State.DELIVERED and thing.delivered_at:
            network = networks[thing.team.network_id]
            found.append(Waiting(thing, network, thing.address(network), thing.delivered_at))
    return sorted(found, key=lambda item: item.since)


def quiet(teams: Iterable[Team], work: dict[int, Work], networks: dict[int, Network], today: date) -> list[Quiet]:
    """The teams that have something to do and have not been seen for a month, the longest silence first."""
    seen = _last_seen(work)
    found = [
        Quiet(team, networks[team.network_id], work[team.pk], seen.get(team.pk)) for team in teams if work[team.pk].open
    ]
    silent = [item for item in found if item.since is None or today - item.since > QUIET_AFTER]
    return sorted(silent, key=lambda item: (item.since or date.min, item.team.sort_name))


def _last_seen(teams: Iterable[int]) -> dict[int, date]:
    """The day each team last saved anything, by primary key."""
    keys = list(teams)
    deliveries = (
        DeliveryVersion.objects.filter(delivery__team__in=keys)
        .values_list("delivery__team")
        .annotate(at=Max("saved_at"))
        .order_by()
    )
    posters = Poster.objects.filter(team__in=keys).values_list("team").annotate(at=Max("saved_at")).order_by()
    found: dict[int, date] = {}
    for team, at in (*deliveries, *posters):
        found[team] = max(found.get(team, date.min), timezone.localtime(at).date())
    return found
