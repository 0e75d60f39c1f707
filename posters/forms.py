"""The form a poster is written in."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from gpf.guarded import GuardedForm
from improvement.measures.models import Measure
from posters.fields import CHARTS, LOOK, MOST_CHARTS, TITLE
from posters.models import Poster
from posters.sections import Section
from posters.template.models import PosterLook

# The limits are validators, for a field with a limit of its own cuts off what is pasted and says nothing.
LONGEST_TITLE = Poster._meta.get_field("title").max_length or 0
LONGEST = 30_000  # letters; some five thousand words, ten times what a sheet can hold
THE_NETWORKS = ("", _("As the network's"))


class PosterForm(GuardedForm):
    """The headline, the language, the look, one field for every section, and the charts of those that have any."""

    title = forms.CharField(
        label=_("Headline"),
        required=False,
        validators=[MaxLengthValidator(LONGEST_TITLE)],
        help_text=_("The one thing people should remember. Without one, the name of the team stands there."),
    )
    language = forms.ChoiceField(label=_("Language of the poster"), choices=[("nb", "Bokmål"), ("nn", "Nynorsk")])
    design = forms.ChoiceField(label=_("Design"), required=False, choices=[THE_NETWORKS, *PosterLook.Design.choices])
    orientation = forms.ChoiceField(
        label=_("The sheet"), required=False, choices=[THE_NETWORKS, *PosterLook.Orientation.choices]
    )
    shows_new = forms.BooleanField(label=_("Mark on the poster what is new since last time"), required=False)

    def __init__(
        self,
        *args: Any,
        sections: Iterable[Section],
        written_in: str,
        measures: Sequence[Measure] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for section in sections:
            self.fields[section.key] = forms.CharField(
                label=section.named(written_in),
                help_text=section.asks(written_in),
                required=False,
                validators=[MaxLengthValidator(LONGEST)],
                widget=forms.Textarea(attrs={"rows": 3 if section.slot == "fact" else 5}),
            )
            if section.kind == "chart":
                self.fields[CHARTS + section.key] = ChartsField(measures)

    def texts(self, shown: Mapping[str, str]) -> dict[str, str]:
        """What came in and may be kept, by key; a field with something wrong in it is not there.

        A box that is not ticked sends nothing: it counts only if the page had it, which its mark in `shown` says.
        """
        return {
            key: _as_text(value)
            for key, value in self.cleaned_data.items()
            if key != "language" and (key == TITLE or not (key in LOOK or key.startswith(CHARTS)) or key in shown)
        }


class ChartsField(forms.MultipleChoiceField):
    """The measures whose charts stand in a section."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, measures: Sequence[Measure]) -> None:
        super().__init__(
            label=_("Charts"),
            required=False,
            choices=[(str(measure.pk), measure.title) for measure in measures],
            help_text=_("They are drawn as they are when the PDF is made. At most four."),
        )

    def clean(self, value: Any) -> Any:
        chosen = super().clean(value)
        if len(chosen) > MOST_CHARTS:
            raise forms.ValidationError(_("There is room for four charts. Take away some."))
        return chosen


def _as_text(value: object) -> str:
    """As `posters.fields` keeps it."""
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, list):
        return ",".join(value)
    return str(value).replace("\r\n", "\n")


def starting(texts: Mapping[str, str]) -> dict[str, Any]:
    """What a form begins with, from the fields' texts."""
    found: dict[str, Any] = dict(texts)
    for key, text in texts.items():
        if key.startswith(CHARTS):
            found[key] = [part for part in text.split(",") if part]
    return found
