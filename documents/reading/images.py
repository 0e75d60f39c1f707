"""PNG and JPEG: that they are whole, not monstrous, and carry no number in their words (EXIF, comments, XMP)."""

import warnings
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from PIL import Image, UnidentifiedImageError

from documents.reading.markup import APART
from documents.reading.report import Passage, Place, RefusedFile, Report

MOST_PIXELS = 120_000_000
IPTC = 0x0404  # among the resources of picture editors: caption, keywords, author
EXIF_DIRECTORIES = (0x8769, 0x8825, 0xA005)
LONGEST_WORDS = 200_000
NO_WORDS = {"icc_profile", "gamma", "dpi", "jfif", "jfif_density", "exif", "photoshop", "mpoffset"}


def read(data: bytes, kind: str) -> Report:
    """Read a picture of a kind ("png" or "jpeg"). Raises RefusedFile."""
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with Image.open(BytesIO(data), formats=[kind.upper()]) as image:
            image.verify()
        with Image.open(BytesIO(data), formats=[kind.upper()]) as image:
            image.draft("RGB", (image.width // 8, image.height // 8))
            image.load()
            words = APART.join(_words(image))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise RefusedFile("too_many_pixels") from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, KeyError, TypeError):
        raise RefusedFile("broken") from None
    report = Report(kind=kind, pages=1)
    report.read([Passage(Place("properties"), words)])
    report.has_text = False
    return report


def _words(image: Image.Image) -> Iterator[str]:
    exif = image.getexif()
    yield from _flat([value for key, value in image.info.items() if key not in NO_WORDS])
    yield from _flat(image.info.get("photoshop", {}).get(IPTC))
    yield from _flat(getattr(image, "text", {}))
    yield from _flat(dict(exif))
    for directory in EXIF_DIRECTORIES:
        yield from _flat(dict(exif.get_ifd(directory)))


def _flat(value: Any) -> Iterator[str]:
    """The words in a value: texts, and bytes that may be texts in one or two bytes a character."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, bytes):
        short = value[:LONGEST_WORDS]
        yield from (short.decode("latin-1"), short.decode("utf-16-le", "ignore"), short.decode("utf-16-be", "ignore"))
    elif isinstance(value, dict):
        for part in (*value.keys(), *value.values()):
            yield from _flat(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _flat(part)
