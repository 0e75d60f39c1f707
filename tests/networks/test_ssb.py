"""The client of Statistics Norway, against a server of our own that answers in its shapes with made-up places."""

import json
import threading
from collections.abc import Callable, Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from networks.register import Municipality
from networks.ssb import SsbError, fetch_register


def code(number: str, name: str, begins: str, gone: str | None = None) -> dict[str, Any]:
    """A row of a KLASS code list; the last day is the first on which the code is gone."""
    return {
        "code": number,
        "parentCode": None,
        "level": "1",
        "name": name,
        "shortName": "",
        "presentationName": "",
        "validFrom": None,
        "validTo": None,
        "notes": "",
        "validFromInRequestedRange": begins,
        "validToInRequestedRange": gone,
    }


def change(old: str | None, new: str | None, day: str) -> dict[str, Any]:
    return {
        "oldCode": old,
        "oldName": "x",
        "oldShortName": None,
        "newCode": new,
        "newName": "x",
        "newShortName": None,
        "changeOccurred": day,
    }


COUNTIES = [
    code("91", "Nordfylket", "2013-01-01", "2020-01-01"),
    code("92", "Storfylket", "2020-01-01"),
    code("99", "Uoppgitt", "2013-01-01"),
]
NUMBERS = [
    code("9101", "Fjellby", "2013-01-01", "2020-01-01"),
    code("9102", "Fjordby", "2013-01-01", "2020-01-01"),
    code("9104", "Delby (Nordfylket)", "2018-01-01", "2020-01-01"),
    code("9201", "Fjellfjord - Várrevuotna", "2022-01-01"),
    code("9201", "Fjellfjord", "2020-01-01", "2022-01-01"),
    code("9204", "Nyby", "2020-01-01"),
    code("2111", "Spitsbergen", "2013-01-01"),
    code("9999", "Uoppgitt", "2013-01-01"),
]
CHANGES = [
    change("9101", "9201", "2020-01-01"),
    change("9102", "9201", "2020-01-01"),
    change("9104", "9204", "2020-01-01"),
    change("9104", "9201", "2020-01-01"),
    change("9101", "9102", "2015-01-01"),  # a boundary moved
    change("9201", "9201", "2022-01-01"),  # a new name
    change(None, "9204", "2020-01-01"),
]
POPULATION: dict[str, Any] = {
    "version": "2.0",
    "class": "dataset",
    "id": ["Region", "ContentsCode", "Tid"],
    "size": [5, 1, 3],
    "dimension": {
        "Region": {"category": {"index": {"0": 0, "9101": 1, "9102": 2, "9201": 3, "91": 4}}},
        "ContentsCode": {"category": {"index": {"Personer1": 0}}},
        "Tid": {"category": {"index": {"2012": 0, "2019": 1, "2022": 2}}},
    },
    # the country; Fjellby; Fjordby, with a zero after its end; Fjellfjord; the county
    "value": [90, 91, 92, 2900, 3000, None, 750, 800, 0, 0, 0, 4100, 3650, 3800, None],
}

Answers = dict[str, tuple[int, Any]]


@pytest.fixture
def serve() -> Iterator[Callable[[Answers], tuple[str, list[str]]]]:
    """Start a server that answers each path; gives its address and the list of what was asked."""
    servers = []

    def start(answers: Answers) -> tuple[str, list[str]]:
        asked: list[str] = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.path)
                status, answer = answers.get(urlsplit(self.path).path, (404, "no such thing"))
                body = answer if isinstance(answer, str) else json.dumps(answer)
                self.send_response(status)
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, format: str, *args: Any) -> None:
                """Say nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/api", asked

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


CODES_104 = "/api/klass/v1/classifications/104/codes.json"
CODES_131 = "/api/klass/v1/classifications/131/codes.json"
CHANGES_131 = "/api/klass/v1/classifications/131/changes.json"
TABLE = "/api/pxwebapi/v2/tables/07459/data"


def sound() -> Answers:
    return {
        CODES_104: (200, {"codes": COUNTIES}),
        CODES_131: (200, {"codes": NUMBERS}),
        CHANGES_131: (200, {"codeChanges": CHANGES}),
        TABLE: (200, POPULATION),
    }


def test_the_register_is_put_together_from_four_answers(serve: Callable[[Answers], tuple[str, list[str]]]) -> None:
    address, asked = serve(sound())
    end, start = date(2019, 12, 31), date(2020, 1, 1)
    municipalities = [
        Municipality("9101", "Fjellby", "Nordfylket", None, end, ("9201",), {2019: 3000}),
        Municipality("9102", "Fjordby", "Nordfylket", None, end, ("9201",), {2019: 800}),
        Municipality("9104", "Delby", "Nordfylket", date(2018, 1, 1), end, ("9201", "9204"), {}),
        Municipality("9201", "Fjellfjord - Várrevuotna", "Storfylket", start, None, (), {2022: 4100}),
        Municipality("9204", "Nyby", "Storfylket", start, None, (), {}),
    ]
    assert fetch_register(address) == {one.number: one for one in municipalities}
    assert [urlsplit(path).path for path in asked] == [CODES_104, CODES_131, CHANGES_131, TABLE]
    assert parse_qs(urlsplit(asked[3]).query) == {
        "lang": ["no"],
        "outputFormat": ["json-stat2"],
        "valueCodes[Region]": ["*"],
        "valueCodes[ContentsCode]": ["Personer1"],
        "valueCodes[Tid]": ["*"],
    }
    assert {parse_qs(urlsplit(path).query)["from"][0] for path in asked[:3]} == {"2013-01-01"}


def test_values_may_come_as_a_sparse_object_and_codes_as_a_list(
    serve: Callable[[Answers], tuple[str, list[str]]],
) -> None:
    sparse = {str(place): value for place, value in enumerate(POPULATION["value"]) if value}
    dimension = POPULATION["dimension"] | {"Tid": {"category": {"index": ["2012", "2019", "2022"]}}}
    address, _ = serve(sound() | {TABLE: (200, POPULATION | {"value": sparse, "dimension": dimension})})
    assert fetch_register(address)["9201"].population == {2022: 4100}


@pytest.mark.parametrize(
    ("path", "answer", "message"),
    [
        (CODES_131, (500, "out of order"), "codes.json?from=2013-01-01 answered 500"),
        (CODES_131, (200, "<html>"), "is not JSON"),
        (CODES_131, (200, {"items": []}), "has no list of codes"),
        (CODES_131, (200, {"codes": []}), "No codes in the answer"),
        (CODES_131, (200, {"codes": [{"code": "9101"}]}), "has no name"),
        (CODES_131, (200, {"codes": [code("9101", "Fjellby", "yesterday")]}), "is 'yesterday', which is no date"),
        (CHANGES_131, (200, []), "has no list of codeChanges"),
        (CHANGES_131, (200, {"codeChanges": [change("9101", "9104", "2020-01-01")]}), "contradicts itself about 9101"),
        (TABLE, (429, "too many"), "answered 429"),
        (TABLE, (200, {"id": ["Region"]}), "is not the JSON-stat 2 that was asked for"),
        (TABLE, (200, POPULATION | {"value": [1, 2]}), "is not the JSON-stat 2 that was asked for"),
        (TABLE, (200, POPULATION | {"value": [0] * 15}), "No population in the answer"),
    ],
)
def test_an_answer_that_is_not_what_was_asked_for_is_named(
    serve: Callable[[Answers], tuple[str, list[str]]], path: str, answer: tuple[int, Any], message: str
) -> None:
    address, _ = serve(sound() | {path: answer})
    with pytest.raises(SsbError) as failed:
        fetch_register(address)
    assert message in str(failed.value)


def test_without_a_network_it_says_so() -> None:
    with pytest.raises(SsbError, match=r"^No connection to http://127\.0\.0\.1:9/api/klass"):
        fetch_register("http://127.0.0.1:9/api")
