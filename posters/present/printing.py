"""Labels with QR codes on A4, eight to a sheet."""

from collections.abc import Mapping
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from gpf.pdf import render_template
from posters.present.qr import draw

A_SHEET = 8


def render(content: Mapping[str, Any], *, language: str, title: str) -> bytes:
    """The labels as PDF/A. `content` as `labels.on_paper` gives it: {"gathering": …, "labels": [{"title", "names",
    "address"}]}."""
    with translation.override(language):
        labels = [
            {**label, "code": draw(label["address"], _("QR code: %(address)s") % {"address": label["address"]})}
            for label in content["labels"]
        ]
    sheets = [labels[at : at + A_SHEET] for at in range(0, len(labels), A_SHEET)]
    context = {"sheets": sheets, "gathering": content["gathering"], "title": title}
    return render_template("posters/present/pdf/labels.html", context, language=language, title=title)
