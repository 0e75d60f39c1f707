"""Puts the facts of the networks of 2014–2023 into the database."""

from collections import Counter
from collections.abc import Iterable
from typing import TypeVar

from django.db import models, transaction

from gpf import tenancy
from gpf.norwegian import slug_of
from networks.history import GatheringFact, History, NetworkFact, OrganisationFact, ParticipationFact
from networks.models import (
    Network,
    Organisation,
    ParticipatingUnit,
    Participation,
    Programme,
    SupervisingBody,
)
from sessions.models import Gathering
from teams.models import Team

M = TypeVar("M", bound=models.Model)


@transaction.atomic
def load_history(*, history: History) -> Counter[str]:
    """Write the facts, or bring the rows up to date with them; returns how many rows of each model were written.

    Rows that say the same already are left alone, and no row is deleted, so a second load writes nothing.

    1. Programmes and organisations, each before its parts.
    2. The networks, completed all of them.
    3. With these networks open: who supervised, who took part and with what units and teams, the gatherings.
    """
    writer = _Writer()
    programmes = {fact.slug: writer.programme(fact.slug, fact.name, fact.owner) for fact in history.programmes}
    organisations = writer.organisations(history.organisations)
    networks = {fact.slug: writer.network(fact, programmes[fact.programme]) for fact in history.networks}
    with tenancy.scope([network.pk for network in networks.values()]):
        for fact in history.networks:
            _Inside(writer, networks[fact.slug], organisations).write(fact)
    return writer.written


class _Writer:
    """Saves rows that say something new, and counts them."""

    def __init__(self) -> None:
        self.written: Counter[str] = Counter()

    def put(self, row: M, **facts: object) -> M:
        """Give the row these facts, and save it where it is new or one of them differs."""
        changed = {name: value for name, value in facts.items() if getattr(row, name) != value}
        for name, value in changed.items():
            setattr(row, name, value)
        if changed or row.pk is None:
            row.save()
            self.written[type(row).__name__] += 1
        return row

    def programme(self, slug: str, name: str, owner: str) -> Programme:
        row = Programme.objects.filter(slug=slug).first() or Programme(slug=slug)
        return self.put(row, name=name, owner=owner)

    def organisations(self, facts: Iterable[OrganisationFact]) -> dict[str, Organisation]:
        """By key. Municipalities are found by their number, others by their slug."""
        rows = Organisation.objects.all()
        stored = {row.number if row.kind == Organisation.Kind.MUNICIPALITY else row.slug: row for row in rows}
        found: dict[str, Organisation] = {}
        for fact in facts:
            parent = found[fact.part_of].pk if fact.part_of else None
            found[fact.key] = self.put(
                stored.get(fact.key) or _new_organisation(fact),
                kind=fact.kind,
                name=fact.name,
                county=fact.county,
                orgnr=fact.orgnr,
                parent_id=parent,
            )
        return found

    def network(self, fact: NetworkFact, programme: Programme) -> Network:
        return self.put(
            Network.objects.filter(slug=fact.slug).first() or Network(slug=fact.slug),
            programme_id=programme.pk,
            name=fact.name,
            region=fact.region,
            round_label=fact.round_label,
            from_year=fact.from_year,
            to_year=fact.to_year,
            phase=Network.Phase.COMPLETED,
            language=fact.language,
            anchored_in_health_community=fact.anchored,
            note="\n".join(fact.notes),
        )


class _Inside:
    """Writes what one network owns. The network is open."""

    def __init__(self, writer: _Writer, network: Network, organisations: dict[str, Organisation]) -> None:
        self.writer = writer
        self.network = network
        self.organisations = organisations
        self.stored = {row.organisation_id: row for row in Participation.objects.filter(network=network)}
        self.teams = {row.slug: row for row in Team.objects.filter(network=network)}
        self.units = set(ParticipatingUnit.objects.filter(network=network).values_list("participation", "organisation"))
        self.bodies = set(SupervisingBody.objects.filter(network=network).values_list("organisation", flat=True))
        self.gatherings = {_gathering_key(row): row for row in Gathering.objects.filter(network=network)}

    def write(self, fact: NetworkFact) -> None:
        for key in fact.supervised_by:
            self.supervising_body(self.organisations[key])
        for participation in fact.participations:
            self.participation(participation)
        for gathering in fact.gatherings:
            self.gathering(gathering)

    def supervising_body(self, organisation: Organisation) -> None:
        if organisation.pk not in self.bodies:
            self.writer.put(SupervisingBody(network=self.network, organisation=organisation))

    def participation(self, fact: ParticipationFact) -> None:
        organisation = self.organisations[fact.organisation]
        row = self.writer.put(
            self.stored.get(organisation.pk) or Participation(network=self.network, organisation=organisation),
            joined_on=fact.joined_on,
            joined_note=fact.joined_note,
            withdrawn=fact.withdrawn,
            withdrawn_on=fact.withdrawn_on,
            withdrawn_reason=fact.withdrawn_reason,
        )
        for key in fact.units:
            self.unit(row, self.organisations[key])
        for number in range(1, (fact.teams or 0) + 1):
            self.team(row, organisation, number if fact.teams != 1 else None)

    def unit(self, participation: Participation, organisation: Organisation) -> None:
        if (participation.pk, organisation.pk) not in self.units:
            unit = ParticipatingUnit(network=self.network, participation=participation, organisation=organisation)
            self.writer.put(unit)

    def team(self, participation: Participation, organisation: Organisation, number: int | None) -> None:
        """Named after its organisation, with a number where there are several."""
        base = organisation.name.removesuffix(" HF")
        name = f"{base} {number}" if number else base
        slug = slug_of(name, 80)
        row = self.teams.get(slug) or Team(network=self.network, slug=slug)
        self.writer.put(row, name=name, participation_id=participation.pk)

    def gathering(self, fact: GatheringFact) -> None:
        key = (fact.kind, fact.number or fact.starts_on or fact.month)
        row = self.gatherings.get(key) or Gathering(network=self.network, kind=fact.kind, number=fact.number)
        self.writer.put(
            row,
            starts_on=fact.starts_on,
            ends_on=fact.ends_on,
            month=fact.month,
            place=fact.place,
            state=Gathering.State.HELD,
            postponed=fact.postponed,
            note=fact.note,
        )


def _gathering_key(row: Gathering) -> tuple[str, object]:
    """Network gatherings are known by their number, others by their kind and time."""
    return row.kind, row.number or row.starts_on or row.month


def _new_organisation(fact: OrganisationFact) -> Organisation:
    """A municipality's number is a part of its slug, for names are shared."""
    if fact.kind == Organisation.Kind.MUNICIPALITY:
        return Organisation(slug=f"{slug_of(fact.name, 110)}-{fact.key}", number=fact.key)
    return Organisation(slug=fact.key)
