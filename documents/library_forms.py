"""What a coordinator says about a document of the library."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.forms import UploadField
from documents.models import LibraryDocument
from gpf.editing import EditForm


class LibraryForm(EditForm):
    """A new document of the library, or one that is there: then a file is chosen only to take the other's place."""

    file = UploadField(label=_("File"))

    class Meta:
        model = LibraryDocument
        fields: ClassVar = ["title", "about", "in_package"]
        labels: ClassVar = {
            "title": _("Title"),
            "about": _("What it is for"),
            "in_package": _("Send it with the acceptance: part of the preparation package"),
        }
        help_texts: ClassVar = {
            "title": _("What people look for it by. Left empty, the name of the file is used."),
            "about": _("One sentence: who needs it, and when."),
        }
        widgets: ClassVar = {"about": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["file", "title", "about", "in_package", "seen"])
        if self.instance.pk is None:
            self.fields["title"].required = False
        else:
            self.fields["title"].help_text = _("What people look for it by.")
            self.fields["file"].label = _("A newer file")
            self.fields["file"].required = False
            self.fields["file"].help_text = _("Only if it shall take the place of the one that is there.")
