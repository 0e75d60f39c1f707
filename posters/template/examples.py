"""A sheet as the template makes it, for those who edit it: drawn in the background, shown when it is ready.

The text is what the teams are asked, as much of it as a section has room for. Every function needs the network's
scope but `draw`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from documents.services import keep_made
from improvement.charts.picture import Picture
from improvement.spc import Options, analyse
from networks.models import Network
from posters.charting import chart_of
from posters.composing import as_json, from_json, logo_of
from posters.content import PosterChart, PosterContent, PosterSection
from posters.rendering import PAPERS, fingerprint, render_poster
from posters.sections import LAST, Section, highlighted, with_guidance
from posters.services import read_pictures
from posters.sheets import pictures_of
from posters.template.models import PosterExample
from posters.template.queries import stage_name
from posters.template.resolving import Look, look_of, template_sections
from sessions.models import Gathering

PAPER = PAPERS["A3"]
MOST_ATTEMPTS = 3
SAMPLE = (58, 62, 55, 60, 64, 61, 70, 75, 79, 78, 84, 86)


@transaction.atomic
def request_example(
    *, network: Network, stage: int, sections: Sequence[Section] | None = None, look: Look | None = None
) -> tuple[PosterExample, bool]:
    """The example of a stage as it is now, or as it would be with these sections or this look; and whether a worker
    must be told of it.

    1. The same content is drawn once; what has failed, or nobody is drawing any longer, is asked for again.
    2. Of the stage's earlier ones the newest that is drawn stays, to be looked at meanwhile, and what is on its way.
    """
    content, language = compose_example(network, stage, sections, look), _language(network)
    found, made = PosterExample.objects.get_or_create(
        network=network,
        stage=stage,
        content_hash=fingerprint(content, language),
        defaults={"language": language, "content": as_json(content)},
    )
    again = found.state == PosterExample.State.FAILED or (
        found.state == PosterExample.State.QUEUED and not found.is_waiting
    )
    if made or again:
        found.state, found.attempts, found.queued_at = PosterExample.State.QUEUED, 0, timezone.now()
    else:
        found.queued_at = timezone.now() if found.picture_id else found.queued_at  # it is the newest again
    found.save(update_fields=["state", "attempts", "queued_at"])
    newest = newest_drawn(network, stage, but=found)
    others = PosterExample.objects.filter(network=network, stage=stage).exclude(pk=found.pk)
    for other in others:
        if other != newest and not other.is_waiting:
            other.delete()
    return found, made or again


def newest_drawn(network: Network, stage: int, *, but: PosterExample) -> PosterExample | None:
    """What can be looked at while another is drawn."""
    drawn = PosterExample.objects.filter(network=network, stage=stage).exclude(picture=None).exclude(pk=but.pk)
    return drawn.order_by("-queued_at").first()


def compose_example(
    network: Network, stage: int, sections: Sequence[Section] | None = None, look: Look | None = None
) -> PosterContent:
    """The poster of a team that has not written yet, in the network's language."""
    asked = [section for section in sections or template_sections(network, stage) if not section.hidden]
    language, look = _language(network), look or look_of(network)
    steps = _steps(network)
    with translation.override(language):
        return PosterContent(
            title=_("The one thing people should remember"),
            team=_("The team’s name"),
            organisation="",
            network=network.name,
            gathering=stage_name(stage),
            date="",
            sections=tuple(_written(asked, language)),
            step=steps if stage == LAST else min(stage, steps),
            steps=steps,
            design=look.design,
            orientation=look.orientation,
            colour=look.colour,
            logo=logo_of(look),
        )


def _written(asked: Sequence[Section], language: str) -> list[PosterSection]:
    lifted = highlighted(asked)
    return [
        PosterSection(
            key=section.key,
            heading=section.named(language),
            text=_shortened(section.asks(language), section.words[1]),
            kind=section.kind,
            slot=section.slot,
            tone="key" if section.key == lifted else section.tone,
            charts=(_sample(),) if section.kind == "chart" else (),
        )
        for section in with_guidance(asked)
    ]


def _shortened(text: str, most: int) -> str:
    words = text.split()
    return text if len(words) <= most else " ".join(words[:most]).rstrip(",.:;") + " …"


def _sample() -> PosterChart:
    """A run chart that rises."""
    first = date(2026, 1, 5)
    picture = Picture(
        title=_("What the team measures"),
        kind="share",
        unit="%",
        direction="increase",
        rhythm="month",
        rules="anhoej",
        days=[first + timedelta(days=30 * month) for month in range(len(SAMPLE))],
        analysis=analyse(chart="run", y=SAMPLE, options=Options(direction="increase")),
    )
    return chart_of(picture)


def _language(network: Network) -> str:
    return network.language if network.language in ("nb", "nn") else "nb"


def _steps(network: Network) -> int:
    numbered = Gathering.objects.filter(network=network, kind=Gathering.Kind.NETWORK)
    return int(numbered.exclude(state=Gathering.State.CANCELLED).aggregate(last=Max("number"))["last"] or LAST)


# The worker's part


@dataclass(frozen=True)
class Job:
    """What a worker needs to draw one; `files` are the bytes of the logo by its SHA-256."""

    content: PosterContent
    language: str
    files: Mapping[str, bytes]


@dataclass(frozen=True)
class Drawn:
    """A picture of the sheet; empty where there is too much text for it."""

    picture: bytes


@transaction.atomic
def begin_example(*, example_pk: int) -> Job | None:
    """Take one to draw it, or None when there is nothing to do. The attempt is counted before the work."""
    found = PosterExample.objects.select_for_update().filter(pk=example_pk, state=PosterExample.State.QUEUED).first()
    if found is None:
        return None
    found.attempts += 1
    if found.attempts > MOST_ATTEMPTS:
        found.state = PosterExample.State.FAILED
    found.save(update_fields=["attempts", "state"])
    if found.state == PosterExample.State.FAILED:
        return None
    content = from_json(found.content)
    return Job(content, found.language, read_pictures(content))


def draw(job: Job) -> Drawn:
    """The picture. Needs no scope and no transaction."""
    rendered = render_poster(job.content, PAPER, job.language, job.files)
    return Drawn(pictures_of(rendered.pdf).picture if rendered.pdf else b"")


@transaction.atomic
def finish_example(*, example_pk: int, drawn: Drawn) -> str:
    """Keep what was drawn, unless nobody wants it any longer. Answers with the state it came to."""
    found = PosterExample.objects.select_for_update().select_related("network").filter(pk=example_pk).first()
    if found is None or found.state != PosterExample.State.QUEUED:
        return ""
    if drawn.picture:
        file = ContentFile(drawn.picture)
        found.picture = keep_made(network=found.network, by=None, file=file, kind="webp", name="plakatmal.webp")
    found.state = PosterExample.State.READY if drawn.picture else PosterExample.State.TOO_LONG
    found.save(update_fields=["picture", "state"])
    return str(found.state)


def fail_example(*, example_pk: int) -> None:
    """It could not be drawn."""
    waiting = PosterExample.objects.filter(pk=example_pk, state=PosterExample.State.QUEUED)
    waiting.update(state=PosterExample.State.FAILED)
