"""Who gets the letter, pasted as lines: read one by one, and each says what will be done with it.

    organisation; name; title; email address; language

Semicolons, tabs (cells of a spreadsheet) or commas. The organisation stands first; the address is known by its @ and
the language by its name, so their order does not matter. Nothing is left out without a word.
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from gpf.guarded import holds_identity_number
from networks.organisation_directory import MUNICIPALITY, Directory, Line
from signup.models import Invitee
from signup.rounds_choosing import CHOOSABLE
from signup.rounds_services import Person

LANGUAGES = {"nb": "nb", "bokmål": "nb", "bokmal": "nb", "nn": "nn", "nynorsk": "nn"}
HEADINGS = frozenset({"organisasjon", "virksomhet", "verksemd", "kommune", "namn", "navn", "organisation"})
LONGEST = 120


@dataclass(frozen=True)
class Pasted:
    """One line: what it says, and either what will be done or why nothing is."""

    number: int
    organisation: str
    person: Person
    line: Line | None = None
    note: str = ""
    problem: str = ""


@dataclass(frozen=True)
class Known:
    """What the lines are held against: the directory, the round's invitees by key, the language to begin with."""

    directory: Directory
    invitees: dict[str, Invitee]
    language: str


def read_lines(text: str, known: Known) -> list[Pasted]:
    """Every line with something in it, in order."""
    found: list[Pasted] = []
    for number, cells in _rows(text):
        if not (number == 1 and cells[0].lower() in HEADINGS):
            found.append(_beside(_read(number, cells, known), found))
    return found


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(text.splitlines(), start=1):
        sign = next((sign for sign in "\t;," if sign in line), ";")
        cells = [cell.strip() for cell in next(csv.reader([line], delimiter=sign), [])]
        if any(cells):
            yield number, cells


def _read(number: int, cells: list[str], known: Known) -> Pasted:
    name, rest = cells[0], [cell for cell in cells[1:] if cell]
    address = next((cell for cell in rest if "@" in cell), "")
    language = next((cell for cell in rest if cell.lower() in LANGUAGES), "")
    words = [cell for cell in rest if cell not in (address, language)]
    leader, title = [*words, "", ""][:2]
    person = Person(leader, title, address.lower(), LANGUAGES.get(language.lower(), known.language))
    pasted = Pasted(number, name, person)
    problem = _wrong_with(name, words, address)
    return replace(pasted, problem=problem) if problem else _placed(pasted, known)


def _wrong_with(name: str, words: list[str], address: str) -> str:
    """What is wrong with the line itself."""
    if holds_identity_number([name, *words, address]):
        return _("There is what looks like a national identity number in this line.")
    if len(words) > 2:
        return _("“%(cell)s” is one cell too many, or an address without @.") % {"cell": words[2]}
    if any(len(word) > LONGEST for word in words):
        return _("A name or title is longer than 120 letters.")
    try:
        if address:
            validate_email(address)
    except ValidationError:
        return _("“%(address)s” is no email address.") % {"address": address}
    return ""


def _placed(pasted: Pasted, known: Known) -> Pasted:
    """The line with the organisation it is about."""
    lines = [line for line in known.directory.named(pasted.organisation) if line.kind in CHOOSABLE]
    if not lines:
        return replace(pasted, problem=_("No organisation is called that. Check the spelling, or write its number."))
    if len(lines) > 1:
        return replace(pasted, problem=_several(lines))
    (line,), note = lines, ""
    if line.is_former:
        successors = [found for entry in line.successors if (found := known.directory.get(f"m{entry.number}"))]
        if len(successors) != 1:
            return replace(pasted, problem=_became(line, successors))
        note = _("%(former)s is now %(name)s.") % {"former": line.name, "name": successors[0].name}
        line = successors[0]
    return _in_round(replace(pasted, line=line, note=note), line, known)


def _in_round(pasted: Pasted, line: Line, known: Known) -> Pasted:
    invitee = known.invitees.get(line.key)
    if invitee is None:
        return replace(pasted, note=" ".join([pasted.note, _("Is added to the round.")]).strip())
    if invitee.sent_at is not None:
        return replace(
            pasted, line=None, problem=_("The letter has been sent already. Correct the address on its own page.")
        )
    return pasted


def _beside(pasted: Pasted, earlier: Iterable[Pasted]) -> Pasted:
    """The line held against those before it."""
    for other in earlier:
        if pasted.line is not None and other.line == pasted.line:
            problem = _("%(name)s stands in line %(number)d already.") % {
                "name": pasted.line.name,
                "number": other.number,
            }
            return replace(pasted, line=None, problem=problem)
        if pasted.person.leader_email and other.person.leader_email == pasted.person.leader_email:
            same = _("The same address as in line %(number)d.") % {"number": other.number}
            pasted = replace(pasted, note=" ".join([pasted.note, same]).strip())
    return pasted


def _several(lines: list[Line]) -> str:
    return _("Several have this name: %(those)s. Write the number instead.") % {
        "those": ", ".join(
            f"{line.number or line.name} ({line.county if line.kind == MUNICIPALITY else line.parent})"
            for line in lines
        )
    }


def _became(line: Line, successors: list[Line]) -> str:
    if not successors:
        return _("%(name)s is no longer a municipality, and the register does not say what it became.") % {
            "name": line.name
        }
    return _("%(name)s has become several: %(those)s. Write which one.") % {
        "name": line.name,
        "those": ", ".join(one.name for one in successors),
    }
