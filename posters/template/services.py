"""Making the poster template one's own: what a network asks for at each stage, and how its posters look.

Every function needs the network's scope. Two coordinators at once take turns (`hold`), and nothing that a poster may
have words in is lost: before a section goes, the template it stood in is put away.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from gpf.norwegian import free_slug
from networks.models import Network
from posters.sections import LAST, Section, section_as_json, shipped_sections
from posters.template.models import PosterTemplate
from posters.template.resolving import template_sections

OWN = "own-"  # what the keys of a network's own sections begin with, which no shipped one does
LONGEST_KEY = 40
MOST_SECTIONS = 30  # of a stage; a sheet has room for fewer
STAGES = range(1, LAST + 1)


class TooManySectionsError(ValueError):
    """There are as many sections as anyone can keep in order."""


def hold(network: Network) -> None:
    """Let nobody else change the network's template until the transaction ends."""
    Network.objects.select_for_update(no_key=True).get(pk=network.pk)


@transaction.atomic
def change_section(*, network: Network, stage: int, key: str, everywhere: bool, **words: Any) -> None:
    """Give a section other words, `everywhere` on every poster that has it. Where it is hidden, it stays so."""
    hold(network)
    for number in STAGES if everywhere else [stage]:
        sections = template_sections(network, number)
        changed = [replace(section, **words) if section.key == key else section for section in sections]
        _keep(network, number, changed)


@transaction.atomic
def add_section(*, network: Network, stage: int, later: bool, heading: dict[str, str], **words: Any) -> str:
    """Put a section of the network's own last, `later` on the posters after this one too. Answers with its key.

    1. A key that no section has or had: a poster may still have words in one that is gone.
    2. The section, last on each. Raises TooManySectionsError.
    """
    hold(network)
    slug = free_slug(heading["nb"], _slugs_taken(network), otherwise="del", longest=LONGEST_KEY - len(OWN))
    section = Section(key=OWN + slug, heading=heading, **words)
    for number in range(stage, LAST + 1) if later else [stage]:
        sections = template_sections(network, number)
        if len(sections) >= MOST_SECTIONS:
            raise TooManySectionsError
        _keep(network, number, [*sections, section])
    return section.key


@transaction.atomic
def shift_section(*, network: Network, stage: int, key: str, up: bool) -> None:
    """Let a section change places with the one above or below it among those that stand in the same part of the sheet;
    nothing happens at the ends."""
    hold(network)
    sections = list(template_sections(network, stage))
    here = next(place for place, section in enumerate(sections) if section.key == key)
    beside = range(here - 1, -1, -1) if up else range(here + 1, len(sections))
    there = next((place for place in beside if sections[place].slot == sections[here].slot), here)
    sections[here], sections[there] = sections[there], sections[here]
    _keep(network, stage, sections)


@transaction.atomic
def show_section(*, network: Network, stage: int, key: str, shown: bool) -> None:
    """Ask the teams for a section, or no longer. Posters that have words in it keep them."""
    hold(network)
    sections = template_sections(network, stage)
    _keep(network, stage, [replace(each, hidden=not shown) if each.key == key else each for each in sections])


@transaction.atomic
def drop_section(*, network: Network, stage: int, key: str) -> None:
    """Take a section of the network's own out of a stage. The template as it stood is put away, and can be taken back;
    by it, posters with words in the section still know what it is called."""
    hold(network)
    sections = template_sections(network, stage)
    _put_away(network, stage)
    _keep(network, stage, [section for section in sections if section.key != key])


@transaction.atomic
def use_programmes(*, network: Network, stage: int) -> None:
    """Let a stage ask for what the programme asks for. The network's own is put away, and can be taken back."""
    hold(network)
    _put_away(network, stage)


@transaction.atomic
def take_back(*, network: Network, stage: int) -> bool:
    """Take back the sections that were put away last; what holds now is put away. Says whether there were any."""
    hold(network)
    earlier = put_away_last(network, stage)
    if earlier is None:
        return False
    _put_away(network, stage)
    earlier.put_away_at = None
    earlier.save(update_fields=["put_away_at"])
    return True


def put_away_last(network: Network, stage: int) -> PosterTemplate | None:
    """The sections that can be taken back."""
    away = PosterTemplate.with_put_away.filter(network=network, stage=stage).exclude(put_away_at=None)
    return away.order_by("-put_away_at").first()


def _keep(network: Network, stage: int, sections: Sequence[Section]) -> None:
    """Let these hold, if they differ from what holds. Needs the template held."""
    if tuple(sections) == template_sections(network, stage):
        return
    stored = [section_as_json(section) for section in sections]
    PosterTemplate.objects.update_or_create(
        network=network, stage=stage, defaults={"sections": stored, "saved_at": timezone.now()}
    )


def _put_away(network: Network, stage: int) -> None:
    for row in PosterTemplate.objects.filter(network=network, stage=stage):
        row.put_away_at = timezone.now()
        row.save(update_fields=["put_away_at"])


def _slugs_taken(network: Network) -> set[str]:
    keys = {section.key for section in shipped_sections(network.programme.slug, LAST)}
    for row in PosterTemplate.with_put_away.filter(network=network):
        keys |= {stored["key"] for stored in row.sections}
    return {key.removeprefix(OWN) for key in keys}
