"""The field a file comes in through."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.content import ENDINGS


class UploadField(forms.FileField):
    """A file of a kind we take. `documents.services.store_document` looks into it; this offers and explains."""

    widget = forms.FileInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "help_text", _("PDF, Word, PowerPoint, Excel, OpenDocument text, PNG or JPEG, at most 25 MB.")
        )
        super().__init__(allow_empty_file=True, **kwargs)
        self.widget.attrs["accept"] = ",".join(ENDINGS)
