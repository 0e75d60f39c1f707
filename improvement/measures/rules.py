"""What a number must be. One place, whether it is typed, pasted or corrected."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from improvement.charts.numbers import number
from improvement.measures.models import Measure

EARLIEST = 1990
Kind = Measure.Kind


@dataclass(frozen=True)
class Wrong:
    """Which part of it is wrong, and what to do."""

    part: str
    text: str


def parts_of(measure: Measure) -> tuple[str, ...]:
    """What a number of this measure is made of."""
    if measure.kind in (Kind.SHARE, Kind.RATE):
        return ("numerator", "denominator")
    return () if measure.kind == Kind.TIME_BETWEEN else ("value",)


def wrong_day(on: date, today: date) -> str:
    """What is wrong with the day; an empty text for nothing."""
    if on > today:
        return _("This lies ahead of today. A number can be typed in when its period has begun.")
    if on.year < EARLIEST:
        return _("This is too long ago. Look at the year.")
    return ""


def wrong_parts(
    measure: Measure, *, numerator: Decimal | None, denominator: Decimal | None, value: Decimal | None
) -> Iterator[Wrong]:
    """What is wrong with the numbers. Those that are missing altogether are another matter."""
    if measure.kind in (Kind.SHARE, Kind.RATE):
        yield from _wrong_ratio(measure, numerator, denominator)
    elif value is not None and value < 0 and measure.kind == Kind.COUNT:
        yield Wrong("value", _("A count can not be below 0."))
    elif value is not None and measure.kind == Kind.COUNT and value != int(value):
        yield Wrong("value", _("A count is a whole number."))


def _wrong_ratio(measure: Measure, numerator: Decimal | None, denominator: Decimal | None) -> Iterator[Wrong]:
    if numerator is not None and denominator is None:
        yield Wrong("denominator", _("Both numbers are needed: this one is missing."))
    if denominator is not None and numerator is None:
        yield Wrong("numerator", _("Both numbers are needed: this one is missing. Write 0 if there were none."))
    for name, each in (("numerator", numerator), ("denominator", denominator)):
        if each is not None and each < 0:
            yield Wrong(name, _("A count can not be below 0."))
        elif each is not None and measure.kind == Kind.SHARE and each != int(each):
            yield Wrong(name, _("A count is a whole number."))
    if numerator is None or denominator is None or numerator < 0 or denominator < 0:
        return
    if measure.kind == Kind.SHARE and numerator > denominator:
        words = {"numerator": number(float(numerator)), "denominator": number(float(denominator))}
        yield Wrong(
            "numerator", _("%(numerator)s is more than all %(denominator)s. Have the two changed places?") % words
        )
    if denominator == 0 and numerator > 0:
        yield Wrong("denominator", _("There were none to count among. Then the first number is 0 as well."))
