"""The form a poster is written in."""

from collections.abc import Iterable

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from gpf.guarded import GuardedForm
from posters.models import Poster
from posters.sections import Section

# The limits are validators, for a field with a limit of its own cuts off what is pasted and says nothing.
LONGEST_TITLE = Poster._meta.get_field("title").max_length or 0
LONGEST = 30_000  # letters; some five thousand words, ten times what a sheet can hold


class PosterForm(GuardedForm):
    """The headline, the language, and one field for every section of the gathering's poster."""

    title = forms.CharField(
        label=_("Headline"),
        required=False,
        validators=[MaxLengthValidator(LONGEST_TITLE)],
        help_text=_("The one thing people should remember. Without one, the name of the team stands there."),
    )
    language = forms.ChoiceField(label=_("Language of the poster"), choices=[("nb", "Bokmål"), ("nn", "Nynorsk")])

    def __init__(self, *args: object, sections: Iterable[Section], written_in: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments, passed on
        for section in sections:
            self.fields[section.key] = forms.CharField(
                label=section.named(written_in),
                help_text=section.asks(written_in),
                required=False,
                validators=[MaxLengthValidator(LONGEST)],
                widget=forms.Textarea(attrs={"rows": 3 if section.slot == "fact" else 5}),
            )

    @property
    def texts(self) -> dict[str, str]:
        """What came in and may be kept, by key; a field with something wrong in it is not there."""
        return {key: text.replace("\r\n", "\n") for key, text in self.cleaned_data.items() if key != "language"}
