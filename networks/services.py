"""Writes the municipality register."""

from django.db import transaction

from gpf.norwegian import sort_key
from networks.models import RegisterMunicipality, RegisterPopulation
from networks.register import Register


@transaction.atomic
def replace_register(*, register: Register) -> None:
    """Put a new register in the place of the old one.

    1. Everything of the old one goes; nothing else in the product points at it.
    2. The numbers, 3. who took over from whom, 4. the population.
    """
    RegisterMunicipality.objects.all().delete()
    rows = {
        municipality.number: RegisterMunicipality(
            number=municipality.number,
            name=municipality.name,
            sort_name=sort_key(municipality.name),
            county=municipality.county,
            valid_from=municipality.valid_from,
            valid_to=municipality.valid_to,
        )
        for municipality in register.values()
    }
    RegisterMunicipality.objects.bulk_create(rows.values())
    succession = RegisterMunicipality.successors.through
    succession.objects.bulk_create(
        succession(from_registermunicipality_id=rows[old.number].pk, to_registermunicipality_id=rows[new].pk)
        for old in register.values()
        for new in old.successors
    )
    RegisterPopulation.objects.bulk_create(
        RegisterPopulation(municipality=rows[municipality.number], year=year, persons=persons)
        for municipality in register.values()
        for year, persons in municipality.population.items()
    )
