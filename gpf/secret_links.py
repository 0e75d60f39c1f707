"""Links that let in whoever has them: a log names the page, never the link."""

import logging
import re

MASK = "…"
_PAGES = "pamelding|apen-plakat|varsler/avmeld|kalender|konto/invitasjon|konto/password/reset/key"
_SECRET = re.compile(rf"(/(?:{_PAGES})/)[^/\s\"'?]+")


def mask(text: str) -> str:
    """The text, with the secret part of every such address left out."""
    return _SECRET.sub(rf"\1{MASK}", text)


class LogFilter(logging.Filter):
    """Masks such addresses in a log record: its message. Drops nothing."""

    def filter(self, record: logging.LogRecord) -> bool:
        try:
            message = record.getMessage()
        except (TypeError, ValueError):
            message = str(record.msg)
        if mask(message) != message:
            record.msg, record.args = mask(message), ()
        return True
