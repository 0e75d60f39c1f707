"""Reads the municipality register, and whom to ask about a network."""

from accounts.models import User
from networks.models import Membership, Network, RegisterMunicipality, Role
from networks.register import Municipality, Register


def stored_register() -> Register:
    """The register that is loaded, in three queries; empty where none is."""
    rows = RegisterMunicipality.objects.prefetch_related("successors", "populations").order_by("number")
    return {
        row.number: Municipality(
            number=row.number,
            name=row.name,
            county=row.county,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            successors=tuple(sorted(successor.number for successor in row.successors.all())),
            population={population.year: population.persons for population in row.populations.all()},
        )
        for row in rows
    }


def register_entry(number: str) -> RegisterMunicipality | None:
    """What the register says of a municipality number, or None where it is not there."""
    return RegisterMunicipality.objects.filter(number=number).first() if number else None


def contacts(network: Network) -> list[User]:
    """Whom to ask about the network: those who coordinate it, by name. Needs the network's scope."""
    active = Membership.objects.active().filter(network=network, role=Role.COORDINATOR)
    return [row.user for row in active.select_related("user").order_by("user__name", "pk")]
