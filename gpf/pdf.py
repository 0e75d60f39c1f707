"""HTML made into tagged PDF/A-2a: archivable, readable by a screen reader, the same bytes every time.

Reads nothing but our own fonts, neither on disk nor on the network. WeasyPrint takes half a second to import, so that
it is done where it is used: in a worker. `render_pdf` makes a letter or another document on A4; the posters have a
page of their own and use the parts.
"""

import gc
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.utils import translation

from gpf import fonts

if TYPE_CHECKING:
    from weasyprint import Document
    from weasyprint.text.fonts import FontConfiguration

# At their usual levels they tell of every step, and of every letter of somebody's text that a font lacks.
logging.getLogger("weasyprint").setLevel(logging.ERROR)
logging.getLogger("weasyprint.progress").setLevel(logging.ERROR)
logging.getLogger("fontTools").setLevel(logging.ERROR)

# How WeasyPrint is asked to write the file; `bench/poster.py` gives plain WeasyPrint the same.
OPTIONS: Mapping[str, Any] = {"pdf_variant": "pdf/a-2a", "dpi": 150, "optimize_images": True, "jpeg_quality": 70}

FACES: Mapping[str, Mapping[str, Any]] = {
    fonts.TEXT: {"family": "Text", "weight": 400},
    fonts.STRONG: {"family": "Text", "weight": 600},
    fonts.HEADING: {"family": "Display", "weight": 700},
    fonts.EMOJI: {"family": "Emoji", "weight": 400},
}


def render_template(template: str, context: dict[str, Any], *, language: str, title: str) -> bytes:
    """A template, most often one that extends `pdf/letter.html`, as PDF in the reader's language."""
    with translation.override(language):
        return render_pdf(render_to_string(template, context), language=language, title=title)


def render_pdf(html: str, *, language: str, title: str) -> bytes:
    """A document on A4: `html` is what stands in its body, escaped already. See `templates/pdf/document.css`.

    A letter that none of our fonts has is left out: PDF/A allows no placeholder for it.
    """
    page = _page(html, language, title)
    with no_collecting():
        document = lay_out(page)
        file = write(document, sha256(page.encode("utf-8", "replace")).hexdigest()[:32].encode())
    lost = str.maketrans("", "", missing(document))
    return render_pdf(html.translate(lost), language=language, title=title.translate(lost)) if lost else file


def _page(html: str, language: str, title: str) -> str:
    emoji = fonts.wants_emoji(html)
    faces = [{"name": name, **face} for name, face in FACES.items() if emoji or name != fonts.EMOJI]
    lent = "Emoji, sans-serif" if emoji else "sans-serif"
    with translation.override(language):
        context = {"body": html, "language": language, "title": title, "faces": faces, "lent": lent}
        return render_to_string("pdf/document.html", context)


# The parts


def lay_out(html: str, photos: Mapping[str, bytes] | None = None) -> "Document":
    """A whole page of HTML laid out on its sheets. Its pictures are named "photo:" and a key of `photos`."""
    from weasyprint import HTML

    fetch = fetcher(photos)
    return HTML(string=html, url_fetcher=fetch).render(font_config=font_configuration(), cache={}, **OPTIONS)


def write(document: "Document", identifier: bytes) -> bytes:
    """The file. The identifier tells it from every other, and is the same for the same content."""
    file: bytes = document.write_pdf(pdf_identifier=identifier, cache={}, **OPTIONS)
    return file


def missing(document: "Document") -> str:
    """The letters that no font here can draw, known once the file is written."""
    return "".join(sorted({chr(code) for font in document.fonts.values() for code in font.missing}))


@contextmanager
def no_collecting() -> Iterator[None]:
    """A layout is one large web of objects that all live until it is drawn: looking for garbage in it only costs."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@cache
def font_configuration() -> "FontConfiguration":
    """The fonts known to this process; made once, because every face costs a third of a second to set up."""
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


def fetcher(photos: Mapping[str, bytes] | None = None) -> Any:
    """Answers our own fonts and the document's own pictures, and refuses everything else, on disk and on the network
    alike."""
    return _fetcher_class()(photos or {})


@cache
def _fetcher_class() -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnOnly(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
        def __init__(self, photos: Mapping[str, bytes]) -> None:
            super().__init__()
            self.photos = photos

        def fetch(self, url: str, headers: Any = None) -> Any:
            scheme, _colon, name = url.partition(":")
            if scheme == "font" and name in fonts.NAMES:
                return URLFetcherResponse(url, fonts.font_data(name), {"Content-Type": "font/ttf"})
            if scheme == "photo" and name in self.photos:
                return URLFetcherResponse(url, self.photos[name], {"Content-Type": "image/jpeg"})
            raise ValueError("A document fetches nothing but our own fonts and its own pictures")

    return OwnOnly
