"""Pictures from telephones and strangers, made ready to be printed."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageCms
from pillow_heif import register_heif_opener

from documents.content import Refused
from posters.imaging import prepare_photo


def picture(kind: str, size: tuple[int, int] = (60, 40), mode: str = "RGB", **options: Any) -> bytes:
    """Red on its left half, blue on its right."""
    image = Image.new(mode, size, "blue")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    written = BytesIO()
    image.save(written, kind, **options)
    return written.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_every_kind_becomes_a_jpeg_without_a_word_about_where_it_was_taken(kind: str) -> None:
    register_heif_opener()
    exif = Image.Exif()
    exif[0x010E] = "Beskrivelse"
    exif.get_ifd(0x8825)[1] = "N"
    prepared = prepare_photo(picture(kind, exif=exif.tobytes()))
    made = opened(prepared.jpeg)
    assert (made.format, made.size, (prepared.width, prepared.height)) == ("JPEG", (60, 40), (60, 40))
    assert dict(made.getexif()) == {}
    assert b"Beskrivelse" not in prepared.jpeg
    assert set(made.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert prepare_photo(picture(kind, exif=exif.tobytes())) == prepared  # the same bytes for the same picture


def test_it_is_turned_as_the_camera_was_held() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter
    prepared = prepare_photo(picture("JPEG", exif=exif.tobytes()))
    made = opened(prepared.jpeg)
    assert made.size == (40, 60)
    red, _green, blue = made.getpixel((20, 5))  # type: ignore[misc]  # of a picture in colours it is three numbers
    assert red > 200 > blue


def test_forty_megapixels_are_scaled_and_a_bomb_is_refused() -> None:
    prepared = prepare_photo(picture("JPEG", (7600, 5300)))
    assert (prepared.width, prepared.height) == (2400, 1674)
    with pytest.raises(Refused, match="80 million") as refused:
        prepare_photo(picture("PNG", (10_000, 9_000), mode="1"))
    assert refused.value.reason == "too_many_pixels"


def test_what_can_be_seen_through_stands_on_white_and_colours_are_those_of_a_screen() -> None:
    clear = Image.new("RGBA", (10, 10), (0, 0, 0, 0))
    written = BytesIO()
    clear.save(written, "PNG")
    assert opened(prepare_photo(written.getvalue()).jpeg).getpixel((5, 5)) == (255, 255, 255)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert "icc_profile" not in opened(prepare_photo(picture("JPEG", icc_profile=profile)).jpeg).info
    assert opened(prepare_photo(picture("JPEG", mode="CMYK")).jpeg).mode == "RGB"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (picture("JPEG", (400, 300))[:-3000], "broken"),
        (b"\xff\xd8\xff\xe0 not a picture", "broken"),
        (b"\x00\x00\x00\x18ftypheic" + b"\x00" * 40, "broken"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "not_a_picture"),
        (b"GIF89a\x01\x00\x01\x00", "not_a_picture"),
        (b"", "not_a_picture"),
    ],
    ids=["cut off", "no jpeg", "no heic", "svg with a script", "gif", "empty"],
)
def test_what_is_no_whole_picture_is_refused_in_words(data: bytes, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        prepare_photo(data)
    assert refused.value.reason == reason
