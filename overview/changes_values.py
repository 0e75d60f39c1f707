"""A value of the record as a person says it."""

from datetime import date
from functools import cache
from typing import Any

from django.db import models
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from gpf import dates
from overview.changes_names import Names, foreign_keys, model_of


def in_words(table: str, column: str, value: Any, names: Names) -> str:
    """The label of a choice, the name of what is pointed to, a day as people say it; nothing is an empty text."""
    if value is None or value == "":
        return ""
    target = foreign_keys(table).get(column)
    if target:
        return names.of(target, value).name
    field = _field(table, column)
    if field is not None and field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, models.DateTimeField):
        at = parse_datetime(value)
        return dates.moment(at) if at else str(value)
    if isinstance(field, models.DateField):
        return dates.short_date(date.fromisoformat(value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):  # a poster's sections
        return ", ".join(part["heading"]["nb"] for part in value if not part.get("hidden"))
    return str(value)


@cache
def _field(table: str, column: str) -> "models.Field[Any, Any] | None":
    model = model_of(table)
    fields = model._meta.concrete_fields if model else ()
    return next((field for field in fields if field.column == column), None)
