"""The bytes of a digest say what Django's own would say."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import BadHeaderError

from notices.packing import PackedMail

LONG = "Plakaten «Måling og forbedring»: frist tirsdag 8. desember, og to ting til – både i Vest og på Øvre Ås 🌱"


def mail_of(kind: type[EmailMultiAlternatives], **changes: Any) -> EmailMultiAlternatives:
    words: dict[str, Any] = {
        "subject": LONG,
        "body": "Hei, Åse\n\n.\n– Lever planen\r\nFrom her\n",
        "from_email": "Læringsnettverk <nettverk@test.example>",
        "to": ["teamleder@test.example"],
        "headers": {
            "Message-ID": "<digest.20261208.17@test.example>",
            "Date": "Tue, 08 Dec 2026 07:00:00 +0100",
            "List-Unsubscribe": f"<https://test.example/{'x' * 90}>",
            "X-Words": "so many words that the line has to be broken somewhere " * 5 + "end",
        },
    }
    html = changes.pop("html", "<p>Hei, Åse</p>\n.\n")
    mail = kind(**{**words, **changes})
    mail.attach_alternative(html, "text/html")
    return mail


def read(raw: bytes) -> tuple[dict[str, str], list[tuple[str, str | None, str]]]:
    """What a mail program reads: the headers but for the boundary, and the parts. Django may begin one with a space."""
    mail = message_from_bytes(raw.replace(b"\r\n", b"\n"), policy=policy.default)
    assert isinstance(mail, EmailMessage)
    assert not mail.defects
    headers = {name: str(value).strip() for name, value in mail.items() if name != "Content-Type"}
    parts = [(part.get_content_type(), part.get_content_charset(), part.get_content()) for part in mail.iter_parts()]
    return {**headers, "Content-Type": mail.get_content_type()}, parts


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"subject": "Plain", "body": "Plain\n", "html": "<p>Plain</p>\n"},
        {"subject": "Plain, but so long that it has to be broken: " + "words " * 20 + "end"},
        {"body": "å" * 1200 + "\nkort\n", "html": "<p>" + "long " * 300 + "</p>\n.\n"},
        {"to": ["bjørn@blåbær.example"]},
        {"from_email": "nettverk@test.example"},
    ],
)
def test_what_goes_out_says_the_same_as_django_s_own(changes: dict[str, Any]) -> None:
    packed, django = mail_of(PackedMail, **changes), mail_of(EmailMultiAlternatives, **changes)
    assert isinstance(packed, PackedMail)
    raw = packed.as_bytes()
    assert read(raw) == read(django.message().as_bytes())
    assert raw.count(b"\n") == raw.count(b"\r\n") == raw.count(b"\r")
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    assert all(len(line) <= 76 for line in raw.split(b"\r\n") if b"=?utf-8" in line)
    assert read(packed.message().as_bytes()) == read(raw)


@pytest.mark.parametrize("changes", [{"subject": "a\nBcc: everybody@test.example"}, {"to": ["a@test.example\nBcc: b"]}])
def test_nothing_slips_into_the_head_of_a_mail(changes: dict[str, Any]) -> None:
    packed = mail_of(PackedMail, **changes)
    assert isinstance(packed, PackedMail)
    with pytest.raises((BadHeaderError, ValueError)):
        packed.as_bytes()


def test_what_the_mail_server_is_told_are_addresses_alone() -> None:
    packed = mail_of(PackedMail, to=["leder@blåbær.example"])
    assert isinstance(packed, PackedMail)
    assert (packed.sender, packed.recipient) == ("nettverk@test.example", "leder@xn--blbr-roah.example")
