"""A letter as the mail it becomes, and the Message-ID it is known by."""

import hashlib
import re
from email.mime.text import MIMEText
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from gpf import mail_services
from networks.models import Network
from notices.models import Message


def first_message_id(network: Network, key: str) -> str:
    """The same for the same letter, so that a mail sent twice is known for the same."""
    return _message_id(f"{network.pk}:{key}")


def next_message_id(letter: Message) -> str:
    """For a letter that is known not to have arrived: a new mail, which no mail program takes for the old one."""
    return _message_id(f"{letter.network_id}:{letter.key}:{letter.message_id}")


def as_mail(letter: Message) -> EmailMultiAlternatives:
    """Plain text and HTML, with what goes along. Answering machines are asked to keep quiet. Needs the scope."""
    mail = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.text,
        to=[letter.address],
        reply_to=[letter.reply_to] if letter.reply_to else None,
        headers={
            "Message-ID": letter.message_id,
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            "Content-Language": letter.language,
            **mail_services.headers(settings.GPF_MAIL_SERVICE, letter.message_id),
        },
    )
    context = {"subject": letter.subject, "text": letter.text, "language": letter.language}
    mail.attach_alternative(render_to_string("mail/letter.html", context), "text/html")
    if letter.calendar:
        # Mail programs offer to put it in the calendar when the part names its method.
        part = MIMEText(letter.calendar, "calendar", "utf-8")
        part.set_param("method", _method(letter.calendar))
        part.add_header("Content-Disposition", "attachment", filename=_name(letter.calendar))
        mail.attach(part)
    if letter.document is not None:
        with letter.document.file.open("rb") as file:
            mail.attach(letter.document.name, file.read(), letter.document.content_type)
    return mail


def _method(calendar: str) -> str:
    """What the iCalendar object says it is; the part must say the same (RFC 6047, 2.4)."""
    named = (line.partition(":")[2].strip() for line in calendar.splitlines() if line.startswith("METHOD:"))
    return next(named, "PUBLISH")


def _name(calendar: str) -> str:
    """What the file is called: as its event begins to be known, “samling-12@…” or “veiledning-3@…”."""
    found = re.search(r"^UID:([a-z]+)-", calendar, re.MULTILINE)
    return f"{found[1] if found else 'kalender'}.ics"


def _message_id(what: str) -> str:
    _name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    domain = address.rpartition("@")[2] or "localhost"
    return f"<letter.{hashlib.sha256(what.encode()).hexdigest()[:32]}@{domain}>"
