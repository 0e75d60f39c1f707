"""What the pages of the poster template show."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from networks.models import Network
from posters.composing import gathering_name
from posters.sections import (
    LAST,
    Section,
    shipped_sections,
    stage_of,
    with_guidance,
)
from posters.template.models import PosterTemplate
from posters.template.services import OWN, STAGES, put_away_last
from sessions.models import Gathering


def stage_name(stage: int) -> str:
    """As in a heading. The last poster is that of the last gathering, also where there are three."""
    return _("The last gathering") if stage == LAST else _("Gathering %(number)s") % {"number": stage}


def posters_of_stage(stage: int) -> str:
    """As in a sentence."""
    if stage == LAST:
        return _("the posters for the last gathering")
    return _("the posters for gathering %(number)s") % {"number": stage}


@dataclass(frozen=True)
class Part:
    """A section as the page shows it, in the network's language, with as many words as a team is told. `is_own`: the
    network made it; `is_changed`: it is not as the programme has it."""

    section: Section
    heading: str
    prompt: str
    words: tuple[int, int]
    is_own: bool
    is_changed: bool


@dataclass(frozen=True)
class Stage:
    """What is asked for at one stage. `gatherings` are the network's that it holds for."""

    number: int
    name: str
    gatherings: list[str]
    parts: list[Part]
    saved_at: datetime | None
    put_away_at: datetime | None

    @property
    def is_own(self) -> bool:
        return self.saved_at is not None

    @property
    def shown(self) -> list[Part]:
        return [part for part in self.parts if not part.section.hidden]

    @property
    def facts(self) -> list[Part]:
        return [part for part in self.parts if part.section.slot == "fact"]

    @property
    def cards(self) -> list[Part]:
        return [part for part in self.parts if part.section.slot == "card"]


@dataclass(frozen=True)
class Step:
    """A stage in the list: what it asks for beside what the one before it does, and what no longer, by heading."""

    stage: Stage
    more: list[str]
    less: list[str]


def read_steps(network: Network) -> list[Step]:
    """All four."""
    steps: list[Step] = []
    before: dict[str, str] = {}
    for number in STAGES:
        stage = read_stage(network, number)
        now = {part.section.key: part.heading for part in stage.shown}
        more = [heading for key, heading in now.items() if key not in before]
        steps.append(Step(stage, more, [heading for key, heading in before.items() if key not in now]))
        before = now
    return steps


def read_stage(network: Network, number: int) -> Stage:
    """One of them: its sections in order, the hidden ones too."""
    row = PosterTemplate.objects.filter(network=network, stage=number).first()
    shipped = {section.key: section for section in shipped_sections(network.programme.slug, number)}
    sections = row.listed if row else tuple(shipped.values())
    guided = {section.key: section.words for section in with_guidance([each for each in sections if not each.hidden])}
    away = put_away_last(network, number)
    return Stage(
        number=number,
        name=stage_name(number),
        gatherings=_gatherings(network, number),
        parts=[
            Part(
                section=section,
                heading=section.named(network.language),
                prompt=section.asks(network.language),
                words=guided.get(section.key, section.words),
                is_own=section.key.startswith(OWN),
                is_changed=section != shipped.get(section.key),
            )
            for section in sections
        ],
        saved_at=row.saved_at if row else None,
        put_away_at=away.put_away_at if away else None,
    )


def _gatherings(network: Network, stage: int) -> list[str]:
    numbered = Gathering.objects.filter(network=network, kind=Gathering.Kind.NETWORK).order_by("number")
    found = [one for one in numbered.exclude(state=Gathering.State.CANCELLED) if one.number]
    last = found[-1].number if found else LAST
    return [gathering_name(one) for one in found if one.number and stage_of(one.number, last or LAST) == stage]
