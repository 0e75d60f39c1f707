"""The mail services that can tell of mail that comes back, by django-anymail's names for them.

Mail is sent by SMTP, whoever runs the server. What became of it afterwards only the service knows, and posts to us.
Here stands how each of them proves who it is, and how it is told which mail was which.
"""

import json
from collections.abc import Callable

PASSWORDS = ("brevo", "mailjet", "postmark", "sparkpost")
"""Services that show a name and a password (basic authentication)."""

SIGNING = {"mailgun": "MAILGUN_WEBHOOK_SIGNING_KEY", "mailersend": "MAILERSEND_SIGNING_SECRET"}
"""Services that sign what they post with a key of their own, and what anymail calls it."""

SERVICES = (*PASSWORDS, *SIGNING)
SHORTEST = 20  # characters of a password

MARK = "mail"
"""The name under which a service gives back which mail it was."""

Headers = dict[str, str]

_HEADERS: dict[str, Callable[[str], Headers]] = {
    # Each service's own SMTP headers for metadata, which it takes out again before the mail goes on.
    "brevo": lambda mark: {"X-Mailin-custom": json.dumps({MARK: mark})},
    "mailjet": lambda mark: {"X-MJ-EventPayload": json.dumps({MARK: mark})},
    "postmark": lambda mark: {f"X-PM-Metadata-{MARK}": mark, "X-PM-KeepID": "true"},
    "sparkpost": lambda mark: {"X-MSYS-API": json.dumps({"metadata": {MARK: mark}})},
}


def anymail(service: str, secret: str) -> dict[str, str]:
    """Anymail's settings (`ANYMAIL`) for a service with its secret."""
    return {SIGNING.get(service, "WEBHOOK_SECRET"): secret} if service and secret else {}


def problem(service: str, secret: str) -> tuple[str, str] | None:
    """What is wrong with this setting, and what to do about it; None where all is well, or no service is named."""
    if not service and not secret:
        return None
    if service and service not in SERVICES:
        return f"The mail service “{service}” is not known.", f"Set GPF_MAIL_SERVICE to one of {', '.join(SERVICES)}."
    if not service or not secret:
        return (
            "Of the mail service and its secret, only one is set: anybody, or nobody, could say that mail comes back.",
            "Set both GPF_MAIL_SERVICE and GPF_MAIL_WEBHOOK_SECRET, or neither.",
        )
    name, colon, password = secret.partition(":")
    if service in PASSWORDS and not (name and colon and len(password) >= SHORTEST):
        return (
            f"The secret for {service} must be a name and a password of at least {SHORTEST} characters.",
            "Set GPF_MAIL_WEBHOOK_SECRET to name:password, both in letters and digits: they become part of an address.",
        )
    return None


def headers(service: str, message_id: str) -> Headers:
    """What a mail carries so that the service can say which it was. Nothing, where it keeps the Message-ID itself."""
    given = _HEADERS.get(service)
    return given(mark(message_id)) if given else {}


def mark(message_id: str) -> str:
    """The part of a Message-ID that tells it from others, short enough for every service: digest.20261208.17"""
    return message_id.strip("<>").partition("@")[0]
