"""From what a team wrote to the poster as it is printed and read."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from gpf import dates
from improvement.measures.models import Measure
from networks.models import Organisation
from posters.charting import charts_of
from posters.content import PosterChart, PosterContent, PosterPhoto, PosterSection, clean
from posters.models import Poster
from posters.photos.models import Photo
from posters.sections import Section, highlighted
from posters.template.resolving import Look, how_many, look_of, sections_of_poster
from sessions.models import Gathering
from teams.models import Team


def compose(poster: Poster) -> PosterContent:
    """The poster in its own language, with only the sections that have something in them."""
    with translation.override(poster.language):
        gathering, steps, look = poster.gathering, how_many(poster.gathering), look_of(poster.gathering.network)
        return PosterContent(
            title=poster.title,
            team=poster.team.name,
            organisation=organisation_name(poster.team.participation.organisation),
            network=poster.team.network.name,
            gathering=gathering_name(gathering),
            date=when(gathering),
            sections=_own(poster)
            if poster.own_file_id
            else tuple(_sections(poster, sections_of_poster(poster, steps))),
            step=gathering.number or 0,
            steps=steps,
            design=poster.design or look.design,  # type: ignore[arg-type]  # the column holds nothing else
            orientation=poster.orientation or look.orientation,  # type: ignore[arg-type]  # as above
            colour=look.colour,
            logo=logo_of(look),
        )


def as_json(content: PosterContent) -> dict[str, Any]:
    return asdict(content)


def from_json(stored: Mapping[str, Any]) -> PosterContent:
    logo = stored.get("logo")
    sections = tuple(_section_from_json(section) for section in stored["sections"])
    return PosterContent(**{**stored, "sections": sections, "logo": PosterPhoto(**logo) if logo else None})


def words_of(content: PosterContent) -> str:
    """All that can be read on a poster, to search in."""
    parts = [content.headline, *content.byline]
    for section in content.sections:
        parts += [section.heading, section.text]
        parts += [chart.title for chart in section.charts] + [photo.alt for photo in section.photos]
    return "\n".join(filter(None, map(clean, parts)))


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


def printed_photos(poster: Poster) -> dict[str, list[Photo]]:
    """The pictures that may be printed, by section."""
    found: dict[str, list[Photo]] = defaultdict(list)
    if poster.pk:
        for photo in poster.photos.select_related("document"):
            if photo.is_ready:
                found[photo.section].append(photo)
    return found


def _sections(poster: Poster, template: Sequence[Section]) -> tuple[PosterSection, ...]:
    photos, charts = printed_photos(poster), _charts(poster)
    filled = [
        section
        for section in template
        if clean(poster.content.get(section.key, "")) or photos.get(section.key) or charts.get(section.key)
    ]
    lifted = highlighted(filled)
    changed = changed_sections(poster) if poster.shows_new else set()
    return tuple(
        PosterSection(
            key=section.key,
            heading=section.named(poster.language),
            text=poster.content.get(section.key, ""),
            kind=section.kind,
            slot=section.slot,
            tone="key" if section.key == lifted else section.tone,
            new=section.key in changed,
            charts=tuple(charts.get(section.key, ())),
            photos=tuple(_photo(photo) for photo in photos.get(section.key, ())),
        )
        for section in filled
    )


def _own(poster: Poster) -> tuple[PosterSection, ...]:
    """Of a file of the team's own: what it says, in words."""
    if not clean(poster.own_text):
        return ()
    return (PosterSection(key="own", heading=_("The poster in words"), text=poster.own_text),)


def changed_sections(poster: Poster) -> set[str]:
    """The sections the team's earlier poster had words in that say something else now. What is first asked for at this
    gathering is new on every poster, and is not marked."""
    earlier = earlier_poster(poster.team, poster.gathering)
    if earlier is None:
        return set()
    known = {section.key for section in sections_of_poster(earlier)}
    return {
        key
        for key, text in poster.content.items()
        if key in known and clean(text) != clean(earlier.content.get(key, ""))
    }


def _charts(poster: Poster) -> dict[str, list[PosterChart]]:
    """The charts the team has chosen, by section, as everybody may see them."""
    chosen = {pk for keys in poster.charts.values() for pk in keys}
    if not chosen:
        return {}
    measures = {measure.pk: measure for measure in Measure.objects.filter(team=poster.team, pk__in=chosen)}
    drawn = charts_of(list(measures.values()))
    return {key: [drawn[pk] for pk in keys if pk in drawn] for key, keys in poster.charts.items()}


def _photo(photo: Photo) -> PosterPhoto:
    return PosterPhoto(photo.document.sha256, photo.width, photo.height, clean(photo.alt))


def logo_of(look: Look) -> PosterPhoto | None:
    if look.logo is None:
        return None
    return PosterPhoto(look.logo.sha256, look.logo_width, look.logo_height, clean(look.logo_alt))


def _section_from_json(stored: Mapping[str, Any]) -> PosterSection:
    charts = tuple(
        PosterChart(**{**chart, "columns": tuple(chart["columns"]), "rows": tuple(tuple(row) for row in chart["rows"])})
        for chart in stored.get("charts", ())
    )
    photos = tuple(PosterPhoto(**photo) for photo in stored.get("photos", ()))
    return PosterSection(**{**stored, "charts": charts, "photos": photos})
