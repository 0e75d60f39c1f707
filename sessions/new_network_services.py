"""Making a network: the row, its cycle, who supervises and who coordinates, and what an old round gives it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, count

from django.db import transaction
from django.urls import Resolver404, resolve

from accounts.models import User
from documents.copying import copy_library
from gpf import tenancy
from gpf.norwegian import slug_of
from networks.models import HealthCommunity, Membership, Network, Organisation, Programme, Role, SupervisingBody
from networks.planning import PlannedCycle
from sessions.models import Gathering
from sessions.new_network_extras import Extra, write_extras
from sessions.plans import Outline, write_cycle

LONGEST_SLUG = 50


@dataclass(frozen=True)
class Made:
    """The network, and the titles of the old library's documents whose files are gone."""

    network: Network
    missing: tuple[str, ...] = ()


@transaction.atomic
def create_network(
    *,
    by: User,
    name: str,
    outline: Outline,
    planned: PlannedCycle,
    chosen: PlannedCycle,
    today: date,
    language: str = "nb",
    region: str = "",
    health_community: HealthCommunity | None = None,
    supervised_by: Sequence[Organisation] = (),
    copied_from: Network | None = None,
    extras: Sequence[Extra] = (),
) -> Made:
    """Make a network with its whole cycle. The transaction must know the person: she becomes its coordinator.

    1. The network, under an address nobody has, in the years of its gatherings and the phase of today.
    2. Its gatherings and assignments, and what an old round had by the side; those that are over are held.
    3. The bodies that supervise it, and the person as its coordinator.
    4. Of the old round: what its members are shown, and its library.
    """
    _take_turns(outline)
    years = [plan.starts_on.year for plan in chosen.gatherings]
    network = Network.objects.create(
        slug=_free_address(name, years[0]),
        name=name,
        programme_id=outline.template.programme_id,
        template=outline.template,
        preparation_months=outline.template.preparation_months,
        region=region,
        language=language,
        from_year=years[0],
        to_year=years[-1],
        phase=_phase(chosen, today),
        health_community=health_community,
        anchored_in_health_community=True if health_community else None,
        copied_from=copied_from,
        **_sight(copied_from),
    )
    with tenancy.scope([network.pk]):
        write_cycle(network=network, outline=outline, planned=planned, chosen=chosen)
        write_extras(network=network, extras=extras, chosen=chosen)
        Gathering.objects.filter(ends_on__lt=today).update(state=Gathering.State.HELD)
        SupervisingBody.objects.bulk_create(
            SupervisingBody(network=network, organisation=organisation) for organisation in supervised_by
        )
        Membership.objects.create(network=network, user=by, role=Role.COORDINATOR, starts_on=today)
    if copied_from is None:
        return Made(network)
    return Made(network, copy_library(source=copied_from, target=network, by=by).missing)


def namesakes(name: str) -> list[Network]:
    """The networks that have this name already, whatever the case of its letters, the newest first."""
    return list(Network.objects.filter(name__iexact=name.strip()).order_by("-from_year", "-pk"))


def _free_address(name: str, from_year: int) -> str:
    """An address nobody has and that leads to nothing else: the name, the name with the year, or with a number."""
    return next(slug for slug in _slugs(name, from_year) if _is_free(slug))


def _take_turns(outline: Outline) -> None:
    """Two who make a network of one programme at once wait for each other, so that each gets an address of its own."""
    Programme.objects.select_for_update().get(pk=outline.template.programme_id)


def _sight(old: Network | None) -> dict[str, str]:
    """What members are shown of other teams: as in the old round, or as the product begins."""
    return {"posters_shown": old.posters_shown, "work_shown": old.work_shown} if old else {}


def _phase(cycle: PlannedCycle, today: date) -> Network.Phase:
    """Where the network is today: it runs from the day its preparation begins, or it is registered afterwards."""
    if today > cycle.gatherings[-1].ends_on:
        return Network.Phase.FOLLOW_UP
    return Network.Phase.RUNNING if today >= cycle.preparation_starts_on else Network.Phase.PLANNED


def _slugs(name: str, from_year: int) -> Iterator[str]:
    base = slug_of(name) or "nettverk"
    yield base[:LONGEST_SLUG].strip("-")
    for ending in chain([str(from_year)], (f"{from_year}-{number}" for number in count(2))):
        yield f"{base[: LONGEST_SLUG - len(ending) - 1].strip('-')}-{ending}"


def _is_free(slug: str) -> bool:
    """Whether no network has it, and no page of the product lies at its address."""
    try:
        leads_to = resolve(f"/nettverk/{slug}/").kwargs.get("network_slug")
    except Resolver404:
        return False
    return leads_to == slug and not Network.objects.filter(slug=slug).exists()
