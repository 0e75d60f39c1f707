"""Charts and pictures for posters in tests: numbers and colours, no real ones."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from hashlib import sha256
from io import BytesIO

from django.utils import translation
from PIL import Image

from improvement.charts.picture import Picture
from improvement.spc import Options, analyse
from posters.charting import chart_of
from posters.content import Design, Orientation, PosterChart, PosterContent, PosterPhoto
from tests.posters.samples import poster


@cache
def chart(title: str = "Fikk besøk innen tre dager") -> PosterChart:
    """Half a year of weeks, better in the second half."""
    days = [date(2026, 1, 5) + timedelta(weeks=week) for week in range(24)]
    counts = [5 + week % 3 + (5 if week > 12 else 0) for week in range(24)]
    analysis = analyse(chart="run", y=counts, n=[15] * 24, options=Options(multiply=100))
    with translation.override("nb"):
        return chart_of(
            Picture(
                title=title,
                kind="share",
                unit="",
                direction="increase",
                rhythm="week",
                rules="anhoej",
                days=days,
                analysis=analysis,
                numerators=counts,
                denominators=[15] * 24,
            )
        )


@cache
def photo(colour: str, width: int = 1600, height: int = 1200) -> tuple[PosterPhoto, bytes]:
    """A picture as photographs are, with something in every corner, and its bytes."""
    noise = Image.effect_noise((width // 4, height // 4), 30).resize((width, height))
    image = Image.blend(noise.convert("RGB"), Image.new("RGB", (width, height), colour), 0.7)
    written = BytesIO()
    image.save(written, "JPEG", quality=88)
    key = sha256(written.getvalue()).hexdigest()
    return PosterPhoto(key, width, height, f"Et bilde i {colour}"), written.getvalue()


def with_figures(
    design: Design = "calm", orientation: Orientation = "portrait", *, charts: int = 1, photos: int = 2
) -> tuple[PosterContent, dict[str, bytes]]:
    """A poster for the third gathering with charts and pictures, and the bytes of its pictures."""
    taken = [photo("teal"), photo("peru", 1200, 1600), photo("gray")][:photos]
    keys = {"team", "interviewed", "matters", "goals", "measures", "changed_for_user", "pictures", "help"}
    sections = []
    for section in poster(3).sections:
        if section.key == "pictures":
            section = replace(section, photos=tuple(one for one, _bytes in taken))
        if section.key == "measures":
            section = replace(section, charts=tuple(chart(f"Måling {n}") for n in range(1, charts + 1)))
        if section.key in keys:
            sections.append(section)
    content = replace(poster(3), sections=tuple(sections), design=design, orientation=orientation)
    return content, {one.sha256: data for one, data in taken}
