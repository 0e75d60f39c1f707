"""Numbers and days as people write them: a comma, a thin space between thousands, the week or the month."""

from collections.abc import Sequence
from datetime import date
from math import floor, log10

from babel.dates import format_date
from babel.numbers import format_compact_decimal, format_decimal
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from improvement.charts.picture import Picture

LOCALES = {"nb": "nb_NO", "nn": "nn_NO"}
WHOLE_FROM = 100  # values this large are told without decimals
MILLION = 1_000_000
TINY = 1e-6
NO_BREAK = "\u00a0"


def _locale() -> str:
    return LOCALES.get((get_language() or "nb")[:2], "en")


def number(value: float, decimals: int | None = None) -> str:
    """1 234,5. Without `decimals` one is shown where it tells something; more for what is very small."""
    digit = "0"
    if decimals is None:
        decimals = 0 if abs(value) >= WHOLE_FROM or value == int(value) else 1
        if TINY < abs(value) < 0.1:
            decimals, digit = 1 - floor(log10(abs(value))), "#"
    pattern = "#,##0." + digit * decimals if decimals else "#,##0"
    return str(format_decimal(round(value, decimals) + 0.0, format=pattern, locale=_locale()))


def ticks(values: Sequence[float]) -> list[str]:
    """The numbers of an axis: all with as many decimals as one of them needs, large ones in millions."""
    if max(map(abs, values)) >= MILLION:
        return [_in_millions(value) for value in values]
    step = values[1] - values[0]
    decimals = next(count for count in range(12) if count == 11 or abs(round(step, count) - step) <= step * 1e-6)
    return [number(value, decimals) for value in values]


def short(value: float) -> str:
    """A number for a label on a chart, where there is little room: from a million on in millions."""
    return _in_millions(value) if abs(value) >= MILLION else number(value)


def _in_millions(value: float) -> str:
    decimals = 3 if abs(value) >= 1000 * MILLION else 1  # the words for a thousand millions are another unit
    told = format_compact_decimal(value, locale=_locale(), fraction_digits=decimals)
    return str(told).replace(" ", NO_BREAK)


def share(value: float) -> str:
    """A percentage as people tell it: whole, but for what lies within one of nothing or of all."""
    near_an_end = 0 < value < 1 or 99 < value < 100
    return number(value, 1 if near_an_end else 0)


def percent(value: float) -> str:
    """78 %, never broken over two lines."""
    return (_("%(number)s %%") % {"number": share(value)}).replace(" ", NO_BREAK)


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
