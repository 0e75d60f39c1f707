"""A team's own file instead of a poster written here. Every function needs the network's scope."""

from io import BytesIO

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from documents.content import Refused, inspect
from documents.models import Document
from documents.services import keep_made_pdf, store_document
from networks.models import Network
from posters.models import Poster
from posters.photos.services import prepare

PDF_BEGINS_WITHIN = 1024
DPI = 150


def keep_own_file(*, network: Network, by: User, upload: "File[bytes]") -> Document:
    """Keep a poster that was made elsewhere, as a PDF of one page. Raises documents.content.Refused.

    A PDF stays as it is; a picture becomes a page of its own size. What is locked, torn, or runs a script is refused.
    """
    upload.seek(0)
    beginning = upload.read(PDF_BEGINS_WITHIN)
    upload.seek(0)
    if b"%PDF-" not in beginning:
        prepared = prepare(upload)
        name = f"{(upload.name or _('poster')).rpartition('.')[0] or _('poster')}.pdf"
        return keep_made_pdf(network=network, by=by, pdf=_as_page(prepared.jpeg), name=name)
    pages = inspect(upload).pages
    if pages != 1:
        message = ngettext(
            "The PDF has %(pages)d page. A poster is one sheet: save that page as a PDF of its own, and choose it.",
            "The PDF has %(pages)d pages. A poster is one sheet: save that page as a PDF of its own, and choose it.",
            pages,
        )
        raise Refused("pages", message % {"pages": pages})
    return store_document(network=network, by=by, upload=upload)


def _as_page(jpeg: bytes) -> bytes:
    from PIL import Image

    written = BytesIO()
    with Image.open(BytesIO(jpeg)) as image:
        # Without the time of its making: the same picture is the same page.
        image.save(written, "PDF", resolution=DPI, creationDate=None, modDate=None)
    return written.getvalue()


@transaction.atomic
def save_own(*, poster: Poster, document: Document | None, tags: list[str], by: User) -> Poster:
    """Keep what is said of the file, and the file where there is a new one; `poster` has the rest set already."""
    if document:
        poster.own_file = document
    poster.tags, poster.saved_by, poster.saved_at = tags, by, timezone.now()
    poster.save()
    return poster


@transaction.atomic
def take_away(*, poster: Poster, by: User) -> None:
    """Go back to the poster that is written here. What was said of the file is kept."""
    poster.own_file, poster.saved_by, poster.saved_at = None, by, timezone.now()
    poster.save(update_fields=["own_file", "saved_by", "saved_at"])


def wanting(poster: Poster) -> list[str]:
    """What is still to be done before it can be delivered, and what helps others to find it."""
    left = []
    if not poster.own_file_id:
        left.append(str(THE_FILE))
    if not poster.title.strip():
        left.append(str(THE_TITLE))
    if not poster.own_text.strip():
        left.append(str(THE_TEXT))
    if not poster.tags:
        left.append(str(THE_TAGS))
    return left


def may_be_delivered(poster: Poster) -> bool:
    """Whether a file of the team's own has what it needs to be read by everybody."""
    return bool(poster.own_file_id and poster.title.strip() and poster.own_text.strip())


THE_FILE = gettext_lazy("the file")
THE_TITLE = gettext_lazy("the headline")
THE_TEXT = gettext_lazy("the poster in words")
THE_TAGS = gettext_lazy("words to find it by")
