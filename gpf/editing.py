"""Two people editing the same thing: the second is shown what the first changed, and nothing is overwritten.

The form carries, signed, what its fields held when it was shown. When it comes back and the row holds something else,
it is not saved: the person reads what has changed meanwhile, keeps what she wrote herself, gets the other's words in
the fields she did not touch, and may save again. The view locks the row (`select_for_update`) before it makes the form.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core import signing
from django.db import models
from django.forms.models import model_to_dict
from django.http import QueryDict
from django.utils.translation import gettext as _

from gpf.guarded import GuardedModelForm

FIELD = "seen"
SALT = "gpf.editing"


@dataclass(frozen=True)
class Meanwhile:
    """A field somebody else has changed since the form was shown, in words for the person."""

    label: str
    before: str
    now: str
    mine: str


class EditForm(GuardedModelForm):
    """A form for a row that others may edit too. `meanwhile` says what changed under it."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meanwhile: list[Meanwhile] = []
        self._now = self._held()
        self.initial[FIELD] = signing.dumps(self._now, salt=SALT, compress=True)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.instance.pk is not None:
            self._compare()
        cleaned.pop(FIELD, None)
        return cleaned

    def _held(self) -> dict[str, str]:
        """What the row's fields hold, as text. A choice of rows is their keys."""
        names = [name for name in self.fields if name != FIELD]
        return {name: _text(value) for name, value in model_to_dict(self.instance, names).items()}

    def _compare(self) -> None:
        try:
            seen: dict[str, str] = signing.loads(self.data.get(self.add_prefix(FIELD), ""), salt=SALT)
        except signing.BadSignature:
            seen = {}
        changed = [name for name, now in self._now.items() if seen.get(name, "") != now]
        if not changed:
            return
        data = QueryDict("", mutable=True)
        data.update(self.data)
        for name in changed:
            mine = _text(self.cleaned_data.get(name))
            if mine != self._now[name]:
                self.meanwhile.append(self._in_words(name, seen.get(name, ""), mine))
            if mine == seen.get(name, ""):
                data[self.add_prefix(name)] = self._now[name]
        data[self.add_prefix(FIELD)] = self.initial[FIELD]
        self.data = data
        if self.meanwhile:
            self.add_error(None, self._refusal())

    def _in_words(self, name: str, before: str, mine: str) -> Meanwhile:
        field = self.fields[name]
        return Meanwhile(
            label=str(field.label or name),
            before=_shown(field, before),
            now=_shown(field, self._now[name]),
            mine=_shown(field, mine),
        )

    def _refusal(self) -> str:
        parts = [
            _("%(label)s: was “%(before)s”, is now “%(now)s”.")
            % {"label": change.label, "before": change.before, "now": change.now}
            for change in self.meanwhile
        ]
        return " ".join(
            [
                _("Somebody else has changed this since you opened it, so nothing is saved yet."),
                *parts,
                _("What you wrote yourself is still here. Look it over, and save again."),
            ]
        )


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, list | tuple | models.QuerySet):
        return ",".join(sorted(_text(part) for part in value))
    return str(value)


def _shown(field: forms.Field, value: str) -> str:
    """As the person knows it: the words of a choice, and nothing as a dash."""
    if isinstance(field, forms.ModelChoiceField) and value:
        found = field.queryset.filter(pk=value).first() if field.queryset is not None else None
        return str(found or value)
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(value, value)) or "–"  # type: ignore[arg-type]  # choices may be callable to mypy only
    return value or "–"
