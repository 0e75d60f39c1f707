"""An A1 poster in a warm worker, against plain WeasyPrint on the page it comes to."""

import json
from typing import Any

from django.conf import settings
from django.utils import translation

from bench import check, ratios, result
from gpf.pdf import OPTIONS, fetcher
from posters.content import PosterContent, PosterSection
from posters.fitting import fit
from posters.rendering import A1, fingerprint, poster_html, render_poster
from posters.sections import highlighted, sections_for

LANGUAGE = "nn"


def run() -> dict[str, Any]:
    content = _content()
    ours = render_poster(content, A1, LANGUAGE)
    plain = _plain(content)
    if plain() != ours.pdf:
        raise AssertionError("plain WeasyPrint does not make the same file of the same page")
    contenders = {"ours": lambda: render_poster(content, A1, LANGUAGE), "plain": plain}
    ratio, medians = ratios(contenders, ours="ours", theirs="plain", rounds=31)
    return result(
        check("A1 poster in a warm worker, time against plain WeasyPrint on the finished page", ratio, 1.15),
        check("A1 poster, layouts it takes", ours.layouts, 1),
        milliseconds=medians,
        bytes=len(ours.pdf),
    )


def _plain(content: PosterContent) -> Any:
    """The finished page by WeasyPrint alone, with the same options and fonts it knows already."""
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    html = poster_html(content, A1, LANGUAGE, fit(content, A1))
    fonts = FontConfiguration()
    identifier = f"{fingerprint(content, LANGUAGE)[:32]}{A1.name}".encode()

    def plain() -> bytes:
        page = HTML(string=html, url_fetcher=fetcher())
        pdf: bytes = page.write_pdf(font_config=fonts, cache={}, pdf_identifier=identifier, **OPTIONS)
        return pdf

    return plain


def _content() -> PosterContent:
    """A demo team's poster for the second gathering."""
    story = json.loads((settings.BASE_DIR / "overview/data/demo.json").read_text())["teams"][0]
    texts = story["poster1"] | story["poster2"]
    lifted = highlighted(section for section in sections_for(2) if section.key in texts)
    with translation.override(LANGUAGE):
        sections = tuple(
            PosterSection(
                key=section.key,
                heading=section.named("nb"),
                text=texts[section.key],
                kind=section.kind,
                slot=section.slot,
                tone="key" if section.key == lifted else section.tone,
            )
            for section in sections_for(2)
            if section.key in texts
        )
    return PosterContent(
        title=texts["title"],
        team=story["name"],
        organisation=f"{story['name']} kommune",
        network="Læringsnettverk Gode pasientforløp",
        gathering="Samling 2",
        date="9.–10. juni 2026",
        sections=sections,
        step=2,
        steps=4,
    )
