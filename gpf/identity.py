"""Norwegian identity numbers in text: where they are, never what they are.

Nothing here returns, prints, logs or raises a number; a `Found` says only what kind it is and where it stands.
The module is pure: no Django, no settings, no clock but the year, so that the reader of uploads and the logging
can use it.

Searched for, all eleven digits with two control digits (modulus 11):

- fødselsnummer: ddmmyy, three digits, two control digits
- D-numbers (day + 40) and H-numbers (month + 40)
- synthetic numbers of test populations (month + 40, + 65 or + 80), also as D-numbers
- FH-numbers (first digit 8 or 9, no date): health services use them for patients who have none of the others
- from 2032 also numbers with the relaxed first control digit (remainder 0-3). Until then none exists, and looking
  for them would refuse every tenth bank account number

Written together, as 6 + 5, as 4 + 7, with a full birth date (also the year first, or the month as a word), in pairs,
one digit a box; with any spaces, dots, dashes, slashes and other signs or words like "personnr" between. Digits of any
script count, characters without width do not. Not searched for: 4 + 2 + 5, which is how bank accounts are written;
3 + 3 + 3 + 2, which is how a row of counts looks; eleven digits after a plus sign that can be a country code; parts of
longer runs of digits.

Sources: folkeregisterforskriften § 2-2-1 (numbers, control digits, D-numbers); Skatteetaten on the number series
from 2032; Norsk helsenett on H- and FH-numbers; the test populations of Skatteetaten (+ 80), Norsk helsenett (+ 65)
and NAV (+ 40).
"""

import logging
import re
import unicodedata
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

MASK = "[identity number]"


class Kind(StrEnum):
    """What sort of identity number stands there."""

    NATIONAL = "national"
    D = "d"
    H = "h"
    SYNTHETIC = "synthetic"
    FH = "fh"


@dataclass(frozen=True, order=True)
class Found:
    """Where an identity number stands in a text: offset of its first character and after its last, line, column."""

    start: int
    end: int
    line: int
    column: int
    kind: Kind


# What is a number


FIRST_WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
SECOND_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
MONTH_KINDS = ((0, Kind.NATIONAL), (40, Kind.H), (65, Kind.SYNTHETIC), (80, Kind.SYNTHETIC))


def kind_of(digits: str, *, relaxed: bool | None = None) -> Kind | None:
    """What kind of identity number eleven ASCII digits are; None for any other number.

    `relaxed` accepts the first control digit of numbers given out from 2032; by default it follows the year.
    """
    if not _control_digits_hold(digits, _is_2032() if relaxed is None else relaxed):
        return None
    if digits[0] in "89":
        return Kind.FH
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    for shift, kind in MONTH_KINDS:
        if 1 <= month - shift <= 12:
            last_day = monthrange(1900 + year if year else 2000, month - shift)[1]
            if 1 <= day <= last_day:
                return kind
            if 1 <= day - 40 <= last_day:
                return Kind.D if kind is Kind.NATIONAL else kind
    return None


def kind_of_number(number: float) -> Kind | None:
    """The same for a number in a cell, where the zero in front of a birth date before the tenth is lost."""
    if not 10**9 <= number < 10**11 or number != int(number):
        return None
    digits = f"{int(number):011d}"
    # 47 and a mobile number: the country code of Norway without its plus sign.
    return None if digits.startswith("0474") else kind_of(digits)


def _control_digits_hold(digits: str, relaxed: bool) -> bool:
    values = [int(digit) for digit in digits]
    first = sum(weight * value for weight, value in zip(FIRST_WEIGHTS, values, strict=False)) % 11
    second = sum(weight * value for weight, value in zip(SECOND_WEIGHTS, values, strict=True)) % 11
    return second == 0 and first in ((0, 1, 2, 3) if relaxed else (0,))


def _is_2032() -> bool:
    return _this_year() >= 2032


def _this_year() -> int:
    return datetime.now(UTC).year


# How it is written


_DASH = r"\-‐‑‒–—―−"
_SIGN = rf"._/\\*+~=·•'’{_DASH}"
_BLANKS = r"[^\S\r\n]{0,20}+"
_GAP = rf"(?!\d)(?>(?:[^\S\t\r\n]{{0,20}}+[{_SIGN}]){{0,3}}+[^\S\t\r\n]{{0,20}}+)"  # in the date: no line break, comma
_LABEL = r"(?:(?:person|p|fødsels|f)[. ]?(?:nummer(?:et)?|nr)\b[\s.:#=]{0,3}(?:er\b[\s:]{0,3})?)"
_JOIN = rf"(?!\d)(?>(?:{_BLANKS}[\r\n,;:|(){_SIGN}]){{0,3}}+{_BLANKS}){_LABEL}?"  # between the date and the last five
_MONTH = r"(?:jan|feb|mars?|apr|mai|juni?|juli?|aug|sep|okt|nov|des)[a-zæøå]{0,6}+"
_BOX = rf"(?:\s{{1,3}}|[^\S\r\n]?[|._{_DASH}][^\S\r\n]?)"

_FORM = re.compile(
    rf"""(?:
      (?P<plain> \d{{11}} | \d{{6}}{_JOIN}\d{{5}} | \d{{6}}{_GAP}\d{{3}}{_GAP}\d{{2}}
        | \d\d{_GAP}\d\d{_GAP}\d\d{_JOIN}\d{{5}} | \d\d{_GAP}\d\d{_GAP}\d{{7}}
        | \d{{4}}[\ \u00a0.{_DASH}]\d{{7}}
        | \d\d(?P<dot>[./{_DASH}])\d\d(?P=dot)\d\d{_GAP}\d{{3}}{_GAP}\d\d )
      | (?P<boxes> \d(?P<box>{_BOX})\d(?:(?P=box)\d){{4}}{_BOX}\d(?:(?P=box)\d){{4}} )(?!(?P=box)\d)
      | (?P<dated> (?P<day>\d{{1,2}})(?P<slash>[./{_DASH}]\ ?)(?P<month>\d{{1,2}})(?P=slash)
        (?P<year>\d{{4}}|\d\d)(?P<join>{_JOIN})(?P<rest>\d{{5}}) )
      | (?P<named> (?P<nday>\d{{1,2}})\.?\ ?(?P<nmonth>{_MONTH})\.?\ ?(?P<nyear>\d{{4}})
        (?P<njoin>{_JOIN})(?P<nrest>\d{{5}}) )
      | (?P<iso> (?P<iyear>\d{{4}})-(?P<imonth>\d\d)-(?P<iday>\d\d)(?P<ijoin>{_JOIN})(?P<irest>\d{{5}}) )
      | (?P<full> (?P<ddmm>\d{{4}})(?P<yyyy>\d{{4}})(?P<fulljoin>{_JOIN})(?P<last>\d{{5}}) )
    )(?!\d)""",
    re.VERBOSE | re.IGNORECASE,
)
_RUN = re.compile(r"\d+")
_RUN_LENGTHS = {1, 2, 4, 6, 8, 11}
_MONTHS = "janfebmaraprmaijunjulaugsepoktnovdes"
_NO_WIDTH = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)


def find(text: str, *, relaxed: bool | None = None) -> list[Found]:
    """Every identity number in the text, in order. `relaxed` as in `kind_of`."""
    bare, skipped = _without_marks(text)
    found, line, counted = [], 1, 0
    for start, end, kind in _candidates(bare, _is_2032() if relaxed is None else relaxed):
        first, last = start + bisect_right(skipped, start), end + bisect_right(skipped, end - 1)
        line, counted = line + text.count("\n", counted, first), first
        found.append(Found(first, last, line, first - text.rfind("\n", 0, first), kind))
    return found


def mask(text: str) -> str:
    """The text with `[identity number]` for each number, also where a log wrote %20 or \\xa0 for a space.

    An address that another leads on to (`?next=`) has its signs escaped twice: %2520.
    """
    if not _RUN.search(text):
        return text
    spans = sorted(find(text) + find(_ESCAPE.sub(_blank, text)) + find(_ESCAPED_AGAIN.sub(_blank, text)))
    parts, done = [], 0
    for span in spans:
        if span.start >= done:
            parts += [text[done : span.start], MASK]
        done = max(done, span.end)
    return "".join([*parts, text[done:]])


_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}|\\x[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\\[nrt]")
_ESCAPED_AGAIN = re.compile(r"%(?:25)+[0-9A-Fa-f]{2}|%[0-9A-Fa-f]{2}")


def _blank(match: re.Match[str]) -> str:
    """A space as long as the escape, so that offsets stay: the rest of it has no width."""
    return " " + "\u200b" * (len(match[0]) - 1)


def _candidates(text: str, relaxed: bool) -> Iterator[tuple[int, int, Kind]]:
    for run in _RUN.finditer(text):
        if len(run[0]) not in _RUN_LENGTHS:
            continue
        match = _FORM.match(text, run.start())
        if match and not _is_phone(text, match) and not _is_inside_a_row(text, match):
            kind = _kind_as_written(match, relaxed)
            if kind:
                yield match.start(), match.end(), kind


def _kind_as_written(match: re.Match[str], relaxed: bool) -> Kind | None:
    if match["dated"] and len(match["year"]) == 4:
        ddmm = match["day"].zfill(2) + match["month"].zfill(2)
        return _kind_with_birth_year(ddmm, match["year"], match["join"], match["rest"], relaxed)
    if match["named"]:
        month = _MONTHS.find(match["nmonth"][:3].lower()) // 3 + 1  # 0 where a letter only looks like ours
        ddmm = f"{match['nday'].zfill(2)}{month:02d}"
        return _kind_with_birth_year(ddmm, match["nyear"], match["njoin"], match["nrest"], relaxed)
    if match["iso"]:
        ddmm = match["iday"] + match["imonth"]
        return _kind_with_birth_year(ddmm, match["iyear"], match["ijoin"], match["irest"], relaxed)
    if match["full"]:
        return _kind_with_birth_year(match["ddmm"], match["yyyy"], match["fulljoin"], match["last"], relaxed)
    if match["dated"]:
        written = match["day"].zfill(2) + match["month"].zfill(2) + match["year"] + match["rest"]
    else:
        written = match[0]
    return kind_of(_ascii_digits(written), relaxed=relaxed)


def _kind_with_birth_year(ddmm: str, year: str, join: str, rest: str, relaxed: bool) -> Kind | None:
    """A birth date with four digits of year and the last five; the century must agree with the three digits after.

    A date of our own time followed by a count is common in tables, so such a year needs more than white space or
    a comma between.
    """
    digits, born = _ascii_digits(ddmm + year[2:] + rest), int(year)
    if not 1854 <= born <= _this_year() or (born >= 2010 and not join.strip(" \t\r\n\u00a0.,;:|")):
        return None
    individual = int(digits[6:9])
    agrees = (
        relaxed
        or (born < 1900 and 500 <= individual <= 749)
        or (1900 <= born < 2000 and individual <= 499)
        or (1940 <= born < 2000 and individual >= 900)
        or (born >= 2000 and individual >= 500)
    )
    return kind_of(digits, relaxed=relaxed) if agrees and digits[0] not in "89" else None


def _is_phone(text: str, match: re.Match[str]) -> bool:
    """A plus sign in front and a digit that can begin a country code: a telephone number."""
    return text[match.start() - 1 : match.start()] == "+" and unicodedata.decimal(match[0][0]) != 0


def _is_inside_a_row(text: str, match: re.Match[str]) -> bool:
    """Single digits are the boxes of a number only when there are eleven: a longer row is a table of scores."""
    if not match["boxes"]:
        return False
    before = match.start() - len(match["box"])
    return before > 0 and text.startswith(match["box"], before) and text[before - 1].isdecimal()


def _ascii_digits(text: str) -> str:
    return "".join(str(unicodedata.decimal(char)) for char in text if char.isdecimal())


def _without_marks(text: str) -> tuple[str, list[int]]:
    """The text without characters of no width, and the offset in what is left at which each of them stood."""
    if text.isascii():
        return text, []
    skipped = [match.start() - before for before, match in enumerate(_NO_WIDTH.finditer(text))]
    return (_NO_WIDTH.sub("", text), skipped) if skipped else (text, skipped)


# Logs


class LogFilter(logging.Filter):
    """Masks identity numbers in a log record: message, arguments, extra fields, exception, stack. Drops nothing."""

    def filter(self, record: logging.LogRecord) -> bool:
        self._mask_message(record)
        self._mask_exception(record)
        for name, value in list(vars(record).items()):
            if isinstance(value, str) and name not in ("msg", "exc_text"):
                setattr(record, name, mask(value))
        return True

    def _mask_message(self, record: logging.LogRecord) -> None:
        try:
            message = record.getMessage()
        except (TypeError, ValueError):
            message = f"{record.msg} (its arguments do not fit it)"
        masked = mask(message)
        # A formatter may read the arguments itself, so they go when the message had something to hide.
        if masked != message or _hides(record.args):
            record.msg, record.args = masked, ()

    def _mask_exception(self, record: logging.LogRecord) -> None:
        if record.exc_info and not record.exc_text:
            text = logging.Formatter().formatException(record.exc_info)
            record.exc_text = mask(text)
            if record.exc_text != text:
                record.exc_info = None
        elif record.exc_text:
            record.exc_text = mask(record.exc_text)


def _hides(args: object) -> bool:
    """Whether what was given to the message holds a number that the message itself does not show."""
    return bool(args) and mask(str(args)) != str(args)
