"""Numbers and days as people write them, read into numbers and days. Raises ValueError for what is neither."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from improvement.measures.models import Measure

MOST = Decimal(10) ** 10
SPACES = re.compile(r"[\s\u00a0\u202f']")
NUMBER = re.compile(r"[+-]?(\d+([.,]\d+)?|[.,]\d+)")
THOUSANDS = re.compile(r"[+-]?\d{1,3}(\.\d{3})+,\d+|[+-]?\d{1,3}(,\d{3})+\.\d+")

WEEKLY = (Measure.Rhythm.WEEK, Measure.Rhythm.FORTNIGHT)

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar jan january",
            "februar feb february",
            "mars mar march",
            "april apr",
            "mai may",
            "juni jun june",
            "juli jul july",
            "august aug",
            "september sep sept",
            "oktober okt october oct",
            "november nov",
            "desember des december dec",
        ),
        start=1,
    )
    for name in names.split()
}

WEEK = (
    re.compile(r"(?P<year>\d{4})\s*[-/ ]?\s*(?:w|uke|veke|u|week)\.?\s*(?P<week>\d{1,2})", re.IGNORECASE),
    re.compile(r"(?:w|uke|veke|u|week)\.?\s*(?P<week>\d{1,2})(?:\s*[,/.-]?\s*(?P<year>\d{4}))?", re.IGNORECASE),
    re.compile(r"(?P<week>\d{1,2})\s*/\s*(?P<year>\d{4}|\d{2})"),
)
BARE_WEEK = re.compile(r"(?P<week>\d{1,2})(?P<year>)")
MONTH = (
    re.compile(r"(?P<name>[a-zæøå]+)\.?[\s-]*(?P<year>\d{4}|\d{2})", re.IGNORECASE),
    re.compile(r"(?P<year>\d{4})\s*-\s*(?P<month>\d{1,2})"),
    re.compile(r"(?P<month>\d{1,2})\s*[./]\s*(?P<year>\d{4})"),
    re.compile(r"(?P<name>[a-zæøå]+)\.?", re.IGNORECASE),
)
QUARTER = (
    re.compile(r"(?:q|k|kv)\s*(?P<quarter>[1-4])\s*[ /-]?\s*(?P<year>\d{4})", re.IGNORECASE),
    re.compile(r"(?P<quarter>[1-4])\.?\s*kvartal\s*(?P<year>\d{4})", re.IGNORECASE),
    re.compile(r"(?P<year>\d{4})\s*-?\s*(?:q|k)(?P<quarter>[1-4])", re.IGNORECASE),
)
DAY = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:[T ][\d:.]+)?"),
    re.compile(r"(?P<day>\d{1,2})\s*[./-]\s*(?P<month>\d{1,2})\s*[./-]\s*(?P<year>\d{4}|\d{2})"),
    re.compile(r"(?P<day>\d{1,2})\.?\s*(?P<name>[a-zæøå]+)\.?\s*(?P<year>\d{4})?", re.IGNORECASE),
)


def read_number(text: str) -> Decimal:
    """ "1 234,5" and "12 %" and "3.5". One comma or point is the decimal sign; a percent sign is only a sign."""
    bare = SPACES.sub("", text).replace("\u2212", "-").removesuffix("%")
    if THOUSANDS.fullmatch(bare):
        thousands = "." if bare.rfind(",") > bare.rfind(".") else ","
        bare = bare.replace(thousands, "")
    if not NUMBER.fullmatch(bare):
        raise ValueError(text)
    try:
        found = Decimal(bare.replace(",", "."))
    except InvalidOperation:
        raise ValueError(text) from None
    if abs(found) >= MOST or found != round(found, 3):
        raise ValueError(text)
    return found


def read_day(text: str, rhythm: str, *, today: date, in_day_column: bool = False) -> date:
    """A day, or a week, month or quarter where they are counted so. Without a year it is the newest that has begun.

    A bare "47" is a week only where the column is known to hold weeks (`in_day_column`).
    """
    bare = " ".join(text.split()).strip(" .,;")
    found = _day(bare, rhythm, today)
    if found is None and in_day_column and rhythm in WEEKLY and (match := BARE_WEEK.fullmatch(bare)):
        found = _week_of(match, today)
    if found is None:
        raise ValueError(text)
    return found


def _day(text: str, rhythm: str, today: date) -> date | None:
    if found := _match(DAY, text, today):
        return found
    if rhythm in WEEKLY:
        return next((_week_of(match, today) for pattern in WEEK if (match := pattern.fullmatch(text))), None)
    if rhythm == Measure.Rhythm.MONTH:
        return _match(MONTH, text, today)
    if rhythm == Measure.Rhythm.QUARTER:
        return _match(QUARTER, text, today) or _match(MONTH, text, today)
    return None


def _match(patterns: tuple[re.Pattern[str], ...], text: str, today: date) -> date | None:
    for pattern in patterns:
        if match := pattern.fullmatch(text):
            parts = match.groupdict()
            month = MONTHS.get((parts.get("name") or "").lower()) or int(parts.get("month") or 0)
            if parts.get("quarter"):
                month = int(parts["quarter"]) * 3 - 2
            year = _year(parts.get("year")) or today.year - (month > today.month)
            try:
                return date(year, month, int(parts.get("day") or 1))
            except ValueError:
                return None
    return None


def _year(text: str | None) -> int:
    """Of four digits or two; 0 for none."""
    year = int(text or 0)
    return year + 2000 if text and year < 100 else year


def _week_of(match: re.Match[str], today: date) -> date | None:
    week, year = int(match["week"]), _year(match["year"])
    this_year = today.isocalendar().year
    try:
        if year:
            return date.fromisocalendar(year, week, 1)
        found = date.fromisocalendar(this_year, week, 1)
        return found if found <= today else date.fromisocalendar(this_year - 1, week, 1)
    except ValueError:
        return None
