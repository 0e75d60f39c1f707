"""A poster that was made elsewhere."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from gpf.editing import EditForm
from posters.forms import LONGEST_TITLE
from posters.models import Poster

TAKEN = ("application/pdf", "image/jpeg", "image/png", "image/webp", "image/heic", "image/heif", ".heic", ".heif")
LONGEST_TEXT = 4000
MOST_TAGS, LONGEST_TAG = 8, 40


class OwnFileForm(EditForm):
    """The file, and what those who can not read it, or look for it, need."""

    field_order = ("file", "title", "language", "own_text", "tags")

    file = forms.FileField(
        label=_("The poster"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ",".join(TAKEN)}),
        help_text=_("A PDF of one page, or a picture (JPEG, PNG, WebP, HEIC), at most 25 MB."),
    )
    title = forms.CharField(
        label=_("Headline"),
        required=False,
        validators=[MaxLengthValidator(LONGEST_TITLE)],
        help_text=_("As on the poster."),
    )
    own_text = forms.CharField(
        label=_("The poster in words"),
        required=False,
        validators=[MaxLengthValidator(LONGEST_TEXT)],
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("What it says, in short: for those who can not see it, and for the search. A few sentences."),
    )
    tags = forms.CharField(
        label=_("Words to find it by"),
        required=False,
        help_text=_("With commas between: home visit, medicines, dementia. At most eight."),
    )

    class Meta:
        model = Poster
        fields = ("title", "language", "own_text")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"] = forms.ChoiceField(
            # Not required as nothing here is: what is there is kept, and what is wanting is told.
            label=_("Language of the poster"),
            choices=[("nb", "Bokmål"), ("nn", "Nynorsk")],
            required=False,
        )
        if self.instance.own_file_id:
            self.fields["file"].label = _("Another file instead")
        self.initial["tags"] = _joined(self.instance.tags)

    def held(self) -> dict[str, Any]:
        return super().held() | {"tags": _joined(self.instance.tags)}

    @property
    def found_by(self) -> list[str]:
        """Those of a form that is valid, as they are kept."""
        return _split(self.cleaned_data["tags"])

    def clean_language(self) -> str:
        return str(self.cleaned_data["language"] or self.instance.language)

    def clean_tags(self) -> str:
        tags = _split(self.cleaned_data["tags"])
        if len(tags) > MOST_TAGS or any(len(tag) > LONGEST_TAG for tag in tags):
            raise forms.ValidationError(_("Write at most eight, each at most 40 letters."))
        return _joined(tags)


def _split(text: str) -> list[str]:
    parts = (" ".join(part.split()).casefold() for part in text.split(","))
    return list(dict.fromkeys(part for part in parts if part))


def _joined(tags: list[str]) -> str:
    return ", ".join(tags)
