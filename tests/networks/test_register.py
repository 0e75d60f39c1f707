import re
from pathlib import Path

import pytest

from networks.lined import BadFileError
from networks.register import dump_register, parse_register
from tests.networks.registers import made_up_register

DOCUMENT = Path(__file__).parents[2] / "docs" / "register-format.md"
SMALL = """{
"format": 1,
"municipalities": [
{"number": "9101", "name": "Fjellby", "county": "Nord", "valid_to": "2019-12-31", "successors": ["9201"]},
{"number": "9201", "name": "Nyby", "county": "Nord", "valid_from": "2020-01-01", "population": {"2022": 5100}}
]
}
"""


def test_a_register_written_and_read_is_the_same() -> None:
    register = made_up_register()
    assert parse_register(dump_register(register.values(), "made up")) == register


def test_a_written_register_has_one_number_a_line_in_order() -> None:
    lines = dump_register(reversed(made_up_register().values()), "made up").splitlines()
    numbers = re.findall(r'^\{"number": "(\d{4})"', "\n".join(lines), flags=re.MULTILINE)
    assert numbers == sorted(made_up_register())


def test_the_example_of_the_document_can_be_loaded() -> None:
    (example,) = re.findall(r"^    \{\n.*?^    \}\n", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    register = parse_register(example)
    assert register["9101"].successors == ("9201",)
    assert register["9201"].population == {2020: 5020, 2022: 5100}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"9201", "name"', '"9101", "name"', "line 5: “9101” is given twice"),
        ('["9201"]', '["9999"]', "line 4: 9101: the successor 9999 is not in the register"),
        ('["9201"]', '["9101"]', "line 4: 9101: the successor 9101 is not in force on 2020-01-01"),
        ('"2020-01-01"', '"2021-01-01"', "line 4: 9101: the successor 9201 is not in force on 2020-01-01"),
        ('"valid_to": "2019-12-31", ', "", "line 4: 9101: has successors but no last day"),
        (
            '"valid_from": "2020-01-01"',
            '"valid_from": "2020-01-01", "valid_to": "2019-01-01"',
            "line 5: 9201: ends before it begins",
        ),
        ('{"2022": 5100}', '{"2O22": 5100}', "line 5: a municipality: “population”: “2O22” is no year"),
        ('{"2022": 5100}', '{"2022": -1}', "line 5: a municipality: “population”: “2022” is -1; it may be 0 to"),
        ('{"2022": 5100}', "[5100]", "line 5: a municipality: “population”: an object in braces is expected"),
        ('"county": "Nord", "valid_to"', '"valid_to"', "line 4: a municipality: “county” is missing"),
    ],
)
def test_a_broken_register_is_refused_with_line_and_reason(old: str, new: str, message: str) -> None:
    assert SMALL.count(old) == 1
    with pytest.raises(BadFileError, match=re.escape(message)):
        parse_register(SMALL.replace(old, new))
