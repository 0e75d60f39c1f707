"""Wording something anew: its subject and text, in two languages side by side."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from gpf.editing import EditForm
from notices import fields, wording
from notices.kinds import Words
from notices.models import Wording

LONGEST = {"subject": 200, "text": 2000}  # characters

NAMES = {"nb": gettext_lazy("Bokmål"), "nn": gettext_lazy("Nynorsk")}
LABELS = {"subject": gettext_lazy("Subject"), "text": gettext_lazy("Text")}


class WordsField(forms.CharField):
    """A text with fields. What can not be filled in is refused; the words that come, unchanged, count as nothing."""

    def __init__(self, *, words: Words, coming: str, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.words = words
        self.coming = coming

    def clean(self, value: Any) -> str:
        text = str(super().clean(value)).replace("\r\n", "\n")
        problems = fields.check(text, wording.allowed(self.words))
        if problems:
            raise ValidationError(problems)
        return "" if text == self.coming else text


@dataclass(frozen=True)
class Side:
    """One language of the form: its fields, what comes, and how what stands there looks with the examples."""

    language: str
    name: str
    subject: BoundField | None
    text: BoundField
    coming: wording.Text
    looks: wording.Text
    problems: tuple[str, ...]

    @property
    def is_own(self) -> bool:
        """Whether it is worded otherwise than what comes."""
        return (self.subject is not None and _raw(self.subject) != self.coming.subject) or (
            _raw(self.text) != self.coming.text
        )


class WordingForm(EditForm):
    """A network's own words for something, beginning with those that come."""

    class Meta:
        model = Wording
        fields: ClassVar = ["subject_nb", "text_nb", "subject_nn", "text_nn"]

    def __init__(self, *args: Any, words: Words, network: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words = words
        self.network = network
        self.coming = {language: wording.shipped(words, language) for language in wording.LANGUAGES}
        for part, language in self._parts():
            name = f"{part}_{language}"
            coming = getattr(self.coming[language], part)
            if part == "subject" and not words.subject:
                del self.fields[name]
                continue
            self.fields[name] = self._field(part, language, coming)
            self.initial[name] = self.initial.get(name) or coming

    def sides(self) -> Iterator[Side]:
        """Both languages, as the page shows them."""
        for language in wording.LANGUAGES:
            subject = self[f"subject_{language}"] if self.words.subject else None
            text = self[f"text_{language}"]
            raw = wording.Text(_raw(subject) if subject else "", _raw(text))
            problems = [*fields.check(raw.subject, self._allowed()), *fields.check(raw.text, self._allowed())]
            yield Side(
                language=language,
                name=str(NAMES[language]),
                subject=subject,
                text=text,
                coming=self.coming[language],
                looks=self._looks(raw, language),
                problems=tuple(problems),
            )

    def examples(self, language: str) -> dict[str, str]:
        """What the fields could be filled with, by the names people write."""
        with override(language):
            found = {name: str(example) for name, (_what, example) in wording.allowed(self.words).items()}
        return {**found, fields.name("network"): self.network}

    def is_empty(self) -> bool:
        """Whether a valid form leaves everything as it comes."""
        return not any(self.cleaned_data.get(name) for name in self.fields)

    def _parts(self) -> Iterator[tuple[str, str]]:
        for language in wording.LANGUAGES:
            yield "subject", language
            yield "text", language

    def _field(self, part: str, language: str, coming: str) -> WordsField:
        attrs = {"lang": language} | ({"rows": "4" if self.words.subject else "6"} if part == "text" else {})
        field = WordsField(
            words=self.words,
            coming=coming,
            label=LABELS[part],
            max_length=LONGEST[part],
            widget=(forms.TextInput if part == "subject" else forms.Textarea)(attrs=attrs),
        )
        field.in_full = _("%(part)s, %(language)s") % {  # type: ignore[attr-defined]  # gpf.forms.problems reads it
            "part": LABELS[part],
            "language": str(NAMES[language]).lower(),
        }
        return field

    def _allowed(self) -> list[str]:
        return list(wording.allowed(self.words))

    def _looks(self, raw: wording.Text, language: str) -> wording.Text:
        """With the examples in place of the fields; nothing written means what comes."""
        examples = self.examples(language)
        coming = self.coming[language]
        return wording.Text(
            fields.fill(raw.subject or coming.subject, examples), fields.fill(raw.text or coming.text, examples)
        )


def _raw(bound: BoundField) -> str:
    """What stands in the field, sent or shown for the first time."""
    return str(bound.value() or "").replace("\r\n", "\n").strip()
