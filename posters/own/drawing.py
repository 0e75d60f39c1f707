"""The drawing process: a PDF on standard input, on standard output whether its first page can be drawn.

The answer is a line of JSON, {"width", "height"} in millimetres or {"refused"}.
"""

import json
import sys
from io import BytesIO
from typing import Any

from posters.scaling import limit
from posters.sheets import pictures_of

MILLIMETRES = 25.4 / 72  # in a point
NARROWEST = 4  # times as long as it is wide


def main() -> None:
    """Draw, and say what came of it. Whatever goes wrong means that the file is broken."""
    limit()
    try:
        answer = look(sys.stdin.buffer.read())
    except Exception:
        answer = {"refused": "broken"}
    sys.stdout.write(json.dumps(answer) + "\n")


def look(pdf: bytes) -> dict[str, Any]:
    """The page's size, or why it is no poster. Raises what the drawing raises."""
    width, height = _size(pdf)
    if max(width, height) > NARROWEST * min(width, height):
        return {"refused": "narrow"}
    if _is_empty(pictures_of(pdf).picture):
        return {"refused": "empty_page"}
    return {"width": round(width * MILLIMETRES), "height": round(height * MILLIMETRES)}


def _size(pdf: bytes) -> tuple[float, float]:
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(pdf)
    try:
        size: tuple[float, float] = document[0].get_size()
        return size
    finally:
        document.close()


def _is_empty(picture: bytes) -> bool:
    """Whether it has one colour all over."""
    from PIL import Image

    with Image.open(BytesIO(picture)) as image:
        return image.convert("RGB").getcolors(1) is not None


if __name__ == "__main__":
    main()
