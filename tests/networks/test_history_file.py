"""The fact file itself, and what its reader refuses."""

import re
from datetime import date

import pytest

from networks.history import FILE, History, NetworkFact, ParticipationFact, parse_history
from networks.lined import BadFileError, Value, read

TEXT = FILE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def history() -> History:
    return parse_history(TEXT)


def network(history: History, slug: str) -> NetworkFact:
    (found,) = (network for network in history.networks if network.slug == slug)
    return found


def participation(history: History, slug: str, organisation: str) -> ParticipationFact:
    (found,) = (p for p in network(history, slug).participations if p.organisation == organisation)
    return found


def municipal(network: NetworkFact) -> list[str]:
    return [p.organisation for p in network.participations if re.fullmatch(r"\d{4}", p.organisation)]


def test_the_file_counts_as_the_report_does(history: History) -> None:
    memberships = [number for network in history.networks for number in municipal(network)]
    assert (len(history.networks), len(memberships), len(set(memberships))) == (19, 295, 256)
    in_2022 = [
        gathering
        for network in history.networks
        for gathering in network.gatherings
        if gathering.kind == "network" and (gathering.starts_on or gathering.month or date.min).year == 2022
    ]
    assert len(in_2022) == 12


def test_every_municipality_listed_takes_part(history: History) -> None:
    listed = {fact.key for fact in history.organisations if fact.kind == "municipality"}
    assert listed == {number for network in history.networks for number in municipal(network)}


def test_the_rounds_have_the_municipalities_of_the_report(history: History) -> None:
    assert [len(municipal(network)) for network in history.networks] == [
        *(14, 18, 10, 10, 12, 13, 6),
        *(11, 22, 31, 1, 21, 12, 18, 30),
        *(21, 20),
        *(10, 15),
    ]


def test_places_of_the_same_name_have_their_own_numbers(history: History) -> None:
    by_name: dict[str, set[str]] = {}
    for fact in history.organisations:
        if fact.kind == "municipality":
            by_name.setdefault(fact.name, set()).add(fact.key)
    assert by_name["Herøy"] == {"1818", "1515"}
    assert by_name["Nes"] == {"0236", "0616", "3034"}
    assert participation(history, "innlandet", "3419").organisation == "3419"  # Våler i Innlandet
    assert participation(history, "innlandet", "3411").organisation == "3411"  # Ringsaker, after a missing comma


def test_sogn_og_fjordane_has_its_four_gatherings(history: History) -> None:
    assert [(g.number, g.starts_on, g.ends_on) for g in network(history, "sogn-og-fjordane").gatherings] == [
        (1, date(2021, 3, 3), date(2021, 3, 4)),
        (2, date(2021, 6, 9), date(2021, 6, 10)),
        (3, date(2021, 12, 1), date(2021, 12, 2)),
        (4, date(2022, 8, 31), date(2022, 9, 1)),
    ]


def test_vestfold_is_known_as_well_as_the_documents_know_it(history: History) -> None:
    assert [(g.kind, g.number, g.starts_on, g.month, g.postponed) for g in network(history, "vestfold").gatherings] == [
        ("network", 1, None, date(2020, 1, 1), False),
        ("network", 2, None, None, True),
        ("network", 3, None, date(2022, 6, 1), True),
        ("measurement_workshop", None, None, date(2022, 8, 1), False),
        ("network", 4, None, date(2022, 11, 1), False),
    ]
    assert participation(history, "vestfold", "3805").withdrawn
    assert [p.organisation for n in history.networks for p in n.participations if p.withdrawn] == ["3805"]


def test_parts_and_teams_are_those_the_documents_name(history: History) -> None:
    assert len(participation(history, "helse-bergen-regionen", "4601").units) == 3
    assert participation(history, "helse-bergen-regionen", "olaviken").joined_note == "etter første samling"
    kinds = {fact.key: fact.kind for fact in history.organisations}
    assert [kinds[unit] for unit in participation(history, "oslo", "0301").units] == (
        ["district"] * 3 + ["municipal_unit"] * 3
    )
    teams = {n.slug: sum(p.teams or 0 for p in n.participations) for n in history.networks}
    assert {slug: number for slug, number in teams.items() if number} == {
        "ahus-regionen": 11,
        "telemark": 11,
        "helgeland": 2,
        "sogn-og-fjordane": 17,
    }
    assert participation(history, "helgeland", "1832").teams == 2
    assert participation(history, "sogn-og-fjordane", "helse-forde").teams == 4


def test_what_no_document_says_is_unknown(history: History) -> None:
    anchored = {n.slug: n.anchored for n in history.networks if n.round_label == "2020–2023"}
    assert anchored == {
        "innlandet": True,
        "helse-bergen-regionen": True,
        "ahus-regionen": None,
        "telemark": True,
        "helgeland": True,
        "sogn-og-fjordane": True,
        "vestfold": None,
    }
    assert network(history, "innlandet").supervised_by == (
        "usht-innlandet-hedmark",
        "usht-innlandet-oppland",
        "sykehuset-innlandet",
    )
    assert network(history, "vestfold").supervised_by == ("fhi",)


def _records(value: Value, key: str) -> list[Value]:
    assert isinstance(value.content, dict)
    listed = value.content[key].content
    assert isinstance(listed, list)
    return listed


def test_the_file_has_one_participation_a_line() -> None:
    lines = []
    for value in _records(read(TEXT), "networks"):
        lines += [record.line for record in _records(value, "participations")]
    assert len(lines) == len(set(lines)) == TEXT.count('{"organisation": ')


SMALL = """{
 "format": 1,
 "sources": [{"id": "report", "title": "A report"}],
 "programmes": [{"id": "paths", "name": "Paths"}],
 "municipalities": [
  {"number": "1001", "name": "Fjellby", "county": "Nordfylket"}],
 "organisations": [
  {"id": "trust", "kind": "trust", "name": "Trust HF", "orgnr": "123456789"},
  {"id": "ward", "kind": "hospital_unit", "name": "Ward", "part_of": "trust"}],
 "networks": [
  {"slug": "north", "name": "North", "programme": "paths", "region": "Nordfylket", "as_of": "2021-01-01",
   "round": "2020–2023", "from_year": 2021, "to_year": 2022, "language": "nb", "notes": [],
   "anchored_in_health_community": null, "supervised_by": [], "sources": ["report"],
   "teams_stated": {"municipal": 2, "hospital": 0},
   "gatherings": [{"number": 1, "from": "2021-03-03", "to": "2021-03-04", "source": "report"},
    {"number": 2, "month": "2021-06", "source": "report"}],
   "participations": [
    {"organisation": "1001", "name": "Fjellby", "teams": 2},
    {"organisation": "trust", "name": "Trust HF", "units": ["ward"]}]}]
}
"""


def test_the_small_file_is_sound() -> None:
    assert parse_history(SMALL).networks[0].participations[1].units == ("ward",)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"format": 1', '"format": 2', "line 2: the file: “format” is 2; it may be 1 to 1"),
        (
            ' "sources": [{"id": "report", "title": "A report"}],',
            "",
            "line 1: the file: “sources” is missing",
        ),
        (
            '"number": "1001"',
            '"number": "101"',
            "line 6: a municipality: “number” is “101”, which does not have",
        ),
        (
            '"county": "Nordfylket"}',
            '"mayor": "x", "county": "N"}',
            "line 6: a municipality: “mayor” is not known",
        ),
        (
            '"kind": "trust"',
            '"kind": "shop"',
            "line 8: an organisation: “kind” is “shop”; it may be regional_auth",
        ),
        ('"id": "ward"', '"id": "trust"', "line 9: an organisation: “id” “trust” is given twice"),
        (
            '"part_of": "trust"',
            '"part_of": "sea"',
            "line 9: an organisation: “part_of” is “sea”, which is not above",
        ),
        (', "part_of": "trust"', "", "line 9: an organisation: “part_of” is missing"),
        (
            '"Ward", ',
            '"Ward", "orgnr": "123456789", ',
            "line 9: an organisation: “orgnr” “123456789” is given twice",
        ),
        (
            '"programme": "paths"',
            '"programme": "x"',
            "line 11: a network: “programme” is “x”; it may be paths",
        ),
        (
            '"to_year": 2022',
            '"to_year": 2020',
            "line 12: a network: “to_year” is 2020; it may be 2021 to 2100",
        ),
        (
            '"supervised_by": []',
            '"supervised_by": ["x"]',
            "line 13: a network: “supervised_by” names “x”, which is",
        ),
        ('["report"]', '["report", "report"]', "line 13: a network: “sources” names “report” twice"),
        (
            '"hospital": 0',
            '"hospital": 1',
            "line 14: teams_stated: “hospital” is not the 0 of the participations",
        ),
        ('"to": "2021-03-04"', '"to": "2021-03-01"', "line 15: a gathering: “to” is before “from”"),
        ('"from": "2021-03-03", ', "", "line 15: a gathering: “from” is missing"),
        ('"number": 2', '"number": 1', "line 16: “network 1” is given twice"),
        (
            '"month": "2021-06"',
            '"month": "2021-13"',
            "line 16: a gathering: “month” is “2021-13”, which is no date",
        ),
        (
            '"month": "2021-06"',
            '"month": "2021-06", "from": "2021-06-01"',
            "line 16: a gathering: “month” is for wh",
        ),
        (
            '"1001", "name": "Fjellby", "t',
            '"1002", "name": "Fjellby", "t',
            "line 18: a participation: “organisatio",
        ),
        (
            '"name": "Fjellby", "teams"',
            '"name": "Fjordby", "teams"',
            "line 18: a participation: “name” is “Fjordby”",
        ),
        (
            '"teams": 2',
            '"teams": 2, "withdrawn_on": "2021-07-01"',
            "line 18: a participation: “withdrawn” must be",
        ),
        (
            '"trust", "name": "Trust HF", "u',
            '"1001", "name": "Fjellby", "u',
            "line 19: a participation: “units” names",
        ),
        ('"units": ["ward"]', '"units": ["ward"', "line 19: “]” is expected"),
    ],
)
def test_a_broken_file_is_refused_with_line_and_reason(old: str, new: str, message: str) -> None:
    assert SMALL.count(old) == 1
    with pytest.raises(BadFileError, match=re.escape(message)):
        parse_history(SMALL.replace(old, new))
