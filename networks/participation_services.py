"""Writes which organisations take part in a network, and with which of their parts."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from gpf.norwegian import free_slug
from networks.models import Network, Organisation, ParticipatingUnit, Participation, RegisterMunicipality
from networks.organisation_services import ensure_municipalities

PARTS = {
    Organisation.Kind.MUNICIPALITY: (Organisation.Kind.MUNICIPAL_UNIT, Organisation.Kind.DISTRICT),
    Organisation.Kind.DISTRICT: (Organisation.Kind.MUNICIPAL_UNIT,),
    Organisation.Kind.TRUST: (Organisation.Kind.HOSPITAL, Organisation.Kind.HOSPITAL_UNIT),
    Organisation.Kind.HOSPITAL: (Organisation.Kind.HOSPITAL_UNIT,),
}
"""What an organisation of each kind is made of."""


def ensure_municipality(number: str) -> Organisation:
    """The municipality with the number, written from the register where the product does not know it yet.

    Raises RegisterMunicipality.DoesNotExist where the register does not know it either.
    """
    known = Organisation.objects.filter(kind=Organisation.Kind.MUNICIPALITY, number=number).first()
    return known or ensure_municipalities(entries=[RegisterMunicipality.objects.get(number=number)])[number]


def ensure_part(*, of: Organisation, kind: Organisation.Kind, name: str) -> Organisation:
    """The organisation's part of that name, or a new one. Parts are known by their parent and name."""
    name = " ".join(name.split())
    found = next((part for part in of.parts.all() if part.name.casefold() == name.casefold()), None)
    return found or Organisation.objects.create(
        slug=free_slug(f"{of.slug}-{name}", _slugs_like(of), longest=120),
        kind=kind,
        name=name,
        county=of.county,
        parent=of,
    )


def _slugs_like(of: Organisation) -> set[str]:
    return set(Organisation.objects.filter(slug__startswith=of.slug).values_list("slug", flat=True))


@transaction.atomic
def add_participation(
    *, network: Network, organisation: Organisation, joined_on: date | None, units: Iterable[Organisation] = ()
) -> tuple[Participation, bool]:
    """Let an organisation take part, and say whether it is new here. Needs the network's scope.

    1. Its participation; one that is there already is left as it is.
    2. The parts of it that take part, beside those that are there.
    """
    participation, made = Participation.objects.get_or_create(
        network=network, organisation=organisation, defaults={"joined_on": joined_on}
    )
    for unit in units:
        add_unit(participation=participation, unit=unit)
    return participation, made


def add_unit(*, participation: Participation, unit: Organisation) -> ParticipatingUnit:
    """Let a part of the organisation take part. Needs the network's scope."""
    found, _made = ParticipatingUnit.objects.get_or_create(
        network_id=participation.network_id, participation=participation, organisation=unit
    )
    return found
