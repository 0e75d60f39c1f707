"""Where and when organisations have taken part, in every network there has been."""

from collections.abc import Iterable
from typing import NamedTuple

from gpf import tenancy
from networks.models import Network, ParticipatingUnit, Participation
from networks.organisation_register import Succession


class Part(NamedTuple):
    """An organisation in a network: under which name and number, and which network in which years."""

    organisation_pk: int
    number: str
    name: str
    network_pk: int
    network: str
    years: str

    def __str__(self) -> str:
        return f"{self.network} {self.years}"


def participations_everywhere() -> list[Part]:
    """Who has taken part where, newest first, over all networks at once.

    This opens every network, whoever asks: that an organisation takes part in a network is public, and stands in the
    programme's annual report. So nothing but the organisation, the network's name and its years leaves this function.
    """
    networks = {network.pk: network for network in Network.objects.order_by("-from_year", "-to_year", "sort_name")}
    columns = ("organisation", "organisation__number", "organisation__name", "network")
    with tenancy.scope(networks):
        whole, units = Participation.objects.values_list(*columns), ParticipatingUnit.objects.values_list(*columns)
        rows = list(whole.union(units))
    order = {pk: place for place, pk in enumerate(networks)}
    return [
        Part(pk, number, name, network, networks[network].name, networks[network].period)
        for pk, number, name, network in sorted(rows, key=lambda row: (order[row[3]], row[0]))
    ]


class History:
    """Looks up where an organisation has taken part, mergers followed."""

    def __init__(self, parts: Iterable[Part], succession: Succession) -> None:
        self._succession = succession
        self._by_number: dict[str, list[Part]] = {}
        self._by_organisation: dict[int, list[Part]] = {}
        for part in parts:
            self._by_organisation.setdefault(part.organisation_pk, []).append(part)
            if part.number:
                self._by_number.setdefault(part.number, []).append(part)

    def of_municipality(self, number: str) -> list[Part]:
        """Its own and those of every municipality that has gone into it, each network and name once."""
        numbers = [number, *self._succession.earlier(number)]
        return [part for one in numbers for part in self._by_number.get(one, ())]

    def of_organisation(self, pk: int) -> list[Part]:
        return self._by_organisation.get(pk, [])


def in_words(parts: Iterable[Part], name: str) -> str:
    """As "Agder 2016–2018, Søgne: Agder 2016–2018": under its own name first, then under those it had before."""
    by_name: dict[str, list[str]] = {name: []}
    for part in parts:
        texts = by_name.setdefault(part.name, [])
        if str(part) not in texts:
            texts.append(str(part))
    return "; ".join(
        ", ".join(texts) if own == name else f"{own}: {', '.join(texts)}" for own, texts in by_name.items() if texts
    )
