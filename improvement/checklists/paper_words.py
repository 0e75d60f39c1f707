"""Words that a checklist has on paper and in Word alike, in the active language."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

LINE = "_" * 50


def foot(content: Mapping[str, Any]) -> str:
    """Whose list it is, and which version: what somebody with an old print needs to know."""
    return " · ".join(part for part in (content["whose"], content["title"], content["version"], content["day"]) if part)


def to_fill_in(field: str) -> str:
    """What is filled in by hand in a text: a line with its word before it."""
    if field == "date":
        return _("Date") + ": ____ . ____ . ________"
    if field == "time":
        return _("Date") + ": ____ . ____ . ________  " + _("Time") + ": ____ . ____"
    if field == "number":
        return _("Figure") + ": __________"
    return LINE
