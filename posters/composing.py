"""From what a team wrote to the poster as it is printed and read."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.db.models import Max
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from gpf import dates
from networks.models import Organisation
from posters.content import PosterContent, PosterSection, clean
from posters.models import Poster
from posters.sections import LAST, Section, highlighted, sections_for
from sessions.models import Gathering
from teams.models import Team


def compose(poster: Poster) -> PosterContent:
    """The poster in its own language, with only the sections that have words."""
    with translation.override(poster.language):
        gathering, steps = poster.gathering, how_many(poster.gathering)
        return PosterContent(
            title=poster.title,
            team=poster.team.name,
            organisation=organisation_name(poster.team.participation.organisation),
            network=poster.team.network.name,
            gathering=gathering_name(gathering),
            date=when(gathering),
            sections=tuple(_sections(poster, sections_of(gathering, steps))),
            step=gathering.number or 0,
            steps=steps,
        )


def as_json(content: PosterContent) -> dict[str, Any]:
    return asdict(content)


def from_json(stored: Mapping[str, Any]) -> PosterContent:
    return PosterContent(**{**stored, "sections": tuple(PosterSection(**section) for section in stored["sections"])})


def sections_of(gathering: Gathering, steps: int = 0) -> tuple[Section, ...]:
    """The sections of the poster for a gathering."""
    return sections_for(gathering.number or LAST, steps or how_many(gathering))


def how_many(gathering: Gathering) -> int:
    """How many gatherings the network has."""
    numbered = Gathering.objects.filter(network=gathering.network_id, kind=Gathering.Kind.NETWORK)
    return int(numbered.exclude(state=Gathering.State.CANCELLED).aggregate(last=Max("number"))["last"] or LAST)


def earlier_poster(team: Team, gathering: Gathering) -> Poster | None:
    """The team's poster for the gathering before, or the last one it made."""
    before = Poster.objects.filter(team=team, gathering__number__lt=gathering.number or 0)
    return before.select_related("gathering").order_by("-gathering__number").first()


def gathering_name(gathering: Gathering) -> str:
    """As it stands in a heading: Samling 2."""
    return str(capfirst(str(gathering)))


def when(gathering: Gathering) -> str:
    """The gathering's days, or its month, or nothing."""
    first = gathering.starts_on or gathering.month
    month_only = gathering.starts_on is None
    return dates.date_range(first, gathering.ends_on, month_only=month_only) if first else ""


def organisation_name(organisation: Organisation) -> str:
    """A municipality with its kind: there is a team by the same name."""
    if organisation.kind == Organisation.Kind.MUNICIPALITY:
        return _("%(name)s municipality") % {"name": organisation.name}
    return organisation.name


def _sections(poster: Poster, template: tuple[Section, ...]) -> list[PosterSection]:
    filled = [section for section in template if clean(poster.content.get(section.key, ""))]
    lifted = highlighted({section.key for section in filled})
    earlier = earlier_poster(poster.team, poster.gathering)
    return [
        PosterSection(
            key=section.key,
            heading=str(section.heading),
            text=poster.content[section.key],
            kind=section.kind,
            slot=section.slot,
            tone="key" if section.key == lifted else section.tone,
            new=_changed(section, poster.content[section.key], earlier),
        )
        for section in filled
    ]


def _changed(section: Section, text: str, earlier: Poster | None) -> bool:
    """Whether a section the earlier poster had room for says something else now. What is first asked for at this
    gathering is new on every poster, and is not marked."""
    if earlier is None or section.key not in {one.key for one in sections_of(earlier.gathering)}:
        return False
    return clean(text) != clean(earlier.content.get(section.key, ""))
