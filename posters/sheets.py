"""A finished sheet as pictures: for the screen, and for the wall.

PDFium draws it; the sheet was made by us or has been checked, and a worker does it, never a page.
"""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

LARGE, SMALL = 1600, 480  # pixels on the longer side
QUALITY = 82  # of WebP: letters stay sharp, and a sheet is about 150 kB


@dataclass(frozen=True)
class Pictures:
    """The first page as WebP, about `LARGE` and `SMALL` pixels on its longer side."""

    picture: bytes
    thumbnail: bytes


def pictures_of(pdf: bytes) -> Pictures:
    """Pictures of a PDF's first page. Raises pypdfium2.PdfiumError where it can not be read.

    The small one is drawn from the large one, not anew: its letters are not meant to be read.
    """
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(pdf)
    try:
        page = document[0]
        image = page.render(scale=LARGE / max(page.get_size())).to_pil().convert("RGB")
        page.close()
    finally:
        document.close()
    small = image.copy()
    small.thumbnail((SMALL, SMALL))
    return Pictures(_webp(image), _webp(small))


def _webp(image: Any) -> bytes:
    written = BytesIO()
    image.save(written, "WEBP", quality=QUALITY, method=4)
    return written.getvalue()
