"""Finding organisations by name or number, among those the product knows and in the municipality register.

A name is no key: what is found stands with its number and county, so that two of the same name are told apart; and of
a number that has ended it is said which took over.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from gpf.norwegian import sort_key
from networks.models import Organisation, RegisterMunicipality

MOST = 30
TAKING_PART = (
    Organisation.Kind.MUNICIPALITY,
    Organisation.Kind.DISTRICT,
    Organisation.Kind.MUNICIPAL_UNIT,
    Organisation.Kind.TRUST,
    Organisation.Kind.HOSPITAL,
    Organisation.Kind.HOSPITAL_UNIT,
)
"""The kinds that take part in networks. The others supervise or own them."""


@dataclass(frozen=True)
class Found:
    """An organisation that may take part. `organisation` is None where only the register knows the municipality.

    `ended` is the last day of a municipality that is no more, and `successors` are what took over from it.
    """

    name: str
    number: str
    county: str
    organisation: Organisation | None
    ended: date | None = None
    successors: tuple["Found", ...] = ()

    @property
    def choice(self) -> str:
        """What a form sends to name it."""
        return f"org-{self.organisation.pk}" if self.organisation else f"nr-{self.number}"

    @property
    def is_municipality(self) -> bool:
        return self.organisation is None or self.organisation.kind == Organisation.Kind.MUNICIPALITY


def search_organisations(words: str, today: date) -> list[Found]:
    """Those whose name begins with the words (or holds a word that does), or whose number it is; best first.

    In at most five queries. An empty search finds nothing.
    """
    digits, name = re.sub(r"\s", "", words), sort_key(words)
    if digits.isascii() and digits.isdigit():
        known = Q(number=digits) | Q(orgnr=digits)
        listed = Q(number=digits)
    elif name:
        known = listed = Q(sort_name__startswith=name) | Q(sort_name__contains=f" {name}")
    else:
        return []
    organisations = list(
        Organisation.objects.filter(known, kind__in=TAKING_PART).select_related("parent").order_by("sort_name")[:MOST]
    )
    numbers = [row.number for row in organisations if row.kind == Organisation.Kind.MUNICIPALITY]
    register = list(
        RegisterMunicipality.objects.filter(listed | Q(number__in=numbers))
        .order_by("sort_name")
        .prefetch_related("successors")[: 2 * MOST]
    )
    found = _together(organisations, register, today)
    return sorted(found, key=lambda one: (not sort_key(one.name).startswith(name), one.ended is not None))[:MOST]


def namesakes(organisations: Iterable[Organisation]) -> set[str]:
    """Of these names, in their sort form, those that two municipalities have: here, or in the register today.

    A municipality that got a new number, as most have, is not its own namesake.
    """
    names = [row.sort_name for row in organisations if row.kind == Organisation.Kind.MUNICIPALITY]
    in_force = RegisterMunicipality.objects.filter(sort_name__in=names, valid_to=None)
    listed = Counter(in_force.values_list("sort_name", flat=True))
    return {name for name, count in Counter(names).items() if count > 1 or listed[name] > 1}


def has_register() -> bool:
    """Whether it is known which municipalities there are today."""
    return RegisterMunicipality.objects.exists()


def _together(organisations: list[Organisation], register: list[RegisterMunicipality], today: date) -> list[Found]:
    """What is known and what only the register knows, each once. The register says what has become of a number."""
    by_number = {row.number: row for row in register}
    heirs = {heir.number for row in register for heir in row.successors.all()}
    known = {
        row.number: row
        for row in (
            *organisations,
            *Organisation.objects.filter(kind=Organisation.Kind.MUNICIPALITY, number__in=heirs | by_number.keys()),
        )
        if row.kind == Organisation.Kind.MUNICIPALITY
    }
    found = [
        _municipality(by_number[row.number], known, today)
        if row.number in by_number and row.kind == Organisation.Kind.MUNICIPALITY
        else Found(row.name, row.number, row.county, row)
        for row in organisations
    ]
    shown = {one.number for one in found if one.is_municipality}
    return found + [_municipality(row, known, today) for row in register if row.number not in shown]


def _municipality(row: RegisterMunicipality, known: dict[str, Organisation], today: date) -> Found:
    ended = row.valid_to if row.valid_to and row.valid_to < today else None
    heirs = sorted(row.successors.all(), key=lambda heir: heir.sort_name) if ended else []
    return Found(
        name=known[row.number].name if row.number in known else row.name,
        number=row.number,
        county=row.county,
        organisation=known.get(row.number),
        ended=ended,
        successors=tuple(Found(heir.name, heir.number, heir.county, known.get(heir.number)) for heir in heirs),
    )
