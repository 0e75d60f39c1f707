"""What is written on the page where a delivery is answered."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from gpf.guarded import GuardedForm
from sessions.forms import LONGEST_TEXT
from supervision.review.sentences import AIMS, sentences_for

REPLY = "reply"
"""Beside the verdicts: a word to the team that answers no version."""


class FeedbackForm(GuardedForm):
    """An answer to the team, and a note the team never sees. The button that was pressed says what becomes of it."""

    text = forms.CharField(
        label=gettext_lazy("To the team"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    note = forms.CharField(
        label=gettext_lazy("Private note"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3, "aria-describedby": "private-who"}),
    )

    def __init__(
        self, kind: str, data: Mapping[str, Any] | None = None, *, may_note: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs | {"auto_id": "svar-%s"})
        self.kind = kind
        if not may_note:
            del self.fields["note"]

    @property
    def sentences(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """The sentences to start from, under what they are for: key and words of each, in the reader's own form."""
        language = get_language() or "nb"
        found = sentences_for(self.kind)
        return [
            (str(label), [(each.key, each.text(language)) for each in found if each.aim == aim])
            for aim, label in AIMS.items()
        ]

    def started(self) -> dict[str, str]:
        """What was typed, with the sentences that were ticked behind it."""
        chosen = {key: words for _label, found in self.sentences for key, words in found}
        ticked = self.data.getlist("sentence") if hasattr(self.data, "getlist") else []
        text = str(self.data.get("text", "")).rstrip()
        words = [text, *(chosen[key] for key in ticked if key in chosen)]
        return {"text": "\n".join(filter(None, words)), "note": str(self.data.get("note", ""))}

    def clean(self) -> dict[str, Any]:
        """Only an approval may go without words; a draft may be anything."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "text" in self.errors or cleaned.get("text"):
            return cleaned
        wanting = {
            "returned": _("Write what is missing before you ask for more."),
            "commented": _("Write the comment first."),
            REPLY: _("Write to the team first."),
        }.get(self.data.get("verdict", ""))
        if wanting:
            self.add_error("text", wanting)
        if "keep_note" in self.data and not cleaned.get("note") and "note" not in self.errors:
            self.add_error("note", _("Write the note first."))
        return cleaned
