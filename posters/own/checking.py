"""A poster that was made elsewhere: whether it may be kept, and as what."""

from dataclasses import dataclass
from io import BytesIO

from django.core.files.base import ContentFile, File
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from documents.content import Refused, clean_name, inspect
from posters.imaging import ask_apart
from posters.photos.services import prepare

PDF_BEGINS_WITHIN = 1024
LONGEST_SIDE = 4800  # pixels: a sheet's letters are small, and 42 cm at 290 to the inch keeps them
POINTS = 420 / 25.4 * 72  # the longer side of a page made of a picture, as of an A3

MESSAGES: dict[str, str | Promise] = {
    "broken": gettext_lazy("The page can not be drawn. Print the poster to a new PDF, and choose that."),
    "empty_page": gettext_lazy("The page is empty. Choose the file that has the poster in it."),
    "narrow": gettext_lazy("The page is a narrow strip. Save the poster as a sheet, A3 for example, and choose that."),
    "too_slow": gettext_lazy("The page takes too long to draw. Save it as PDF with smaller pictures, and choose that."),
}


@dataclass(frozen=True)
class OwnFile:
    """A checked poster: a PDF of one page that can be drawn, and a name for it that is safe to show."""

    pdf: "File[bytes]"
    name: str


def check_own_file(upload: "File[bytes]") -> OwnFile:
    """Say as what a poster made elsewhere is kept. Raises documents.content.Refused, with words of what to do.

    A PDF stays as it is: not locked, whole, without scripts, one page with something on it. A picture becomes a page.
    Takes seconds: done before anything is locked.
    """
    upload.seek(0)
    beginning = upload.read(PDF_BEGINS_WITHIN)
    upload.seek(0)
    if b"%PDF-" not in beginning:
        return _page_of(upload)
    content = inspect(upload)
    _refuse_pages(content.pages)
    ask_apart("posters.own.drawing", upload.read(), MESSAGES)
    upload.seek(0)
    return OwnFile(upload, content.name)


def as_page(jpeg: bytes, width: int, height: int) -> bytes:
    """A PDF of one page that is the picture, its longer side 420 mm. The same bytes for the same picture."""
    import pikepdf

    scale = POINTS / max(width, height)
    across, down = round(width * scale, 2), round(height * scale, 2)
    written = BytesIO()
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(across, down))
        picture = pdf.make_stream(b"")
        picture.write(jpeg, filter=pikepdf.Name.DCTDecode)
        picture.Type, picture.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        picture.Width, picture.Height, picture.BitsPerComponent = width, height, 8
        picture.ColorSpace = pikepdf.Name.DeviceRGB
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Poster=picture))
        page.Contents = pdf.make_stream(f"q {across} 0 0 {down} 0 0 cm /Poster Do Q".encode())
        pdf.save(written, deterministic_id=True)
    return written.getvalue()


def _page_of(upload: "File[bytes]") -> OwnFile:
    try:
        prepared = prepare(upload, LONGEST_SIDE)
    except Refused as refused:
        if refused.reason == "not_a_picture":
            message = _("This is no poster we can take. Choose a PDF, or a picture: JPEG, PNG, WebP or HEIC.")
            raise Refused(refused.reason, message) from None
        raise
    stem = clean_name(upload.name or "").rpartition(".")[0] or _("poster")
    return OwnFile(ContentFile(as_page(prepared.jpeg, prepared.width, prepared.height)), f"{stem}.pdf")


def _refuse_pages(pages: int) -> None:
    if pages == 1:
        return
    message = ngettext(
        "The PDF has %(pages)d page. A poster is one sheet: save that page as a PDF of its own, and choose it.",
        "The PDF has %(pages)d pages. A poster is one sheet: save that page as a PDF of its own, and choose it.",
        pages,
    )
    raise Refused("pages", message % {"pages": pages})
