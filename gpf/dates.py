"""Dates as people say them, in bokmål, nynorsk and English.

Everything here takes plain dates (already in Europe/Oslo) and answers in the active language, unless one is given.
The words live in this file and not in the message catalogues: they are grammar more than text.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone, translation

_MONTHS_NO = (
    "januar", "februar", "mars", "april", "mai", "juni",
    "juli", "august", "september", "oktober", "november", "desember",
)  # fmt: skip
_MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True)
class _Words:
    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    day: str  # how a day number is written before its month
    today: str
    tomorrow: str
    yesterday: str
    ahead: str
    past: str
    late: str
    late_short: str
    days: tuple[str, str]
    months_count: tuple[str, str]
    years: tuple[str, str]
    clock: str


_NB = _Words(
    weekdays=("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"),
    months=_MONTHS_NO,
    day="{}.",
    today="i dag",
    tomorrow="i morgen",
    yesterday="i går",
    ahead="om {}",
    past="for {} siden",
    late="{} for sent",
    late_short="{} d for sent",
    days=("dag", "dager"),
    months_count=("måned", "måneder"),
    years=("år", "år"),
    clock="%H.%M",
)
_NN = _Words(
    weekdays=("måndag", "tysdag", "onsdag", "torsdag", "fredag", "laurdag", "søndag"),
    months=_MONTHS_NO,
    day="{}.",
    today="i dag",
    tomorrow="i morgon",
    yesterday="i går",
    ahead="om {}",
    past="for {} sidan",
    late="{} for seint",
    late_short="{} d for seint",
    days=("dag", "dagar"),
    months_count=("månad", "månader"),
    years=("år", "år"),
    clock="%H.%M",
)
_EN = _Words(
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    months=_MONTHS_EN,
    day="{}",
    today="today",
    tomorrow="tomorrow",
    yesterday="yesterday",
    ahead="in {}",
    past="{} ago",
    late="{} late",
    late_short="{} d late",
    days=("day", "days"),
    months_count=("month", "months"),
    years=("year", "years"),
    clock="%H:%M",
)
_LANGUAGES = {"nb": _NB, "nn": _NN, "en": _EN}


def long_date(day: date, *, today: date | None = None, language: str | None = None) -> str:
    """As "tirsdag 8. desember"; with the year when it is another year than today's."""
    words = _words(language)
    return f"{words.weekdays[day.weekday()]} {_day_month(day, words)}{_year(day, today)}"


def short_date(day: date, *, today: date | None = None, language: str | None = None) -> str:
    """As "8. desember"; with the year when it is another year than today's."""
    return f"{_day_month(day, _words(language))}{_year(day, today)}"


def month(day: date, *, language: str | None = None) -> str:
    """As "november 2021": for dates of which only the month is known."""
    return f"{_words(language).months[day.month - 1]} {day.year}"


def date_range(start: date, end: date | None = None, *, month_only: bool = False, language: str | None = None) -> str:
    """As "3.–4. mars 2021", "31. august–1. september 2022", "november 2021". The year always stands."""
    words = _words(language)
    if month_only:
        return month(start, language=language)
    if end is None or end == start:
        return f"{_day_month(start, words)} {start.year}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{words.day.format(start.day)}–{_day_month(end, words)} {end.year}"
    year = f" {start.year}" if start.year != end.year else ""
    return f"{_day_month(start, words)}{year}–{_day_month(end, words)} {end.year}"


def from_now(day: date, *, today: date | None = None, language: str | None = None) -> str:
    """As "om 16 dager", "i dag", "i går", "for 3 dager siden"; months and years when that is how one would say it."""
    words = _words(language)
    distance = (day - (today or timezone.localdate())).days
    if distance in (-1, 0, 1):
        return (words.yesterday, words.today, words.tomorrow)[distance + 1]
    return (words.ahead if distance > 0 else words.past).format(_span(abs(distance), words))


def late_by(due: date, *, today: date | None = None, language: str | None = None) -> str:
    """As "3 dager for sent", or an empty text when the due date has not passed. The whole due day counts."""
    words = _words(language)
    days = days_late(due, today=today)
    return words.late.format(_count(days, words.days)) if days else ""


def late_short(days: int, *, language: str | None = None) -> str:
    """As "5 d for sent": for a cell with little room."""
    return _words(language).late_short.format(days)


def days_late(due: date, *, today: date | None = None) -> int:
    """How many whole days past its due date something is; 0 on the day itself and before."""
    return max(0, ((today or timezone.localdate()) - due).days)


def clock(moment: datetime, *, language: str | None = None) -> str:
    """As "10.42", in Europe/Oslo."""
    return timezone.localtime(moment).strftime(_words(language).clock)


def moment(at: datetime, *, language: str | None = None) -> str:
    """As "i dag 10.42", "i går 14.05", "8. desember 09.30"; for comments and history."""
    day = timezone.localtime(at).date()
    near = abs(timezone.localdate() - day) <= timedelta(days=1)
    words = from_now(day, language=language) if near else short_date(day, language=language)
    return f"{words} {clock(at, language=language)}"


def _words(language: str | None) -> _Words:
    code = (language or translation.get_language() or "nb").split("-")[0]
    return _LANGUAGES.get(code, _NB)


def _day_month(day: date, words: _Words) -> str:
    return f"{words.day.format(day.day)} {words.months[day.month - 1]}"


def _year(day: date, today: date | None) -> str:
    return "" if day.year == (today or timezone.localdate()).year else f" {day.year}"


def _span(days: int, words: _Words) -> str:
    """Days up to six weeks; then whole months, rounded; then years, from two."""
    if days <= 45:
        return _count(days, words.days)
    months = round(days / 30.44)
    return _count(months, words.months_count) if months < 24 else _count(round(months / 12), words.years)


def _count(number: int, forms: tuple[str, str]) -> str:
    return f"{number} {forms[0] if number == 1 else forms[1]}"
