"""Pictures that people hand in, made ready to be printed. A process of its own reads them, within limits."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from documents.content import Refused
from posters.scaling import LONGEST_SIDE

SECONDS = 30
ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Prepared:
    """A picture as it is kept: JPEG, upright, no larger than is printed, nothing else in the file."""

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


def prepare_photo(data: bytes, longest: int = LONGEST_SIDE) -> Prepared:
    """A JPEG, PNG, WebP or HEIC picture as it is printed. Raises documents.content.Refused, with words of what to do.

    The same bytes for the same picture. `longest` is how many pixels its longer side has at most.
    """
    report, jpeg = ask_apart("posters.scaling", data, MESSAGES, str(longest))
    return Prepared(jpeg, report["width"], report["height"])


def ask_apart(
    module: str, data: bytes, messages: Mapping[str, str | Promise], *arguments: str
) -> tuple[dict[str, Any], bytes]:
    """Let a process of its own read a stranger's file. Answers with its report, and the bytes it made.

    `messages` are the words for each of its refusals, and for "broken" and "too_slow"; raises Refused with them.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-E", "-s", "-m", module, *arguments],
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
        raise Refused("too_slow", str(messages["too_slow"])) from None
    if done.returncode:
        raise Refused("broken", str(messages["broken"]))
    head, _newline, made = done.stdout.partition(b"\n")
    report: dict[str, Any] = json.loads(head)
    if "refused" in report:
        raise Refused(report["refused"], str(messages[report["refused"]]))
    return report, made
