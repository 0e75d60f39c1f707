"""A mail of plain text and HTML as the bytes that go out.

Python's mail package builds a tree of parts, and writes it in a general way: most of what sending a mail costs. A
digest always has the same shape, so here its lines are put together as they are. What comes out says the same as
Django's own, and a test holds the two against each other.

Source: RFC 5322 (headers), RFC 2047 (words that are not ASCII), RFC 2046, 5.1 (multipart).
"""

import re
from base64 import b64encode
from binascii import b2a_qp
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from email.utils import formatdate, parseaddr
from functools import lru_cache
from secrets import token_hex

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import BadHeaderError, MIMEMixin, sanitize_address

LONGEST_LINE = 998  # bytes; RFC 5322, 2.1.1
ENCODED = 36  # bytes of a text in one encoded word, so that its line is at most 76 characters long (RFC 2047, 2)
PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+").fullmatch


class PackedMail(EmailMultiAlternatives):
    """A mail to one address, with its HTML as the one alternative and nothing attached."""

    @property
    def sender(self) -> str:
        """The address that the mail server is told."""
        return _address(self.from_email)[1]

    @property
    def recipient(self) -> str:
        """The address that it goes to, as the mail server is told."""
        return _recipient(self.to[0])

    def as_bytes(self) -> bytes:
        """What goes out. Raises ValueError for an address or a header that can not be sent."""
        boundary = token_hex(16)
        ((html, _kind),) = self.alternatives
        headers = [
            f'Content-Type: multipart/alternative; boundary="{boundary}"',
            "MIME-Version: 1.0",
            *_folded("Subject", self.subject),
            f"From: {_address(self.from_email)[0]}",
            f"To: {self.recipient}",
        ]
        for name, value in {"Date": formatdate(localtime=settings.EMAIL_USE_LOCALTIME), **self.extra_headers}.items():
            headers += _folded(name, value)
        head = "\r\n".join(headers).encode("ascii")
        mark = f"--{boundary}".encode("ascii")
        parts = (mark, _part("plain", str(self.body)), mark, _part("html", str(html)), mark + b"--\r\n")
        return b"\r\n".join((head, b"", *parts))

    def message(self) -> "_Read":  # type: ignore[override]
        """The same, for what sends in another way than `notices.post`: into a folder, or a test's list."""
        return message_from_bytes(self.as_bytes(), _class=_Read)


class _Read(MIMEMixin, Message):  # type: ignore[misc]
    """A mail that was read from bytes, as Django's backends want it."""


def _part(kind: str, text: str) -> bytes:
    """A part with its headers. A line that is too long to be sent goes in a form that can break it."""
    content = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n").encode()
    if any(len(line) > LONGEST_LINE for line in content.split(b"\r\n")):
        form, content = "quoted-printable", b2a_qp(content)
    else:
        form = "7bit" if content.isascii() else "8bit"
    head = (
        f'Content-Type: text/{kind}; charset="utf-8"\r\nMIME-Version: 1.0\r\nContent-Transfer-Encoding: {form}\r\n\r\n'
    )
    return head.encode("ascii") + content


def _folded(name: str, value: object) -> Iterator[str]:
    """A header's lines. What is not ASCII goes in encoded words, each of whole characters."""
    text = str(value)
    if "\n" in text or "\r" in text:
        raise BadHeaderError(f"A header can hold no line break: {name}")
    if text.isascii():
        yield from _broken(f"{name}: {text}")
        return
    words = list(_encoded_words(text))
    yield f"{name}: {words[0]}"
    yield from (f" {word}" for word in words[1:])


def _encoded_words(text: str) -> Iterator[str]:
    piece = b""
    for character in text:
        letter = character.encode()
        if len(piece) + len(letter) > ENCODED:
            yield _encoded_word(piece)
            piece = b""
        piece += letter
    yield _encoded_word(piece)


def _encoded_word(piece: bytes) -> str:
    return f"=?utf-8?b?{b64encode(piece).decode()}?="


def _broken(line: str) -> Iterator[str]:
    """A header in lines of at most 78 characters, as far as it has spaces to be broken at."""
    while len(line) > 78:
        at = line.rfind(" ", line.index(":") + 2 if line[0] != " " else 1, 79)
        at = at if at > 0 else line.find(" ", 79)
        if at < 0:
            break
        yield line[:at]
        line = line[at:]
    yield line


@lru_cache(maxsize=8)
def _address(text: str) -> tuple[str, str]:
    """The product's own address: as a header says it, and without the name."""
    written = sanitize_address(text, settings.DEFAULT_CHARSET)
    return written, parseaddr(written)[1]


def _recipient(address: str) -> str:
    return address if PLAIN_ADDRESS(address) else str(sanitize_address(address, settings.DEFAULT_CHARSET))
