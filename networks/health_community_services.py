"""Keeps health communities, and loads those that are surely known from a file."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from gpf.norwegian import free_slug
from networks.models import HealthCommunity, Organisation
from networks.organisation_register import Succession

FILE = Path(__file__).parent / "data" / "health_communities.json"


class BadCommunityFileError(Exception):
    """The file can not be used, and why."""


@dataclass(frozen=True)
class CommunityFact:
    """A health community of a file: whole counties, or municipality numbers, and its trust by organisation slug."""

    slug: str
    name: str
    trust: str = ""
    counties: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()


def read_facts(text: str) -> list[CommunityFact]:
    """The communities of a file: a list of objects with the fields of CommunityFact. Raises BadCommunityFileError."""
    try:
        return [
            CommunityFact(
                slug=row["slug"],
                name=row["name"],
                trust=row.get("trust", ""),
                counties=tuple(row.get("counties", ())),
                municipalities=tuple(row.get("municipalities", ())),
            )
            for row in json.loads(text)
        ]
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise BadCommunityFileError(f"{type(error).__name__}: {error}") from None


@transaction.atomic
def load_communities(*, facts: Sequence[CommunityFact], succession: Succession) -> int:
    """Make what is missing of these. Returns how many rows were made or filled.

    1. A community that is not here is made. 2. One without municipalities gets those of its counties, where the
    register knows them; what somebody has written stays.
    """
    trusts = {row.slug: row for row in Organisation.objects.filter(slug__in=[fact.trust for fact in facts])}
    known = {row.slug: row for row in HealthCommunity.objects.filter(slug__in=[fact.slug for fact in facts])}
    changed = 0
    for fact in facts:
        row = known.get(fact.slug) or HealthCommunity(slug=fact.slug, name=fact.name)
        numbers = row.municipality_numbers or _numbers(fact, succession)
        trust = row.trust or trusts.get(fact.trust)
        if row.pk is None or numbers != row.municipality_numbers or trust != row.trust:
            row.municipality_numbers, row.trust = numbers, trust
            row.save()
            changed += 1
    return changed


def new_slug(name: str) -> str:
    """An address for a new community that no other has."""
    taken = {"nytt", *HealthCommunity.objects.values_list("slug", flat=True)}
    return free_slug(name, taken, otherwise="helsefellesskap", longest=100)


def _numbers(fact: CommunityFact, succession: Succession) -> list[str]:
    inside = [
        entry.number
        for entry in succession.in_force()
        if any(_is_county(entry.county, county) for county in fact.counties)
    ]
    return sorted({*fact.municipalities, *inside})


def _is_county(written: str, county: str) -> bool:
    """Whether it is the county; the register adds other languages' names: "Finnmark - Finnmárku - Finmarkku"."""
    return written == county or written.startswith((f"{county} - ", f"{county} – "))
