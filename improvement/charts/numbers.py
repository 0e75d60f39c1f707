"""Numbers and days as people write them: a comma, a thin space between thousands, the week or the month."""

from datetime import date

from babel.dates import format_date
from babel.numbers import format_decimal
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from improvement.charts.picture import Picture

LOCALES = {"nb": "nb_NO", "nn": "nn_NO"}
WHOLE_FROM = 100  # values this large are told without decimals


def _locale() -> str:
    return LOCALES.get((get_language() or "nb")[:2], "en")


def number(value: float, decimals: int | None = None) -> str:
    """1 234,5. Without `decimals` one is shown where it tells something."""
    if decimals is None:
        decimals = 0 if abs(value) >= WHOLE_FROM or value == int(value) else 1
    pattern = "#,##0." + "0" * decimals if decimals else "#,##0"
    return str(format_decimal(round(value, decimals) + 0.0, format=pattern, locale=_locale()))


def share(value: float) -> str:
    """A percentage as people tell it: whole, but for what lies within one of nothing or of all."""
    near_an_end = 0 < value < 1 or 99 < value < 100
    return number(value, 1 if near_an_end else 0)


def with_unit(picture: Picture, value: float) -> str:
    """78 %, 4 falls, 3,2 per 1 000."""
    if picture.kind == "share":
        return _("%(number)s %%") % {"number": share(value)}
    if picture.kind == "rate" and picture.per > 1:
        return _("%(number)s per %(per)s") % {"number": number(value), "per": number(picture.per)}
    if picture.kind == "time_between":
        return _("%(number)s days") % {"number": number(value)}
    return f"{number(value)} {picture.unit}".strip()


def day(on: date) -> str:
    """9. nov. 2026."""
    return str(format_date(on, "d. MMM y", locale=_locale()))


def period(on: date, rhythm: str, *, year: bool = True) -> str:
    """What a number's day stands for: week 47, November 2026, the fourth quarter, or the day itself."""
    words = {"week": on.isocalendar().week, "year": on.isocalendar().year, "quarter": (on.month + 2) // 3}
    if rhythm in ("week", "fortnight"):
        return _("week %(week)s, %(year)s") % words if year else _("week %(week)s") % words
    if rhythm == "month":
        return str(format_date(on, "MMM y" if year else "MMM", locale=_locale()))
    if rhythm == "quarter":
        return _("Q%(quarter)s %(year)s") % (words | {"year": on.year})
    return day(on) if year else str(format_date(on, "d. MMM", locale=_locale()))
