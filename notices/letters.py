"""Writing a digest: one mail, each network's things under its name, the most urgent first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from email.utils import parseaddr
from functools import lru_cache

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from gpf import mail_services
from networks.models import Network
from notices import unsubscribing, wording
from notices.kinds import Line
from notices.packing import PackedMail

LONGEST_SUBJECT = 250  # characters; what a Message row holds


@dataclass(frozen=True)
class Section:
    """What is said about one network, and what the network itself puts before and after it."""

    network: Network
    lines: tuple[Line, ...]
    opening: str = ""
    closing: str = ""

    @property
    def when(self) -> date:
        return urgency(self.lines[0])


@dataclass(frozen=True)
class Letter:
    """A mail or one network's part of it, in words."""

    subject: str
    text: str
    html: str


def message_id(recipient: int, day: date, part: int = 0) -> str:
    """The same for the same person, day and part, so that a mail sent twice is known for the same."""
    number = f".{part}" if part else ""
    return f"<digest.{day:%Y%m%d}.{recipient}{number}@{_domain(settings.DEFAULT_FROM_EMAIL)}>"


@lru_cache(maxsize=8)
def _domain(sender: str) -> str:
    _name, address = parseaddr(sender)
    return address.rpartition("@")[2] or "localhost"


def urgency(line: Line) -> date:
    """What to sort by: the earliest day first, what has no day last."""
    return line.when or date.max


def sections(recipient: User, lines: Iterable[tuple[Network, Line]], own: wording.Own) -> list[Section]:
    """The lines under their networks, as each words them; the network with the most urgent thing comes first."""
    by_network: dict[Network, list[Line]] = {}
    for network, line in sorted(lines, key=lambda pair: (urgency(pair[1]), pair[1].subject)):
        by_network.setdefault(network, []).append(line)
    return [_section(recipient, network, told, own) for network, told in by_network.items()]


def _section(recipient: User, network: Network, lines: Iterable[Line], own: wording.Own) -> Section:
    values = wording.common(recipient, network)
    return Section(
        network,
        tuple(wording.worded(line, network.pk, own, values) for line in lines),
        wording.opening(network.pk, own, values),
        wording.closing(network.pk, own, values),
    )


def write(recipient: User, parts: list[Section], *, at_once: bool = False) -> Letter:
    """The words for the person, in the language that is active. `parts` must hold something.

    What is told at once comes besides the day's mail, so it does not say that there is but one.
    """
    context = {
        "name": recipient.name,
        "sections": parts,
        "several": sum(len(part.lines) for part in parts) > 1,
        "base": settings.GPF_BASE_URL.rstrip("/"),
        "at_once": at_once,
        "choices": reverse("notices_own:preferences"),
    }
    subject = _subject(parts)
    return Letter(
        subject=subject,
        text=render_to_string("mail/digest.txt", context).strip() + "\n",
        html=render_to_string("mail/digest.html", {**context, "subject": subject}),
    )


def as_mail(recipient: User, letter: Letter, identifier: str, *, may_decline: bool) -> PackedMail:
    """The letter as plain text and HTML. Answering machines are asked to keep quiet.

    The way out of it goes along where something in it may be declined: one that leaves all as it was is no way out.
    """
    mail = PackedMail(
        subject=letter.subject,
        body=letter.text,
        to=[recipient.email],
        headers={
            "Message-ID": identifier,
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            "Content-Language": recipient.language,
            **(unsubscribing.headers(recipient) if may_decline else {}),
            **mail_services.headers(settings.GPF_MAIL_SERVICE, identifier),
        },
    )
    mail.attach_alternative(letter.html, "text/html")
    return mail


def _subject(parts: list[Section]) -> str:
    """The most urgent thing with its date, and how many more there are. In one line, whatever a title may hold."""
    most_urgent = " ".join(parts[0].lines[0].subject.split())
    others = sum(len(part.lines) for part in parts) - 1
    if not others:
        return most_urgent[:LONGEST_SUBJECT]
    more = ngettext("and %(count)d more", "and %(count)d more", others) % {"count": others}
    return _("%(first)s – %(more)s") % {"first": most_urgent[: LONGEST_SUBJECT - 40], "more": more}
