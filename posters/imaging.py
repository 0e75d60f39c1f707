"""Pictures that people hand in, made ready to be printed. A process of its own reads them, within limits."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from documents.content import Refused

SECONDS = 30
ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Prepared:
    """A picture as it is kept: JPEG, upright, at most 2,400 pixels on its longer side, nothing else in the file."""

    jpeg: bytes
    width: int
    height: int


MESSAGES: dict[str, str | Promise] = {
    "broken": _(
        "The picture can not be read: it is perhaps not whole. Open it, save it again, and choose the new one."
    ),
    "not_a_picture": _("This is no picture we can print. Choose a JPEG, PNG, WebP or HEIC file."),
    "too_many_pixels": _("The picture has more than 80 million points. Make it smaller, and choose that."),
    "too_slow": _("The picture takes too long to read. Make it smaller, and choose that."),
}


def prepare_photo(data: bytes) -> Prepared:
    """A JPEG, PNG, WebP or HEIC picture as it is printed. Raises documents.content.Refused, with words of what to do.

    The same bytes for the same picture.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-E", "-s", "-m", "posters.scaling"],
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
        raise _refusal("too_slow") from None
    if done.returncode:
        raise _refusal("broken")
    head, _newline, jpeg = done.stdout.partition(b"\n")
    report = json.loads(head)
    if "refused" in report:
        raise _refusal(report["refused"])
    return Prepared(jpeg, report["width"], report["height"])


def _refusal(reason: str) -> Refused:
    return Refused(reason, str(MESSAGES[reason]))
