"""The engine against series whose values other programs have computed, or that were computed by hand."""

import json
import subprocess
import sys
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

from improvement.spc import MalformedError, Options, analyse, evaluate
from improvement.spc.limits import c4
from improvement.spc.runs import runs_limits

ROOT = Path(__file__).resolve().parent.parent.parent.parent
CASES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "cases.json").read_text())
NEAR = 1e-6


def differences(found: Any, expected: Any, path: str = "") -> list[str]:
    """Where two results differ: numbers by more than a millionth, everything else at all."""
    if isinstance(expected, dict) and isinstance(found, dict) and found.keys() == expected.keys():
        return [line for key in expected for line in differences(found[key], expected[key], f"{path}.{key}")]
    if isinstance(expected, list) and isinstance(found, list) and len(found) == len(expected):
        pairs = enumerate(zip(found, expected, strict=True))
        return [line for at, (a, b) in pairs for line in differences(a, b, f"{path}[{at}]")]
    numbers = [type(value) in (int, float) for value in (found, expected)]
    near = all(numbers) and abs(found - expected) <= NEAR * max(NEAR, abs(found), abs(expected))
    return [] if near or (found == expected and type(found) is type(expected)) else [f"{path}: {found} ≠ {expected}"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["id"]))
def test_the_reference_cases(case: dict[str, Any]) -> None:
    assert differences(evaluate(case), case["expected"]) == []


@pytest.mark.parametrize(
    "case", [each for each in CASES if "expected_mdc2024" in each], ids=lambda case: str(case["id"])
)
def test_two_of_three_by_the_rule_of_2024(case: dict[str, Any]) -> None:
    found = evaluate(case | {"params": case["params"] | {"two_of_three": "mdc2024"}})
    flat = found["points"] | found["summary"]
    assert differences({key: flat[key] for key in case["expected_mdc2024"]}, case["expected_mdc2024"]) == []


@pytest.mark.parametrize(
    ("n", "longest", "crossings"),
    [
        (10, 6, 2),
        (11, 6, 2),
        (12, 7, 3),
        (16, 7, 4),
        (18, 7, 5),
        (20, 7, 6),
        (22, 7, 7),
        (23, 8, 7),
        (24, 8, 8),
        (36, 8, 13),
        (45, 8, 17),
        (46, 9, 17),
        (60, 9, 23),
        (100, 10, 41),
    ],
)
def test_the_limits_of_the_runs_rules(n: int, longest: int, crossings: int) -> None:
    assert runs_limits(n) == (longest, crossings)


@pytest.mark.parametrize(("n", "expected"), [(2, 0.797884560803), (5, 0.939985602987), (25, 0.989640375586)])
def test_the_constant_of_standard_deviations(n: int, expected: float) -> None:
    assert c4(n) == pytest.approx(expected, rel=1e-11)


def test_subgroups_of_several_values() -> None:
    """By hand: three subgroups, one of them with a value missing, so that the deviations are pooled."""
    given = {"y": [1, 3, 2, 4, 6, 5, 7, None], "subgroup": [1, 1, 1, 2, 2, 2, 3, 3]}
    found = evaluate({"chart": "xbar", "input": given, "params": {}})["points"]
    assert found["y"] == [2, 5, 7]
    assert found["cl"] == pytest.approx([4] * 3)  # (3·2 + 3·5 + 1·7) / 7
    assert found["ucl"][0] == pytest.approx(4 + 1.95441004761)  # A3(3) times a pooled deviation of 1
    assert found["ucl"][2] is None
    deviations = evaluate({"chart": "s", "input": given, "params": {}})["points"]
    assert deviations["y"] == [1, 1, None]
    assert deviations["ucl"][:2] == pytest.approx([2.56816960263] * 2)
    assert deviations["lcl"] == [0, 0, None]


def test_a_value_of_no_subgroup_is_left_out_and_values_of_one_are_made_one() -> None:
    given = {"y": [1, 3, 100, 5, 9], "subgroup": [2, 2, None, 1, 1]}
    assert evaluate({"chart": "run", "input": given, "params": {}})["points"]["y"] == [7, 2]
    assert evaluate({"chart": "i", "input": given, "params": {"agg": "max"}})["points"]["y"] == [9, 3]
    ratio = given | {"n": [10, 10, 10, 10, 20]}
    assert evaluate({"chart": "p", "input": ratio, "params": {}})["points"]["y"] == pytest.approx([14 / 30, 0.2])


def test_a_target_is_told_in_the_unit_that_is_shown() -> None:
    y, n = [8.0, 9, 7, 8, 9, 8, 7, 9, 8, 8, 9, 7], [10.0] * 12
    for target, expected in ((20, "pass"), (80, "inconsistent"), (120, "fail")):
        options = Options(multiply=100, direction="increase", target=target)
        special = analyse(chart="xmr", y=y, n=n, options=options).special
        assert special is not None
        assert special.assurance == expected


def test_a_gap_or_a_point_left_out_neither_makes_nor_breaks_a_shift() -> None:
    y: list[float | None] = [5, 9, 5, 9, 5, 9, 1, 3, 2, None, 1, 40, 3, 2, 1, None]
    special = analyse(chart="xmr", y=y, options=Options(exclude=frozenset({12}), direction="decrease")).special
    assert special is not None
    assert [at for at, cause in enumerate(special.cause) if cause == "shift"] == [6, 7, 8, 10, 12, 13, 14]
    assert special.variation == "improvement_low"


def test_what_is_null_is_as_usual_and_one_may_stand_for_a_list() -> None:
    given = {"y": [1, 2, 3, 4, 5, 6], "subgroup": None}
    plain = evaluate({"chart": "i", "input": given, "params": {"part": [3], "exclude": [2]}})
    params = {"part": 3, "exclude": 2, "multiply": None, "agg": None, "y_neg": None, "freeze": None, "cl": None}
    assert evaluate({"chart": "i", "input": given, "params": params}) == plain
    spread = evaluate({"chart": "run", "input": {"y": [1, 3, 5], "subgroup": [1, 1, 2]}, "params": {"agg": "sd"}})
    assert spread["points"]["y"] == pytest.approx([2**0.5, 0])


def test_numbers_beyond_measure_are_missing_and_long_series_are_quick() -> None:
    for chart in ("i", "t", "s", "xbar", "p"):
        given = {
            "y": [10**400, 1e308, -1e308, 1e-320, 3, 4],
            "n": [1, 1, 1, 1e-320, 2, 2],
            "subgroup": [1, 1, 1, 2, 2, 2],
        }
        json.dumps(evaluate({"chart": chart, "input": given, "params": {}}), allow_nan=False)
    begin = perf_counter()
    for chart in ("run", "xmr", "run_perla"):
        evaluate({"chart": chart, "input": {"y": [float(at % 7) for at in range(20_000)]}, "params": {}})
    assert perf_counter() - begin < 10


def run(text: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "improvement.spc"]
    return subprocess.run(command, input=text, capture_output=True, text=True, cwd=ROOT, check=False)


def test_the_command_reads_a_case_and_a_list_and_says_what_is_wrong() -> None:
    case = CASES[0]
    assert differences(json.loads(run(json.dumps(case)).stdout), case["expected"]) == []
    assert differences(json.loads(run(json.dumps([case])).stdout), [case["expected"]]) == []
    refused = run('{"chart": "pie", "input": {"y": [1]}}')
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "no such chart: pie" in refused.stderr


@pytest.mark.parametrize(
    "case",
    [
        [1],
        {"chart": "run"},
        {"chart": "run", "input": {"y": "1 2 3"}},
        {"chart": "run", "input": {"y": [1, "2"]}},
        {"chart": "run", "input": {"y": [1, True]}},
        {"chart": "p", "input": {"y": [1, 2], "n": [3]}},
        {"chart": "run", "input": {"y": [1]}, "params": {"agg": "mode"}},
        {"chart": "i", "input": {"y": [1, 2]}, "params": {"freeze": "twelve"}},
    ],
    ids=str,
)
def test_what_is_no_case_is_said_to_be_none(case: Any) -> None:
    with pytest.raises(MalformedError):
        evaluate(case)


def test_it_needs_nothing_of_the_rest() -> None:
    code = "import sys, improvement.spc; print([m for m in sys.modules if m.startswith(('django', 'numpy', 'gpf'))])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert found.stdout.strip() == "[]"
