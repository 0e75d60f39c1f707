"""Fetches the municipality register from Statistics Norway's open services.

KLASS 131 gives the numbers and which took over from which, KLASS 104 the counties, table 07459 the population on
1 January. Sources: the API guides of KLASS (data.ssb.no/api/klass/v1/api-guide.html) and of PxWebApi 2.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from http.client import HTTPException
from itertools import product
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from networks.register import Municipality, Register, RegisterError, check_register

ADDRESS = "https://data.ssb.no/api"
SOURCE = "Statistics Norway, KLASS 131 and 104, table 07459"
BEGINNING = date(2013, 1, 1)
MUNICIPALITIES, COUNTIES, POPULATION = 131, 104, "07459"
# Svalbard, Jan Mayen, the continental shelf, abroad, and not stated.
NO_COUNTY = ("21", "22", "23", "25", "26", "88", "99")
SECONDS = 60


class SsbError(Exception):
    """The register could not be fetched: what was asked, and what went wrong."""


def fetch_register(address: str = ADDRESS) -> Register:
    """Every municipality number since 2013 with its county, successors and population.

    Takes four requests. Raises SsbError where there is no network, or an answer is not what was asked for.
    """
    counties = _codes(address, COUNTIES)
    numbers = _codes(address, MUNICIPALITIES)
    changes = _changes(address)
    population = _population(address)
    register = {number: _municipality(code, counties, numbers, changes, population) for number, code in numbers.items()}
    try:
        check_register(register)
    except RegisterError as error:
        raise SsbError(f"Statistics Norway's answer contradicts itself about {error}") from None
    return register


@dataclass(frozen=True)
class _Code:
    """A code over all the versions it is in; the newest name."""

    code: str
    name: str
    valid_from: date | None
    valid_to: date | None


def _municipality(
    code: _Code,
    counties: dict[str, _Code],
    numbers: dict[str, _Code],
    changes: dict[str, set[tuple[str, date]]],
    population: dict[tuple[str, int], int],
) -> Municipality:
    county = counties.get(code.code[:2])
    municipality = Municipality(
        number=code.code,
        name=code.name,
        county=county.name if county else "",
        valid_from=code.valid_from,
        valid_to=code.valid_to,
        successors=tuple(sorted(_successors(code, numbers, changes))),
    )
    years = {
        year: persons
        for (number, year), persons in population.items()
        if number == code.code and municipality.in_force(date(year, 1, 1))
    }
    return replace(municipality, population=years)


def _successors(code: _Code, numbers: dict[str, _Code], changes: dict[str, set[tuple[str, date]]]) -> Iterator[str]:
    """Those that took over when the number ended. A change while it was in force moved a boundary, no more."""
    if code.valid_to is None:
        return
    ended = code.valid_to + timedelta(days=1)
    for new, day in changes.get(code.code, set()):
        if day == ended and new in numbers:
            yield new


# What each service answers


def _codes(address: str, classification: int) -> dict[str, _Code]:
    """The codes of a KLASS classification since 2013. Its last days are the first on which a code is gone."""
    url = f"{address}/klass/v1/classifications/{classification}/codes.json?{urlencode({'from': BEGINNING})}"
    found: dict[str, _Code] = {}
    for row in sorted(_rows(_fetch(url), "codes", url), key=lambda row: str(row.get("validFromInRequestedRange"))):
        code, name = _text(row, "code", url), _name(_text(row, "name", url))
        if code.startswith(NO_COUNTY):
            continue
        begins, gone = _day(row, "validFromInRequestedRange", url), _day(row, "validToInRequestedRange", url)
        first = found[code].valid_from if code in found else (begins if begins and begins > BEGINNING else None)
        found[code] = _Code(code, name, first, gone - timedelta(days=1) if gone else None)
    if not found:
        raise SsbError(f"No codes in the answer from {url}")
    return found


def _changes(address: str) -> dict[str, set[tuple[str, date]]]:
    """(new number, day) by old number, where the number changed."""
    url = f"{address}/klass/v1/classifications/{MUNICIPALITIES}/changes.json?{urlencode({'from': BEGINNING})}"
    found: dict[str, set[tuple[str, date]]] = {}
    for row in _rows(_fetch(url), "codeChanges", url):
        old, new, day = row.get("oldCode"), row.get("newCode"), _day(row, "changeOccurred", url)
        if isinstance(old, str) and isinstance(new, str) and old != new and day:
            found.setdefault(old, set()).add((new, day))
    return found


def _population(address: str) -> dict[tuple[str, int], int]:
    """Persons on 1 January by number and year; sex and age, not asked for, are summed by the service."""
    query = {
        "lang": "no",
        "outputFormat": "json-stat2",
        "valueCodes[Region]": "*",
        "valueCodes[ContentsCode]": "Personer1",
        "valueCodes[Tid]": "*",
    }
    url = f"{address}/pxwebapi/v2/tables/{POPULATION}/data?{urlencode(query)}"
    found = {}
    for codes, persons in _cells(_fetch(url), url):
        number, year = codes["Region"], codes["Tid"]
        if re.fullmatch(r"\d{4}", number) and int(year) >= BEGINNING.year and persons:
            found[number, int(year)] = int(persons)
    if not found:
        raise SsbError(f"No population in the answer from {url}")
    return found


def _cells(answer: Any, url: str) -> Iterator[tuple[dict[str, str], float | None]]:
    """Each cell of a JSON-stat 2 data set: the code of every dimension, and the value or None."""
    try:
        names = list(answer["id"])
        dimensions = [_ordered(answer["dimension"][name]["category"]["index"]) for name in names]
        values = answer["value"]
        for place, codes in enumerate(product(*dimensions)):
            value = values.get(str(place)) if isinstance(values, dict) else values[place]
            yield dict(zip(names, codes, strict=True)), value
    except (KeyError, TypeError, IndexError, AttributeError):
        raise SsbError(f"The answer from {url} is not the JSON-stat 2 that was asked for") from None


def _ordered(index: list[str] | dict[str, int]) -> list[str]:
    return sorted(index, key=lambda code: index[code]) if isinstance(index, dict) else index


# Fetching, and taking an answer apart


def _fetch(url: str) -> Any:
    """The JSON at an address, or SsbError with what to do instead."""
    try:
        with urlopen(Request(url, headers={"Accept": "application/json"}), timeout=SECONDS) as answer:
            return json.load(answer)
    except HTTPError as error:
        raise SsbError(f"{url} answered {error.code} {error.reason}") from None
    except (HTTPException, OSError) as error:
        reason = getattr(error, "reason", None) or error
        raise SsbError(f"No connection to {url} ({reason})") from None
    except ValueError:
        raise SsbError(f"The answer from {url} is not JSON") from None


def _rows(answer: Any, key: str, url: str) -> list[dict[str, Any]]:
    rows = answer.get(key) if isinstance(answer, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise SsbError(f"The answer from {url} has no list of {key}")
    return rows


def _text(row: dict[str, Any], key: str, url: str) -> str:
    value = row.get(key)
    if not isinstance(value, str) or not value:
        raise SsbError(f"A row in the answer from {url} has no {key}")
    return value


def _day(row: dict[str, Any], key: str, url: str) -> date | None:
    value = row.get(key)
    try:
        return date.fromisoformat(value[:10]) if value else None
    except (TypeError, ValueError):
        raise SsbError(f"In the answer from {url} {key} is {value!r}, which is no date") from None


def _name(label: str) -> str:
    """The name without the county some have behind it in brackets."""
    return re.sub(r" \([^)]*\)$", "", label)
