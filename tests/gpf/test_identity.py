"""The identity-number guard: what it finds, what it leaves alone, and that it keeps quiet about the number."""

import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpf.identity import MASK, Found, Kind, LogFilter, find, kind_of, kind_of_number, mask
from tests.identity_numbers import (
    ALL,
    FH,
    LATE,
    NATIONAL,
    RELAXED,
    SYNTHETIC,
    SYNTHETIC_D,
    SYNTHETIC_HEALTH,
    D,
    H,
    complete,
    split,
)

DAY, MONTH, YEAR, REST = split(NATIONAL, 2, 2, 2, 5)
DATE = DAY + MONTH + YEAR
WIDE = NATIONAL.translate({ord(str(n)): 0xFF10 + n for n in range(10)})
ARABIC = NATIONAL.translate({ord(str(n)): 0x0660 + n for n in range(10)})

WRITTEN = {
    "together": NATIONAL,
    "6+5 space": f"{DATE} {REST}",
    "6+5 no-break space": f"{DATE}\u00a0{REST}",
    "6+5 thin space": f"{DATE}\u2009{REST}",
    "6+5 narrow no-break space": f"{DATE}\u202f{REST}",
    "6+5 hyphen": f"{DATE}-{REST}",
    "6+5 non-breaking hyphen": f"{DATE}\u2011{REST}",
    "6+5 en dash with spaces": f"{DATE} – {REST}",
    "6+5 dot": f"{DATE}.{REST}",
    "6+5 slash": f"{DATE}/{REST}",
    "6+5 underscore": f"{DATE}_{REST}",
    "6+5 comma": f"{DATE}, {REST}",
    "6+5 tab": f"{DATE}\t{REST}",
    "6+5 line break": f"{DATE}\r\n{REST}",
    "6+5 brackets": f"{DATE} ({REST})",
    "6+5 label": f"{DATE}, personnr. {REST}",
    "6+3+2": f"{DATE} {REST[:3]} {REST[3:]}",
    "pairs and five, spaces": f"{DAY} {MONTH} {YEAR} {REST}",
    "pairs and five, dots": f"{DAY}.{MONTH}.{YEAR} {REST}",
    "pairs and five, hyphens": f"{DAY}-{MONTH}-{YEAR}-{REST}",
    "pairs and seven": f"{DAY} {MONTH} {YEAR}{REST}",
    "pairs, three, two": f"{DAY}.{MONTH}.{YEAR} {REST[:3]} {REST[3:]}",
    "short date": f"1.1.{YEAR} {REST}",
    "full year": f"{DAY}.{MONTH}.19{YEAR} {REST}",
    "full year, short": f"1/1/19{YEAR}-{REST}",
    "full year, together": f"{DAY}{MONTH}19{YEAR} {REST}",
    "full year, label": f"{DAY}.{MONTH}.19{YEAR} personnummer: {REST}",
    "6+5 many spaces": f"{DATE}{' ' * 9}{REST}",
    "6+5 dash among many spaces": f"{DATE}    -    {REST}",
    "6+5 line break and indent": f"{DATE}\n      {REST}",
    **{f"6+5 {sign}": f"{DATE}{sign}{REST}" for sign in "·•~=\\'’"},
    "4+7": f"{DATE[:4]} {DATE[4:]}{REST}",
    "pairs and five, many spaces": f"{DAY}    {MONTH}     {YEAR}      {REST}",
    "year first": f"19{YEAR}-{MONTH}-{DAY} {REST}",
    "year first, hyphens": f"19{YEAR}-{MONTH}-{DAY}-{REST}",
    "month as a word": f"1. januar 19{YEAR} {REST}",
    "month as a short word": f"01. JAN. 19{YEAR}, {REST}",
    "full year, sentence": f"{DAY}.{MONTH}.19{YEAR}, personnummeret er {REST}",
    "one digit a box": " ".join(NATIONAL),
    "boxes": "|" + "|".join(NATIONAL) + "|",
    "boxes in two parts": " ".join(DATE) + "   " + " ".join(REST),
    "full-width digits": WIDE,
    "Arabic-Indic digits": ARABIC,
    "zero-width space inside": NATIONAL[:4] + "\u200b" + NATIONAL[4:],
    "soft hyphen inside": NATIONAL[:6] + "\u00ad" + NATIONAL[6:],
    "word joiner and space": f"{DATE}\u2060 {REST}",
    "letters on both sides": f"fnr{NATIONAL}x",
    "after a comma": f"12,{NATIONAL},8",
    "in a path": f"/pasient/{NATIONAL}/plan.pdf",
    "after a plus sign, as no telephone": f"+{NATIONAL}",
}


@pytest.mark.parametrize("text", WRITTEN.values(), ids=WRITTEN)
@pytest.mark.parametrize("around", ["{}", "Pasienten ({}) skal hjem.", "æøå\n{}\n"], ids=["alone", "prose", "line"])
def test_finds_it_however_it_is_written(text: str, around: str) -> None:
    assert [found.kind for found in find(around.format(text))] == [Kind.NATIONAL]


@pytest.mark.parametrize(
    ("number", "kind"),
    [(NATIONAL, "national"), (D, "d"), (H, "h"), (FH, "fh")]
    + [(number, "synthetic") for number in (SYNTHETIC, SYNTHETIC_HEALTH, SYNTHETIC_D)],
)
def test_finds_every_kind(number: str, kind: str) -> None:
    assert kind_of(number) == kind
    assert [found.kind for found in find(f"nr. {number[:6]} {number[6:]}.")] == [Kind(kind)]


def test_the_relaxed_control_digit_counts_when_it_is_in_use() -> None:
    assert find(RELAXED) == []
    assert [found.kind for found in find(RELAXED, relaxed=True)] == [Kind.NATIONAL]


def test_leap_days() -> None:
    assert kind_of(complete("290200")) == Kind.NATIONAL
    assert kind_of(complete("290296")) == Kind.NATIONAL
    assert kind_of(complete("290290")) is None


LEFT_ALONE = {
    "wrong last digit": NATIONAL[:10] + str((int(NATIONAL[10]) + 1) % 10),
    "ten digits": NATIONAL[:10],
    "twelve digits": NATIONAL + "7",
    "part of a longer run": "7" + NATIONAL,
    "thirteenth month": complete("011390"),
    "thirty-second day": complete("320190"),
    "organisation number": "Org.nr. 974 760 673 MVA",
    "mobile telephone": "+47 412 34 567 og 41 23 45 67",
    "two telephones": "41234567 / 51234567",
    "foreign telephone": "+" + complete("460170"),
    "foreign telephone in groups": "+" + " ".join(split(complete("460170"), 2, 2, 3, 2, 2)),
    "bank account as it is written": ".".join(split(NATIONAL, 4, 2, 5)),
    "date": "01.01.2020–31.12.2020",
    "period": "2014-2023, 256 kommuner",
    "scores": "0 1 " + " ".join(NATIONAL),
    "scores after": " ".join(NATIONAL) + " 3 4",
    "date of our time and a count": f"{DAY}.{MONTH}.2021 {complete('010121', individual=500)[6:]}",
    "wrong century": f"{DAY}.{MONTH}.18{YEAR} {REST}",
    "number on a line far below": f"{DATE}\n \n \n \n{REST}",
    "year first, of our time, and a count": f"2021-{MONTH}-{DAY} {complete('010121', individual=500)[6:]}",
    "year first, wrong century": f"18{YEAR}-{MONTH}-{DAY}-{REST}",
    "no letter of ours in the month": f"1. ma\u0131 19{YEAR} {REST}",
    "no month": f"1. jubel 19{YEAR} {REST}",
    "birth date alone": f"født {DAY}.{MONTH}.19{YEAR}",
    "nothing": "",
}


@pytest.mark.parametrize("text", LEFT_ALONE.values(), ids=LEFT_ALONE)
def test_leaves_other_numbers_alone(text: str) -> None:
    assert find(text) == []


def test_a_table_of_counts_is_no_identity_number() -> None:
    rows = [" ".join(str((row * 7919 + column * 104729) % 997) for column in range(20)) for row in range(400)]
    assert find("\n".join(rows)) == []


@given(st.lists(st.integers(0, 99_999_999), max_size=60), st.sampled_from([" ", "  ", "\t", ", ", "\n"]))
def test_other_text_goes_through_unharmed(numbers: list[int], between: str) -> None:
    text = between.join(map(str, numbers))
    hits = find(text)
    assert mask(text).count(MASK) <= len(hits)
    assert all(kind_of(digits) for digits in (_digits(text, hit) for hit in hits) if len(digits) == 11)


def _digits(text: str, found: Found) -> str:
    return "".join(char for char in text[found.start : found.end] if char.isdigit())


@given(st.text(max_size=40), st.text(max_size=40), st.sampled_from(sorted(ALL.values())))
def test_a_number_between_any_words_is_masked(before: str, after: str, number: str) -> None:
    text = f"{before} x{number}y {after}"
    assert number not in mask(text)


def test_endless_spaces_and_signs_take_no_time() -> None:
    from time import perf_counter

    start = perf_counter()
    for between in (" " * 30, " - " * 15, "." * 30, " - "):
        assert find(f"01{between}" * 20_000) == []
    assert perf_counter() - start < 4


def test_says_where() -> None:
    text = f"Plan\nfor \u200b{NATIONAL} og\n\n{D}"
    first, second = find(text)
    assert (first.line, first.column, text[first.start : first.end]) == (2, 6, NATIONAL)
    assert (second.line, second.column, text[second.start : second.end]) == (4, 1, D)


def test_a_cell_has_lost_its_first_zero() -> None:
    assert kind_of_number(int(NATIONAL)) == Kind.NATIONAL
    assert kind_of_number(float(LATE)) == Kind.NATIONAL
    assert kind_of_number(float(NATIONAL) + 0.5) is None
    assert kind_of_number(974760673) is None
    assert [kind_of_number(number) for number in range(4741000000, 4741000400)] == [None] * 400


def test_what_it_returns_does_not_hold_the_number() -> None:
    found = find(f"{NATIONAL} {D}")
    assert NATIONAL not in repr(found)
    assert D not in repr(found)


def test_a_million_characters_take_less_than_two_seconds() -> None:
    from time import perf_counter

    text = ("Tabell 4: 12 341 5 07.11.2022 18 332 41 " * 25_000)[:1_000_000]
    start = perf_counter()
    assert find(text) == []
    assert perf_counter() - start < 2


# Logs


class Lines(logging.Handler):
    """Keeps what would have been written."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.records: list[logging.LogRecord] = []
        self.addFilter(LogFilter())

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))
        self.records.append(record)


@pytest.fixture
def log() -> tuple[logging.Logger, Lines]:
    logger, handler = logging.Logger("test"), Lines()
    logger.addHandler(handler)
    return logger, handler


def test_the_log_never_shows_it(log: tuple[logging.Logger, Lines]) -> None:
    logger, handler = log
    logger.warning("Not Found: %s", f"/x/{NATIONAL}/")
    logger.warning(f"GET /?q={DATE}%20{REST} and {DATE}%C2%A0{REST}")
    logger.warning(f"GET /konto/login/?next=/%3Fq%3D{DATE}%2520{REST}")
    logger.warning("%r", {"text": f"{DATE}\u00a0{REST}"})
    logger.warning("%d of %s", int(LATE), "them")
    logger.warning("nothing shown", {"number": NATIONAL})
    logger.warning("broken %d", NATIONAL + "x")
    logger.warning("with more", extra={"path": f"/{NATIONAL}"})
    text = "\n".join([*handler.lines, *(str(vars(record)) for record in handler.records)])
    assert len(handler.lines) == 8
    assert NATIONAL not in text
    assert LATE not in text
    assert REST not in text
    assert handler.lines[0] == f"Not Found: /x/{MASK}/"


def test_the_log_of_an_exception_never_shows_it(log: tuple[logging.Logger, Lines]) -> None:
    logger, handler = log
    try:
        int(NATIONAL + "x")
    except ValueError:
        logger.exception("failed")
        logger.error("failed again", exc_info=sys.exc_info(), stack_info=True)
    text = "\n".join([*handler.lines, *(str(vars(record)) for record in handler.records)])
    assert text.count("ValueError: invalid literal") >= 2
    assert NATIONAL not in text


def test_an_ordinary_record_keeps_its_arguments(log: tuple[logging.Logger, Lines]) -> None:
    logger, handler = log
    logger.info("%s teams of %d", "seven", 11)
    assert handler.lines == ["seven teams of 11"]
    assert handler.records[0].args == ("seven", 11)


@pytest.mark.parametrize("settings", ["local", "test", "production"])
def test_every_handler_has_the_filter(settings: str) -> None:
    found = subprocess.run(
        [sys.executable, "-c", HANDLERS],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": f"gpf.settings.{settings}"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.split() == ["StreamHandler", "True"]


HANDLERS = """
import django, logging
django.setup()
from gpf.identity import LogFilter
for logger in (logging.root, *logging.root.manager.loggerDict.values()):
    for handler in getattr(logger, "handlers", []):
        if not isinstance(handler, logging.NullHandler):
            print(type(handler).__name__, any(isinstance(each, LogFilter) for each in handler.filters))
"""


def test_no_identity_number_is_written_in_the_source() -> None:
    root = Path(__file__).resolve().parents[2]
    files = [file for file in root.glob("*/**/*.py") if not file.relative_to(root).parts[0].startswith((".", "node"))]
    assert len(files) > 50
    assert [str(file) for file in files if find(file.read_text())] == []
