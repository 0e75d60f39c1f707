"""The figures of a report over all networks: who took part, how often they met, how many people live there."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from gpf import tenancy
from networks.coverage import cover
from networks.models import Network, Organisation, ParticipatingUnit, Participation, SupervisingBody
from networks.queries import stored_register
from networks.register import Register
from sessions.models import Gathering
from teams.models import Team

MUNICIPAL = frozenset({Organisation.Kind.MUNICIPALITY.value})
SPECIALIST = frozenset(
    {Organisation.Kind.TRUST.value, Organisation.Kind.HOSPITAL.value, Organisation.Kind.HOSPITAL_UNIT.value}
)
NO_REGISTER = (
    "No municipality register is loaded, so no population can be given. Load one with manage.py load_register FILE, "
    "or fetch it with manage.py sync_register."
)


@dataclass(frozen=True)
class Rule:
    """A way to count the people: which networks, and what of the municipalities that have changed since."""

    name: str
    programme: str = ""  # slug; empty: every programme
    first_year: int = 0  # networks that began then or later
    whole: bool = True

    def includes(self, network: Network) -> bool:
        return network.from_year >= self.first_year and self.programme in ("", network.programme.slug)

    def described(self) -> dict[str, Any]:
        return {
            "rule": self.name,
            "programmes": self.programme or "all",
            "networks_that_began": f"{self.first_year} or later" if self.first_year else "any year",
            "municipalities_that_changed": "whole successors" if self.whole else "the parts that took part",
            "municipalities_by_districts": "the whole municipality",
        }


SELECTIONS = (
    ("all-networks", "", 0),
    ("since-2016", "", 2016),
    ("gode-pasientforlop", "gode-pasientforlop", 0),
)
RULES = tuple(
    Rule(f"{name}-{'whole' if whole else 'parts'}", programme, first_year, whole)
    for name, programme, first_year in SELECTIONS
    for whole in (True, False)
)
"""The whole of Oslo counts under each, though it took part by three districts: the register knows no districts."""


def figures(*, year: int) -> dict[str, Any]:
    """What a report on the year needs, ready for JSON; in a fixed number of queries.

    Counted are networks that had begun by the end of the year, with everyone who has taken part in them, also those
    who withdrew. `gatherings_in_year` counts the network gatherings whose day or month is in the year, without the
    cancelled ones; other kinds stand in `other_gatherings_in_year`.
    """
    networks = list(
        Network.objects.select_related("programme")
        .filter(from_year__lte=year)
        .order_by("-from_year", "sort_name", "slug")
    )
    with tenancy.scope([network.pk for network in networks]):
        found = _Found(networks, year)
    return {
        "year": year,
        "networks": len(networks),
        "networks_in_period": sum(network.to_year >= year for network in networks),
        **found.counts(networks),
        "rounds": found.rounds(),
        "per_network": [found.network(network) for network in networks],
        "population": _population(found, year),
    }


class _Found:
    """The rows the networks own, read once."""

    def __init__(self, networks: list[Network], year: int) -> None:
        self.networks = networks
        self.participations = list(Participation.objects.select_related("organisation").order_by("pk"))
        self.districts = list(
            ParticipatingUnit.objects.filter(organisation__kind=Organisation.Kind.DISTRICT).values_list(
                "network", "participation__organisation__number", "organisation"
            )
        )
        self.teams = Counter(Team.objects.values_list("network", flat=True))
        self.gatherings = Counter(_in_year(year).values_list("network", "kind"))
        self.bodies = list(
            SupervisingBody.objects.order_by("organisation__sort_name").values_list("network", "organisation__name")
        )

    def counts(self, networks: Iterable[Network]) -> dict[str, Any]:
        """The figures that are the same for all networks together, for a round, and for one network."""
        pks = {network.pk for network in networks}
        kinds = Counter[str]()
        for (network, kind), number in self.gatherings.items():
            kinds[kind] += number if network in pks else 0
        return {
            "participations_municipalities": len(self._of(pks, MUNICIPAL)),
            "participations_trusts_and_hospitals": len(self._of(pks, SPECIALIST)),
            "municipalities": len(self._numbers(pks)),
            "municipalities_with_districts_one_by_one": self._with_districts(pks),
            "teams": sum(self.teams[pk] for pk in pks),
            "gatherings_in_year": kinds.pop(Gathering.Kind.NETWORK, 0),
            "other_gatherings_in_year": {kind: number for kind, number in kinds.items() if number},
        }

    def numbers(self, rule: Rule) -> set[str]:
        """The municipality numbers the rule counts."""
        return self._numbers({network.pk for network in self.networks if rule.includes(network)})

    def rounds(self) -> list[dict[str, Any]]:
        """The programmes' own periods."""
        grouped: dict[tuple[str, str], list[Network]] = {}
        for network in self.networks:
            grouped.setdefault((network.programme.name, network.round_label), []).append(network)
        return [
            {"programme": programme, "round": label, "networks": len(members), **self.counts(members)}
            for (programme, label), members in grouped.items()
        ]

    def network(self, network: Network) -> dict[str, Any]:
        return {
            "slug": network.slug,
            "name": network.name,
            "programme": network.programme.name,
            "round": network.round_label,
            "from_year": network.from_year,
            "to_year": network.to_year,
            "region": network.region,
            **self.counts([network]),
            "withdrawn": [
                row.organisation.name for row in self.participations if row.network_id == network.pk and row.withdrawn
            ],
            "supervised_by": [name for pk, name in self.bodies if pk == network.pk],
            "anchored_in_health_community": network.anchored_in_health_community,
            "counting_notes": network.note.splitlines(),
        }

    def _of(self, pks: set[int], kinds: frozenset[str]) -> list[Organisation]:
        """The organisations of these kinds in these networks, once for each participation."""
        return [
            row.organisation for row in self.participations if row.network_id in pks and row.organisation.kind in kinds
        ]

    def _numbers(self, pks: set[int]) -> set[str]:
        return {organisation.number for organisation in self._of(pks, MUNICIPAL)}

    def _with_districts(self, pks: set[int]) -> int:
        """Municipalities, but one that took part by districts counts as many times as it had districts."""
        districts = {(number, district) for network, number, district in self.districts if network in pks}
        by_district = {number for number, _ in districts}
        return len(self._numbers(pks) - by_district) + len(districts)


def _in_year(year: int) -> QuerySet[Gathering]:
    """Gatherings that took place in the year, as far as their time is known."""
    return Gathering.objects.filter(Q(starts_on__year=year) | Q(month__year=year)).exclude(
        state=Gathering.State.CANCELLED
    )


def _population(found: _Found, year: int) -> dict[str, Any]:
    """How many people each rule counts, or what is missing to say it."""
    register = stored_register()
    if not register:
        return {"rules": [], "lacks": [NO_REGISTER]}
    return {"rules": [_covered(rule, found.numbers(rule), register, year) for rule in RULES], "lacks": []}


def _covered(rule: Rule, numbers: set[str], register: Register, year: int) -> dict[str, Any]:
    coverage = cover(numbers, register, year, whole=rule.whole)
    return {
        **rule.described(),
        "numbers_that_took_part": len(numbers),
        "municipalities_of_the_year": len(coverage.numbers),
        "persons": coverage.persons,
        "nation": coverage.nation,
        "percent": coverage.percent,
        "lacks": list(coverage.lacks),
    }
