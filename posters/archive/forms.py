"""What is looked for in the archive."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gpf.guarded import GuardedForm

MOST_LETTERS = 200
Choice = tuple[str, str]


class ArchiveForm(GuardedForm):
    """The search, what narrows it, and the order. Only what the person may read can be chosen."""

    q = forms.CharField(
        label=_("Search in the posters"),
        help_text=_("Words, a team, a place or a tag. Put quotation marks around words in a row."),
        required=False,
        max_length=MOST_LETTERS,
        error_messages={"max_length": _("That is too much to search for. Write the few words that matter most.")},
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    gathering = forms.ChoiceField(label=_("Gathering"), required=False)
    organisation = forms.ChoiceField(label=_("Organisation"), required=False)
    tag = forms.ChoiceField(label=_("Tag"), required=False)
    sort = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[("", _("Newest first")), ("oldest", _("Oldest first")), ("organisation", _("By organisation"))],
    )

    def __init__(
        self,
        *args: Any,
        gatherings: Sequence[Choice],
        organisations: Sequence[Choice],
        tags: Sequence[Choice],
        searches: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        anything = ("", _("All"))
        self._choose("gathering", [anything, *gatherings])
        self._choose("organisation", [anything, *organisations])
        self._choose("tag", [anything, *tags])
        if searches:  # nobody has to ask for it: what says it most stands first
            others = [("newest", _("Newest first")), *self.fields["sort"].choices[1:]]  # type: ignore[attr-defined]  # a ChoiceField
            self._choose("sort", [("", _("Best match first")), *others])
        if not tags:
            del self.fields["tag"]

    def _choose(self, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(choices)
