import os
from pathlib import Path

import pytest

from networks.coverage import Coverage, cover
from networks.history import FILE, parse_history
from networks.register import Register, parse_register
from tests.networks.registers import made_up_register

NATION_2022 = 600 + 4100 + 1100 + 200 + 2000


@pytest.fixture
def register() -> Register:
    return made_up_register()


@pytest.mark.parametrize(
    ("numbers", "whole", "parts"),
    [
        (["9108"], (["9108"], 600), (["9108"], 600)),
        (["9103"], (["9203"], 1100), (["9203"], 1100)),
        # Fjellby is 3000 of the 3000 + 800 + half of Delby's 400 that became Fjellfjord.
        (["9101"], (["9201"], 4100), (["9201"], 3075)),
        (["9101", "9102"], (["9201"], 4100), (["9201"], 3895)),
        (["9101", "9102", "9104"], (["9201", "9204"], 4300), (["9201", "9204"], 4300)),
        (["9104"], (["9201", "9204"], 4300), (["9201", "9204"], 405)),
        (["9105", "9106"], (["9207"], 2000), (["9207"], 2000)),
        (["9201"], (["9201"], 4100), (["9201"], 4100)),
        (["9101", "9201"], (["9201"], 4100), (["9201"], 4100)),
        ([], ([], 0), ([], 0)),
    ],
)
def test_people_are_counted_whole_or_by_the_part_that_took_part(
    register: Register,
    numbers: list[str],
    whole: tuple[list[str], int],
    parts: tuple[list[str], int],
) -> None:
    counted_whole = cover(numbers, register, 2022, whole=True)
    counted_parts = cover(numbers, register, 2022, whole=False)
    assert counted_whole == Coverage(tuple(whole[0]), whole[1], NATION_2022, ())
    assert counted_parts == Coverage(tuple(parts[0]), parts[1], NATION_2022, ())


def test_the_share_of_the_nation_has_one_decimal(register: Register) -> None:
    assert cover(["9103"], register, 2022, whole=True).percent == 13.8


def test_a_year_before_a_merger_counts_the_municipalities_of_that_year(register: Register) -> None:
    for whole in (True, False):
        coverage = cover(["9201"], register, 2019, whole=whole)
        assert (coverage.numbers, coverage.persons) == (("9101", "9102", "9104"), 4200)


def test_what_the_register_can_not_answer_is_said(register: Register) -> None:
    unknown = cover(["1234", "9109", "9108"], register, 2022, whole=True)
    assert (unknown.numbers, unknown.persons) == (("9108",), 600)
    assert unknown.lacks == (
        "1234 is not in the register; not counted",
        "9109 Borte can not be followed to 2022; not counted",
    )
    merged = cover(["9105"], register, 2022, whole=False)
    assert (merged.persons, merged.lacks) == (
        2000,
        ("9107 Vik is counted whole: no population for 9105, 9106 before the merger",),
    )


def test_without_population_there_is_no_share(register: Register) -> None:
    coverage = cover(["9108", "9103"], register, 2023, whole=True)
    assert (coverage.persons, coverage.nation, coverage.percent) == (0, 0, None)
    assert coverage.lacks == (
        "9108 Uendra has no population for 2023; not counted",
        "9203 Elvdal has no population for 2023; not counted",
        "5 of the 5 municipalities of 2023 have no population",
    )


def test_the_reports_share_of_the_nation_on_the_real_register() -> None:
    """75.9, 72.9 and 79.4 percent, when GPF_TEST_REGISTER names Norway's register; the reach alone otherwise."""
    path = os.environ.get("GPF_TEST_REGISTER")
    history = parse_history(FILE.read_text(encoding="utf-8"))
    register = parse_register(Path(path).read_text(encoding="utf-8")) if path else made_up_register()
    since_2016, gode, every = (
        cover(
            {p.organisation for n in networks for p in n.participations if p.organisation.isdigit()},
            register,
            2022,
            whole=True,
        )
        for networks in (
            [n for n in history.networks if n.from_year >= 2016],
            [n for n in history.networks if n.programme == "gode-pasientforlop"],
            history.networks,
        )
    )
    if path:
        assert (since_2016.percent, gode.percent, every.percent) == (75.9, 72.9, 79.4)
        assert (len(gode.numbers), every.lacks) == (212, ())
    else:
        assert every.numbers == ()
        assert len(every.lacks) == 256
