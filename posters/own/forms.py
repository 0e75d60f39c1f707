"""A poster that was made elsewhere."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from gpf.editing import EditForm
from posters.forms import LONGEST_TITLE
from posters.models import Poster

LONGEST_TEXT = 4000
MOST_TAGS, LONGEST_TAG = 8, 40


class OwnFileForm(EditForm):
    """The file, and what those who can not read it, or look for it, need."""

    file = forms.FileField(
        label=_("The poster"),
        required=False,
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
            label=_("Language of the poster"), choices=[("nb", "Bokmål"), ("nn", "Nynorsk")]
        )
        self.initial["tags"] = _joined(self.instance.tags)

    def held(self) -> dict[str, Any]:
        return super().held() | {"tags": _joined(self.instance.tags)}

    @property
    def found_by(self) -> list[str]:
        """Those of a form that is valid, as they are kept."""
        return _split(self.cleaned_data["tags"])

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
