"""Which sections a poster has, and how it looks: the network's own, else the programme's."""

from dataclasses import dataclass

from django.db.models import Max

from documents.models import Document
from networks.models import Network
from posters.content import Design, Orientation, clean
from posters.models import Poster
from posters.sections import (
    LAST,
    Section,
    shipped_sections,
    stage_of,
    with_guidance,
)
from posters.template.models import PosterLook, PosterTemplate
from sessions.models import Gathering


@dataclass(frozen=True)
class Look:
    """How a poster is drawn. `colour` is empty where the design's own holds."""

    design: Design
    orientation: Orientation
    colour: str = ""
    logo: Document | None = None
    logo_width: int = 0
    logo_height: int = 0
    logo_alt: str = ""


def how_many(gathering: Gathering) -> int:
    """How many gatherings the network has."""
    numbered = Gathering.objects.filter(network=gathering.network_id, kind=Gathering.Kind.NETWORK)
    return int(numbered.exclude(state=Gathering.State.CANCELLED).aggregate(last=Max("number"))["last"] or LAST)


def stage(gathering: Gathering, steps: int = 0) -> int:
    """Which of the four posters a gathering's is; `steps` is how many gatherings there are, where that is known."""
    return stage_of(gathering.number or LAST, steps or how_many(gathering))


def template_sections(network: Network, stage: int) -> tuple[Section, ...]:
    """Every section of a stage's template, in order, the hidden ones too, with guidance as it was written."""
    adapted = PosterTemplate.objects.filter(network=network, stage=stage).first()
    if adapted:
        return adapted.listed
    return shipped_sections(network.programme.slug, stage)


def sections_of(gathering: Gathering, steps: int = 0) -> tuple[Section, ...]:
    """The sections asked for at a gathering, with as many words each as fit together."""
    found = template_sections(gathering.network, stage(gathering, steps))
    return with_guidance([section for section in found if not section.hidden])


def sections_of_poster(poster: Poster, steps: int = 0) -> tuple[Section, ...]:
    """The sections of a poster: those asked for, and those that are asked for no longer and have something in them."""
    asked = sections_of(poster.gathering, steps)
    keys = {section.key for section in asked}
    filled = {key for key, text in poster.content.items() if clean(text)}
    filled |= {key for key, to in poster.charts.items() if to}
    if poster.pk:
        filled |= set(poster.photos.values_list("section", flat=True))
    left = filled - keys
    return (*asked, *(_earlier(poster, left) if left else ()))


def look_of(network: Network) -> Look:
    """The network's own look, or the product's."""
    own = PosterLook.objects.filter(network=network).select_related("logo").first() or PosterLook()
    return Look(
        design=str(own.design),  # type: ignore[arg-type]  # the column holds nothing else
        orientation=str(own.orientation),  # type: ignore[arg-type]  # as above
        colour=own.colour,
        logo=own.logo,
        logo_width=own.logo_width,
        logo_height=own.logo_height,
        logo_alt=own.logo_alt,
    )


def _earlier(poster: Poster, keys: set[str]) -> list[Section]:
    """Sections a poster was written in that are no longer asked for, as they were last called."""
    network = poster.gathering.network
    known = {section.key: section for section in shipped_sections(network.programme.slug, LAST)}
    for template in PosterTemplate.with_put_away.filter(network=network).order_by("saved_at"):
        known |= {section.key: section for section in template.listed}
    return [known[key] for key in sorted(keys) if key in known]
