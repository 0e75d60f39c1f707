from datetime import date

import pytest

from networks.lined import BadFileError, Record, read


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("", 1, "not JSON: Expecting value"),
        ('{"a": 1,\n "b": }', 2, "not JSON: Expecting value"),
        ('{"a": 1\n "b": 2}', 2, "“}” is expected"),
        ('{"a": 1,\n}', 2, "a key in double quotes is expected"),
        ("[1, 2\n", 2, "“]” is expected"),
        ('{"a" 1}', 1, "“:” is expected"),
        ('{"a": 1,\n\n "a": 2}', 3, "“a” is given twice"),
        ('[1]\n["more"]', 2, "something follows the end of the data"),
        ("[\nNaN]", 2, "NaN is no JSON number"),
        ('["not\nclosed"]', 1, "not JSON: Invalid control character at"),
        ("[" * 14 + "]" * 14, 1, "more than 12 levels deep"),
    ],
)
def test_what_is_not_json_is_refused_with_line_and_reason(text: str, line: int, reason: str) -> None:
    with pytest.raises(BadFileError) as refused:
        read(text)
    assert (refused.value.line, refused.value.reason) == (line, reason)
    assert str(refused.value) == f"line {line}: {reason}"


def test_every_value_knows_its_line() -> None:
    whole = read('{\n "a": [1,\n  {"b": "æ"}],\n\n "c": null}')
    assert isinstance(whole.content, dict)
    listed = whole.content["a"]
    assert isinstance(listed.content, list)
    assert (whole.line, listed.line) == (1, 2)
    assert [value.line for value in listed.content] == [2, 3]
    assert (whole.content["c"].line, whole.content["c"].content) == (5, None)


def test_a_record_gives_its_fields_by_type() -> None:
    text = """{"name": "Herøy", "year": 2022, "day": "2022-08-31", "month": "2022-08", "held": true,
               "known": null, "parts": ["a", "b"], "kind": "x"}"""
    record = Record(read(text), "a thing", "name year day month held known parts kind other")
    assert record.text("name") == "Herøy"
    assert record.text_or("other", "none") == "none"
    assert record.number("year", 2000, 2100) == 2022
    assert record.number_or_none("other", 1, 2) is None
    assert record.day("day") == date(2022, 8, 31)
    assert record.day_or_none("known") is None
    assert record.month("month") == date(2022, 8, 1)
    assert (record.flag("held"), record.flag("other"), record.flag_or_unknown("known")) == (True, False, None)
    assert (record.texts("parts"), record.texts("other")) == (["a", "b"], [])
    assert record.one_of("kind", ["x", "y"]) == "x"


FIELDS = '{"text": " ",\n"number": true,\n"year": 1999,\n"day": "2022-02-30",\n"list": ["a",\n7],\n"flag": "yes"}'


@pytest.mark.parametrize(
    ("take", "line", "reason"),
    [
        (lambda record: record.text("text"), 1, "a thing: “text” must be a text"),
        (lambda record: record.text("day", longest=9), 4, "a thing: “day” has 10 characters; it may have 9"),
        (lambda record: record.number("number", 0, 1), 2, "a thing: “number” must be a whole number"),
        (
            lambda record: record.number("year", 2000, 2100),
            3,
            "a thing: “year” is 1999; it may be 2000 to 2100",
        ),
        (lambda record: record.day("day"), 4, "a thing: “day” is “2022-02-30”, which is no date"),
        (lambda record: record.month("day"), 4, "a thing: “day” is “2022-02-30”, which is no date"),
        (
            lambda record: record.text("day", r"\d+"),
            4,
            "a thing: “day” is “2022-02-30”, which does not have the right form",
        ),
        (
            lambda record: record.one_of("day", ["a", "b"]),
            4,
            "a thing: “day” is “2022-02-30”; it may be a, b",
        ),
        (lambda record: record.values("day"), 4, "a thing: “day” must be a list in square brackets"),
        (lambda record: record.texts("list"), 6, "a thing: “list” must be a list of texts"),
        (lambda record: record.flag("flag"), 7, "a thing: “flag” must be true or false"),
        (lambda record: record.flag_or_unknown("other"), 1, "a thing: “other” is missing"),
    ],
)
def test_a_field_that_does_not_fit_is_refused_at_its_line(take, line: int, reason: str) -> None:  # type: ignore[no-untyped-def]  # a row of the table
    record = Record(read(FIELDS), "a thing", "text number year day list flag other")
    with pytest.raises(BadFileError) as refused:
        take(record)
    assert (refused.value.line, refused.value.reason) == (line, reason)


def test_a_field_nobody_expects_and_a_thing_that_is_no_object_are_refused() -> None:
    with pytest.raises(BadFileError, match="line 2: a thing: “colour” is not known"):
        Record(read('{"name": "x",\n "colour": "blue"}'), "a thing", "name")
    with pytest.raises(BadFileError, match="line 1: a thing: an object in braces is expected"):
        Record(read('["x"]'), "a thing", "name")
