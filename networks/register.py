"""A register of municipality numbers: reads, checks and writes its file format, described in docs/register-format.md.

Norway's municipalities merge, split and change numbers; the register says which number was in force when, and
which took over. Nothing here touches the database.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from networks.lined import BadFileError, Record, Value, read

NUMBER = r"\d{4}"
LONGEST_COUNTY, LONGEST_SOURCE = 80, 500


@dataclass(frozen=True)
class Municipality:
    """One number. `valid_from` is None for since before the register begins, `valid_to` the last day, None for still
    in force; `population` has the persons living there on 1 January by year."""

    number: str
    name: str
    county: str
    valid_from: date | None = None
    valid_to: date | None = None
    successors: tuple[str, ...] = ()
    population: Mapping[int, int] = field(default_factory=dict)

    def in_force(self, day: date) -> bool:
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)


Register = dict[str, Municipality]


class RegisterError(Exception):
    """A register that contradicts itself: which number, and how."""

    def __init__(self, number: str, reason: str) -> None:
        super().__init__(f"{number}: {reason}")
        self.number = number
        self.reason = reason


def parse_register(text: str) -> Register:
    """The register in a file's text. A broken one gives only a BadFileError, with the line and the reason."""
    top = Record(read(text), "the file", "format source municipalities")
    top.number("format", 1, 1)
    top.text_or("source", "", longest=LONGEST_SOURCE)
    found: Register = {}
    lines: dict[str, int] = {}
    for value in top.values("municipalities"):
        municipality = _municipality(value)
        if municipality.number in found:
            raise BadFileError(value.line, f"“{municipality.number}” is given twice")
        found[municipality.number] = municipality
        lines[municipality.number] = value.line
    try:
        check_register(found)
    except RegisterError as error:
        raise BadFileError(lines[error.number], f"{error.number}: {error.reason}") from None
    return found


def check_register(register: Register) -> None:
    """Raise RegisterError where a period ends before it begins or a successor does not take over the day after."""
    for municipality in register.values():
        _check_period(municipality)
    for municipality in register.values():
        for successor in municipality.successors:
            _check_succession(municipality, successor, register)


def dump_register(municipalities: Iterable[Municipality], source: str) -> str:
    """The file's text, one number a line in order."""
    lines = [_line(municipality) for municipality in sorted(municipalities, key=lambda one: one.number)]
    head = f'{{\n"format": 1,\n"source": {json.dumps(source, ensure_ascii=False)},\n"municipalities": [\n'
    return head + ",\n".join(lines) + "\n]\n}\n"


def _municipality(value: Value) -> Municipality:
    record = Record(value, "a municipality", "number name county valid_from valid_to successors population")
    return Municipality(
        number=record.text("number", NUMBER),
        name=record.text("name"),
        county=record.text("county", longest=LONGEST_COUNTY),
        valid_from=record.day_or_none("valid_from"),
        valid_to=record.day_or_none("valid_to"),
        successors=tuple(record.texts("successors")),
        population=_population(record) if record.has("population") else {},
    )


def _population(record: Record) -> dict[int, int]:
    """{"2022": 5425270}: the years as keys."""
    value = record.fields["population"]
    keys = value.content if isinstance(value.content, dict) else {}
    years = Record(value, f"{record.noun}: “population”", " ".join(keys))
    for key, persons in keys.items():
        if not (key.isascii() and key.isdigit() and len(key) == 4):
            raise BadFileError(persons.line, f"{years.noun}: “{key}” is no year")
    return {int(key): years.number(key, 0, 100_000_000) for key in keys}


def _check_period(municipality: Municipality) -> None:
    start, end = municipality.valid_from, municipality.valid_to
    if start and end and end < start:
        raise RegisterError(municipality.number, "ends before it begins")
    if municipality.successors and not end:
        raise RegisterError(municipality.number, "has successors but no last day")


def _check_succession(municipality: Municipality, successor: str, register: Register) -> None:
    if successor not in register:
        raise RegisterError(municipality.number, f"the successor {successor} is not in the register")
    assert municipality.valid_to  # checked with its period
    takes_over = municipality.valid_to + timedelta(days=1)
    if not register[successor].in_force(takes_over):
        raise RegisterError(
            municipality.number, f"the successor {successor} is not in force on {takes_over.isoformat()}"
        )


def _line(municipality: Municipality) -> str:
    return json.dumps(
        {
            "number": municipality.number,
            "name": municipality.name,
            "county": municipality.county,
            "valid_from": municipality.valid_from and municipality.valid_from.isoformat(),
            "valid_to": municipality.valid_to and municipality.valid_to.isoformat(),
            "successors": list(municipality.successors),
            "population": {str(year): persons for year, persons in sorted(municipality.population.items())},
        },
        ensure_ascii=False,
    )
