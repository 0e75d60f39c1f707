"""Numbers from Excel: seen before they are kept, refused whole where they hold an identity number."""

import logging
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gpf import tenancy
from improvement.measures.models import Correction, Measure
from tests.cast import Cast
from tests.documents import files
from tests.identity_numbers import NATIONAL
from tests.improvement.measures.stage import SignIn, at, measure_of, monday, numbers_of

pytestmark = pytest.mark.django_db


def row(weeks_ago: int, *cells: object, sign: str = "\t") -> str:
    year, week, _day = monday(weeks_ago).isocalendar()
    return sign.join([f"{year}-W{week}", *map(str, cells)])


def sent_on(page: Any, **more: str) -> dict[str, Any]:
    """What the form of the preview sends."""
    context = page.context
    columns = [column["name"] for column in context["columns"]]
    return {"text": context["text"], "seen": context["seen"], "column": columns} | more


def look(client: Client, cast: Cast, measure: Measure, text: str) -> Any:
    return client.post(at(cast.west, "paste", measure.pk), {"text": text}, secure=True)


def test_rows_are_seen_first_and_the_good_ones_kept_by_choice(cast: Cast, sign_in: SignIn) -> None:
    measure = measure_of(cast.west, [(5, 7, 9), (4, 6, 9)])
    client, page = sign_in(cast.west.member), at(cast.west, "paste", measure.pk)
    text = "\n".join([row(5, 7, 9), row(4, 5, 9), row(3, 8, 9), row(2, 11, 9)])
    seen = look(client, cast, measure, text)
    assert seen.context["counts"] == {"new": 1, "changed": 1, "same": 1, "empty": 0, "wrong": 1}
    assert len(numbers_of(measure)) == 2
    # All of them can not be kept while one is wrong; the good ones can.
    assert client.post(page, sent_on(seen, keep="all"), secure=True).status_code == 200
    assert len(numbers_of(measure)) == 2
    kept = client.post(page, sent_on(seen, keep="good"), secure=True)
    assert kept["Location"] == at(cast.west, "measure", measure.pk)
    assert [number[1] for number in numbers_of(measure)] == [7, 5, 8]
    with tenancy.scope([cast.west.network.pk]):
        assert [(was.before["numerator"], was.after["numerator"]) for was in Correction.objects.all()] == [("6", "5")]
    # What somebody else typed in meanwhile is not overwritten by what was not seen.
    again = client.post(page, sent_on(seen, keep="good"), secure=True)
    assert again.status_code == 200


def test_columns_can_be_told_and_are_seen_anew_before_they_are_kept(cast: Cast, sign_in: SignIn) -> None:
    measure = measure_of(cast.west)
    client, page = sign_in(cast.west.member), at(cast.west, "paste", measure.pk)
    seen = look(client, cast, measure, "\n".join([row(3, 4, 7, 9), row(2, 5, 8, 9)]))
    other = ["on", "", "numerator", "denominator"]
    unseen = client.post(page, sent_on(seen, keep="all") | {"column": other}, secure=True)
    assert unseen.status_code == 200
    assert numbers_of(measure) == []
    client.post(page, sent_on(unseen, keep="all"), secure=True)
    assert [int(number[1] or 0) for number in numbers_of(measure)] == [7, 8]
    assert {int(number[2] or 0) for number in numbers_of(measure)} == {9}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_csv_file_of_any_encoding(cast: Cast, sign_in: SignIn, encoding: str) -> None:
    measure = measure_of(cast.west, kind="value", numerator="", denominator="", unit="poeng")
    data = "\r\n".join(["Uke;Måling;Merknad", row(2, "4,8", "påske", sign=";"), row(1, "1 240,5", "", sign=";")])
    upload = SimpleUploadedFile("tall.csv", data.encode(encoding))
    client = sign_in(cast.west.member)
    seen = client.post(at(cast.west, "paste", measure.pk), {"file": upload}, secure=True)
    assert [column["name"] for column in seen.context["columns"]] == ["on", "value", "note"]
    client.post(at(cast.west, "paste", measure.pk), sent_on(seen, keep="all"), secure=True)
    assert [str(number[3]) for number in numbers_of(measure)] == ["4.800", "1240.500"]


def test_a_workbook_with_days_and_a_formula_without_a_value(cast: Cast, sign_in: SignIn) -> None:
    measure = measure_of(cast.west, kind="value", numerator="", denominator="")
    data = files.xlsx([["Dato", "Tall"], [monday(3), 4.5], [], [monday(2), "=B2*2"]])
    client, page = sign_in(cast.west.member), at(cast.west, "paste", measure.pk)
    seen = client.post(page, {"file": SimpleUploadedFile("tall.xlsx", data)}, secure=True)
    assert [(each.line, each.state) for each in (*seen.context["good"], *seen.context["wrong"])] == [
        (2, "new"),
        (4, "wrong"),
    ]
    assert seen.context["wrong"][0].problems[0].column == "B"
    # It stays wrong when the rows come back, and is never taken for a week that was not measured.
    client.post(page, sent_on(seen, keep="good"), secure=True)
    assert len(numbers_of(measure)) == 1


@pytest.mark.parametrize(
    "sent",
    [
        {"text": ""},
        {"text": "\n \n"},
        {"text": "\n".join(f"{day}.1.2020\t1\t2" for day in range(5000))},
        {"file": ("tom.csv", b"")},
        {"file": ("last.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"))},
        {"file": ("bilde.xlsx", b"PK\x03\x04 ikke noe")},
        {"file": ("tall.csv", b"\x00\x01\x02")},
    ],
)
def test_what_can_not_be_read_is_told(cast: Cast, sign_in: SignIn, sent: dict[str, Any]) -> None:
    measure = measure_of(cast.west)
    data = {name: SimpleUploadedFile(*value) if name == "file" else value for name, value in sent.items()}
    page = sign_in(cast.west.member).post(at(cast.west, "paste", measure.pk), data, secure=True)
    assert page.status_code == 200
    assert page.context["form"].errors
    assert numbers_of(measure) == []


def test_a_column_of_identity_numbers_is_refused_whole(
    cast: Cast, sign_in: SignIn, caplog: pytest.LogCaptureFixture
) -> None:
    measure = measure_of(cast.west)
    client, page = sign_in(cast.west.member), at(cast.west, "paste", measure.pk)
    lines: list[list[Any]] = [["Uke", "Nummer", "Fikk", "Av"], [row(2), NATIONAL, 7, 9], [row(1), "", 7, 9]]
    with caplog.at_level(logging.DEBUG):
        pasted = look(client, cast, measure, "\n".join("\t".join(map(str, line)) for line in lines))
        upload = SimpleUploadedFile("tall.xlsx", files.xlsx(lines))
        chosen = client.post(page, {"file": upload}, secure=True)
    assert "text" in pasted.context["form"].errors
    assert "file" in chosen.context["form"].errors
    assert NATIONAL not in caplog.text
    assert numbers_of(measure) == []


def test_two_thousand_rows_are_read_with_as_few_queries_as_two(
    cast: Cast, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    measure = measure_of(cast.west)
    text = "\n".join(row(weeks, 7, 9) for weeks in range(1, 1800))
    client, page = sign_in(cast.west.member), at(cast.west, "paste", measure.pk)
    seen = look(client, cast, measure, text)
    assert seen.context["counts"]["new"] + seen.context["counts"]["wrong"] == 1799
    with django_assert_max_num_queries(45):
        client.post(page, sent_on(seen, keep="good"), secure=True)
    assert len(numbers_of(measure)) > 1700
