"""Every organisation that can be named: the municipalities of the register, and what the product knows beside them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from gpf.norwegian import sort_key
from networks.models import HealthCommunity, Organisation
from networks.organisation_history import History, Part, participations_everywhere
from networks.organisation_register import Entry, Succession, read_succession, twice

MUNICIPALITY = Organisation.Kind.MUNICIPALITY.value
COUNTIES_NOW = frozenset({"03", "11", "15", "18", "31", "32", "33", "34", "39", "40", "42", "46", "50", "55", "56"})
"""What a municipality's number begins with in the counties of 2024. Source: Statistics Norway, Klass 104."""


class Line(NamedTuple):
    """One organisation. `key` is "m" and the municipality number, or "o" and the row's key; `number` is that of the
    municipality, or the organisation number.

    `became` is empty for what is in force; else it holds what took over, of an ended one the entry itself.
    """

    key: str
    kind: str
    name: str
    sort_name: str
    number: str
    county: str
    parent_pk: int | None = None
    parent: str = ""
    became: tuple[Entry, ...] = ()

    @property
    def is_former(self) -> bool:
        return bool(self.became)

    @property
    def successors(self) -> tuple[Entry, ...]:
        """What took over, and can be chosen instead; nothing where nobody knows."""
        return tuple(entry for entry in self.became if entry.number != self.number)


class Directory:
    """Looks organisations up. Made by `read_directory`."""

    def __init__(self, succession: Succession, others: Iterable[Line], history: History) -> None:
        self.succession = succession
        self.history = history
        register = [_from_register(entry, succession) for entry in succession.entries.values()]
        self._lines = {line.key: line for line in (*register, *others) if line.kind == MUNICIPALITY}
        if register:
            self._lines = dict(sorted(self._lines.items(), key=lambda item: item[1].sort_name))
        self._lines |= {line.key: line for line in others if line.key not in self._lines}
        self._older = {} if register else _older_numbers(self._lines.values())
        for newest, older in self._older.items():
            self._lines |= {line.key: line for line in self._became(newest, older)}
        self.shared_names = twice(line.name for line in self._lines.values() if not line.is_former)

    def get(self, key: str) -> Line | None:
        return self._lines.get(key)

    def of_organisation(self, organisation: Organisation) -> Line | None:
        """The line of a row: a municipality's is that of its number."""
        return self.get(key_of(organisation.kind, organisation.number, organisation.pk))

    def lines(self, *, former: bool = False) -> Iterator[Line]:
        """In Norwegian order: the municipalities, then what is part of something behind it."""
        return (line for line in self._lines.values() if former or not line.is_former)

    def parts(self, line: Line) -> list[Part]:
        """Where it has taken part, under the names and numbers it had before as well."""
        if line.kind == MUNICIPALITY:
            numbers = [line.number, *self._older.get(line.number, ())]
            return [part for number in numbers for part in self.history.of_municipality(number)]
        return self.history.of_organisation(int(line.key[1:]))

    def _became(self, newest: str, older: Iterable[str]) -> Iterator[Line]:
        """The lines of the older numbers, as they are told of: each has become the newest."""
        now = self._lines[f"m{newest}"]
        entry = Entry(newest, now.name, now.sort_name, now.county, None, None)
        return (self._lines[f"m{number}"]._replace(became=(entry,)) for number in older)

    def named(self, text: str) -> list[Line]:
        """The organisations of exactly this name or number; a former municipality only where nothing else has it."""
        wanted = plain_name(text)
        found = [line for line in self.lines(former=True) if text.strip() == line.number or wanted == line.sort_name]
        return [line for line in found if not line.is_former] or found


def read_directory(day: date) -> Directory:
    """Everything, in a number of queries that is the same however much there is."""
    succession = read_succession(day)
    rows = Organisation.objects.values_list(
        "pk", "kind", "name", "sort_name", "number", "orgnr", "county", "parent", "parent__name", "parent__county"
    )
    others = [
        Line(
            key_of(kind, no, pk), kind, name, sort_name, no or orgnr, county or inherited or "", parent_pk, parent or ""
        )
        for pk, kind, name, sort_name, no, orgnr, county, parent_pk, parent, inherited in rows.order_by(
            "sort_name", "pk"
        )
        if kind != MUNICIPALITY or no not in succession.entries
    ]
    return Directory(succession, others, History(participations_everywhere(), succession))


def key_of(kind: str, number: str, pk: int) -> str:
    """A municipality is its number, whether or not it has a row; anything else its row."""
    return f"m{number}" if kind == MUNICIPALITY else f"o{pk}"


def matches(line: Line, text: str) -> bool:
    """Whether a search text is in its name, or begins its number."""
    wanted = sort_key(text)
    return not wanted or wanted in line.sort_name or (text.strip().isdigit() and line.number.startswith(text.strip()))


def plain_name(text: str) -> str:
    """The key of a name as people write it: "Vinje kommune" is Vinje."""
    return sort_key(text).removesuffix(" kommune").removesuffix(" herad")


def communities() -> list[HealthCommunity]:
    """The health communities, in Norwegian order."""
    return list(HealthCommunity.objects.select_related("trust").order_by("sort_name"))


def in_community(line: Line, community: HealthCommunity, numbers: set[str]) -> bool:
    """Whether it belongs to the community: one of its municipalities (`numbers`), its trust, a part of that."""
    if line.kind == MUNICIPALITY:
        return line.number in numbers
    return community.trust_id is not None and community.trust_id in (line.parent_pk, int(line.key[1:]))


def _older_numbers(lines: Iterable[Line]) -> dict[str, list[str]]:
    """Where no register tells it: the older numbers of municipalities that kept their names, by the newest.

    A county that was merged or split gave its municipalities new numbers. Two of one name whose counties stand today
    are two municipalities.
    """
    by_name: defaultdict[str, list[str]] = defaultdict(list)
    for line in lines:
        if line.kind == MUNICIPALITY and line.number:
            by_name[line.sort_name].append(line.number)
    found = {}
    for numbers in by_name.values():
        today = [number for number in numbers if number[:2] in COUNTIES_NOW] or [max(numbers)]
        found[max(today)] = sorted(set(numbers) - set(today))
    return {newest: older for newest, older in found.items() if older}


def _from_register(entry: Entry, succession: Succession) -> Line:
    became = () if entry.in_force(succession.day) else tuple(succession.now(entry.number)) or (entry,)
    return Line(
        f"m{entry.number}", MUNICIPALITY, entry.name, entry.sort_name, entry.number, entry.county, became=became
    )
