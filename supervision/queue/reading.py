"""The whole queue of a person, in as many queries for two hundred teams as for one."""

from collections.abc import Collection
from datetime import date

from accounts.models import User
from gpf import tenancy
from networks.access import is_completed
from networks.belonging import networks_of, own_memberships
from networks.models import Membership, Network, Role
from supervision.access import teams_guided
from supervision.queue import answers, looking
from supervision.queue.asides import parted
from supervision.queue.rows import Kind, Queue, in_order
from supervision.queue.signals import signals
from supervision.reports.reading import Standing, read_standings
from teams.models import Team


def guided_networks(memberships: Collection[Membership]) -> dict[int, Network]:
    """The networks in which the person guides teams and something can be answered, by primary key."""
    found = networks_of(memberships, Role.SUPERVISOR)
    return {network.pk: network for network in found if not is_completed(network)}


def read_guided(memberships: Collection[Membership], networks: Collection[int], today: date) -> list[Standing]:
    """How each team she guides stands, by name. Eight queries. The networks must be open."""
    teams = teams_guided(memberships).filter(network__in=networks).select_related("participation__organisation")
    return read_standings(list(teams), today)


def read_queue(
    standings: Collection[Standing], networks: dict[int, Network], user: User, today: date, kind: Kind | None = None
) -> Queue:
    """What waits of these teams, with what she has put aside apart. Twelve queries. The networks must be open."""
    teams: dict[int, Team] = {each.team.pk: each.team for each in standings}
    those = list(standings)
    rows = [
        *answers.all_of(teams, networks),
        *looking.posters(those, networks),
        *signals(teams, networks),
        *looking.silent(those, networks),
        *looking.leaderless(teams, networks, today),
    ]
    waiting, away = parted(in_order(rows), user, today)
    return Queue(waiting, away, kind)


def queue_of(user: User, today: date, kind: Kind | None = None) -> Queue:
    """The person's queue, whatever is open now; it is open again afterwards. The transaction must know the person."""
    memberships = own_memberships(user)
    networks = guided_networks(memberships)
    with tenancy.scope(networks):
        return read_queue(read_guided(memberships, networks, today), networks, user, today, kind)
