"""Sending mail over one kept connection, and what may be believed about each mail afterwards."""

import logging
import smtplib
from contextlib import suppress
from enum import StrEnum
from types import TracebackType
from typing import NamedTuple, Self

from django.core.mail import EmailMessage, get_connection

from notices.packing import PackedMail

logger = logging.getLogger(__name__)

SILENCES = 3  # each may take as long as EMAIL_TIMEOUT
GOING_AWAY = 421  # RFC 5321, 3.8: the server closes the connection with this answer


class Answer(StrEnum):
    """What became of a mail. Only after LOST may it have arrived although nobody said so."""

    SENT = "sent"
    UNREACHABLE = "unreachable"
    BUSY = "busy"
    REFUSED = "refused"
    LOST = "lost"


class Outcome(NamedTuple):
    """The answer, and the mail server's number where it gave one."""

    answer: Answer
    code: int | None = None


class Post:
    """One run's way to the mail server: `with Post() as post: post.send(mail)`.

    The connection opens at the first mail and is kept; where the server falls silent the next mail gets a new one. A
    server that can not be reached, or falls silent SILENCES times on end, is not tried again in the same run.
    """

    def __init__(self) -> None:
        self._connection = get_connection()
        self._gone = False
        self._silences = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    @property
    def is_gone(self) -> bool:
        """Whether the server can not be reached, and nothing more will be sent in this run."""
        return self._gone

    def send(self, mail: EmailMessage) -> Outcome:
        """Send one mail. Raises nothing that a mail server can cause."""
        if not self._open():
            return Outcome(Answer.UNREACHABLE)
        outcome = self._send(mail)
        self._silences = self._silences + 1 if outcome.answer == Answer.LOST else 0
        self._gone = self._silences == SILENCES
        return outcome

    def _send(self, mail: EmailMessage) -> Outcome:
        try:
            self._hand_over(mail)
        except smtplib.SMTPNotSupportedError:
            return self._unsendable()
        except OSError as error:  # of which every other SMTPException is one
            outcome = _outcome(error)
            if outcome.code in (None, GOING_AWAY):
                self._drop()
            return outcome
        except Exception:  # an address may be broken in ways that neither Django nor Python's mail package expects
            return self._unsendable()
        return Outcome(Answer.SENT)

    def _hand_over(self, mail: EmailMessage) -> None:
        """What is packed goes as it is, over the talk that Django's backend has opened; all else by the backend."""
        talk = getattr(self._connection, "connection", None)
        if isinstance(mail, PackedMail) and isinstance(talk, smtplib.SMTP):
            talk.sendmail(mail.sender, [mail.recipient], mail.as_bytes())
        else:
            self._connection.send_messages([mail])

    def _unsendable(self) -> Outcome:
        """The mail could not be put in a form that can be sent. The connection may be anywhere in its talk."""
        logger.exception("A mail could not be put in a form that can be sent")
        self._drop()
        return Outcome(Answer.REFUSED)

    def _open(self) -> bool:
        if not self._gone:
            try:
                self._connection.open()
            except OSError:
                self._gone = True
        return not self._gone

    def _close(self) -> None:
        """Leave politely, if the server still listens."""
        with suppress(OSError):
            self._connection.close()

    def _drop(self) -> None:
        """Leave a server that has stopped talking, without waiting for its goodbye; the next mail gets a new one."""
        talk = getattr(self._connection, "connection", None)
        if isinstance(talk, smtplib.SMTP):
            talk.close()
        self._connection = get_connection()


def _outcome(error: OSError) -> Outcome:
    """What an error while sending says. Without a number from the server nothing is known."""
    code = _code(error)
    if code is None:
        return Outcome(Answer.LOST)
    return Outcome(Answer.REFUSED if code >= 500 else Answer.BUSY, code)


def _code(error: OSError) -> int | None:
    """The server's number for its answer. Every digest has one recipient, hence one number."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return next(iter(error.recipients.values()))[0]
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code
    return None
