"""What an invitation says: a text with fields in braces, filled for each organisation in its own language.

The text is the coordinator's; the shipped one (`signup/data/`) is where she begins. A field has a name in bokmål and,
where it differs, one in nynorsk. A field nobody knows is refused when the text is saved, so that no letter goes out
with a brace in it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from gpf import dates, pdf
from networks.models import Organisation
from sessions.models import Gathering
from signup.links import link_url
from signup.models import InvitationRound, Invitee

DATA = Path(__file__).parent / "data"

FIELDS: Mapping[str, str] = {
    "virksomhet": "organisation",
    "verksemd": "organisation",
    "leder": "leader",
    "leiar": "leader",
    "tittel": "title",
    "nettverk": "network",
    "satsing": "programme",
    "svarfrist": "answer_by",
    "siste_dag": "last_day",
    "samlinger": "gatherings",
    "samlingar": "gatherings",
    "lenke": "link",
    "lenkje": "link",
}
"""The word in the braces, and what it stands for."""

SHOWN = {
    "nb": ("virksomhet", "leder", "tittel", "nettverk", "satsing", "svarfrist", "siste_dag", "samlinger", "lenke"),
    "nn": ("verksemd", "leiar", "tittel", "nettverk", "satsing", "svarfrist", "siste_dag", "samlingar", "lenkje"),
}
HERAD = {"4620", "4621", "4622"}
"""Municipalities that call themselves herad: Ulvik, Voss, Kvam."""

BULLETS = ("– ", "- ", "• ")

_FIELD = re.compile(r"\{([^{}\n]*)\}")


@dataclass(frozen=True)
class Letter:
    """A subject and a text."""

    subject: str
    text: str


# What may be written


def unknown_fields(text: str) -> list[str]:
    """The words in braces that stand for nothing, as they are written."""
    return [found[0] for found in _FIELD.finditer(text) if found[1].strip().lower() not in FIELDS]


def broken_braces(text: str) -> list[str]:
    """What follows each brace that has no partner, enough of it to find the place."""
    bare = _FIELD.sub(lambda found: " " * len(found[0]), text)
    return [text[found.start() : found.start() + 24].split("\n")[0] for found in re.finditer(r"[{}]", bare)]


def has_field(text: str, meaning: str) -> bool:
    """Whether the text has the field, by either of its names."""
    return any(FIELDS.get(found[1].strip().lower()) == meaning for found in _FIELD.finditer(text))


def shipped(name: str, language: str) -> Letter:
    """A letter we bring along: "invitation" or "reminder"."""
    subject, _blank, text = (DATA / f"{name}_{language}.txt").read_text(encoding="utf-8").split("\n", 2)
    return Letter(subject, text.strip())


# What a letter says


def invitation(invitee: Invitee, *, link: str = "") -> Letter:
    """The letter to one organisation, in its language. `link` stands in where the real one should not be shown."""
    return _write(_own(invitee.round, invitee.language), invitee, link)


def reminder(invitee: Invitee) -> Letter:
    """The letter again, with a few words before it."""
    letter, before = invitation(invitee), shipped("reminder", invitee.language)
    words = _write(Letter(before.subject.replace("{emne}", "\0"), before.text), invitee, "")
    return Letter(words.subject.replace("\0", letter.subject), f"{words.text}\n\n{letter.text}")


def invitation_pdf(invitee: Invitee, *, link: str = "") -> bytes:
    """The letter on paper, as it goes along with the mail."""
    letter = invitation(invitee, link=link)
    context = {
        "invitee": invitee,
        "organisation": formal_name(invitee.organisation),
        "network": invitee.network,
        "letter": letter,
        "blocks": blocks(letter.text),
        "signed_by": invitee.round.signed_by.splitlines(),
        "today": timezone.localdate(),
        "link": link or link_url(invitee),
    }
    return pdf.render_template("signup/pdf/invitation.html", context, language=invitee.language, title=letter.subject)


def as_mail(letter: Letter, letters: InvitationRound) -> str:
    """The mail's text: the letter, and who signs it."""
    return f"{letter.text.rstrip()}\n{letters.signed_by.strip()}\n"


def blocks(text: str) -> list[list[tuple[bool, str]]]:
    """The paragraphs, each as its lines: whether a line is an item of a list, and what it says."""
    return [
        [
            (line.startswith(BULLETS), line.lstrip("–-• ")) if line.startswith(BULLETS) else (False, line)
            for line in lines
        ]
        for lines in (part.splitlines() for part in re.split(r"\n\s*\n", text.strip()))
    ]


def formal_name(organisation: Organisation) -> str:
    """As a letter names it: a municipality with its kind behind the name."""
    if organisation.kind != Organisation.Kind.MUNICIPALITY:
        return organisation.name
    return f"{organisation.name} {'herad' if organisation.number in HERAD else 'kommune'}"


def _own(letters: InvitationRound, language: str) -> Letter:
    if language == "nn":
        return Letter(letters.subject_nn, letters.text_nn)
    return Letter(letters.subject_nb, letters.text_nb)


def _write(letter: Letter, invitee: Invitee, link: str) -> Letter:
    values = _values(invitee, link)

    def fill(text: str) -> str:
        return _FIELD.sub(lambda found: values.get(FIELDS.get(found[1].strip().lower(), ""), found[0]), text)

    return Letter(" ".join(fill(letter.subject).split()), fill(letter.text))


def _values(invitee: Invitee, link: str) -> dict[str, str]:
    organisation = formal_name(invitee.organisation)
    with translation.override(invitee.language):
        return {
            "organisation": organisation,
            "leader": invitee.leader_name or invitee.leader_title or organisation,
            "title": invitee.leader_title,
            "network": invitee.network.name,
            "programme": invitee.network.programme.name,
            "answer_by": dates.long_date(invitee.round.answer_by),
            "last_day": dates.long_date(invitee.expires_on or invitee.round.answer_by),
            "gatherings": _gatherings(invitee),
            "link": link or link_url(invitee),
        }


def _gatherings(invitee: Invitee) -> str:
    """The numbered gatherings that have days or a month, a line each, as "– Samling 1: 3.–4. mars 2027, Førde"."""
    found = Gathering.objects.filter(network=invitee.network, kind=Gathering.Kind.NETWORK)
    planned = [each for each in found.exclude(state=Gathering.State.CANCELLED).order_by("number") if each.when]
    lines = [f"– {capfirst(str(each))}: {_days(each)}{f', {each.place}' if each.place else ''}" for each in planned]
    return "\n".join(lines) or _("The days of the gatherings are not settled yet.")


def _days(gathering: Gathering) -> str:
    assert gathering.when
    return dates.date_range(gathering.when, gathering.ends_on, month_only=gathering.starts_on is None)
