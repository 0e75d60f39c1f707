"""A link that lets in whoever has it does not stand in the log."""

import logging
from logging import LogRecord

import pytest

from gpf.secret_links import LogFilter


@pytest.mark.parametrize(
    ("message", "args", "logged"),
    [
        ("Gone: %s", ("/pamelding/WzEs:T1-x_/",), "Gone: /pamelding/…/"),
        ("Gone: %s", ("/apen-plakat/WzEs:T1-x_/",), "Gone: /apen-plakat/…/"),
        ("Gone: %s", ("/varsler/avmeld/WzEs:T1-x_/",), "Gone: /varsler/avmeld/…/"),
        ("Not Found: %s", ("/kalender/7-0af3.ics",), "Not Found: /kalender/…"),
        ("Not Found: /pamelding/WzEs:T1-x./team/1/", (), "Not Found: /pamelding/…/team/1/"),
        ("GET /konto/invitasjon/abc-DEF_1/ 200", (), "GET /konto/invitasjon/…/ 200"),
        ("Not Found: %s", ("/nettverk/vest/",), "Not Found: /nettverk/vest/"),
        ("100 %", (), "100 %"),
    ],
)
def test_the_secret_part_is_left_out(message: str, args: tuple[str, ...], logged: str) -> None:
    record = LogRecord("django", logging.WARNING, "", 0, message, args, None)
    assert LogFilter().filter(record)
    assert record.getMessage() == logged
