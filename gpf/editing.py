"""Two people editing the same thing: the second is shown what the first changed, and nothing is overwritten.

The form carries, signed, what its fields held when it was shown. When it comes back and the row holds something else,
it is not saved: the person reads what has changed meanwhile, keeps what she wrote herself, gets the other's words in
the fields she did not touch, and may save again. The view locks the row (`select_for_update`) before it makes the form.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core import signing
from django.db import models
from django.forms.models import model_to_dict
from django.http import QueryDict
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from gpf import dates
from gpf.guarded import GuardedModelForm

FIELD = "seen"
SALT = "gpf.editing"
LONGEST = 160  # so much of a long text stands in the sentence that tells of it

Finder = Callable[[models.Model, Collection[str]], str]
"""Names who last changed these columns of the row; empty where nobody knows."""


class _Record:
    """Where it is looked up who changed a row. The room that keeps the record says so (`ask_of`)."""

    find: Finder = staticmethod(lambda row, columns: "")


def ask_of(find: Finder) -> None:
    """Let the forms name who changed a row by this."""
    _Record.find = staticmethod(find)


def who_changed(row: models.Model, columns: Collection[str]) -> str:
    """The name of who last changed these columns of the row; "somebody else" where it is not known."""
    return _Record.find(row, columns) or _("Somebody else")


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
        self._news: list[str] = []
        self._row = self.held()
        self._now = {name: _text(value) for name, value in self._row.items()}
        self.initial[FIELD] = signing.dumps(self._now, salt=SALT, compress=True)

    def held(self) -> dict[str, Any]:
        """What the row holds now, by field. A form whose fields are not all columns adds what those hold."""
        return model_to_dict(self.instance, [name for name in self.fields if name != FIELD])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.instance.pk is not None:
            self._compare()
        cleaned.pop(FIELD, None)
        return cleaned

    def _compare(self) -> None:
        try:
            seen: dict[str, str] = signing.loads(self.data.get(self.add_prefix(FIELD), ""), salt=SALT)
        except signing.BadSignature:
            seen = {}
        changed = [name for name in self.fields if name in self._now and seen.get(name, "") != self._now[name]]
        if not changed:
            return
        data = QueryDict("", mutable=True)
        data.update(self.data)
        for name in changed:
            mine = _text(self.cleaned_data.get(name))
            if mine != self._now[name]:
                self.meanwhile.append(self._in_words(name, seen.get(name, ""), mine))
                self._news.append(name)
            if mine == seen.get(name, "") and name not in self.errors:
                self._write(data, name)
        data[self.add_prefix(FIELD)] = self.initial[FIELD]
        self.data = data
        if self.meanwhile:
            self.add_error(None, self._refusal())

    def _write(self, data: QueryDict, name: str) -> None:
        """Put what the row holds into the field, as its widget would send it."""
        field = self.fields[name]
        value = field.prepare_value(self._row[name])
        several = isinstance(value, list | tuple | models.QuerySet)
        sent = [_text(part) for part in value] if several else [_text(value)]
        data.setlist(self.add_prefix(name), sent)

    def _in_words(self, name: str, before: str, mine: str) -> Meanwhile:
        field = self.fields[name]
        return Meanwhile(
            label=str(field.label or name),
            before=_shown(field, before),
            now=_shown(field, self._now[name]),
            mine=_shown(field, mine),
        )

    def _who(self) -> str:
        """Who changed it. Where several have, the last of them."""
        columns = {field.name: field.column for field in self.instance._meta.concrete_fields}
        return who_changed(self.instance, [columns[name] for name in self._news if name in columns])

    def _refusal(self) -> str:
        parts = [
            _("%(label)s: was “%(before)s”, is now “%(now)s”.")
            % {"label": change.label, "before": change.before, "now": change.now}
            for change in self.meanwhile
        ]
        return " ".join(
            [
                _("%(who)s has changed this since you opened it, so nothing is saved yet.") % {"who": self._who()},
                *parts,
                _("What you wrote yourself is still here. Look it over, and save again."),
            ]
        )


def _text(value: Any) -> str:
    """One text for one value, from the row and from the browser alike: a browser ends lines in its own way."""
    if value is None:
        return ""
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, list | tuple | models.QuerySet):
        return ",".join(sorted(_text(part) for part in value))
    return str(value).replace("\r\n", "\n")


def _shown(field: forms.Field, value: str) -> str:
    """As the person knows it: the words of a choice, a day as one says it, and nothing as a dash."""
    if isinstance(field, forms.ModelChoiceField) and field.queryset is not None:
        found = field.queryset.filter(pk__in=[key for key in value.split(",") if key])
        return ", ".join(str(row) for row in found) or value or "–"
    if isinstance(field, forms.MultipleChoiceField):
        names = {str(key): str(name) for key, name in field.choices}  # type: ignore[misc,union-attr]  # choices may be callable to mypy only
        return ", ".join(names.get(key, key) for key in value.split(",") if key) or "–"
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(value, value)) or "–"  # type: ignore[arg-type]  # choices may be callable to mypy only
    if isinstance(field, forms.BooleanField):
        return {"True": _("yes"), "False": _("no")}.get(value, "–")
    if isinstance(field, forms.DateField) and value:
        return dates.short_date(date.fromisoformat(value))
    return Truncator(value).chars(LONGEST) or "–"
