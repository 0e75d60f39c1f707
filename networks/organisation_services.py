"""Makes rows of organisations that so far only the register knows."""

from collections.abc import Collection

from django.db import transaction

from gpf.norwegian import slug_of, sort_key
from networks.models import Organisation, RegisterMunicipality
from networks.organisation_register import Entry


@transaction.atomic
def ensure_municipalities(*, entries: Collection[Entry | RegisterMunicipality]) -> dict[str, Organisation]:
    """The municipalities' rows by number; those that are missing are made.

    1. Write a row for every number; where there is one it stays as it is, somebody's being quicker included.
    2. Read them all.
    """
    Organisation.objects.bulk_create(
        [
            Organisation(
                slug=f"{slug_of(entry.name, 110)}-{entry.number}",
                kind=Organisation.Kind.MUNICIPALITY,
                name=entry.name,
                sort_name=sort_key(entry.name),
                number=entry.number,
                county=entry.county,
            )
            for entry in entries
        ],
        ignore_conflicts=True,
    )
    numbers = [entry.number for entry in entries]
    rows = Organisation.objects.filter(kind=Organisation.Kind.MUNICIPALITY, number__in=numbers)
    return {row.number: row for row in rows}
