"""How a network words what it sends itself: in place of the words that come, in bokmål, in nynorsk, or in both.

The kinds offer their `Words`; what stands around a network's part of the day's mail is offered here, and rooms that
write letters offer theirs (`offer`). A network's own words may use the same fields, in braces. They are checked when
they are saved. Should they not hold when a mail is made, because the product has changed since, the words that come are
used: a mail is never stopped by its wording.
"""

import dataclasses
from collections.abc import Collection, Mapping
from typing import NamedTuple

from django.utils import translation
from django.utils.translation import get_language, gettext_lazy, override

from accounts.models import User
from networks.models import Network
from notices import fields, kinds
from notices.kinds import Line, Said, Words
from notices.models import Wording

LANGUAGES = ("nb", "nn")
"""The languages a network can word things in. Who reads English gets the words that come."""

COMMON: Mapping[str, tuple[Said, Said]] = {
    "name": (gettext_lazy("the name of who gets the mail"), gettext_lazy("Team leader Vinje")),
    "network": (gettext_lazy("the network"), gettext_lazy("Learning network West")),
}
"""Fields that every text has, by the code's names."""

OPENING = Words("digest:opening", gettext_lazy("What the network’s part begins with"), "", "", {})
CLOSING = Words("digest:closing", gettext_lazy("What the network’s part ends with"), "", "", {})

Own = Mapping[tuple[int, str], Wording]
"""Networks' own words, by network (primary key) and the name of the `Words`."""


class Text(NamedTuple):
    """A subject and what it heads. Of what has no subject of its own it is empty."""

    subject: str
    text: str


@dataclasses.dataclass(frozen=True)
class Group:
    """Words that belong together, under what people know them as."""

    label: Said
    words: tuple[Words, ...]


_letters: dict[str, Group] = {}

# What there is


def offer(key: str, label: Said, *words: Words) -> None:
    """Let networks word a room's letters themselves: called in its AppConfig.ready()."""
    _letters[key] = Group(label, words)


def groups() -> list[Group]:
    """Everything a network can word itself, in the order people read it."""
    around = Group(gettext_lazy("The day’s mail"), (OPENING, CLOSING))
    told = [Group(kind.label or kind.name, kind.wordings) for kind in kinds.registered() if kind.wordings]
    return [around, *told, *_letters.values()]


def find(name: str) -> Words | None:
    """The words of the name, if any are offered."""
    return next((words for group in groups() for words in group.words if words.name == name), None)


def allowed(words: Words) -> dict[str, tuple[Said, Said]]:
    """The fields that may be used: the name people write, with what it is and an example."""
    return {fields.name(field): told for field, told in {**words.fields, **COMMON}.items()}


def shipped(words: Words, language: str) -> Text:
    """The words that come, in a language, with their fields in braces."""
    with override(language):
        return Text(
            fields.in_braces(_translated(words.subject), language), fields.in_braces(_translated(words.text), language)
        )


def of(wording: Wording | None, language: str) -> Text:
    """A network's own words in a language; empty where it has none."""
    if wording is None or language not in LANGUAGES:
        return Text("", "")
    if language == "nb":
        return Text(wording.subject_nb, wording.text_nb)
    return Text(wording.subject_nn, wording.text_nn)


def in_use(words: Words, language: str, wording: Wording | None) -> Text:
    """The words that are used in a language, with their fields in braces."""
    own, coming = of(wording, language), shipped(words, language)
    return Text(own.subject or coming.subject, own.text or coming.text)


# Saying it


def own_words(networks: Collection[int]) -> dict[tuple[int, str], Wording]:
    """All that these networks (primary keys) word themselves, in one query. Needs their scope."""
    return {(row.network_id, row.name): row for row in Wording.objects.filter(network__in=networks)}


def common(user: User, network: Network) -> dict[str, str]:
    """What the fields that every text has are filled with."""
    return {"name": str(user), "network": network.name}


def worded(line: Line, network: int, own: Own, values: Mapping[str, str]) -> Line:
    """A line as its network words it, in the active language; as it is where the network does not.

    `values` are the common fields'. A line is a paragraph: the breaks of a network's own text are not kept.
    """
    wording = own.get((network, line.wording)) if line.wording else None
    if wording is None:
        return line
    mine = of(wording, _language())
    filled = {**values, **line.fields}
    return dataclasses.replace(
        line,
        subject=_in_one_line(_filled(mine.subject, filled)) or line.subject,
        text=_in_one_line(_filled(mine.text, filled)) or line.text,
    )


def opening(network: int, own: Own, values: Mapping[str, str]) -> str:
    """What a network's part of the day's mail begins with, in the active language; often nothing."""
    return say(OPENING, network, own, values).text


def closing(network: int, own: Own, values: Mapping[str, str]) -> str:
    """What a network's part of the day's mail ends with, in the active language; often nothing."""
    return say(CLOSING, network, own, values).text


def say(words: Words, network: int, own: Own, values: Mapping[str, str]) -> Text:
    """Something in words, in the active language: the network's own, or those that come.

    `values` holds what every field of the words is filled with, by the code's names.
    """
    mine = of(own.get((network, words.name)), _language())
    return Text(
        _in_one_line(_filled(mine.subject, values)) or _translated(words.subject) % values,
        _filled(mine.text, values) or _translated(words.text) % values,
    )


def _filled(text: str, values: Mapping[str, str]) -> str:
    """A network's own text, filled in; empty where it does not hold with these fields."""
    by_name = {fields.name(field): value for field, value in values.items()}
    return "" if fields.check(text, by_name) else fields.fill(text, by_name)


def _translated(text: str) -> str:
    return translation.gettext(text) if text else ""  # of nothing, gettext tells about its catalogue


def _language() -> str:
    return (get_language() or "")[:2]


def _in_one_line(text: str) -> str:
    return " ".join(text.split())
