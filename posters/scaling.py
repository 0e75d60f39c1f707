"""The scaling process: a picture on standard input, what is printed of it on standard output. It can do little else.

Its argument is how many pixels the longer side has at most. The answer is a line of JSON, {"width", "height"} or
{"refused"}, and after it the picture as JPEG.
"""

import contextlib
import json
import resource
import sys
import warnings
from io import BytesIO
from typing import Any

MEMORY = 2 * 1024**3
CPU_SECONDS = 20
MOST_PIXELS = 80_000_000
LONGEST_SIDE = 2400  # pixels: 40 cm on paper at 150 to the inch
QUALITY = 88
HEIF = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heif", b"heim", b"heis")


class RefusedPictureError(Exception):
    """It can not be printed; its argument is the reason in a word."""


def main() -> None:
    """Scale, and say what came of it. Whatever goes wrong in a decoder means that the picture is broken."""
    limit()
    try:
        jpeg, width, height = scale(sys.stdin.buffer.read(), int(sys.argv[1]))
        answer: dict[str, Any] = {"width": width, "height": height}
    except RefusedPictureError as refused:
        jpeg, answer = b"", {"refused": str(refused)}
    except Exception:
        jpeg, answer = b"", {"refused": "broken"}
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + jpeg)


def scale(data: bytes, longest: int = LONGEST_SIDE) -> tuple[bytes, int, int]:
    """A picture upright, in sRGB on white, no larger than is printed, without a word of what else the file said.

    The same bytes for the same picture. Raises RefusedPictureError, and whatever a decoder raises.
    """
    from PIL import Image, ImageOps

    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    kind = _kind(data)
    try:
        with Image.open(BytesIO(data), formats=[kind]) as opened:
            if kind == "JPEG":
                opened.draft("RGB", (longest, longest))
            image = _on_white(_in_srgb(ImageOps.exif_transpose(opened)))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise RefusedPictureError("too_many_pixels") from None
    image.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    bare = Image.new("RGB", image.size)
    bare.paste(image)
    written = BytesIO()
    bare.save(written, "JPEG", quality=QUALITY, optimize=True)
    return written.getvalue(), bare.width, bare.height


def _kind(data: bytes) -> str:
    """By its first bytes, as Pillow names it."""
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp" and data[8:12] in HEIF:
        from pillow_heif import register_heif_opener

        register_heif_opener(thumbnails=False)
        return "HEIF"
    raise RefusedPictureError("not_a_picture")


def _in_srgb(image: Any) -> Any:
    """In the colours of a screen; a picture whose profile can not be understood is taken as it is."""
    from PIL import ImageCms

    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("RGB", "RGBA", "L", "CMYK"):
        return image
    with contextlib.suppress(ImageCms.PyCMSError, ValueError, OSError):
        mode = "RGBA" if image.mode == "RGBA" else "RGB"
        own = ImageCms.ImageCmsProfile(BytesIO(profile))
        return ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"), outputMode=mode)
    return image


def _on_white(image: Any) -> Any:
    from PIL import Image

    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        white = Image.new("RGBA", image.size, "white")
        white.alpha_composite(image)
        image = white
    return image.convert("RGB")


def limit() -> None:
    """Little memory, little time, no file written. Some systems do not know every limit."""
    for what, limit in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (limit, limit))


if __name__ == "__main__":
    main()
