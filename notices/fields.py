"""Texts that people write themselves, with a few fields in braces: "Hei, {navn}. {oppgave} skal inn {frist}."

A field is a name between braces, and nothing else: no formats, no attributes, no conditions. What is filled in is never
looked at again, so a team called "{frist}" stays a team called "{frist}". A text is checked when it is saved
(`check`), and whatever is wrong with one that was saved all the same, filling it never fails (`fill`).
"""

import difflib
import re
from collections.abc import Collection, Iterator, Mapping

from django.utils.translation import get_language
from django.utils.translation import gettext as _

NAMES: Mapping[str, str] = {
    "address": "adresse",
    "answer": "svar",
    "coordinator": "koordinator",
    "count": "antall",
    "date": "dato",
    "days": "dager",
    "due": "frist",
    "from": "fra",
    "gathering": "samling",
    "greeting": "hilsen",
    "leader": "leder",
    "link": "lenke",
    "measure": "måling",
    "measures": "målinger",
    "met": "møtedag",
    "name": "navn",
    "network": "nettverk",
    "organisation": "organisasjon",
    "period": "periode",
    "person": "person",
    "place": "sted",
    "poster": "plakat",
    "question": "spørsmål",
    "reason": "grunn",
    "registered": "påmeldte",
    "round": "runde",
    "sender": "avsender",
    "supervisor": "veileder",
    "team": "team",
    "teams": "teamene",
    "time": "tid",
    "title": "oppgave",
    "until": "til",
    "what": "avtale",
    "when": "når",
    "where": "hvor",
}
"""What people write between the braces, by what the code calls it; what is not here is called the same by both."""

SPELLED: Mapping[str, str] = {
    "antal": "antall",
    "dagar": "dager",
    "frå": "fra",
    "leiar": "leder",
    "lenkje": "lenke",
    "helsing": "hilsen",
    "namn": "navn",
    "målingar": "målinger",
    "kvar": "hvor",
    "oppgåve": "oppgave",
    "rettleiar": "veileder",
    "påmelde": "påmeldte",
    "stad": "sted",
    "teama": "teamene",
}
"""The nynorsk of a field's name: either may be written in either language."""

_NYNORSK = {name: spelled for spelled, name in SPELLED.items()}

_PIECE = re.compile(r"\{([^{}\n]*)\}|[{}]")
_SHIPPED = re.compile(r"%\((\w+)\)s|%%")
_AROUND = 20  # characters of the text that a sentence about it quotes


def check(text: str, allowed: Collection[str]) -> list[str]:
    """What is wrong with a text, in sentences for the person who wrote it, top down; nothing where all is well.

    `allowed` are the fields' names as people write them ("frist"). Wrong are a field of another name, a brace without
    its other half, and braces around nothing.
    """
    several = "\n" in text.strip()
    found: list[str] = []
    for match in _PIECE.finditer(text):
        said = _problem(text, match, allowed)
        if said and several:
            line = text.count("\n", 0, match.start()) + 1
            said = _("Line %(line)d: %(problem)s") % {"line": line, "problem": said}
        if said and said not in found:
            found.append(said)
    return found


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its fields filled in, in one go: braces in a value stay as they are. Raises nothing.

    What is no field of `values` stays as it was written.
    """
    return _PIECE.sub(lambda match: _value(match, values), text)


def used(text: str) -> frozenset[str]:
    """The names of the fields in a text, as `allowed` and `values` spell them."""
    return frozenset(_names(text))


def name(field: str) -> str:
    """What people write between the braces for a field of the code's: "due" is {frist}."""
    return NAMES.get(field, field)


def spelled(name: str, language: str) -> str:
    """A field's name as one writes it in the language."""
    return _NYNORSK.get(name, name) if language == "nn" else name


def in_braces(shipped: str, language: str = "nb") -> str:
    """A text of the product's own, "%(title)s: due %(date)s", as somebody would write it who words it anew."""
    return _SHIPPED.sub(lambda match: "{" + spelled(name(match[1]), language) + "}" if match[1] else "%", shipped)


def _names(text: str) -> Iterator[str]:
    for match in _PIECE.finditer(text):
        if match[1] is not None:
            yield _known(match[1])


def _known(written: str) -> str:
    """A field's name without what does not tell it from others: space around it, capitals, nynorsk."""
    plain = written.strip().lower()
    return SPELLED.get(plain, plain)


def _value(match: re.Match[str], values: Mapping[str, str]) -> str:
    return match[0] if match[1] is None else values.get(_known(match[1]), match[0])


def _problem(text: str, match: re.Match[str], allowed: Collection[str]) -> str:
    """What is wrong with a brace, or with braces and what is between them; empty where nothing is."""
    if match[0] == "{":
        return _("“%(piece)s” begins with { and has no } after it.") % {
            "piece": _cut(text[match.start() : match.start() + _AROUND])
        }
    if match[0] == "}":
        return _("“%(piece)s” ends with } and has no { before it.") % {
            "piece": _cut(text[max(0, match.end() - _AROUND) : match.end()], end=True)
        }
    written = match[1].strip()
    if not written:
        return _("There is nothing between { and }. Write a field there, or take them out.")
    return "" if _known(written) in allowed else _unknown(written, allowed)


def _unknown(written: str, allowed: Collection[str]) -> str:
    names = [spelled(each, get_language() or "") for each in allowed]
    near = difflib.get_close_matches(written.lower(), names, n=1)
    said = _("There is no field {%(field)s} here.") % {"field": written[:40]}
    if near:
        return f"{said} " + _("Did you mean {%(field)s}?") % {"field": near[0]}
    if not allowed:
        return f"{said} " + _("This text has no fields.")
    return f"{said} " + _("You can use %(fields)s.") % {"fields": ", ".join(f"{{{each}}}" for each in names)}


def _cut(piece: str, *, end: bool = False) -> str:
    """Of the piece, what stands on the brace's own line."""
    lines = piece.split("\n")
    return (lines[-1] if end else lines[0]).strip()
