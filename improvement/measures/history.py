"""What became of a measure's numbers, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from improvement.charts.numbers import number, period
from improvement.measures.models import Correction, Measure


@dataclass(frozen=True)
class Corrected:
    """One correction: which number, who, when, from what to what."""

    on: date
    when: str
    who: str
    at: datetime
    before: str
    after: str


def read_history(measure: Measure, *, on: date | None = None) -> list[Corrected]:
    """The corrections of a measure, or of one of its numbers, newest first. One query."""
    rows = Correction.objects.filter(measure=measure).select_related("corrected_by")
    if on is not None:
        rows = rows.filter(on=on)
    return [
        Corrected(
            on=row.on,
            when=period(row.on, measure.rhythm),
            who=str(row.corrected_by or _("Somebody who has no account any more")),
            at=row.corrected_at,
            before=_told(row.before, measure),
            after=_told(row.after, measure) if row.after else _("taken away"),
        )
        for row in rows
    ]


def _told(values: Mapping[str, str], measure: Measure) -> str:
    """The numbers of one state in words."""
    if "excluded_reason" in values:
        reason = values["excluded_reason"]
        return _("left out: %(reason)s") % {"reason": reason} if reason else _("counted in")
    return " – ".join(filter(None, (_number(values, measure), values.get("note", ""))))


def _number(values: Mapping[str, str], measure: Measure) -> str:
    top, bottom, value = (values.get(name) for name in ("numerator", "denominator", "value"))
    if measure.kind == Measure.Kind.TIME_BETWEEN:
        return _("happened")
    if top is not None and bottom is not None:
        return _("%(count)s of %(all)s") % {"count": number(float(top)), "all": number(float(bottom))}
    return number(float(value)) if value is not None else _("not measured")
