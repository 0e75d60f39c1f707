"""What an uploaded file really is, and whether it may be kept.

`inspect` looks at the size and the name, and has a process of its own read the content (`documents.reading`). Nothing
is written to disk here, and no text of the file comes back: only what it is, or a refusal that says where and why.
"""

import json
import os
import subprocess
import sys
import unicodedata
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gpf.guarded import holds_identity_number, why

MEGABYTE = 1024 * 1024
LARGEST = 25 * MEGABYTE
LONGEST_NAME = 150
SECONDS = 30
ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class FileKind:
    """A kind of file that is taken: its type on the web, the endings it may have (the usual one first), its name."""

    content_type: str
    endings: tuple[str, ...]
    name: str | Promise


OFFICE = "application/vnd.openxmlformats-officedocument."
KINDS = {
    "pdf": FileKind("application/pdf", ("pdf",), "PDF"),
    "docx": FileKind(f"{OFFICE}wordprocessingml.document", ("docx",), "Word"),
    "pptx": FileKind(f"{OFFICE}presentationml.presentation", ("pptx",), "PowerPoint"),
    "xlsx": FileKind(f"{OFFICE}spreadsheetml.sheet", ("xlsx",), "Excel"),
    "odt": FileKind("application/vnd.oasis.opendocument.text", ("odt",), "OpenDocument"),
    "png": FileKind("image/png", ("png",), "PNG"),
    "jpeg": FileKind("image/jpeg", ("jpg", "jpeg", "jpe", "jfif"), "JPEG"),
}
MADE_KINDS = KINDS | {
    "webp": FileKind("image/webp", ("webp",), "WebP"),
    "zip": FileKind("application/zip", ("zip",), "ZIP"),
}
"""What the product makes itself, beside what people may hand in."""
ENDINGS = tuple(f".{ending}" for kind in KINDS.values() for ending in kind.endings)


class Refused(ValidationError):  # noqa: N818 - a verdict, not a fault
    """The file can not be kept. `reason` is a short code, `places` are words for where; the message is for people."""

    def __init__(self, reason: str, message: str, places: tuple[str, ...] = ()) -> None:
        super().__init__(message, code=reason)
        self.reason = reason
        self.places = places


@dataclass(frozen=True)
class Content:
    """What an accepted file is. `has_text` is False for pictures and scans, in which nobody has looked for numbers."""

    kind: str
    content_type: str
    name: str
    size: int
    pages: int
    has_text: bool


def inspect(upload: "File[bytes]") -> Content:
    """Say what an uploaded file is, or raise Refused. Reads it from its beginning, and leaves it there.

    1. Size: not empty, at most 25 MB.
    2. Name: made safe to show and to hand out; refused with an identity number in it.
    3. Content: read by a process of its own within limits of time and memory.
    4. The ending of the name must be one of the kind that the content is.
    """
    size = upload.size
    _check_size(size)
    name = clean_name(upload.name or "")
    if holds_identity_number(upload.name or "") or holds_identity_number(name):
        where = _("The name of the file holds what looks like a national identity number.")
        raise Refused("identity_number", f"{where} {why()}")
    upload.seek(0)
    report = _read(upload.read(LARGEST + 1), name)
    upload.seek(0)
    kind = KINDS[report["kind"]]
    _check_ending(name, kind)
    return Content(report["kind"], kind.content_type, name, size, int(report["pages"]), bool(report["has_text"]))


def clean_name(name: str) -> str:
    """The name without folders, without characters that do not show or turn the reading direction, not too long."""
    plain = unicodedata.normalize("NFC", PurePosixPath(name.replace("\\", "/")).name)
    shown = "".join(" " if unicodedata.category(char)[0] in "CZ" else char for char in plain)
    path = PurePosixPath(" ".join(shown.split()) or "fil")
    ending = path.suffix[:20]
    return path.stem[: LONGEST_NAME - len(ending)].strip() + ending


def _check_size(size: int) -> None:
    if size == 0:
        raise Refused("empty", _("The file is empty. Choose another one."))
    if size > LARGEST:
        values = {"size": -(-size // MEGABYTE), "limit": LARGEST // MEGABYTE}
        message = _(
            "The file is %(size)d MB. The limit is %(limit)d MB. "
            "Save it as PDF with smaller images, or split it in two."
        )
        raise Refused("too_big", message % values)


def _check_ending(name: str, kind: FileKind) -> None:
    ending = PurePosixPath(name).suffix.lstrip(".").lower()
    if ending not in kind.endings:
        message = _("By its content the file is %(kind)s. Let its name end in .%(ending)s, and choose it again.")
        raise Refused("wrong_ending", message % {"kind": kind.name, "ending": kind.endings[0]})


def _read(data: bytes, name: str) -> dict[str, Any]:
    """Have the content read, and raise Refused unless it may be kept."""
    try:
        done = subprocess.run(
            [sys.executable, "-E", "-s", "-m", "documents.reading"],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            # Nothing of our own environment, which holds secrets, for a process that reads strangers' files.
            env={"PATH": os.environ.get("PATH", os.defpath)},
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Refused("too_slow", str(MESSAGES["too_slow"])) from None
    if done.returncode:
        raise Refused("broken", str(MESSAGES["broken"]))
    report: dict[str, Any] = json.loads(done.stdout)
    if "refused" in report:
        raise _refusal(report)
    return report


def _refusal(report: dict[str, Any]) -> Refused:
    reason = report["refused"]
    places = tuple(_words(*place) for place in report["places"])
    shown = ", ".join(places) + (" …" if report["more"] else "")
    if reason == "identity_number":
        found = _("There is what looks like a national identity number %(where)s.") % {"where": shown}
        return Refused(reason, f"{found} {why()}", places)
    return Refused(reason, str(MESSAGES[reason]) % {"where": shown}, places)


MESSAGES: dict[str, str | Promise] = {
    "attachments": gettext_lazy(
        "The PDF has other files attached to it. Save it without them, and hand those in by themselves."
    ),
    "broken": gettext_lazy("The file can not be read. Open it, save it again, and choose the new one."),
    "embedded": gettext_lazy(
        "The file holds another file that can not be checked (%(where)s). Save it as PDF, and choose that."
    ),
    "encrypted": gettext_lazy("The file is locked with a password. Save it without the password, and choose it again."),
    "fetches": gettext_lazy(
        "The file fetches something from another place when it is opened. Save it as PDF, and choose that."
    ),
    "heic": gettext_lazy("The picture is of the kind HEIC. Save it as JPEG, and choose that."),
    "macros": gettext_lazy("The file holds macros. Save it without them, or as PDF, and choose that."),
    "old_office": gettext_lazy(
        "The file is in an old format. Save it as .docx, .xlsx or .pptx, or as PDF, and choose that."
    ),
    "script": gettext_lazy("The PDF runs a script when it is opened. Print it to a new PDF, and choose that."),
    "too_big_inside": gettext_lazy(
        "The file is small but unpacks to more than can be checked. Save it as PDF, and choose that."
    ),
    "too_many_pages": gettext_lazy("The PDF has more than 1,000 pages. Split it, and choose the part that matters."),
    "too_many_pixels": gettext_lazy("The picture has more than 120 million points. Make it smaller, and choose that."),
    "too_slow": gettext_lazy(
        "The file takes too long to check. Save it as PDF with smaller images, or split it in two."
    ),
    "unknown": gettext_lazy(
        "Files of this kind are not taken. Choose a PDF, Word (.docx), PowerPoint (.pptx), Excel (.xlsx), "
        "OpenDocument (.odt), PNG or JPEG file."
    ),
    "xfa": gettext_lazy("The PDF is a form of a kind that can not be checked. Print it to a new PDF, and choose that."),
}


def _words(kind: str, number: int, name: str) -> str:
    """Where in a file, in the middle of a sentence."""
    values = {"number": number, "name": name}
    words = {
        "page": _("on page %(number)d"),
        "form_field": _("in a form field on page %(number)d"),
        "note_on_page": _("in a note on page %(number)d"),
        "paragraph": _("in paragraph %(number)d"),
        "header_footer": _("in the header or footer"),
        "footnote": _("in a footnote"),
        "comment": _("in a comment"),
        "cell": _("in the sheet %(name)s"),
        "slide": _("on slide %(number)d"),
        "slide_note": _("in the notes to slide %(number)d"),
        "properties": _("in the properties of the file (title, author, keywords)"),
        "part": _("in a hidden part of the file (%(name)s)"),
    }
    return words.get(kind, _("in the file")) % values
