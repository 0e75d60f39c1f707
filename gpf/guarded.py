"""Nothing with an identity number in it is stored: every form says where it stands, and every text column refuses it.

A form that derives from `GuardedForm` or `GuardedModelForm` checks whatever came in, whichever kinds of fields it
has. Behind the forms, `guard_columns` puts the check on every text and JSON column of every room, so that a view,
task or command that has no form can not store a number either. A refused form is shown again to the person who
wrote it, with her text as she wrote it: the number goes back to her and nowhere else.
"""

from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from django import forms
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import models
from django.utils.deconstruct import deconstructible
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from gpf.identity import find, kind_of_number

UNGUARDED_COLUMNS = frozenset({"password", "secret_hash", "content_hash", "sha256", "key", "message_id"})
"""Columns that hold what the product computed, where eleven digits in a row mean nothing."""


class IdentityNumberError(ValidationError):
    """A text holds an identity number. Its message says where, why and what to do, and never the number."""


@deconstructible
class IdentityNumberValidator:
    """Refuses a text, a file's name, or anything nested of them, that holds an identity number."""

    def __call__(self, value: object) -> None:
        refuse_identity_numbers(value)


def refuse_identity_numbers(value: object) -> None:
    """Raise IdentityNumberError when a text, a file's name, or anything nested of them, holds an identity number."""
    if isinstance(value, str):
        lines = sorted({found.line for found in find(value)})
        if lines:
            raise IdentityNumberError(refusal(lines if "\n" in value.strip() else []), code="identity_number")
    elif any(holds_identity_number(part) for part in _parts(value)):
        raise IdentityNumberError(refusal([]), code="identity_number")


def holds_identity_number(value: object) -> bool:
    """Whether a text, a number, a file's name, or anything nested of them, holds an identity number."""
    if isinstance(value, bool) or value is None:
        return False
    if isinstance(value, str):
        return bool(find(value))
    if isinstance(value, int | float | Decimal):
        return kind_of_number(float(value)) is not None
    return any(holds_identity_number(part) for part in _parts(value))


def refusal(lines: list[int]) -> str:
    """What a person reads: where (the lines, if there are several), why, and what to do."""
    if not lines:
        where = _("There is what looks like a national identity number here.")
    elif len(lines) == 1:
        where = _("There is what looks like a national identity number in line %(line)d.") % {"line": lines[0]}
    else:
        where = _("There is what looks like a national identity number in the lines %(lines)s.") % {
            "lines": ", ".join(map(str, lines[:5])) + ("" if len(lines) <= 5 else " …")
        }
    return f"{where} {why()}"


def why() -> str:
    """Why a number is refused and what to do: the same words by a field and by a file."""
    return _("Nothing that identifies a person may be kept here, so nothing was saved. Take it out, and try again.")


def _parts(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        yield from value
        yield from value.values()
    elif isinstance(value, list | tuple | set | frozenset):
        yield from value
    elif isinstance(value, File):
        yield value.name
    elif isinstance(value, str | Promise):
        yield str(value)


# Forms


UNSEEN = {code: None for code in (*range(32), 127) if chr(code) not in "\t\n\r"} | {0x0B: " ", 0x0C: " "}
"""Signs nobody sees, which come along when text is pasted from slides; no file format of ours can hold them."""


class _Guarded(forms.BaseForm):
    """Checks every cleaned value, whatever its field is, and takes signs nobody sees out of texts."""

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]  # Django's own step, which the stubs leave out
        for name, value in self.cleaned_data.items():
            if isinstance(value, str):
                self.cleaned_data[name] = value.translate(UNSEEN)

    def full_clean(self) -> None:
        super().full_clean()
        for name, value in list(getattr(self, "cleaned_data", {}).items()):
            # A choice of existing rows is no text of the person's own.
            if not isinstance(value, models.Model | models.QuerySet):
                self._refuse(name, value)

    def _refuse(self, name: str, value: object) -> None:
        try:
            refuse_identity_numbers(value)
        except IdentityNumberError as error:
            self.add_error(name if name in self.fields else None, error)


class GuardedForm(_Guarded, forms.Form):
    """A form that takes no identity numbers."""


class GuardedModelForm(_Guarded, forms.ModelForm):  # type: ignore[type-arg]  # ModelForm is generic to mypy only
    """A model's form that takes no identity numbers."""


# Columns


def guard_columns() -> None:
    """Put the check on every text and JSON column of the rooms' models: called once, when all models are known.

    It sits where a value is made ready to be written, which `save`, `bulk_create`, `bulk_update` and `update` all
    pass through; comparing with a column is left alone.
    """
    for model in apps.get_models():
        if Path(model._meta.app_config.path).parent == settings.BASE_DIR:
            for field in guarded_columns(model):
                # On the instance: Django's own models keep the class as it is, and no migration sees a difference.
                field.get_db_prep_save = partial(_prepare, field)  # type: ignore[method-assign]


def guarded_columns(model: type[models.Model]) -> "list[models.Field[Any, Any]]":
    """The model's own text and JSON columns that are written by people."""
    return [
        field
        for field in model._meta.local_fields
        if isinstance(field, models.CharField | models.TextField | models.JSONField)
        and field.name not in UNGUARDED_COLUMNS
    ]


def _prepare(field: "models.Field[Any, Any]", value: Any, connection: Any) -> Any:
    if holds_identity_number(value):
        raise IdentityNumberError(refusal([]), code="identity_number")
    return type(field).get_db_prep_save(field, value, connection)
