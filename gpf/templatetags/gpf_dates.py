"""Template filters for dates as people say them. See `gpf/dates.py` for the words."""

from datetime import date, datetime

from django import template
from django.utils import timezone

from gpf import dates

register = template.Library()


@register.filter
def long_date(value: date | None) -> str:
    """{{ due|long_date }} → "tirsdag 8. desember"."""
    return dates.long_date(_day(value)) if value else ""


@register.filter
def short_date(value: date | None) -> str:
    """{{ due|short_date }} → "8. desember"."""
    return dates.short_date(_day(value)) if value else ""


@register.filter
def month_year(value: date | None) -> str:
    """{{ start|month_year }} → "november 2021"."""
    return dates.month(_day(value)) if value else ""


@register.filter
def from_now(value: date | None, today: date | None = None) -> str:
    """{{ due|from_now }} → "om 16 dager"; seen from another day with an argument."""
    return dates.from_now(_day(value), today=today) if value else ""


@register.filter
def late_by(value: date | None) -> str:
    """{{ due|late_by }} → "3 dager for sent", or nothing."""
    return dates.late_by(_day(value)) if value else ""


@register.filter
def clock(value: datetime | None) -> str:
    """{{ saved_at|clock }} → "10.42"."""
    return dates.clock(value) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """{{ comment.created_at|moment }} → "i dag 10.42"."""
    return dates.moment(value) if value else ""


@register.simple_tag
def date_range(start: date | None, end: date | None = None, month_only: bool = False) -> str:
    """{% date_range gathering.starts_on gathering.ends_on month_only=… %} → "3.–4. mars 2021"."""
    return dates.date_range(start, end, month_only=month_only) if start else ""


def _day(value: date) -> date:
    """The day of a date or of a moment, in Europe/Oslo."""
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value
