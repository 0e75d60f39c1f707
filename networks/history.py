"""The facts of the networks of 2014–2023: reads `networks/data/history.json` and checks it whole.

The format is described in docs/history-format.md. Nothing here touches the database.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from networks.lined import BadFileError, Record, Value, read

T = TypeVar("T")

FILE = Path(__file__).parent / "data" / "history.json"
SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"
NUMBER = r"\d{4}"
LONGEST_SLUG, LONGEST_COUNTY, LONGEST_NOTE = 50, 80, 200
LONGEST_ORGANISATION = 110  # the number of a team goes behind it
FIRST_YEAR, LAST_YEAR = 2000, 2100
KINDS = (
    "regional_authority",
    "national_body",
    "trust",
    "hospital",
    "hospital_unit",
    "development_centre",
    "municipal_unit",
    "district",
)
MUNICIPAL = {"municipality", "municipal_unit", "district"}
GATHERING_KINDS = {kind: kind for kind in ("network", "experience", "measurement_workshop", "conference", "webinar")}


@dataclass(frozen=True)
class ProgrammeFact:
    slug: str
    name: str
    owner: str


@dataclass(frozen=True)
class OrganisationFact:
    """`key` is a municipality's number or another organisation's short name; so is `part_of`."""

    key: str
    kind: str
    name: str
    county: str = ""
    part_of: str = ""
    orgnr: str = ""


@dataclass(frozen=True)
class GatheringFact:
    """Days where they are known, else the first of the month, else neither."""

    kind: str
    number: int | None
    starts_on: date | None
    ends_on: date | None
    month: date | None
    place: str
    postponed: bool
    note: str


@dataclass(frozen=True)
class ParticipationFact:
    """`teams` is None where no document says how many there are."""

    organisation: str
    units: tuple[str, ...]
    teams: int | None
    joined_on: date | None
    joined_note: str
    withdrawn: bool
    withdrawn_on: date | None
    withdrawn_reason: str


@dataclass(frozen=True)
class NetworkFact:
    slug: str
    name: str
    programme: str
    round_label: str
    from_year: int
    to_year: int
    region: str
    language: str
    anchored: bool | None
    supervised_by: tuple[str, ...]
    notes: tuple[str, ...]
    gatherings: tuple[GatheringFact, ...]
    participations: tuple[ParticipationFact, ...]


@dataclass(frozen=True)
class History:
    """Everything in the file, each list in the file's own order; organisations stand before their parts."""

    programmes: tuple[ProgrammeFact, ...]
    organisations: tuple[OrganisationFact, ...]
    networks: tuple[NetworkFact, ...]


def parse_history(text: str) -> History:
    """The facts in a file's text. A broken one gives only a BadFileError, with the line and the reason."""
    top = Record(read(text), "the file", "format sources programmes municipalities organisations networks")
    top.number("format", 1, 1)
    sources = _unique(top.values("sources"), _source, lambda source: source)
    programmes = _unique(top.values("programmes"), _programme, lambda programme: programme.slug)
    organisations = _organisations(top)
    reader = _NetworkReader(sources, programmes, organisations)
    networks = _unique(top.values("networks"), reader.network, lambda network: network.slug)
    return History(tuple(programmes.values()), tuple(organisations.values()), tuple(networks.values()))


def _unique(values: Iterable[Value], parse: Callable[[Value], T], key: Callable[[T], str]) -> dict[str, T]:
    """Parse each, and refuse a key that comes twice."""
    found: dict[str, T] = {}
    for value in values:
        fact = parse(value)
        if key(fact) in found:
            raise BadFileError(value.line, f"“{key(fact)}” is given twice")
        found[key(fact)] = fact
    return found


def _source(value: Value) -> str:
    record = Record(value, "a source", "id title")
    record.text("title")
    return record.text("id", SLUG, LONGEST_SLUG)


def _programme(value: Value) -> ProgrammeFact:
    record = Record(value, "a programme", "id name owner")
    return ProgrammeFact(record.text("id", SLUG, LONGEST_SLUG), record.text("name"), record.text_or("owner", ""))


def _organisations(top: Record) -> dict[str, OrganisationFact]:
    """Municipalities by number, then the others by id; whatever one is part of must stand before it."""
    found = _unique(top.values("municipalities"), _municipality, lambda municipality: municipality.key)
    orgnrs: set[str] = set()
    for value in top.values("organisations"):
        record, fact = _organisation(value)
        if fact.key in found:
            raise record.bad("id", f"“{fact.key}” is given twice")
        if fact.part_of and fact.part_of not in found:
            raise record.bad("part_of", f"is “{fact.part_of}”, which is not above it in the file")
        if fact.orgnr and fact.orgnr in orgnrs:
            raise record.bad("orgnr", f"“{fact.orgnr}” is given twice")
        orgnrs.add(fact.orgnr)
        found[fact.key] = fact
    return found


def _municipality(value: Value) -> OrganisationFact:
    record = Record(value, "a municipality", "number name county")
    return OrganisationFact(
        key=record.text("number", NUMBER),
        kind="municipality",
        name=record.text("name", longest=LONGEST_ORGANISATION),
        county=record.text("county", longest=LONGEST_COUNTY),
    )


def _organisation(value: Value) -> tuple[Record, OrganisationFact]:
    record = Record(value, "an organisation", "id kind name part_of orgnr")
    fact = OrganisationFact(
        key=record.text("id", SLUG, LONGEST_SLUG),
        kind=record.one_of("kind", KINDS),
        name=record.text("name", longest=LONGEST_ORGANISATION),
        part_of=record.text_or("part_of", ""),
        orgnr=record.text_or("orgnr", "", r"\d{9}"),
    )
    if fact.kind in {"municipal_unit", "district", "hospital_unit"} and not fact.part_of:
        raise record.bad("part_of", "is missing")
    return record, fact


class _NetworkReader:
    """Reads a network, and checks what it names against the lists above it in the file."""

    def __init__(
        self,
        sources: Collection[str],
        programmes: Collection[str],
        organisations: dict[str, OrganisationFact],
    ) -> None:
        self.sources = sources
        self.programmes = programmes
        self.organisations = organisations

    def network(self, value: Value) -> NetworkFact:
        record = Record(
            value,
            "a network",
            "slug name programme round from_year to_year region language as_of anchored_in_health_community"
            " supervised_by teams_stated sources notes gatherings participations",
        )
        from_year = record.number("from_year", FIRST_YEAR, LAST_YEAR)
        record.day("as_of")
        self._check_names(record, "sources", self.sources)
        self._check_names(record, "supervised_by", self.organisations)
        participations = self._participations(record)
        return NetworkFact(
            slug=record.text("slug", SLUG, LONGEST_SLUG),
            name=record.text("name"),
            programme=record.one_of("programme", self.programmes),
            round_label=record.text("round", r"\d{4}–\d{4}"),
            from_year=from_year,
            to_year=record.number("to_year", from_year, LAST_YEAR),
            region=record.text("region"),
            language=record.one_of("language", {"nb": "nb", "nn": "nn"}),
            anchored=record.flag_or_unknown("anchored_in_health_community"),
            supervised_by=tuple(record.texts("supervised_by")),
            notes=tuple(record.texts("notes")),
            gatherings=self._gatherings(record),
            participations=participations,
        )

    def _participations(self, network: Record) -> tuple[ParticipationFact, ...]:
        found = _unique(network.values("participations"), self.participation, lambda fact: fact.organisation)
        if network.has("teams_stated"):
            self._check_teams(network, found.values())
        return tuple(found.values())

    def _check_teams(self, network: Record, participations: Iterable[ParticipationFact]) -> None:
        """The teams of the participations must come to what the documents say in all."""
        value = network.fields["teams_stated"]
        stated = Record(value, "teams_stated", "municipal hospital")
        counted = {"municipal": 0, "hospital": 0}
        for fact in participations:
            municipal = self.organisations[fact.organisation].kind in MUNICIPAL
            counted["municipal" if municipal else "hospital"] += fact.teams or 0
        for key, teams in counted.items():
            if stated.number(key, 0, 500) != teams:
                raise stated.bad(key, f"is not the {teams} of the participations")

    def participation(self, value: Value) -> ParticipationFact:
        record = Record(
            value,
            "a participation",
            "organisation name units teams joined_on joined_note withdrawn withdrawn_on withdrawn_reason",
        )
        organisation = self._organisation(record)
        self._check_units(record, organisation)
        fact = ParticipationFact(
            organisation=organisation.key,
            units=tuple(record.texts("units")),
            teams=record.number_or_none("teams", 1, 50),
            joined_on=record.day_or_none("joined_on"),
            joined_note=record.text_or("joined_note", "", longest=LONGEST_NOTE),
            withdrawn=record.flag("withdrawn"),
            withdrawn_on=record.day_or_none("withdrawn_on"),
            withdrawn_reason=record.text_or("withdrawn_reason", "", longest=LONGEST_NOTE),
        )
        if (fact.withdrawn_on or fact.withdrawn_reason) and not fact.withdrawn:
            raise record.bad("withdrawn", "must be true where there is a date or a reason")
        return fact

    def _organisation(self, record: Record) -> OrganisationFact:
        """The one it names. The name stands beside the key so that a slip in either is found."""
        organisation = self.organisations.get(record.text("organisation"))
        if organisation is None:
            raise record.bad("organisation", f"is “{record.text('organisation')}”, which is not in the file")
        if record.text("name") != organisation.name:
            raise record.bad("name", f"is “{record.text('name')}”, but {organisation.key} is {organisation.name}")
        return organisation

    def _check_units(self, record: Record, organisation: OrganisationFact) -> None:
        self._check_names(record, "units", self.organisations)
        for unit in record.texts("units"):
            if self.organisations[unit].part_of != organisation.key:
                raise record.bad("units", f"names “{unit}”, which is not a part of {organisation.name}")

    def _check_names(self, record: Record, key: str, known: Collection[str]) -> None:
        """A list may name what the file has, and each once."""
        names = record.texts(key)
        for name in names:
            if name not in known:
                raise record.bad(key, f"names “{name}”, which is not in the file")
            if names.count(name) > 1:
                raise record.bad(key, f"names “{name}” twice")

    def _gatherings(self, network: Record) -> tuple[GatheringFact, ...]:
        found = _unique(network.values("gatherings"), self.gathering, _gathering_key)
        return tuple(found.values())

    def gathering(self, value: Value) -> GatheringFact:
        record = Record(value, "a gathering", "kind number from to month place postponed note source")
        record.one_of("source", self.sources)
        kind = record.one_of("kind", GATHERING_KINDS) if record.has("kind") else "network"
        starts_on, ends_on, month = _gathering_dates(record)
        return GatheringFact(
            kind=kind,
            number=record.number("number", 1, 20) if kind == "network" else record.number_or_none("number", 1, 20),
            starts_on=starts_on,
            ends_on=ends_on,
            month=month,
            place=record.text_or("place", ""),
            postponed=record.flag("postponed"),
            note=record.text_or("note", "", longest=LONGEST_NOTE),
        )


def _gathering_dates(record: Record) -> tuple[date | None, date | None, date | None]:
    """(first day, last day, month): the days, or the month, or nothing where the month is null."""
    if not record.has("month"):
        starts_on, ends_on = record.day("from"), record.day("to")
        if ends_on < starts_on:
            raise record.bad("to", "is before “from”")
        return starts_on, ends_on, None
    if record.has("from") or record.has("to"):
        raise record.bad("month", "is for where the days are not known")
    return None, None, None if record.fields["month"].content is None else record.month("month")


def _gathering_key(fact: GatheringFact) -> str:
    """Network gatherings are known by their number, others by their kind and time."""
    return f"{fact.kind} {fact.number or fact.starts_on or fact.month}"
