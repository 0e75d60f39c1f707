"""What a coordinator writes in the network's poster template."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gpf.editing import EditForm
from posters.sections import FEWEST, Section
from posters.template.colours import ENOUGH, contrast_with_white, nearest_readable, read_colour
from posters.template.models import PosterLook, PosterTemplate

LONGEST_HEADING = 60
LONGEST_PROMPT = 300
MOST_WORDS = 150

KINDS: list[tuple[str, str | Promise]] = [
    ("text", gettext_lazy("Text: a few sentences")),
    ("bullets", gettext_lazy("List: one thing on each line")),
    ("numbers", gettext_lazy("Numbers: each line begins with a figure, set large")),
    ("goals", gettext_lazy("Goals: one on each line, with how much and by when")),
    ("chart", gettext_lazy("Charts: what the team measures, drawn, and a few words about it")),
    ("photo", gettext_lazy("Pictures, with a few words about them")),
    ("insight", gettext_lazy("An insight: one sentence, set large")),
    ("people", gettext_lazy("People: role and place of work, one on each line")),
]


def _words(label: Any, lowest: int, **options: Any) -> forms.IntegerField:
    answer = format_lazy(
        gettext_lazy("Write a number from {lowest} to {highest}."), lowest=str(lowest), highest=str(MOST_WORDS)
    )
    limits = [MinValueValidator(lowest, answer), MaxValueValidator(MOST_WORDS, answer)]
    wrong = {"invalid": answer, "required": answer}
    return forms.IntegerField(label=label, validators=limits, error_messages=wrong, **options)


def _text(label: Any, language: str, longest: int, rows: int = 0) -> forms.CharField:
    """What is written is Norwegian, whatever the page around it is."""
    attrs = {"lang": language} | ({"rows": rows} if rows else {})
    widget = forms.Textarea(attrs) if rows else forms.TextInput(attrs)
    return forms.CharField(label=label, max_length=longest, widget=widget)


class SectionForm(EditForm):
    """A section's words in both languages. The row behind it is the stage's template, which may not be there yet."""

    heading_nb = _text(gettext_lazy("Heading in bokmål"), "nb", LONGEST_HEADING)
    prompt_nb = _text(gettext_lazy("What the team is asked, in bokmål"), "nb", LONGEST_PROMPT, rows=4)
    heading_nn = _text(gettext_lazy("Heading in nynorsk"), "nn", LONGEST_HEADING)
    prompt_nn = _text(gettext_lazy("What the team is asked, in nynorsk"), "nn", LONGEST_PROMPT, rows=4)
    kind = forms.ChoiceField(label=gettext_lazy("What it is made of"), choices=KINDS)
    fewest = _words(gettext_lazy("Words, from"), 0)
    most = _words(gettext_lazy("Words, to"), 2 * FEWEST)
    everywhere = forms.BooleanField(required=False)

    class Meta:
        model = PosterTemplate
        fields: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, section: Section | None = None, **kwargs: Any) -> None:
        self.section = section
        start = kwargs.pop("initial", None) or {}
        start = {"kind": "text", "fewest": 10, "most": 40, "everywhere": True} | self.held() | start
        super().__init__(*args, initial=start, **kwargs)
        self.fields["everywhere"].label = (
            _("Change it on the other posters that have this section too")
            if section
            else _("Ask for it on the later posters too")
        )

    def held(self) -> dict[str, Any]:
        """What the section says now."""
        section = self.section
        if section is None:
            return {}
        return {
            "heading_nb": section.heading["nb"],
            "heading_nn": section.named("nn"),
            "prompt_nb": section.prompt["nb"],
            "prompt_nn": section.asks("nn"),
            "kind": section.kind,
            "fewest": section.words[0],
            "most": section.words[1],
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        fewest, most = cleaned.get("fewest"), cleaned.get("most")
        if fewest is not None and most is not None and fewest > most:
            self.add_error("fewest", _("Write a smaller number here than in the next field."))
        return cleaned

    def words(self) -> dict[str, Any]:
        """What was written, as the fields of a section."""
        given = self.cleaned_data
        return {
            "heading": {language: given[f"heading_{language}"] for language in ("nb", "nn")},
            "prompt": {language: given[f"prompt_{language}"] for language in ("nb", "nn")},
            "kind": given["kind"],
            "words": (given["fewest"], given["most"]),
        }


class LookForm(EditForm):
    """How the network's posters look where the team has chosen nothing else."""

    colour = forms.CharField(
        label=gettext_lazy("Colour"),
        required=False,
        max_length=20,
        help_text=gettext_lazy("Six digits and letters, like #0b5563. Leave it empty for the design’s own colour."),
    )
    logo_file = forms.FileField(
        label=gettext_lazy("Logo"),
        required=False,
        help_text=gettext_lazy("PNG or JPEG. It stands on white, beside the network’s name."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
    )
    no_logo = forms.BooleanField(label=gettext_lazy("Take the logo away"), required=False)

    class Meta:
        model = PosterLook
        fields = ("design", "orientation", "colour", "logo_alt")
        labels: ClassVar = {
            "design": gettext_lazy("Design"),
            "orientation": gettext_lazy("The sheet"),
            "logo_alt": gettext_lazy("What the logo shows"),
        }
        help_texts: ClassVar = {
            "logo_alt": gettext_lazy("For those who can not see it, for example: The logo of the health community."),
        }
        widgets: ClassVar = {"design": forms.RadioSelect, "orientation": forms.RadioSelect}

    suggested = ""
    """The nearest colour that holds, where the one that was written does not."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["logo_alt"].required = False
        if not self.instance.logo_id:
            del self.fields["no_logo"]

    def clean_colour(self) -> str:
        """A colour white can be read on."""
        written = str(self.cleaned_data["colour"]).strip()
        if not written:
            return ""
        colour = read_colour(written)
        if colour is None:
            raise ValidationError(_("Write a colour as # and six digits or letters from a to f, like #0b5563."))
        contrast = contrast_with_white(colour)
        if contrast >= ENOUGH:
            return colour
        self.suggested = nearest_readable(colour)
        words = _(
            "White letters can not be read on %(colour)s: the contrast is %(contrast)s to 1, and %(enough)s is needed. "
            "The nearest colour that holds is %(nearest)s."
        )
        values = {
            "colour": colour,
            "contrast": number_format(int(contrast * 10) / 10, 1),
            "enough": number_format(ENOUGH, 1),
            "nearest": self.suggested,
        }
        raise ValidationError(words % values)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        has_logo = bool(cleaned.get("logo_file")) or (self.instance.logo_id and not cleaned.get("no_logo"))
        if has_logo and not str(cleaned.get("logo_alt", "")).strip() and "logo_alt" not in self.errors:
            words = _("Say what the logo shows, for those who can not see it.")
            again = _("Then choose the file once more.")  # a browser gives no file a second time
            self.add_error("logo_alt", f"{words} {again}" if cleaned.get("logo_file") else words)
        return cleaned
